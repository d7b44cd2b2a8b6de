import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { OgError } from "../src/error.ts";
import { generate } from "../src/generate.ts";
import { paint } from "../src/render/paint.ts";
import { readSfnt, writeSfnt } from "../src/sfnt.ts";
import { openFonts } from "../src/resolve/fonts.ts";
import type { HostElement } from "../src/types.ts";

const CORE = fileURLToPath(new URL("..", import.meta.url));
const INTER = join(
  dirname(createRequire(import.meta.url).resolve("@fontsource/inter/package.json")),
  "files",
  "inter-latin-400-normal.woff",
);

/** Inter, whose outlines are overwritten from a part on: https://learn.microsoft.com/typography/opentype/spec/glyf. It opens, and has all its characters and widths. */
function withBadOutlines(from: "contours" | "flags"): Buffer {
  const { tables } = readSfnt(readFileSync(INTER));
  const [glyf, loca, head, maxp] = ["glyf", "loca", "head", "maxp"].map((tag) => Buffer.from(tables.get(tag) ?? [])) as Four;
  const isLong = head.readInt16BE(50) === 1;
  const startOf = (glyph: number) => (isLong ? loca.readUInt32BE(4 * glyph) : 2 * loca.readUInt16BE(2 * glyph));
  for (let glyph = 0; glyph < maxp.readUInt16BE(4); glyph++) {
    const [start, end] = [startOf(glyph), startOf(glyph + 1)];
    const contours = end > start ? glyf.readInt16BE(start) : 0;
    if (contours <= 0) continue;
    const instructions = start + 10 + 2 * contours;
    glyf.fill(0xff, from === "contours" ? start + 10 : instructions + 2 + glyf.readUInt16BE(instructions), end);
  }
  return writeSfnt("TrueType", new Map([...tables, ["glyf", glyf]]));
}

type Four = [Buffer, Buffer, Buffer, Buffer];

async function project(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "og-gen-damaged-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return root;
}

/** What becomes of a card with a text in each of these fonts and one in Inter. */
async function errorWith(
  fonts: Readonly<Record<string, string>>,
  style: Record<string, unknown> = {},
  element: Omit<HostElement["props"], "children"> & { readonly type: string } = { type: "div" },
): Promise<OgError> {
  const { type, ...props } = element;
  const texts = [...Object.keys(fonts), "Inter"].map((fontFamily): HostElement => ({
    type,
    props: { ...props, style: { display: "flex", fontFamily, ...style }, children: ["Text"] },
  }));
  const card: HostElement = { type: "div", props: { style: { display: "flex", width: "100%", height: "100%" }, children: texts } };
  const book = openFonts(
    Object.entries(fonts).map(([family, file]) => ({ family, file })),
    CORE,
  );
  const job = { key: "", ...book.choose(card), images: [], graphemes: {}, width: 400, height: 200, format: "png", quality: 80 } as const;
  return (await paint(job).catch((thrown: unknown) => thrown)) as OgError;
}

/** Only outlines can be underlined. */
const UNDERLINED = { textDecoration: "underline" };

test("a font whose outlines are damaged is named", async () => {
  const root = await project({ "own.ttf": withBadOutlines("flags") });
  const file = join(root, "own.ttf");
  expect(await errorWith({ Well: INTER, Own: file }, UNDERLINED)).toMatchObject({
    code: "E_FONT",
    message: `The font file ${file} is damaged: Bad flags.`,
    file,
    hint: "Get the font anew.",
  });
});

test("also where the reason means nothing to a user", async () => {
  const root = await project({ "own.ttf": withBadOutlines("contours") });
  const file = join(root, "own.ttf");
  expect(await errorWith({ Own: file })).toMatchObject({
    code: "E_FONT",
    message: `The font file ${file} is damaged: it has outlines that cannot be read.`,
  });
});

test("also where its text is fitted", async () => {
  const root = await project({ "own.ttf": withBadOutlines("contours") });
  const file = join(root, "own.ttf");
  const fitted = { type: "fitted-text", width: 200, height: 60, max: 40, min: 20, lineHeight: 1.2 };
  expect(await errorWith({ Own: file }, {}, fitted)).toMatchObject({ code: "E_FONT", file });
});

test("no font is blamed for a style, nor one of two that are damaged", async () => {
  const root = await project({
    "own.ttf": withBadOutlines("flags"),
    "other.ttf": Buffer.concat([withBadOutlines("flags"), Buffer.alloc(4)]),
  });
  const [own, other] = ["own.ttf", "other.ttf"].map((name) => join(root, name)) as [string, string];
  expect(await errorWith({ Own: own }, { display: "table" })).toMatchObject({ code: "E_LAYOUT", file: undefined });
  expect(await errorWith({ Own: own, Other: other }, UNDERLINED)).toMatchObject({
    code: "E_LAYOUT",
    message: "The card cannot be laid out: Bad flags.",
    file: undefined,
  });
});

test("the page has a plain card, and an error that names the font", async () => {
  const root = await project({
    "own.ttf": withBadOutlines("contours"),
    "og/own.tsx": 'export default () => <div style={{ display: "flex", fontFamily: "Own" }}>Text</div>;',
  });
  const ledger = await generate({
    root,
    source: [{ id: "hello", title: "Hello" }],
    template: "own",
    fonts: [{ file: "own.ttf", family: "Own" }],
    cacheDir: false,
  });
  expect(ledger).toMatchObject({ pages: 1, fallback: 1 });
  expect(ledger.results[0]).toMatchObject({ error: { code: "E_FONT", page: "hello", file: join(root, "own.ttf") } });
});
