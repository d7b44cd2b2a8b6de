import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateSync } from "node:zlib";
import { create } from "fontkitten";
import sharp from "sharp";
import { describe, expect, onTestFinished, test } from "vitest";
import { expand } from "../src/compose/expand.ts";
import { h, type HostElement } from "../src/compose/jsx-runtime.ts";
import { OgError } from "../src/error.ts";
import { layout } from "../src/render/layout.ts";
import { paint } from "../src/render/paint.ts";
import { instantiate } from "../src/render/variable-font.ts";
import { readFontFile, type FontInput } from "../src/resolve/font-file.ts";
import { openFonts, type FontBook } from "../src/resolve/fonts.ts";
import { keyOf } from "../src/resolve/key.ts";
import type { Face, Job } from "../src/types.ts";

const FONTS = fileURLToPath(new URL("../../../fixtures/fonts", import.meta.url));
/** `R a g n B …`, wght 100 to 900. */
const INTER: FontInput = { file: join(FONTS, "inter-variable.ttf"), family: "Own" };
/** `R a g`, wght 300 to 1000, slnt −15 to 0. */
const RECURSIVE: FontInput = { file: join(FONTS, "recursive-variable.ttf"), family: "Own" };
/** The same design as static files. */
const STATIC = join(dirname(createRequire(import.meta.url).resolve("@fontsource/inter/package.json")), "files");

async function folder(files: Record<string, string | Uint8Array>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "og-gen-variable-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return root;
}

function treeOf(...args: Parameters<typeof h>): HostElement {
  return expand(h(...args)) as HostElement;
}

function open(...inputs: readonly FontInput[]): FontBook {
  return openFonts(inputs, tmpdir());
}

function jobOf(book: FontBook, style: Record<string, unknown>, text = "Rag"): Job {
  const { tree, faces } = book.choose(treeOf("div", { style: { display: "flex", fontSize: 100, fontFamily: "Own", ...style } }, text));
  return { key: "", tree, faces, images: [], graphemes: {}, width: 400, height: 200, format: "png", quality: 80 };
}

interface Drawing {
  readonly path: readonly number[];
  /** Whether satori makes it bold by a stroke. */
  readonly thickened: boolean;
}

async function draw(book: FontBook, style: Record<string, unknown>, text?: string): Promise<Drawing> {
  const { svg } = await layout(jobOf(book, style, text), () => "");
  const path = [...svg.matchAll(/ d="([^"]+)"/g)].flatMap(([, d = ""]) => (d.match(/-?[\d.]+/g) ?? []).map(Number));
  expect(path.length).toBeGreaterThan(50);
  return { path, thickened: /stroke-width/.test(svg) };
}

/** The farthest that a point of one drawing is from that of another, in pixels. */
function apart(a: Drawing, b: Drawing): number {
  return a.path.length === b.path.length
    ? Math.max(...a.path.map((value, index) => Math.abs(value - (b.path[index] as number))))
    : Infinity;
}

function advances(font: Uint8Array, text: string): readonly number[] {
  const parsed = create(Buffer.from(font));
  if (parsed.isCollection) throw new Error("a collection");
  return Array.from(text, (character) => parsed.glyphForCodePoint(character.codePointAt(0) as number).advanceWidth);
}

/** The part of the ink that is not the same in two pictures: 0 for the same picture, 1 where they share nothing. */
async function difference(a: Job, b: Job): Promise<number> {
  const [one, other] = await Promise.all(
    [a, b].map(async (job) =>
      sharp((await paint(job)).bytes)
        .greyscale()
        .raw()
        .toBuffer(),
    ),
  );
  if (!one || !other) throw new Error("no pixels");
  const sum = (value: (index: number) => number) => one.reduce((total, _, index) => total + value(index), 0);
  const ink = (pixels: Buffer) => sum((index) => 255 - (pixels[index] as number));
  expect(ink(one)).toBeGreaterThan(100_000);
  return sum((index) => Math.abs((one[index] as number) - (other[index] as number))) / Math.max(ink(one), ink(other));
}

