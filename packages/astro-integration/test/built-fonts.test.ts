import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { builtFonts } from "../src/built-fonts.ts";

const SITES = mkdtempSync(join(tmpdir(), "og-gen-fonts-"));
afterAll(() => rmSync(SITES, { recursive: true, force: true }));

const FONT = { name: "Source Sans 3", cssVariable: "--font-sans", isForText: true };
const SET = ':root{--font-sans:"Source Sans 3-1f","Source Sans 3-1f fallback: Arial",sans-serif;}';

function face(url: string, more = ""): string {
  return `@font-face{font-family:"Source Sans 3-1f";src:url("${url}") format("woff2");${more}}`;
}

async function found(pages: Readonly<Record<string, string>>, files: readonly string[]) {
  const dir = mkdtempSync(join(SITES, "site-"));
  for (const [path, text] of [...Object.entries(pages), ...files.map((file) => [file, ""] as const)]) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  const [font] = await builtFonts(dir, [FONT]);
  return { ...font, files: font?.files.map(({ file, weight, style }) => [file.slice(dir.length + 1), weight, style]) };
}

test("files with their weights and styles, in the order of the rules, without the fallbacks that Astro derives", async () => {
  const css = [
    face("/_astro/fonts/a.woff2", "font-weight:400;font-style:normal;unicode-range:U+0-FF;"),
    face("/_astro/fonts/b.woff2", "font-weight:bold;font-style:italic;"),
    face("/_astro/fonts/c.woff2", "font-weight:100 900;font-style:oblique 0deg 12deg;"),
    '@font-face{font-family:"Source Sans 3-1f fallback: Arial";src:local("Arial");size-adjust:99%;}',
    '@font-face{font-family:Other-2e;src:url("/_astro/fonts/d.woff2");}',
  ].join("");
  const { files, isOnPage } = await found(
    { "index.html": "<style>p{color:var(--font-sans)}</style>", "a/index.html": `<style data-x="1">${css}${SET}</style>` },
    ["a", "b", "c", "d"].map((name) => `_astro/fonts/${name}.woff2`),
  );
  expect(isOnPage).toBe(true);
  expect(files).toEqual([
    ["_astro/fonts/a.woff2", 400, "normal"],
    ["_astro/fonts/b.woff2", 700, "italic"],
    ["_astro/fonts/c.woff2", undefined, undefined],
  ]);
});

test("what is wrong in a rule is passed over", async () => {
  const css = `${face("/a.woff2", "font-weight:5000;font-style:bold;;}}")}@font-face{}@font-face{src:url(b.woff2)}`;
  const { files } = await found({ "index.html": `<style>${css}${SET}</style>` }, ["a.woff2", "b.woff2"]);
  expect(files).toEqual([["a.woff2", undefined, undefined]]);
});

test("a file that stands for several weights is one variable file", async () => {
  const css = ["400", "700"].map((weight) => face("/_astro/fonts/a.woff2", `font-weight:${weight};font-style:normal;`)).join("");
  const { files } = await found({ "index.html": `<style>${css}${SET}</style>` }, ["_astro/fonts/a.woff2"]);
  expect(files).toEqual([["_astro/fonts/a.woff2", undefined, "normal"]]);
});

test("below a base, behind a CDN, with a query; of several files the first that is there", async () => {
  const css = `@font-face{font-family:"Source Sans 3-1f";src:url("https://cdn.example.com/x/docs/_astro/fonts/a%20b.woff2?v=1") format("woff2"),url("/z.woff")}`;
  const { files } = await found({ "index.html": `<style>${css}${SET}</style>` }, ["_astro/fonts/a b.woff2", "z.woff"]);
  expect(files).toEqual([["_astro/fonts/a b.woff2", undefined, undefined]]);
});

test("nothing to find is told apart: on no page, or without files", async () => {
  const nowhere = await found({ "index.html": "<style>p{font-family:var(--font-sans)}</style>" }, []);
  expect(nowhere).toMatchObject({ isOnPage: false, files: [] });
  const fileless = await found({ "index.html": `<style>${face("/_astro/fonts/gone.woff2")}${SET}</style>` }, []);
  expect(fileless).toMatchObject({ isOnPage: true, files: [] });
});

test("addresses that lead out of the site are not followed", async () => {
  writeFileSync(join(SITES, "outside.woff2"), "");
  const { files } = await found(
    {
      "index.html": `<style>${face("/..%2Foutside.woff2")}${face("/%2e%2e/outside.woff2")}${face("/a%00.woff2")}${face("/%")}${SET}</style>`,
    },
    [],
  );
  expect(files).toEqual([]);
});
