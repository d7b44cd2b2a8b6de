import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { inflateSync } from "node:zlib";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { expand } from "../src/compose/expand.ts";
import { h, type HostElement } from "../src/compose/jsx-runtime.ts";
import { OgError } from "../src/error.ts";
import { layout } from "../src/render/layout.ts";
import { readFontFile, type FontInput } from "../src/resolve/font-file.ts";
import { openFonts, type FontBook, type FontChoice } from "../src/resolve/fonts.ts";

const INTER = dirname(createRequire(import.meta.url).resolve("@fontsource/inter/package.json"));

/** A file of Inter as a user's own, under the name of a family that nobody else has. */
function inter(name: string, more: Partial<FontInput> = {}): FontInput {
  return { file: join(INTER, "files", `inter-${name}`), family: "Own", ...more };
}

/** A folder with these files, for the time of the test. */
async function folder(files: Record<string, string | Uint8Array> = {}): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "og-gen-fonts-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return root;
}

function open(...inputs: readonly FontInput[]): FontBook {
  return openFonts(inputs, tmpdir());
}

/** The tree of an element that waits for nothing. */
function treeOf(...args: Parameters<typeof h>): HostElement {
  return expand(h(...args)) as HostElement;
}

/** The files that draw a card, without what is the same in all of their names. */
function filesOf({ faces }: FontChoice): readonly string[] {
  return faces.map(({ file }) => basename(file).replace(/^inter-|\.woff2?$/g, ""));
}

/** The files in which satori looks for a node's glyphs, in that order. */
function lookedIn(choice: FontChoice, node: HostElement["props"]["children"] | HostElement = choice.tree): readonly string[] {
  const list = String((node as HostElement).props.style?.["fontFamily"]);
  return list.split(", ").flatMap((family) => filesOf({ ...choice, faces: choice.faces.filter((face) => face.family === family) }));
}

