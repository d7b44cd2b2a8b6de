import { existsSync } from "node:fs";
import { cp, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { BROKEN, og, ogReport, POSTS, project, UNTITLED } from "./og.ts";

const FIXTURES = fileURLToPath(new URL("../../../fixtures/content", import.meta.url));

test("og-gen makes ./content into ./public/og, and a second run makes nothing", async () => {
  const root = await project(POSTS);
  expect(await og(root, "")).toEqual({
    code: 0,
    stdout: expect.stringMatching(/^2 pages: 2 rendered in .+ s? ?→ public\/og\n$/),
    stderr: "",
  });
  expect(existsSync(join(root, "public/og/blog/hello.png"))).toBe(true);
  expect((await og(root, "")).stdout).toMatch(/^2 pages: 2 cached in /);
});

test("the content of the fixtures", async () => {
  const root = await project();
  await cp(FIXTURES, join(root, "content"), { recursive: true });
  const { code, pages, failed, fallback } = { ...(await ogReport(root, "")), code: (await og(root, "")).code };
  expect({ code, failed, fallback }).toEqual({ code: 0, failed: 0, fallback: 0 });
  expect(pages).toBeGreaterThan(10);
});

describe("where things are", () => {
  test("src/content where there is no content", async () => {
    const root = await project({ "src/content/a.md": "---\ntitle: A\n---\n" });
    expect((await ogReport(root, "")).results).toMatchObject([{ id: "a", file: "public/og/a.png" }]);
  });

  test("arguments win over the configuration", async () => {
    const config = '{ "source": "docs", "outDir": "made", "format": "webp" }';
    const root = await project({ ...POSTS, "docs/a.md": "---\ntitle: A\n---\n", "og.config.json": config });
    expect((await ogReport(root, "")).results).toMatchObject([{ id: "a", file: "made/a.webp" }]);
    expect((await ogReport(root, "content -o elsewhere --format jpeg")).results).toMatchObject([
      { id: "blog/hello", file: "elsewhere/blog/hello.jpg" },
      { id: "", file: "elsewhere/index.jpg" },
    ]);
  });

  test("paths of the configuration start at its folder, those of the command line at the working directory", async () => {
    const root = await project({
      "site/content/a.md": "---\ntitle: A\n---\n",
      "site/og.config.json": "{}",
      "docs/b.md": "---\ntitle: B\n---\n",
    });
    expect((await ogReport(root, "-c site/og.config.json")).results).toMatchObject([{ id: "a", file: "site/public/og/a.png" }]);
    const { results } = await ogReport(root, "docs -c site/og.config.json -o out --cache-dir cache");
    expect(results).toMatchObject([{ id: "b", file: "out/b.png" }]);
    expect(existsSync(join(root, "cache"))).toBe(true);
  });

  test("a template by its path from the working directory", async () => {
    const root = await project({
      ...POSTS,
      "site/og.config.json": "{}",
      "card.mjs": 'import { h } from "@og-gen/core";\nexport default () => h("div", { children: "Hi" });\n',
    });
    expect((await ogReport(root, "content -c site/og.config.json -t card.mjs")).rendered).toBe(2);
  });
});

describe("the cache", () => {
  test("gives back an image that was deleted", async () => {
    const root = await project(POSTS);
    await og(root, "");
    await rm(join(root, "public"), { recursive: true });
    expect(await ogReport(root, "")).toMatchObject({ rendered: 0, cached: 2 });
  });

  test("--no-cache keeps none", async () => {
    const root = await project(POSTS);
    await og(root, "--no-cache");
    expect(existsSync(join(root, "node_modules"))).toBe(false);
    await rm(join(root, "public"), { recursive: true });
    expect(await ogReport(root, "--no-cache")).toMatchObject({ rendered: 2, cached: 0 });
  });

  test("--force makes every image again", async () => {
    const root = await project(POSTS);
    await og(root, "");
    expect(await ogReport(root, "--force")).toMatchObject({ rendered: 2, cached: 0 });
  });
});

describe("exit codes", () => {
  test.each([
    ["", { code: 1, status: "fallback", image: true }],
    ["--on-error fallback", { code: 1, status: "fallback", image: true }],
    ["--on-error fail", { code: 1, status: "failed", image: false }],
    ["--on-error skip", { code: 0, status: "skipped", image: false }],
    ["--on-error skip --strict", { code: 1, status: "skipped", image: false }],
  ])("a broken page with %j", async (args, { code, status, image }) => {
    const root = await project({ ...POSTS, ...BROKEN });
    const outcome = await og(root, `${args} --json=report.json`);
    expect(outcome.code).toBe(code);
    expect(outcome.stdout).toContain(`1 ${status}`);
    expect(outcome.stderr).toContain("at broken (content/broken.md:2");
    expect(existsSync(join(root, "public/og/broken.png"))).toBe(image);
    expect(existsSync(join(root, "public/og/index.png"))).toBe(true);
  });

  test("a warning is well, unless --strict", async () => {
    const root = await project(UNTITLED);
    const lenient = await og(root, "");
    expect(lenient.code).toBe(0);
    expect(lenient.stderr).toMatch(/^warning W_TITLE_FROM_HEADING: /);
    const strict = await og(root, "--strict --quiet");
    expect(strict).toMatchObject({ code: 1, stdout: "" });
    expect(strict.stderr).toMatch(/^error W_TITLE_FROM_HEADING: /);
  });

  test("a folder without pages is a warning", async () => {
    const root = await project();
    await mkdir(join(root, "content"));
    const { code, stdout, stderr } = await og(root, "");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^0 pages in /);
    expect(stderr).toContain("W_NO_PAGES");
    expect((await og(root, "--strict")).code).toBe(1);
  });

  test("a bug is told as one, with its stack", async () => {
    const root = await project({
      "og.config.mjs": 'export default { source: { *[Symbol.iterator]() { throw new RangeError("what?"); } } };',
    });
    const { code, stderr } = await og(root, "");
    expect(code).toBe(1);
    expect(stderr).toContain("error: RangeError: what?\n  |     at ");
  });
});