describe("the weights of a variable font", () => {
  const onWhite = (input: FontInput, fontWeight: number) =>
    jobOf(open(input), { fontWeight, width: "100%", height: "100%", backgroundColor: "white" });

  test.each([100, 400, 500, 700, 900])("%d looks like that of the static font", async (weight) => {
    const reference = onWhite({ file: join(STATIC, `inter-latin-${weight}-normal.woff`), family: "Own" }, weight);
    expect(await difference(onWhite(INTER, weight), reference)).toBeLessThan(0.02);
    expect((await draw(open(INTER), { fontWeight: weight })).thickened).toBe(false);
  });

  test("700 is not 400 with a stroke", async () => {
    const thickened = onWhite({ ...INTER, weight: 400 }, 700);
    expect(await difference(onWhite(INTER, 700), onWhite(INTER, 400))).toBeGreaterThan(0.2);
    expect(await difference(onWhite(INTER, 700), thickened)).toBeGreaterThan(0.1);
    expect((await draw(open({ ...INTER, weight: 400 }), { fontWeight: 700 })).thickened).toBe(true);
  });

  test("widths are those of the static font, too", async () => {
    for (const wght of [100, 400, 700, 900]) {
      const widths = advances(await instantiate(readFileSync(INTER.file), { variation: { wght }, weight: wght, style: "normal" }), "BRagn");
      const reference = advances(readFileSync(join(STATIC, `inter-latin-${wght}-normal.woff`)), "BRagn");
      for (const [index, width] of widths.entries()) expect(Math.abs(width - (reference[index] as number))).toBeLessThan(2);
    }
  });

  test("an instance has all glyphs and layout features, and says its weight", async () => {
    const font = await instantiate(readFileSync(INTER.file), { variation: { wght: 700 }, weight: 700, style: "normal" });
    const [before, after] = [create(readFileSync(INTER.file)), create(font)];
    if (before.isCollection || after.isCollection) throw new Error("a collection");
    expect(after.numGlyphs).toBe(before.numGlyphs);
    expect(after.characterSet).toEqual(before.characterSet);
    expect(after["OS/2"].usWeightClass).toBe(700);
    expect(tablesOf(font)).toEqual(expect.arrayContaining(["GPOS", "GSUB", "GDEF", "cmap", "glyf", "hmtx"]));
    expect(tablesOf(font)).not.toContain("fvar");
  });

  test("each that a card needs is a face; one that is between two is drawn, too", () => {
    const { faces } = open(INTER).choose(treeOf("div", { style: { fontFamily: "Own", fontWeight: 640 } }, "R", h("b", null, "a")));
    expect(faces.map(({ weight, variation }) => [weight, variation])).toEqual([
      [640, { wght: 640 }],
      [700, { wght: 700 }],
    ]);
    expect(new Set(faces.map(({ family }) => family)).size).toBe(2);
  });

  test.each([
    [100, 300],
    [900, 900],
    [1000, 1000],
  ])("a weight outside of its range is the nearest: %d is drawn as %d", (asked, drawn) => {
    expect(jobOf(open(RECURSIVE), { fontWeight: asked }).faces).toMatchObject([{ weight: drawn, variation: { wght: drawn } }]);
  });

  test("a weight in the options is the one that it has", () => {
    const { faces } = open({ ...INTER, weight: 250 }).choose(treeOf("div", { style: { fontFamily: "Own" } }, "R", h("b", null, "a")));
    expect(faces).toMatchObject([{ weight: 250, variation: { wght: 250 } }]);
  });

  test("the weight counts for the key, and so does the file", () => {
    const keys = [400, 500, 700].map((fontWeight) => keyOf({ ...jobOf(open(INTER), { fontWeight }), tree: treeOf("div", null) }));
    expect(new Set(keys).size).toBe(3);
    const [face] = jobOf(open(INTER), {}).faces as [Face];
    const job = jobOf(open(INTER), {});
    const keyWith = (change: Partial<Face>) => keyOf({ ...job, faces: [{ ...face, ...change }] });
    expect(
      new Set([keyWith({}), keyWith({ variation: { wght: 401 } }), keyWith({ variation: undefined }), keyWith({ digest: "0" })]).size,
    ).toBe(4);
    expect(keyWith({ variation: { slnt: -9, wght: 4 } })).toBe(keyWith({ variation: { wght: 4, slnt: -9 } }));
  });

  test("a static file beside it changes nothing; one for italics is used", async () => {
    const bold = { file: join(STATIC, "inter-latin-700-normal.woff"), family: "Own" };
    const italic = { file: join(STATIC, "inter-latin-400-italic.woff"), family: "Own" };
    for (const book of [open(bold, INTER, italic), open(INTER, italic, bold)]) {
      expect(jobOf(book, { fontWeight: 400 }).faces).toMatchObject([{ file: INTER.file, variation: { wght: 400 } }]);
      expect(jobOf(book, { fontWeight: 700 }).faces).toMatchObject([{ file: INTER.file, variation: { wght: 700 } }]);
      expect(jobOf(book, { fontStyle: "italic" }).faces).toMatchObject([{ file: italic.file }]);
    }
  });
});