describe("Inter", () => {
  let book: FontBook;
  beforeAll(() => {
    book = open();
  });
  const choose = (text: string, style: Record<string, unknown> = {}) => book.choose(treeOf("div", { style }, text));

  test.each([
    ["Hello, world! “Ça va?” – 5 €…", ["latin"]],
    ["Łódź, Győr, İstanbul", ["latin", "latin-ext"]],
    ["Tiếng Việt", ["latin", "vietnamese"]],
    ["Γειά σου Κόσμε", ["latin", "greek"]],
    ["ἐν ἀρχῇ", ["latin", "greek", "greek-ext"]],
    ["Привет, мир", ["latin", "cyrillic"]],
    ["Ѳита", ["latin", "cyrillic", "cyrillic-ext"]],
    ["Dagger†", ["latin", "latin-ext"]],
    ["", ["latin"]],
  ])("%j is drawn with the subsets %j", (text, subsets) => {
    const choice = choose(text === "" ? " " : text);
    expect(new Set(filesOf(choice))).toEqual(new Set(subsets.map((subset) => `${subset}-400-normal`)));
    expect(choice.missing).toEqual([]);
    expect(lookedIn(choice)).toEqual(subsets.map((subset) => `${subset}-400-normal`));
  });

  test.each<[string, Parameters<typeof h>, string]>([
    ["a number", ["div", { style: { fontWeight: 700 } }, "a"], "latin-700-normal"],
    ["a number as a text", ["div", { style: { fontWeight: "300" } }, "a"], "latin-300-normal"],
    ["bold", ["div", { style: { fontWeight: "bold" } }, "a"], "latin-700-normal"],
    ["normal", ["h1", { style: { fontWeight: "normal" } }, "a"], "latin-400-normal"],
    ["bolder than normal", ["div", null, h("div", { style: { fontWeight: "bolder" } }, "a")], "latin-700-normal"],
    ["bolder than bold", ["b", null, h("div", { style: { fontWeight: "bolder" } }, "a")], "latin-900-normal"],
    ["lighter than normal", ["div", { style: { fontWeight: "lighter" } }, "a"], "latin-100-normal"],
    ["inherited", ["div", { style: { fontWeight: 600 } }, h("span", null, "a")], "latin-600-normal"],
    ["between two", ["div", { style: { fontWeight: 640 } }, "a"], "latin-600-normal"],
    ["what is no weight", ["div", { style: { fontWeight: "heavy" } }, "a"], "latin-400-normal"],
    ["a heading", ["h1", null, "a"], "latin-700-normal"],
    ["a thin heading", ["h1", { style: { fontWeight: 100 } }, "a"], "latin-100-normal"],
    ["strong", ["div", null, h("strong", null, "a")], "latin-700-normal"],
    ["italic", ["div", { style: { fontStyle: "italic" } }, "a"], "latin-400-italic"],
    ["oblique", ["div", { style: { fontStyle: "oblique" } }, "a"], "latin-400-italic"],
    ["em", ["em", null, "a"], "latin-400-italic"],
    ["normal in em", ["em", null, h("span", { style: { fontStyle: "normal" } }, "a")], "latin-400-normal"],
    ["em in strong", ["strong", null, h("em", null, "a")], "latin-700-italic"],
  ])("the weight and style: %s", (_, element, file) => {
    expect(filesOf(book.choose(treeOf(...element)))).toEqual([file]);
  });

  test("text that is drawn in capitals needs their glyphs", () => {
    const choice = choose("µ-law", { textTransform: "uppercase" });
    expect(filesOf(choice)).toContain("greek-400-normal");
  });

  test.each([
    ["emoji", "Hi 🙂🏽", [0x1f3fd, 0x1f642]],
    ["Han", "你好", [0x4f60, 0x597d]],
    ["each once, ascending", "好你好", [0x4f60, 0x597d]],
    ["what a subset's range claims and its files lack", "a ‰ ‡", [0x2021, 0x2030]],
    ["a private character", "\ue000", [0xe000]],
  ])("what it has no glyph for is told: %s", (_, text, missing) => {
    expect(choose(text).missing).toEqual(missing);
  });

  test.each([
    ["variation selectors and joiners", "a\ufe0fb\u200dc\u200b"],
    ["soft hyphens", "co\u00adoperate"],
    ["marks of direction", "\u200fa\u2066b\u2069\ufeff"],
    ["controls", "a\tb\nc\u0000"],
    ["tags", "\u{e0067}\u{e007f}"],
    ["half a surrogate pair", "\ud83d"],
    ["spaces of every width", "a\u2003b\u2009c\u202fd\u205fe\u3000f"],
  ])("what is not drawn is not missed: %s", (_, text) => {
    expect(choose(text).missing).toEqual([]);
  });

  test("what is drawn as an image is not missed", () => {
    const tree = treeOf("div", null, "Hi 👩‍👩‍👧 and 👩");
    expect(book.choose(tree).missing).toEqual([0x1f467, 0x1f469]);
    expect(book.choose(tree, undefined, { "👩": "a", "👩‍👩‍👧": "b" }).missing).toEqual([]);
  });

  test("a face names its file's bytes", () => {
    for (const { file, digest } of choose("Γ†").faces) expect(digest).toBe(createHash("sha256").update(readFileSync(file)).digest("hex"));
  });
});

