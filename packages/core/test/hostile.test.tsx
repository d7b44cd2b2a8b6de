/** Pages that mean harm, through all of it: whatever they hold, each has a whole picture of its size with something on it, and a reason where it is not the one it asked for. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { crc32 } from "node:zlib";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { generate } from "../src/generate.ts";
import { createPool } from "../src/render/pool.ts";
import type { Ledger, PageInput, PageResult, Renderer } from "../src/types.ts";
import { expectWholePng, inkIn } from "./png.ts";

const SIZE = { width: 600, height: 315 };
let root: string;
let renderer: Renderer;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "og-gen-hostile-"));
  await mkdir(join(root, "pictures"));
  renderer = createPool({ concurrency: 1, timeout: 10_000 });
});
afterAll(async () => {
  await renderer.close();
  await rm(root, { recursive: true, force: true });
});

async function cards(source: readonly PageInput[], template = "article"): Promise<Ledger> {
  const ledger = await generate({ root, source, template, renderer, variants: { og: SIZE }, cacheDir: false, outDir: join(root, "out") });
  const { pages, rendered, cached, fallback, failed, skipped } = ledger;
  expect(rendered + cached + fallback + failed + skipped).toBe(pages);
  expect(ledger.results.map(({ page }) => page.id)).toEqual(source.map(({ id }) => id));
  return ledger;
}

/** A picture that is what it says, and no empty one. */
async function expectCard(result: PageResult): Promise<void> {
  if (!("cards" in result)) throw new Error(`${result.page.id} has no card`, { cause: result });
  const bytes = await readFile(result.cards[0].file);
  await expectWholePng(bytes, SIZE);
  expect(await inkIn(bytes)).toBeGreaterThan(300);
  if (result.status === "fallback") {
    expect(result.error).toMatchObject({ name: "OgError", code: expect.stringMatching(/^E_/), page: result.page.id });
    expect(result.error.message).not.toBe("");
  }
}

type Ending = "ok" | "warning" | "fallback";

function endingOf(result: PageResult): Ending | string {
  if (result.status !== "rendered" && result.status !== "cached") return result.status;
  return result.warnings.length > 0 ? "warning" : "ok";
}

describe("titles", () => {
  const titles: readonly (readonly [name: string, title: unknown, ending: Ending])[] = [
    ["plain", "A plain title", "ok"],
    ["one letter", "i", "ok"],
    ["a full stop", ".", "ok"],
    ["zero", 0, "ok"],
    ["minus zero", -0, "ok"],
    ["false", false, "ok"],
    ["not a number", Number.NaN, "ok"],
    ["a large number", 10n ** 60n, "ok"],
    ["a date", new Date("2020-02-29T23:59:59Z"), "ok"],
    ["no date", new Date("x"), "fallback"],
    ["null", null, "warning"],
    ["nothing", undefined, "warning"],
    ["spaces", " \t\n\u00a0\u3000", "warning"],
    ["nothing to be seen", "\u200b\u200d\u2060\ufeff\u00ad\u3164\u115f\u2800", "warning"],
    ["a list", ["a", "b"], "fallback"],
    ["a map", { toString: "x" }, "fallback"],
    [
      "an object that throws",
      {
        toString: () => {
          throw new Error("no");
        },
      },
      "fallback",
    ],
    ["a function", () => "x", "fallback"],
    ["a symbol", Symbol("s"), "fallback"],
    ["what looks like an element", { type: "img", props: { src: "/etc/passwd" } }, "fallback"],
    ["NUL", "be\0fore", "warning"],
    ["an escape sequence", "\u001b[31mred\u001b[0m", "warning"],
    ["C1", "a\u009b31mb", "warning"],
    ["a high surrogate", "half \ud83d", "warning"],
    ["a low surrogate", "\udc4d half", "warning"],
    ["the last code points", "end \u{10ffff}\u{fffff}", "warning"],
    ["a private one", "logo \ue000", "warning"],
    ["overrides of direction", "\u202egnp.exe\u202c \u2067x\u2069", "ok"],
    ["isolates that never end", "\u2066\u2067\u2068".repeat(300) + "text", "ok"],
    ["tabs and line ends", "a\tb\r\nc\rd\u2028e\u2029f", "ok"],
    ["markup", "</text></svg><script>alert(1)</script><image href='/etc/passwd'/>", "ok"],
    ["entities", "&lt;&amp;&#0;&#x1F600;&nosuch;", "ok"],
    ["a comment", "<!-- --> ]]> <?x?> <![CDATA[", "ok"],
    ["placeholders", "$& $1 $` ${title} {{ title }} <%= title %> %s %d", "ok"],
    ["names of the prototype", "__proto__ constructor hasOwnProperty", "ok"],
    ["a path", "../../../../etc/passwd\\..\\..", "ok"],
    ["a data URI", "url(data:image/svg+xml,<svg onload=alert(1)>)", "ok"],
    ["one long word", "donaudampfschifffahrt".repeat(12), "ok"],
    ["a very long word", "x".repeat(100_000), "warning"],
    ["very many words", "many words ".repeat(20_000), "warning"],
    ["marks without end", `e${"\u0301".repeat(20_000)}`, "warning"],
    ["joiners without end", "👨\u200d".repeat(5_000), "warning"],
    ["flags without end", "🇩🇪".repeat(2_000), "warning"],
    ["selectors of variation", "a\ufe0f\ufe0e".repeat(50), "ok"],
    ["emoji", "👩🏽‍🚀 🏳️‍🌈 1️⃣ ❤️", "ok"],
    ["tags of a flag", "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}", "ok"],
    ["scripts that no font has", "漢字 हिन्दी ไทย עברית العربية", "warning"],
    ["letters that look like others", "раураl ꓖooցle", "warning"],
    ["spaces of all widths", "a\u2000b\u2009c\u202fd\u3000e", "ok"],
    ["one space more", `${" ".repeat(5_000)}x${" ".repeat(5_000)}`, "ok"],
    ["only line ends", `a${"\n".repeat(3_000)}b`, "warning"],
  ];

  test("each has a whole card with something on it, in time", async () => {
    const started = performance.now();
    const ledger = await cards(titles.map(([id, title]) => ({ id, title }) as PageInput));
    for (const result of ledger.results) await expectCard(result);
    expect(ledger.results.map((result) => [result.page.id, endingOf(result)])).toEqual(titles.map(([name, , ending]) => [name, ending]));
    expect(performance.now() - started).toBeLessThan(30_000);
  });
});