describe("an axis for italics", () => {
  test("is set where italic is asked for, and the letters are slanted once", async () => {
    const book = open(RECURSIVE);
    expect(jobOf(book, { fontStyle: "italic", fontWeight: 700 }).faces).toMatchObject([
      { style: "italic", variation: { wght: 700, slnt: -14 } },
    ]);
    const [italic, upright] = [await draw(book, { fontStyle: "italic" }), await draw(book, {})];
    expect(apart(italic, upright)).toBeGreaterThan(5);
    expect(apart(italic, await draw(book, { fontStyle: "italic", fontSynthesis: "none" }))).toBe(0);
    expect(book.choose(treeOf("i", { style: { fontFamily: "Own" } }, "Rag")).standIns).toEqual([]);
  });

  test("is left alone where the options say that the file is upright, or set where they say italic", () => {
    expect(jobOf(open({ ...RECURSIVE, style: "normal" }), { fontStyle: "italic" }).faces).toMatchObject([
      { style: "normal", variation: { wght: 400 } },
    ]);
    expect(jobOf(open({ ...RECURSIVE, style: "italic" }), {}).faces).toMatchObject([
      { style: "italic", variation: { wght: 400, slnt: -14 } },
    ]);
  });
});

describe("what the options say of a static font", () => {
  const regular = { file: join(STATIC, "inter-latin-400-normal.woff"), family: "Own" };

  test("counts, though the file says something else: its letters are drawn as they are", async () => {
    const asItIs = await draw(open(regular), {});
    expect(await draw(open({ ...regular, weight: 700 }), { fontWeight: 700 })).toEqual(asItIs);
    expect(await draw(open({ ...regular, style: "italic" }), { fontStyle: "italic" })).toEqual(asItIs);
    expect((await draw(open(regular), { fontWeight: 700 })).thickened).toBe(true);
  });

  test("and says no more than the file does, changes nothing", () => {
    expect(jobOf(open({ ...regular, weight: 400, style: "normal" }), {}).faces).toEqual(jobOf(open(regular), {}).faces);
  });
});