describe("families", () => {
  test.each(["sans-serif", "Inter", "'Inter', sans-serif", "inherit", "system-ui, -apple-system", "ui-monospace"])(
    "%s is known",
    (fontFamily) => {
      const { unknownFamilies } = open().choose(treeOf("div", { style: { fontFamily } }, "a"));
      expect(unknownFamilies.filter((family) => family !== "-apple-system")).toEqual([]);
    },
  );

  test("one that nobody has is told once, and Inter stands in for it", () => {
    const choice = open().choose(
      treeOf("div", { style: { fontFamily: "'Gill Sans', Georgia" } }, "a", h("b", { style: { fontFamily: "Georgia" } }, "b")),
    );
    expect(choice.unknownFamilies).toEqual(["Gill Sans", "Georgia"]);
    expect(filesOf(choice)).toEqual(["latin-400-normal", "latin-700-normal"]);
  });

  test.each(["Own", "own", '"OWN"', "Missing, Own, Inter", " 'Own' "])("a user's is found as %s", (fontFamily) => {
    const choice = open(inter("latin-500-normal.woff")).choose(treeOf("div", { style: { fontFamily } }, "a"));
    expect(choice.faces).toMatchObject([{ weight: 500 }]);
    expect(lookedIn(choice)).toEqual(["latin-500-normal"]);
  });

  test("what a user's family lacks is drawn with Inter", () => {
    const choice = open(inter("greek-400-normal.woff")).choose(treeOf("div", { style: { fontFamily: "Own" } }, "Γειά hello"));
    expect(lookedIn(choice)).toEqual(["greek-400-normal", "latin-400-normal"]);
  });

  test("what Inter lacks is drawn with a user's family, named or not", async () => {
    const choice = open(inter("latin-ext-400-normal.woff", { family: "Other" })).choose(
      treeOf("div", { style: { fontFamily: "Inter" } }, "a"),
    );
    expect(filesOf(choice)).toEqual(["latin-400-normal"]);
  });

  test("elements have their own, and pass them on", () => {
    const choice = open(inter("latin-400-normal.woff"), inter("latin-700-normal.woff", { family: "Head" })).choose(
      treeOf(
        "div",
        { style: { fontFamily: "Own" } },
        "a",
        h("h1", { style: { fontFamily: "Head" } }, "b", h("span", null, "c")),
        h("p", { style: { fontFamily: "inherit" } }, "d"),
        h("p", { style: { color: "red" } }, "e"),
      ),
    );
    expect(new Set(filesOf(choice))).toEqual(new Set(["latin-400-normal", "latin-700-normal"]));
    const [, heading, inherited, plain] = choice.tree.props.children as readonly HostElement[];
    expect(lookedIn(choice)[0]).toBe("latin-400-normal");
    expect(lookedIn(choice, heading)[0]).toBe("latin-700-normal");
    expect(heading?.props.children?.[1]).toEqual({ type: "span", props: { children: ["c"] } });
    expect(lookedIn(choice, inherited)).toEqual(lookedIn(choice));
    expect(plain?.props.style).toEqual({ color: "red" });
  });

  test("one that is named again inside of itself is the same", () => {
    const style = { fontFamily: "Own" };
    const choice = open(inter("latin-900-normal.woff")).choose(
      treeOf("div", { style }, h("p", { style }, "a"), h("p", { style: { fontFamily: "Inter" } }, "b")),
    );
    const [again] = choice.tree.props.children as readonly HostElement[];
    expect(lookedIn(choice, again)[0]).toBe("latin-900-normal");
    expect(lookedIn(choice, again)).toEqual(lookedIn(choice));
  });

  test("a tree without a family gets one at its root", () => {
    const choice = open().choose(treeOf("div", null, h("p", null, "a")));
    expect(lookedIn(choice)).toEqual(["latin-400-normal"]);
    expect(choice.tree).toEqual({
      type: "div",
      props: { style: { fontFamily: expect.any(String) }, children: [{ type: "p", props: { children: ["a"] } }] },
    });
  });

  test("the given tree is left as it was", () => {
    const tree = treeOf("div", { style: { fontFamily: "Inter" } }, h("b", { style: { fontFamily: "Own" } }, "a"));
    const before = structuredClone(tree);
    open(inter("latin-400-normal.woff")).choose(tree);
    expect(tree).toEqual(before);
  });

  test("two files of one weight are two subsets, in the order in which they are given", () => {
    const book = open(
      inter("latin-400-normal.woff"),
      inter("cyrillic-400-normal.woff"),
      inter("latin-700-normal.woff"),
      inter("cyrillic-700-normal.woff"),
    );
    const choice = book.choose(treeOf("div", { style: { fontFamily: "Own" } }, "a Я ", h("b", null, "b Ю")));
    expect(filesOf(choice).toSorted()).toEqual(["cyrillic-400-normal", "cyrillic-700-normal", "latin-400-normal", "latin-700-normal"]);
    expect(lookedIn(choice).filter((name) => name.includes("400"))).toEqual(["latin-400-normal", "cyrillic-400-normal"]);
  });

  test("text that may be cut off has a glyph for the ellipsis", () => {
    const book = open(inter("greek-400-normal.woff"));
    for (const style of [{ lineClamp: 2 }, { textOverflow: "ellipsis", whiteSpace: "nowrap", overflow: "hidden" }]) {
      const choice = book.choose(treeOf("div", { style: { display: "block", fontFamily: "Own", ...style } }, "Γειά"));
      expect(filesOf(choice)).toContain("latin-400-normal");
    }
    expect(filesOf(book.choose(treeOf("div", { style: { fontFamily: "Own" } }, "Γειά")))).toEqual(["greek-400-normal"]);
  });

  test("a Fontsource package of the project is found by the name of its family", async () => {
    const files = Object.fromEntries(
      ["metadata.json", "unicode.json", "files/inter-latin-400-normal.woff2"].map((name) => [
        `node_modules/@fontsource/mono-lisa/${name.replace("inter", "mono-lisa")}`,
        name.endsWith("json")
          ? readFileSync(join(INTER, name), "utf8").replaceAll('"inter"', '"mono-lisa"')
          : readFileSync(join(INTER, name)),
      ]),
    );
    const root = await folder({ ...files, "packages/site/package.json": "{}" });
    for (const start of [root, join(root, "packages/site")]) {
      const { faces, unknownFamilies } = openFonts([], start).choose(treeOf("div", { style: { fontFamily: "Mono Lisa" } }, "a"));
      expect(unknownFamilies).toEqual([]);
      expect(faces).toMatchObject([{ file: join(root, "node_modules/@fontsource/mono-lisa/files/mono-lisa-latin-400-normal.woff2") }]);
    }
    expect(open().choose(treeOf("div", { style: { fontFamily: "Mono Lisa" } }, "a")).unknownFamilies).toEqual(["Mono Lisa"]);
  });

  test.each(["../../etc", "..", "a/b", "%2e%2e", "__proto__", "constructor", ""])("the family %j leads nowhere", (fontFamily) => {
    expect(filesOf(open().choose(treeOf("div", { style: { fontFamily } }, "a")))).toEqual(["latin-400-normal"]);
  });
});

