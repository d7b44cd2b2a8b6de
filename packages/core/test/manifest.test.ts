import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  MANIFEST_NAME,
  manifestImages,
  readManifest,
  removeManifest,
  writeManifest,
  type ManifestImage,
  type ManifestPage,
} from "../src/publish/manifest.ts";
import type { Card } from "../src/types.ts";

const LONG_AGO = new Date("2001-02-03T04:05:06Z");
const EMPTY = { version: 1, pages: {} };

async function folder(manifest?: string): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "og-gen-manifest-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  if (manifest !== undefined) await writeFile(join(root, MANIFEST_NAME), manifest);
  return root;
}

function page(name: string): ManifestPage {
  return {
    alt: `Alt of ${name}`,
    template: "article",
    images: [
      { variant: "og", file: `${name}.png`, src: `/og/${name}.png?v=1`, width: 1200, height: 630, type: "image/png", bytes: 9, key: "k" },
    ],
  };
}

const [image] = page("a").images as [ManifestImage];

describe("writing", () => {
  test("what is written is read again, pages in the order of their ids", async () => {
    const root = await folder();
    const ids = ["b", "a/c", "", "__proto__", "constructor", "é", "10", "9", "toString"];
    await writeManifest(root, new Map(ids.map((id) => [id, page(id)])));
    const { pages } = readManifest(root);
    expect(new Set(Object.keys(pages))).toEqual(new Set(ids));
    for (const id of ids) expect(Object.getOwnPropertyDescriptor(pages, id)?.value).toEqual(page(id));
  });

  test("is the same in whatever order the pages came", async () => {
    const [one, other] = [await folder(), await folder()];
    const ids = ["b", "a", "10", "9", "é", "Z"];
    await writeManifest(one, new Map(ids.map((id) => [id, page(id)])));
    await writeManifest(other, new Map(ids.toReversed().map((id) => [id, page(id)])));
    expect(await readFile(join(one, MANIFEST_NAME), "utf8")).toBe(await readFile(join(other, MANIFEST_NAME), "utf8"));
  });

  test("does not touch a file that says the same", async () => {
    const root = await folder();
    const pages = new Map([["a", page("a")]]);
    await writeManifest(root, pages);
    await utimes(join(root, MANIFEST_NAME), LONG_AGO, LONG_AGO);
    await writeManifest(root, pages);
    expect((await stat(join(root, MANIFEST_NAME))).mtime).toEqual(LONG_AGO);
    await writeManifest(root, new Map());
    expect((await stat(join(root, MANIFEST_NAME))).mtime).not.toEqual(LONG_AGO);
  });

  test("does not touch a file of which the run has read the same", async () => {
    const root = await folder(
      `${JSON.stringify({ version: 1, pages: { a: page("a"), b: { ...page("b"), images: [{ ...image, lost: ["x"] }] } } })}`,
    );
    const before = readManifest(root);
    await utimes(join(root, MANIFEST_NAME), LONG_AGO, LONG_AGO);
    const pages = new Map([
      ["b", { ...page("b"), images: [{ ...image, lost: ["x"] }] }],
      ["a", page("a")],
    ]);
    await writeManifest(root, pages, before);
    expect((await stat(join(root, MANIFEST_NAME))).mtime).toEqual(LONG_AGO);
  });

  const { key: _key, ...keyless } = image;
  test.each<[string, object]>([
    ["alt", { ...page("a"), alt: "Another" }],
    ["template", { ...page("a"), template: "photo" }],
    ["a field that is not known", { ...page("a"), more: 1 }],
    ["no images", { ...page("a"), images: [] }],
    ["a further image", { ...page("a"), images: [image, image] }],
    ...Object.entries({
      variant: "x",
      file: "x",
      src: "x",
      width: 1,
      height: 1,
      type: "image/jpeg",
      bytes: 1,
      key: "x",
      lost: ["x"],
      more: 1,
    }).map(([name, value]): [string, object] => [`an image's ${name}`, { ...page("a"), images: [{ ...image, [name]: value }] }]),
    ["an image without a key", { ...page("a"), images: [keyless] }],
  ])("writes a file anew that differs in %s", async (_what, earlier) => {
    const root = await folder(JSON.stringify({ version: 1, pages: { a: earlier } }));
    await writeManifest(root, new Map([["a", page("a")]]), readManifest(root));
    expect(readManifest(root).pages["a"]).toEqual(page("a"));
  });

  test("can be taken back, also when there is none", async () => {
    const root = await folder("{}");
    await removeManifest(root);
    await removeManifest(root);
    await removeManifest(join(root, "no", "such", "folder"));
    expect(await readdir(root)).toEqual([]);
  });
});

describe("a manifest that is not one counts as none", () => {
  test.each([
    "",
    "null",
    "[]",
    "7",
    `"text"`,
    "{",
    "<html>",
    "{}",
    `{"version":2,"pages":{}}`,
    `{"version":1}`,
    `{"version":1,"pages":null}`,
    `{"version":1,"pages":"x"}`,
    `{"version":1,"pages":[]}`,
    `{"version":1,"pages":{"a":null}}`,
    `{"version":1,"pages":{"a":{}}}`,
    `{"version":1,"pages":{"a":{"images":"x"}}}`,
    `{"version":1,"pages":{"a":{"images":[null]}}}`,
  ])("%s", async (text) => {
    expect(readManifest(await folder(text))).toEqual(EMPTY);
  });

  test("none, a folder in its place", async () => {
    expect(readManifest(await folder())).toEqual(EMPTY);
    expect(readManifest(join(await folder(""), MANIFEST_NAME))).toEqual(EMPTY);
  });
});

test("an image that is not what was asked for has no key, so that the next run tries again", () => {
  const card: Card = {
    variant: "og",
    file: join("/out", "blog", "a b.png"),
    src: "/og/blog/a%20b.png?v=1",
    width: 240,
    height: 126,
    type: "image/png",
    alt: "x",
    bytes: 12,
    key: "k",
  };
  const listed = {
    variant: "og",
    file: "blog/a b.png",
    src: "/og/blog/a%20b.png?v=1",
    width: 240,
    height: 126,
    type: "image/png",
    bytes: 12,
  };
  expect(manifestImages("/out", [card], true)).toEqual([{ ...listed, key: "k" }]);
  expect(manifestImages("/out", [card], false)).toEqual([listed]);
});