describe("files", () => {
  test("TTF, WOFF and WOFF2 are drawn alike", async () => {
    const root = await folder({ "own.woff": woffOf(readFileSync(INTER.file)) });
    const ttf = await draw(open(INTER), { fontWeight: 700 });
    for (const file of [join(root, "own.woff"), join(FONTS, "inter-variable.woff2")]) {
      expect(await draw(open({ file, family: "Own" }), { fontWeight: 700 })).toEqual(ttf);
    }
  });

  test("an instance has the same bytes in another process, and after other instances", async () => {
    const ofThis = async (wght: number) =>
      createHash("sha256")
        .update(await instantiate(readFileSync(INTER.file), { variation: { wght }, weight: wght, style: "normal" }))
        .digest("hex");
    const script = `
      const { instantiate } = await import(${JSON.stringify(new URL("../src/render/variable-font.ts", import.meta.url).href)});
      const { createHash } = await import("node:crypto");
      const bytes = (await import("node:fs")).readFileSync(${JSON.stringify(INTER.file)});
      for (const wght of [900, 700]) console.log(createHash("sha256").update(await instantiate(bytes, { variation: { wght }, weight: wght, style: "normal" })).digest("hex"));`;
    const elsewhere = execFileSync(process.execPath, ["--conditions=@og-gen/source", "--input-type=module", "--eval", script], {
      encoding: "utf8",
    });
    expect(elsewhere.trim().split("\n")).toEqual([await ofThis(900), await ofThis(700)]);
    expect(await ofThis(700)).toBe(await ofThis(700));
  });

  function refusal(input: FontInput): OgError {
    try {
      readFontFile(input);
    } catch (thrown) {
      if (thrown instanceof OgError) return thrown;
      throw thrown;
    }
    throw new Error(`${input.file} was read.`);
  }

  /** The fixture with another range of `wght`: https://learn.microsoft.com/typography/opentype/spec/fvar */
  async function withRange(min: number, standard: number, max: number): Promise<string> {
    const font = readFileSync(INTER.file);
    const start = startOf(font, "fvar") + 16 + 4;
    for (const [index, value] of [min, standard, max].entries()) font.writeInt32BE(Math.round(value * 0x10000), start + index * 4);
    return join(await folder({ "own.ttf": font }), "own.ttf");
  }

  test.each([
    [900, 400, 100],
    [500, 400, 900],
    [100, 1000, 900],
  ])("one whose axis goes from %d over %d to %d is refused", async (...range) => {
    const error = refusal({ file: await withRange(...range) });
    expect(error).toMatchObject({ code: "E_FONT" });
    expect(error.message).toMatch(/its axis "wght" has no valid range\.$/);
  });

  test("an axis that goes nowhere is none", async () => {
    const file = await withRange(400, 400, 400);
    expect(readFontFile({ file }).axes).toBeUndefined();
    const { faces, standIns } = open({ file, family: "Own" }).choose(treeOf("b", { style: { fontFamily: "Own" } }, "Rag"));
    expect(faces[0]).not.toHaveProperty("variation");
    expect(standIns).toMatchObject([{ asked: 700, drawn: 400 }]);
  });

  test("a table of axes that is cut off is refused", async () => {
    const font = readFileSync(INTER.file);
    font.writeUInt16BE(0xffff, startOf(font, "fvar") + 8);
    const error = refusal({ file: join(await folder({ "own.ttf": font }), "own.ttf") });
    expect(error.code).toBe("E_FONT");
    expect(error.message).not.toMatch(/undefined|offset|DataView|Cannot/);
  });

  test("PostScript outlines are refused, with what to do", async () => {
    const font = readFileSync(INTER.file);
    font.write("CFF2", entryOf(font, "gasp"), "latin1");
    const error = refusal({ file: join(await folder({ "own.otf": font }), "own.otf") });
    expect(error).toMatchObject({
      code: "E_FONT",
      hint: "Give the TrueType version of the font (.ttf), or a static file for each weight.",
    });
    expect(error.message).toMatch(/it is a variable font with PostScript outlines \(CFF2\), which cannot be drawn\.$/);
  });

  test("what is too damaged to be drawn is an error that names the file", async () => {
    const font = readFileSync(INTER.file);
    font.fill(0xff, startOf(font, "hmtx"), startOf(font, "hmtx") + 36);
    const files = {
      "widths.ttf": font,
      "half.woff2": readFileSync(join(FONTS, "inter-variable.woff2")).subarray(0, 900),
      "half.woff": woffOf(readFileSync(INTER.file)).subarray(0, 900),
      "static.woff": readFileSync(join(STATIC, "inter-latin-400-normal.woff")),
    };
    const root = await folder(files);
    const job = jobOf(open(INTER), { fontWeight: 700 });
    const messages: string[] = [];
    for (const name of Object.keys(files)) {
      const file = join(root, name);
      const digest = createHash("sha256")
        .update(files[name as keyof typeof files])
        .digest("hex");
      const faces = job.faces.map((face) => ({ ...face, digest, file }));
      const error = (await layout({ ...job, faces }, () => "").catch((thrown: unknown) => thrown)) as OgError;
      expect(error).toMatchObject({ code: "E_FONT", file, hint: "Get the font anew, or give a static file for each weight." });
      messages.push(error.message.replace(file, "It"));
    }
    expect(messages).toEqual([
      "The font file It cannot be read: its tables are damaged.",
      "The font file It cannot be read: it cannot be unpacked.",
      "The font file It cannot be read: it cannot be unpacked.",
      'The font file It cannot be read: its axis "wght" cannot be set.',
    ]);
  });
});