describe("the same card, whatever else is drawn", () => {
  const OWN = [inter("latin-400-normal.woff"), inter("greek-700-normal.woff"), inter("cyrillic-400-normal.woff", { family: "Zed" })];
  const CARDS = [
    treeOf("div", null, "Hello"),
    treeOf("div", { style: { fontFamily: "Own" } }, "Γειά ", h("b", null, "Привет †")),
    treeOf("div", { style: { fontFamily: "Zed, Own", fontWeight: 700 } }, "Zażółć 你好"),
    treeOf("div", { style: { fontFamily: "Nowhere" } }, h("i", null, "Ѳ ἀ ế"), "🙂"),
    treeOf("div", { lang: "ja" }, "日本語"),
  ];

  test("the order of the cards changes nothing", () => {
    const alone = CARDS.map((card) => open(...OWN).choose(card));
    for (const order of [
      [0, 1, 2, 3, 4],
      [4, 3, 2, 1, 0],
      [2, 2, 0, 4, 1, 3],
    ]) {
      const book = open(...OWN);
      for (const index of order) expect(book.choose(CARDS[index] as HostElement)).toEqual(alone[index]);
    }
  });

  test("a font that is not needed changes nothing", () => {
    const unneeded = inter("latin-900-italic.woff", { family: "Aardvark" });
    for (const card of CARDS) expect(open(unneeded, ...OWN).choose(card)).toEqual(open(...OWN).choose(card));
  });

  test("faces have an order of their own, not that of the text", () => {
    const [a, b] = ["Γ Ł Я a", "a Я Ł Γ"].map((text) => open().choose(treeOf("div", null, text)).faces);
    expect(a).toEqual(b);
    expect(a).toHaveLength(4);
  });

  /** The outlines of each text in a column, each by a digest that is easy to read. */
  async function outlines(book: FontBook, texts: readonly (readonly [weight: number, style: string])[]): Promise<readonly string[]> {
    const { tree, faces } = book.choose(
      treeOf(
        "div",
        { style: { display: "flex", flexDirection: "column", fontFamily: "Own" } },
        ...texts.map(([fontWeight, fontStyle]) => h("div", { style: { fontWeight, fontStyle } }, "Rag")),
      ),
    );
    const job = { key: "", tree, faces, images: [], graphemes: {}, width: 200, height: 200, format: "png", quality: 80 } as const;
    return [...(await layout(job, () => "")).svg.matchAll(/ d="([^"]+)"/g)].map(([, outline = ""]) =>
      createHash("sha256").update(outline).digest("hex").slice(0, 8),
    );
  }

  test.each<[string, readonly string[], readonly [number, string], readonly [number, string]]>([
    ["bold", ["400-normal", "700-normal"], [700, "normal"], [400, "normal"]],
    ["between regular and bold", ["400-normal", "700-normal"], [450, "normal"], [900, "normal"]],
    ["far from both", ["500-normal", "900-normal"], [600, "normal"], [900, "normal"]],
    ["lighter than all", ["300-normal", "500-normal"], [100, "normal"], [500, "normal"]],
    ["italic, where only bold is", ["400-normal", "700-italic"], [400, "italic"], [400, "normal"]],
    ["bold, where only italic is", ["400-normal", "700-italic"], [700, "normal"], [400, "normal"]],
  ])("satori draws a text alone as beside others: %s", async (_, files, text, other) => {
    const book = open(...files.map((name) => inter(`latin-${name}.woff`)));
    const [alone] = await outlines(book, [text]);
    const [beside, another] = await outlines(book, [text, other]);
    expect(another).toMatch(/^\w{8}$/);
    expect(beside).toBe(alone);
  });
});