describe("how much is said", () => {
  test("--quiet says nothing but errors", async () => {
    const root = await project({ ...POSTS, ...UNTITLED });
    expect(await og(root, "--quiet")).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test("--verbose says a line a page, in page order", async () => {
    const root = await project({ ...POSTS, "content/draft.md": "---\ntitle: Draft\ndraft: true\n---\n" });
    const lines = (await og(root, "--verbose")).stdout.split("\n");
    expect(lines.slice(0, 3)).toEqual([
      expect.stringMatching(/^rendered blog\/hello → public\/og\/blog\/hello\.png \(\d+ KB, \d.*s\)$/),
      "skipped  draft (draft)",
      expect.stringMatching(/^rendered \/ → public\/og\/index\.png/),
    ]);
  });
});

test("--max-bytes and --optimize: what the images may weigh", async () => {
  const root = await project(POSTS);
  const made = async (args: string) => (await ogReport(root, `--template gradient ${args}`)).results;
  const usual = (await made(""))[0]?.bytes ?? 0;
  for (const [args, most, type] of [
    ["--max-bytes 120kb", 120_000, "image/jpeg"],
    ["--max-bytes=0.12MB", 120_000, "image/jpeg"],
    ["--max-bytes 120000", 120_000, "image/jpeg"],
    ["--max-bytes false", usual * 1.1, "image/png"],
    ["--optimize", usual * 0.9, "image/png"],
  ] as const) {
    const results = await made(args);
    expect(results).toHaveLength(2);
    for (const result of results) {
      expect(result, args).toMatchObject({ type, warnings: [] });
      expect(result.bytes, args).toBeLessThanOrEqual(most);
      expect(result.file, args).toMatch(type === "image/jpeg" ? /\.jpg$/ : /\.png$/);
    }
  }
});