describe("variable packages of Fontsource", () => {
  const RANGE = "U+0000-00FF,U+2026";

  function packageOf(id: string, family: string, files: Record<string, Uint8Array>, variable: object): Record<string, string | Uint8Array> {
    const folderName = `node_modules/@fontsource-variable/${id}`;
    return {
      [`${folderName}/metadata.json`]: JSON.stringify({ id, family, weights: [100, 400, 700, 900], variable }),
      [`${folderName}/unicode.json`]: JSON.stringify({ latin: RANGE }),
      ...Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`${folderName}/files/${id}-latin-${name}.woff2`, bytes])),
    };
  }

  function staticPackage(id: string, family: string): Record<string, string | Uint8Array> {
    return {
      [`node_modules/@fontsource/${id}/metadata.json`]: JSON.stringify({ id, family, weights: [400], variable: true }),
      [`node_modules/@fontsource/${id}/unicode.json`]: JSON.stringify({ latin: RANGE }),
      [`node_modules/@fontsource/${id}/files/${id}-latin-400-normal.woff`]: readFileSync(join(STATIC, "inter-latin-400-normal.woff")),
    };
  }

  const WGHT = { wght: { default: "400", min: "100", max: "900", step: "1" } };
  const woff2 = readFileSync(join(FONTS, "inter-variable.woff2"));
  const facesOf = (root: string, fontFamily: string, style: object = {}, text = "Rag") =>
    openFonts([], root).choose(treeOf("div", { style: { fontFamily, ...style } }, text));

  test.each(["Mono Lisa Variable", "mono lisa variable", "Mono Lisa", "'Mono Lisa Variable', sans-serif"])("%s is found", async (name) => {
    const root = await folder(packageOf("mono-lisa", "Mono Lisa", { "wght-normal": woff2 }, WGHT));
    const { faces, unknownFamilies, standIns } = facesOf(root, name, { fontWeight: 800 });
    expect([unknownFamilies, standIns]).toEqual([[], []]);
    expect(faces).toMatchObject([{ weight: 800, variation: { wght: 800 } }]);
    expect(basename(faces[0]?.file ?? "")).toBe("mono-lisa-latin-wght-normal.woff2");
  });

  test("with the static package beside it, the plain name is the static one", async () => {
    const root = await folder({
      ...packageOf("mono-lisa", "Mono Lisa", { "wght-normal": woff2 }, WGHT),
      ...staticPackage("mono-lisa", "Mono Lisa"),
    });
    expect(basename(facesOf(root, "Mono Lisa").faces[0]?.file ?? "")).toBe("mono-lisa-latin-400-normal.woff");
    expect(basename(facesOf(root, "Mono Lisa Variable").faces[0]?.file ?? "")).toBe("mono-lisa-latin-wght-normal.woff2");
  });

  test("the variable name of a family of which only the static package is there is that one", async () => {
    const root = await folder(staticPackage("mono-lisa", "Mono Lisa"));
    expect(facesOf(root, "Mono Lisa Variable")).toMatchObject({ unknownFamilies: [], faces: [{ weight: 400 }] });
    expect(facesOf(root, "Inter Variable")).toMatchObject({ unknownFamilies: [], faces: [{ weight: 400 }] });
  });

  test("the smallest file that has the weights is taken, and its own for italics", async () => {
    const root = await folder(
      packageOf(
        "mono-lisa",
        "Mono Lisa",
        { "full-normal": woff2, "opsz-normal": woff2, "standard-normal": woff2, "wght-normal": woff2, "wght-italic": woff2 },
        { ...WGHT, opsz: { default: "14", min: "14", max: "32", step: "0.1" } },
      ),
    );
    const files = (style: object) => facesOf(root, "Mono Lisa", style).faces.map(({ file, variation }) => [basename(file), variation]);
    expect(files({})).toEqual([["mono-lisa-latin-wght-normal.woff2", { wght: 400 }]]);
    expect(files({ fontStyle: "italic" })).toEqual([["mono-lisa-latin-wght-italic.woff2", { wght: 400 }]]);
  });

  test("where there is no italic file, the one that can slant is", async () => {
    const root = await folder(
      packageOf(
        "mono-lisa",
        "Mono Lisa",
        { "wght-normal": woff2, "slnt-normal": woff2 },
        { ...WGHT, slnt: { default: "0", min: "-10", max: "0", step: "1" } },
      ),
    );
    const { faces, standIns } = facesOf(root, "Mono Lisa", { fontStyle: "italic" });
    expect(faces).toMatchObject([{ style: "italic", variation: { wght: 400, slnt: -10 } }]);
    expect(basename(faces[0]?.file ?? "")).toBe("mono-lisa-latin-slnt-normal.woff2");
    expect(standIns).toEqual([]);
  });

  test("one for a script is found by the characters, unless the static one is there", async () => {
    const georgian = {
      "node_modules/@fontsource-variable/noto-sans-georgian/unicode.json": JSON.stringify({ latin: "U+0020-00FF,U+10D0-10FF" }),
    };
    const files = {
      ...packageOf("noto-sans-georgian", "Noto Sans Georgian", { "wght-normal": georgianOf(woff2Source()) }, WGHT),
      ...georgian,
    };
    const root = await folder(files);
    const { faces, missing } = facesOf(root, "Inter", { fontWeight: 700 }, "ა");
    expect(missing).toEqual([]);
    expect(faces.map(({ file, variation }) => [basename(file), variation])).toContainEqual([
      "noto-sans-georgian-latin-wght-normal.woff2",
      { wght: 700 },
    ]);
  });

  const woff2Source = () => readFileSync(INTER.file);
});