describe("font files", () => {
  test.each(["woff", "woff2"])("%s is read: family, weight, style and what it covers", (extension) => {
    const font = readFontFile({ file: join(INTER, `files/inter-greek-700-italic.${extension}`) });
    expect(font).toMatchObject({ family: expect.stringMatching(/^Inter/), weight: 700, style: "italic" });
    expect(["Γ", "ω", " "].map((character) => font.covers(character.codePointAt(0) as number))).toEqual([true, true, true]);
    expect(["Я", "ế", "🙂"].map((character) => font.covers(character.codePointAt(0) as number))).toEqual([false, false, false]);
    expect(font.digest()).toBe(createHash("sha256").update(readFileSync(font.file)).digest("hex"));
  });

  test("TTF is read", async () => {
    const woff = join(INTER, "files/inter-latin-400-normal.woff");
    const root = await folder({ "own.ttf": trueTypeOf(readFileSync(woff)) });
    const font = readFontFile({ file: join(root, "own.ttf") });
    expect(font).toMatchObject({ family: expect.stringMatching(/^Inter/), weight: 400, style: "normal" });
    const [ttf, reference] = await Promise.all(
      [
        { file: font.file, family: "Own" },
        { file: woff, family: "Own" },
      ].map((input) => outlineOf(open(input))),
    );
    expect(ttf?.length).toBeGreaterThan(100);
    expect(ttf).toBe(reference);
  });

  test("what the options say of a file counts", () => {
    expect(readFontFile(inter("latin-400-normal.woff2", { weight: 900, style: "italic" }))).toMatchObject({
      family: "Own",
      weight: 900,
      style: "italic",
    });
  });

  test.each<[string, (whole: Buffer) => string | Uint8Array, RegExp]>([
    ["empty", () => "", /empty|format/],
    ["text", () => "not a font", /format/],
    ["an HTML page", () => "<!DOCTYPE html><html><title>404</title></html>", /format/],
    ["a PNG", () => Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"), /format/],
    ["of random bytes", () => Buffer.from(Array.from({ length: 4096 }, (_, n) => (n * 7919) % 251)), /format/],
    ["of zeros", () => Buffer.alloc(4096), /./],
    ["cut in half", (whole) => whole.subarray(0, whole.length / 2), /cut off/],
    ["only its header", (whole) => whole.subarray(0, 44), /cut off/],
    ["without tables", () => Buffer.from("0001000000000000000000000000", "hex"), /./],
    ["a collection that is none", () => Buffer.from("ttcf0001000000000000", "latin1"), /./],
  ])("a file that is %s is refused", async (what, content, reason) => {
    const root = await folder({ "own.woff": content(readFileSync(join(INTER, "files/inter-latin-400-normal.woff"))) });
    const file = join(root, "own.woff");
    const error = refusal({ file });
    expect(error).toMatchObject({ code: "E_FONT", file });
    expect(error.message.startsWith(`${file} is not a font that can be read: `)).toBe(true);
    expect(error.message).toMatch(reason);
    expect(error.message).not.toMatch(/\n|\.\.$|undefined|Cannot read|offset|DataView/);
    expect(error.hint).toBe(
      `${what === "an HTML page" ? "It is an HTML page: the download failed. " : ""}Give a TTF, OTF, WOFF or WOFF2 file.`,
    );
  });

  /** In a process of its own, as it may never end: fontkitten 1.0 unpacks what is missing for ever. */
  test.each(["woff", "woff2"])("a %s file that lacks its end is refused", async (extension) => {
    const whole = readFileSync(join(INTER, `files/inter-latin-400-normal.${extension}`));
    const missing = [3, 10, 300, 1_000, 8_000];
    const root = await folder(Object.fromEntries(missing.map((bytes) => [`${bytes}`, whole.subarray(0, whole.length - bytes)])));
    const script = `
      const { readFontFile } = await import(${JSON.stringify(new URL("../src/resolve/font-file.ts", import.meta.url).href)});
      for (const name of ${JSON.stringify(missing)}) {
        try { readFontFile({ file: ${JSON.stringify(root)} + "/" + name }); console.log(name, "was read"); }
        catch (error) { console.log(name, error.code, /cut off/.test(error.message)); }
      }`;
    const { stdout } = spawnSync(process.execPath, ["--conditions=@og-gen/source", "--input-type=module", "--eval", script], {
      encoding: "utf8",
      timeout: 5_000,
      killSignal: "SIGKILL",
    });
    expect(stdout.trim().split("\n")).toEqual(missing.map((bytes) => `${bytes} E_FONT true`));
  });

  test("a file that is not there, and a folder", async () => {
    const root = await folder({ "fonts/own.woff": "" });
    const hint = "Paths in `fonts` start at the project's folder.";
    expect(refusal({ file: join(root, "missing.ttf") })).toMatchObject({
      code: "E_FONT",
      message: `There is no font file at ${join(root, "missing.ttf")}.`,
      hint,
      file: join(root, "missing.ttf"),
    });
    expect(refusal({ file: join(root, "fonts") })).toMatchObject({
      code: "E_FONT",
      message: `The font file ${join(root, "fonts")} is a folder.`,
      hint,
    });
  });
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

async function outlineOf(book: FontBook): Promise<string> {
  const { tree, faces } = book.choose(treeOf("div", { style: { fontFamily: "Own" } }, "Rag"));
  const { svg } = await layout(
    { key: "", tree, faces, images: [], graphemes: {}, width: 100, height: 100, format: "png", quality: 80 },
    () => "",
  );
  return / d="([^"]+)"/.exec(svg)?.[1] ?? "";
}

/** A WOFF file unpacked: https://www.w3.org/TR/WOFF/#OverallStructure */
function trueTypeOf(woff: Buffer): Buffer {
  const count = woff.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, index) => {
    const entry = 44 + index * 20;
    const [offset, packed, length] = [4, 8, 12].map((field) => woff.readUInt32BE(entry + field)) as [number, number, number];
    const bytes = woff.subarray(offset, offset + packed);
    return {
      tag: woff.subarray(entry, entry + 4),
      checksum: woff.subarray(entry + 16, entry + 20),
      length,
      data: packed < length ? inflateSync(bytes) : bytes,
    };
  });
  const header = Buffer.alloc(12 + count * 16);
  woff.copy(header, 0, 4, 8);
  header.writeUInt16BE(count, 4);
  let position = header.length;
  const parts = tables.map(({ tag, checksum, length, data }, index) => {
    const entry = 12 + index * 16;
    tag.copy(header, entry);
    checksum.copy(header, entry + 4);
    header.writeUInt32BE(position, entry + 8);
    header.writeUInt32BE(length, entry + 12);
    const padded = Buffer.concat([data, Buffer.alloc(-data.length & 3)]);
    position += padded.length;
    return padded;
  });
  return Buffer.concat([header, ...parts]);
}

