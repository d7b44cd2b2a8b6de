import { existsSync } from "node:fs";
import { readFile, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { injectTags } from "../src/inject-tags.ts";
import { og, ogReport, project } from "./og.ts";

const page = (title: string, head = "") =>
  `<!doctype html>\n<html lang="en">\n<head>\n  <meta charset="utf-8">\n  <title>${title}</title>${head}\n</head>\n<body></body>\n</html>\n`;
const OWN = '<meta property="og:image" content="https://example.com/own.png">';

const SITE = {
  "dist/index.html": page("Home"),
  "dist/about/index.html": page("About"),
  "dist/own.html": page("Own", OWN),
  "dist/404.html": page("Not found"),
};

test("og-gen html makes images in the site itself, and leaves its pages alone", async () => {
  const root = await project(SITE);
  const { results, skipped } = await ogReport(root, "html dist");
  expect(skipped).toBe(2);
  expect(results.filter(({ status }) => status === "rendered")).toMatchObject([
    { id: "about", file: "dist/og/about.png" },
    { id: "", file: "dist/og/index.png" },
  ]);
  expect(await readFile(join(root, "dist/index.html"), "utf8")).toBe(SITE["dist/index.html"]);
});

test("images that the configuration has elsewhere lie in the built site all the same, where its pages see them", async () => {
  const config = (options: object) => ({ ...SITE, "og.config.json": JSON.stringify({ site: "https://example.com", ...options }) });
  const usual = await project(config({ outDir: "public/og" }));
  expect(await og(usual, "html dist --inject --strict")).toMatchObject({ code: 0, stderr: "" });
  expect(existsSync(join(usual, "dist/og/about.png"))).toBe(true);
  expect(await readFile(join(usual, "dist/about/index.html"), "utf8")).toContain("https://example.com/og/about.png");

  const below = await project(config({ outDir: "dist/images" }));
  await og(below, "html dist --inject");
  expect(existsSync(join(below, "dist/images/about.png"))).toBe(true);
  expect(await readFile(join(below, "dist/about/index.html"), "utf8")).toContain("https://example.com/images/about.png");

  const served = await project(config({ outDir: "public/og", publicPath: "social/cards" }));
  await og(served, "html dist --inject");
  expect(existsSync(join(served, "dist/social/cards/about.png"))).toBe(true);
  expect(await readFile(join(served, "dist/about/index.html"), "utf8")).toContain("https://example.com/social/cards/about.png");
});

test("--out elsewhere than in the built site is an error, unless something says where that is served", async () => {
  const root = await project(SITE);
  const { code, stderr } = await og(root, "html dist --inject --site https://example.com --out cards");
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringMatching(/E_OPTION.*--out .*cards is not in the built site/s) as string,
  });
  const served = await project({ ...SITE, "og.config.json": '{ "publicPath": "cards" }' });
  await og(served, "html dist --inject --site https://example.com --out cards");
  expect(existsSync(join(served, "cards/about.png"))).toBe(true);
});

test("--inject writes the tags, and a second time changes nothing", async () => {
  const root = await project(SITE);
  const args = "html dist --inject --site https://example.com --base /docs";
  const first = await og(root, args);
  expect(first).toMatchObject({ code: 0, stderr: "" });
  expect(first.stdout).toContain("Tags written into 2 pages, 0 unchanged.");
  const about = await readFile(join(root, "dist/about/index.html"), "utf8");
  expect(about).toMatch(/<meta property="og:image" content="https:\/\/example\.com\/docs\/og\/about\.png\?v=[0-9a-f]{8}"/);
  expect(await readFile(join(root, "dist/own.html"), "utf8")).toBe(SITE["dist/own.html"]);

  expect((await og(root, args)).stdout).toContain("Tags written into 0 pages, 2 unchanged.");
  expect(await readFile(join(root, "dist/about/index.html"), "utf8")).toBe(about);
});

test("--inject takes its tags out of a page that has no card any more", async () => {
  const root = await project(SITE);
  const args = "html dist --inject --site https://example.com";
  await og(root, args);
  await writeFile(join(root, "og.config.json"), '{ "rules": [{ "match": "about", "skip": true }] }');
  expect((await og(root, args)).stdout).toContain("Tags written into 1 page, 1 unchanged.");
  expect(await readFile(join(root, "dist/about/index.html"), "utf8")).toBe(SITE["dist/about/index.html"]);
  expect((await og(root, args)).stdout).toContain("Tags written into 0 pages, 1 unchanged.");
});