/** The fixture with its `…` as a Georgian letter. Format 4 of `cmap`: https://learn.microsoft.com/typography/opentype/spec/cmap */
function georgianOf(font: Buffer): Buffer {
  const start = startOf(font, "cmap");
  for (let subtable = 0; subtable < font.readUInt16BE(start + 2); subtable++) {
    const at = start + font.readUInt32BE(start + 4 + subtable * 8 + 4);
    if (font.readUInt16BE(at) !== 4) continue;
    const segments = font.readUInt16BE(at + 6) / 2;
    for (let segment = 0; segment < segments; segment++) {
      const [end, begin, delta] = [at + 14 + segment * 2, at + 16 + (segments + segment) * 2, at + 16 + (2 * segments + segment) * 2];
      if (font.readUInt16BE(end) !== 0x2026) continue;
      const glyph = (0x2026 + font.readUInt16BE(delta)) & 0xffff;
      font.writeUInt16BE(0x10d0, end);
      font.writeUInt16BE(0x10d0, begin);
      font.writeUInt16BE((glyph - 0x10d0) & 0xffff, delta);
    }
  }
  return font;
}

function entryOf(font: Buffer, tag: string): number {
  for (let entry = 12; entry < 12 + font.readUInt16BE(4) * 16; entry += 16)
    if (font.toString("latin1", entry, entry + 4) === tag) return entry;
  throw new Error(`no ${tag}`);
}

function startOf(font: Buffer, tag: string): number {
  return font.readUInt32BE(entryOf(font, tag) + 8);
}

function tablesOf(font: Buffer): readonly string[] {
  return Array.from({ length: font.readUInt16BE(4) }, (_, index) => font.toString("latin1", 12 + index * 16, 16 + index * 16));
}

/** A TTF packed as WOFF: https://www.w3.org/TR/WOFF/#OverallStructure */
function woffOf(font: Buffer): Buffer {
  const count = font.readUInt16BE(4);
  const header = Buffer.alloc(44 + count * 20);
  const parts: Buffer[] = [header];
  let position = header.length;
  for (let index = 0; index < count; index++) {
    const from = 12 + index * 16;
    const [checksum, offset, length] = [4, 8, 12].map((field) => font.readUInt32BE(from + field)) as [number, number, number];
    const plain = font.subarray(offset, offset + length);
    const packed = deflateSync(plain);
    const data = packed.length < length ? packed : plain;
    font.copy(header, 44 + index * 20, from, from + 4);
    for (const [field, value] of [position, data.length, length, checksum].entries())
      header.writeUInt32BE(value, 48 + index * 20 + field * 4);
    const padding = Buffer.alloc(-data.length & 3);
    parts.push(data, padding);
    position += data.length + padding.length;
  }
  header.write("wOFF", 0, "latin1");
  font.copy(header, 4, 0, 4);
  header.writeUInt32BE(position, 8);
  header.writeUInt16BE(count, 12);
  header.writeUInt32BE(font.length, 16);
  return Buffer.concat(parts);
}