describe("weights and italics that a family lacks", () => {
  const standInsOf = (files: readonly string[], style: Record<string, unknown>, text = "Rag") =>
    open(...files.map((name) => inter(`latin-${name}.woff`))).choose(treeOf("div", { style: { fontFamily: "Own", ...style } }, text))
      .standIns;

  test.each<[asked: number, files: readonly string[], drawn: number | undefined]>([
    [700, ["400-normal"], 400],
    [600, ["500-normal"], 500],
    [700, ["600-normal"], undefined],
    [600, ["700-normal"], undefined],
    [900, ["700-normal"], undefined],
    [400, ["700-normal"], 700],
    [500, ["600-normal"], undefined],
    [400, ["500-normal"], undefined],
    [100, ["400-normal"], undefined],
    [400, ["400-normal", "700-normal"], undefined],
    [800, ["300-normal", "500-normal"], 500],
  ])("%d of %j", (fontWeight, files, drawn) => {
    const has = files.map((name) => name.slice(0, 3)).join(", ");
    expect(standInsOf(files, { fontWeight })).toEqual(drawn === undefined ? [] : [{ family: "Own", asked: fontWeight, drawn, has }]);
  });

  test("an italic that is not there is told, also beside a weight", () => {
    expect(standInsOf(["400-normal"], { fontStyle: "italic" })).toEqual([{ family: "Own", asked: "italic" }]);
    expect(standInsOf(["400-normal", "400-italic"], { fontStyle: "italic" })).toEqual([]);
    expect(standInsOf(["400-normal", "700-italic"], { fontStyle: "italic", fontWeight: 700 })).toEqual([]);
    expect(standInsOf(["400-normal"], { fontStyle: "italic", fontWeight: 700 })).toMatchObject([{ asked: "italic" }, { asked: 700 }]);
  });

  test("each is told once, and only where letters are drawn", () => {
    const bold = { fontWeight: 700 };
    expect(standInsOf(["400-normal"], bold, "Rag Rag 123")).toHaveLength(1);
    expect(standInsOf(["400-normal"], bold, " – …")).toEqual([]);
    expect(standInsOf(["400-normal"], bold, "Привет")).toEqual([]);
  });

  test("Inter has them all", () => {
    for (const fontWeight of [100, 200, 300, 400, 500, 600, 700, 800, 900]) {
      for (const fontStyle of ["normal", "italic"]) {
        expect(open().choose(treeOf("div", { style: { fontWeight, fontStyle } }, "Rag Γειά Привет Tiếng")).standIns).toEqual([]);
      }
    }
  });
});