test("the site's name is that of the theme", async () => {
  const root = await project({ ...SITE, "og.config.json": '{ "site": "https://example.com", "theme": { "siteName": "Larder" } }' });
  await og(root, "html dist --inject");
  expect(await readFile(join(root, "dist/index.html"), "utf8")).toContain('<meta property="og:site_name" content="Larder"');
});

test("the site's name is what its titles end with, where nothing else says it", async () => {
  const titles = ["About", "Blog", "Contact"].map((title) => [`dist/${title.toLowerCase()}.html`, page(`${title} | Larder`)]);
  const root = await project({ ...Object.fromEntries(titles), "dist/index.html": page("Food at home") });
  await og(root, "html dist --inject --site https://example.com");
  const about = await readFile(join(root, "dist/about.html"), "utf8");
  expect(about).toContain('<meta property="og:title" content="About"');
  expect(about).toContain('<meta property="og:site_name" content="Larder"');
});

test("compressed copies from before the tags are told of, newer ones not", async () => {
  const root = await project({ ...SITE, "dist/index.html.gz": "old", "dist/about/index.html.br": "old", "dist/own.html.gz": "old" });
  const args = "html dist --inject --site https://example.com";
  const { stderr } = await og(root, args);
  expect(stderr).toMatch(/W_COMPRESSED.*→ Compress the site after/s);
  expect(stderr).toMatch(/dist\/index\.html\.gz/);
  expect(stderr).toMatch(/dist\/about\/index\.html\.br/);
  expect(stderr).not.toMatch(/own\.html/);
  expect(await og(root, `${args} --strict`)).toMatchObject({ code: 1 });
  for (const copy of ["dist/index.html.gz", "dist/about/index.html.br"])
    await utimes(join(root, copy), new Date(), new Date(Date.now() + 1000));
  expect(await og(root, `${args} --strict`)).toMatchObject({ code: 0, stderr: "" });
});

test("without a site there are images, one warning and no tags", async () => {
  const root = await project(SITE);
  const { code, stderr, stdout } = await og(root, "html dist --inject");
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining("2 rendered") });
  expect(stderr.match(/W_NO_SITE/g)).toHaveLength(1);
  expect(await readFile(join(root, "dist/index.html"), "utf8")).toBe(SITE["dist/index.html"]);
  expect(await ogReport(root, "html dist --inject")).toMatchObject({ warnings: 1, runWarnings: [{ code: "W_NO_SITE" }] });
});

test("--dry-run and --check write no tags", async () => {
  const root = await project(SITE);
  const args = "html dist --inject --site https://example.com";
  expect((await og(root, `${args} --dry-run`)).stdout).toContain("new      about → dist/og/about.png");
  expect((await og(root, `${args} --check`)).code).toBe(1);
  expect(existsSync(join(root, "dist/og"))).toBe(false);
  expect(await readFile(join(root, "dist/index.html"), "utf8")).toBe(SITE["dist/index.html"]);
});

test("a page that is gone when its tags are due is an error, and costs no other page", async () => {
  const file = join(await project(SITE), "dist/index.html");
  const card = {
    variant: "og",
    file: "/og/a.png",
    src: "/og/a.png",
    url: "https://example.com/og/a.png",
    width: 1200,
    height: 630,
  } as const;
  const result = (id: string, path: string) =>
    ({
      status: "cached",
      page: { id, title: id, tags: [], data: {}, file: path },
      cards: [{ ...card, type: "image/png", alt: id, bytes: 1, key: "0" }],
      template: "article",
      written: false,
      ms: 0,
      warnings: [],
    }) as const;
  const ledger = { pages: 2, rendered: 0, cached: 2, fallback: 0, failed: 0, skipped: 0, written: 0, warnings: [] };
  const injection = await injectTags(
    { ...ledger, results: [result("gone", `${file}.gone`), result("here", file)] },
    { site: "https://example.com" },
  );
  expect(injection).toMatchObject({
    written: 1,
    unchanged: 0,
    errors: [{ code: "E_SOURCE", places: [{ page: "gone", file: `${file}.gone` }] }],
  });
});