describe("images", () => {
  const chunk = (name: string, data: Uint8Array) => {
    const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
    const bytes = Buffer.alloc(body.length + 8);
    bytes.writeUInt32BE(data.length);
    body.copy(bytes, 4);
    bytes.writeUInt32BE(crc32(body), body.length + 4);
    return bytes;
  };
  const png = (width: number, height: number, ...chunks: readonly Buffer[]) => {
    const header = Buffer.from([...Buffer.alloc(8), 8, 2, 0, 0, 0]);
    header.writeUInt32BE(width, 0);
    header.writeUInt32BE(height, 4);
    return Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), chunk("IHDR", header), ...chunks, chunk("IEND", Buffer.alloc(0))]);
  };
  const svg = (inside: string, before = "") =>
    Buffer.from(
      `${before}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="100" height="100">${inside}</svg>`,
    );
  const lol = `<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 9 }, (_, level) => `<!ENTITY ${"bcdefghij"[level]} "${`&${"abcdefghi"[level]};`.repeat(10)}">`).join("")}]>`;
  const uses = Array.from({ length: 9 }, (_, level) => `<g id="u${level + 1}">${`<use xlink:href="#u${level}"/>`.repeat(10)}</g>`).join("");

  async function files(): Promise<Readonly<Record<string, readonly [bytes: Uint8Array, ending: Ending]>>> {
    const picture = sharp({
      create: { width: 80, height: 40, channels: 3, background: "#ff0000", noise: { type: "gaussian", mean: 120, sigma: 40 } },
    });
    const [asPng, asJpeg, asWebp, asAvif, asGif, asTiff, cmyk] = await Promise.all([
      picture.clone().png().toBuffer(),
      picture.clone().jpeg().toBuffer(),
      picture.clone().webp().toBuffer(),
      picture.clone().avif().toBuffer(),
      picture.clone().gif().toBuffer(),
      picture.clone().tiff().toBuffer(),
      picture.clone().toColorspace("cmyk").jpeg().toBuffer(),
    ]);
    const broken = Buffer.from(asPng);
    broken[asPng.length - 20]! ^= 0xff;
    return {
      "whole.png": [asPng, "ok"],
      "whole.jpg": [asJpeg, "ok"],
      "whole.webp": [asWebp, "ok"],
      "whole.avif": [asAvif, "ok"],
      "whole.gif": [asGif, "ok"],
      "whole.tiff": [asTiff, "ok"],
      "cmyk.jpg": [cmyk, "ok"],
      "a jpeg.png": [asJpeg, "ok"],
      "more after the end.png": [Buffer.concat([asPng, Buffer.alloc(9_000, "<script>")]), "ok"],
      "a large text.png": [
        Buffer.concat([
          asPng.subarray(0, -12),
          chunk("zTXt", Buffer.concat([Buffer.from("c\0\0"), deflateSync(Buffer.alloc(50_000_000))])),
          asPng.subarray(-12),
        ]),
        "ok",
      ],
      "cut off.png": [asPng.subarray(0, asPng.length / 2), "fallback"],
      "cut off.jpg": [asJpeg.subarray(0, asJpeg.length / 2), "fallback"],
      "cut off.webp": [asWebp.subarray(0, asWebp.length / 2), "fallback"],
      "a flipped bit.png": [broken, "fallback"],
      "a start.jpg": [Buffer.from("ffd8ff", "hex"), "fallback"],
      "nothing.png": [Buffer.alloc(0), "fallback"],
      "zeros.png": [Buffer.alloc(100_000), "fallback"],
      "a page.png": [Buffer.from("<!doctype html><title>404</title>"), "fallback"],
      "a program.png": [Buffer.from("#!/bin/sh\nrm -rf /\n"), "fallback"],
      "claims much.png": [png(60_000, 60_000, chunk("IDAT", deflateSync(Buffer.alloc(100)))), "fallback"],
      "claims most.png": [png(2 ** 31 - 1, 2 ** 31 - 1), "fallback"],
      "claims nothing.png": [png(0, 0), "fallback"],
      "a bomb.png": [png(30_000, 30_000, chunk("IDAT", deflateSync(Buffer.alloc(30_000_000)))), "fallback"],
      "a drawing.svg": [svg(`<rect width="100" height="100" fill="#00f"/>`), "ok"],
      "never closed.svg": [Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect`), "fallback"],
      "claims much.svg": [Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="9000000" height="9000000"/>`), "fallback"],
      "entities.svg": [svg("<text>&j;</text>", lol), "fallback"],
      "a file as entity.svg": [svg("<text>&x;</text>", `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>`), "fallback"],
      "a script.svg": [svg(`<script>document.title = 1</script><rect width="9" height="9" onload="x()"/>`), "ok"],
      "other files.svg": [
        svg(
          `<image xlink:href="whole.png" width="100" height="100"/><image href="file:///etc/passwd" width="9" height="9"/><image href="http://127.0.0.1:1/x.png" width="9" height="9"/>`,
        ),
        "ok",
      ],
    };
  }

  test("each is drawn, or its page says why not and has a card without it", async () => {
    const pictures = await files();
    for (const [name, [bytes]] of Object.entries(pictures)) await writeFile(join(root, "pictures", name), bytes);
    const source = Object.keys(pictures).map((name) => ({ id: name, title: `A page with ${name}`, image: `pictures/${name}` }));
    const { results } = await cards(source, "photo");
    for (const result of results) await expectCard(result);
    expect(results.map((result) => [result.page.id, endingOf(result)])).toEqual(
      Object.entries(pictures).map(([name, [, ending]]) => [name, ending]),
    );
    for (const result of results) {
      if (result.status === "fallback")
        expect(result.error).toMatchObject({ code: "E_IMAGE", file: join(root, "pictures", result.page.id) });
    }
  });

  test("a drawing that names other files is drawn without them", async () => {
    const red = await sharp({ create: { width: 9, height: 9, channels: 3, background: "#ff0000" } })
      .png()
      .toBuffer();
    await writeFile(join(root, "pictures", "red.png"), red);
    await writeFile(
      join(root, "pictures", "names it.svg"),
      svg(`<image xlink:href="red.png" width="100" height="100"/><image href="./red.png" width="100" height="100"/>`),
    );
    const [result] = (
      await generate({
        root,
        renderer,
        source: [{ id: "a", title: "A" }],
        variants: { og: { width: 100, height: 100 } },
        cacheDir: false,
        template: () => <img src="pictures/names it.svg" width={100} height={100} />,
      })
    ).results;
    if (!result || !("cards" in result)) throw new Error("there is no card", { cause: result });
    const pixels = await sharp(result.cards[0].file).flatten({ background: "#ffffff" }).raw().toBuffer();
    expect(new Set(pixels)).toEqual(new Set([255]));
  });

  test.each([
    [
      "turbulence",
      `<filter id="f">${`<feTurbulence baseFrequency="0.01" numOctaves="50"/>`.repeat(20)}</filter><rect width="100" height="100" filter="url(#f)"/>`,
    ],
    ["uses of uses", `<defs><g id="u0"><rect width="1" height="1"/></g>${uses}</defs><use xlink:href="#u9"/>`],
  ])("a drawing that takes long is given up in time: %s", async (name, inside) => {
    const bomb = svg(inside).toString().replace('width="100" height="100">', 'viewBox="0 0 100 100" width="6000" height="6000">');
    await writeFile(join(root, "pictures", "slow.svg"), bomb);
    const started = performance.now();
    const { results } = await generate({
      root,
      source: [
        { id: "slow", title: "Slow", image: "pictures/slow.svg" },
        { id: "fine", title: "Fine" },
      ],
      template: "photo",
      variants: { og: SIZE },
      cacheDir: false,
      outDir: join(root, name),
      timeout: 2_000,
      concurrency: 1,
    });
    // librsvg gives some of them up by itself.
    const code: unknown = expect.stringMatching(name === "turbulence" ? /^E_RENDER_TIMEOUT$/ : /^E_(RENDER_TIMEOUT|IMAGE)$/);
    expect(results).toMatchObject([{ status: "fallback", error: { code, page: "slow" } }, { status: "rendered" }]);
    for (const result of results) await expectCard(result);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