describe("characters that no font has", () => {
  const textOf = (text: string) => {
    const { tree, missing } = open().choose(treeOf("div", {}, text));
    return { text: (tree.props.children ?? []).join(""), missing };
  };

  test.each([
    ["ﬁne ﬂoor", "fine floor"],
    ["ＡＢＣ", "ABC"],
    ["a\u1680b\u3000c", "a b c"],
    ["ﷺ", "ﷺ"],
  ])("%s is drawn as %s", (given, drawn) => {
    expect(textOf(given).text).toBe(drawn);
  });

  test("a plainer form is no warning, and there is none where no font has that either", () => {
    expect(textOf("ﬁ").missing).toEqual([]);
    expect(textOf("ﷺ").missing).toEqual([0xfdfa]);
  });

  test("a mark that no font has leaves its letter without a box", () => {
    expect(textOf("a\u0ec8b")).toEqual({ text: "ab", missing: [0x0ec8] });
    expect(textOf("é e\u0301")).toEqual({ text: "é e\u0301", missing: [] });
  });
});

test("packages are only looked for where Node may look", async () => {
  const root = await mkdtemp(join(tmpdir(), "og-gen-look-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const sources = new URL("../src/", import.meta.url);
  const script = `
    const { plainLook } = await import(${JSON.stringify(new URL("resolve/look.ts", sources).href)});
    console.log(plainLook(${JSON.stringify(root)}).package("noto-sans-nowhere", "static"));`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ["--permission", `--allow-fs-read=${fileURLToPath(sources)}`, `--allow-fs-read=${root}`, "--input-type=module", "--eval", script],
    { encoding: "utf8" },
  );
  expect(stdout, stderr).toBe("undefined\n");
});
