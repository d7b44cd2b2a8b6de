import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { HostElement } from "../src/compose/jsx-runtime.ts";
import { createEmojiFinder } from "../src/resolve/emoji.ts";

const tree = (text: string): HostElement => ({ type: "div", props: { children: [text] } });
const found = (text: string, missing?: readonly number[]) =>
  Object.keys(createEmojiFinder("twemoji", ".").choose(tree(text), missing).graphemes);

test.each<[string, string, readonly string[]]>([
  ["a rocket", "Ship 🚀 it", ["🚀"]],
  ["a family is one", "👩‍👩‍👧‍👦", ["👩‍👩‍👧‍👦"]],
  ["a flag is one", "🇩🇪 and 🏴󠁧󠁢󠁥󠁮󠁧󠁿", ["🇩🇪", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"]],
  ["a tone of skin", "👍🏽", ["👍🏽"]],
  ["a keycap", "1️⃣ of 1", ["1️⃣"]],
  ["in colour where it is asked for", "\u2764\ufe0f", ["\u2764\ufe0f"]],
  ["as text where that is asked for", "\u2764\ufe0e \u231a\ufe0e", []],
  ["as text where nothing is asked for", "© ™ \u2764 1", []],
  ["none", "Hello", []],
])("%s: %s", (_, text, expected) => {
  expect(found(text).toSorted()).toEqual(expected.toSorted());
});

test("what no font has is drawn in colour, whatever its presentation", () => {
  expect(found("\u2764 and \u2764\ufe0e", [0x2764]).toSorted()).toEqual(["\u2764", "\u2764\ufe0e"]);
});

test("`false` leaves all to the fonts", () => {
  expect(createEmojiFinder(false, ".").choose(tree("🚀")).images).toEqual([]);
});

test("a set that is not installed is an option that says what to install", () => {
  expect(() => createEmojiFinder("noto", tmpdir())).toThrow(
    expect.objectContaining({ code: "E_OPTION", hint: "npm install @iconify-json/noto" }),
  );
});

test("what an installed set lacks comes from Twemoji", async () => {
  const root = await mkdtemp(join(tmpdir(), "og-gen-emoji-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const folder = join(root, "node_modules/@iconify-json/noto");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), "{}");
  await writeFile(join(folder, "chars.json"), JSON.stringify({ "1f680": "rocket" }));
  await writeFile(join(folder, "icons.json"), JSON.stringify({ width: 10, height: 10, icons: { rocket: { body: "<path d='M0 0'/>" } } }));
  const { images } = createEmojiFinder("noto", root).choose(tree("🚀 🇩🇪"));
  const svgs = Object.fromEntries(images.map(({ name, bytes }) => [name, Buffer.from(bytes ?? []).toString()]));
  expect(svgs["🚀"]).toContain("<path d='M0 0'/>");
  expect(svgs["🇩🇪"]).toMatch(/^<svg .*viewBox="0 0 36 36"/);
});
