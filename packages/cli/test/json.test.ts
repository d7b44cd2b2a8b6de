import { execFile } from "node:child_process";
import { link, lstat, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { BROKEN, og, ogReport, POSTS, project, UNTITLED } from "./og.ts";

const KEY = expect.stringMatching(/^[0-9a-f]{64}$/);

test("every page in page order, with what belongs to its end", async () => {
  const root = await project({ ...BROKEN, "content/draft.md": "---\ntitle: Draft\ndraft: true\n---\n", ...UNTITLED });
  const { stdout, stderr, code } = await og(root, "--json");
  expect(code).toBe(1);
  expect(stderr).toMatch(/\n3 pages: 1 rendered, 1 fallback, 1 skipped in .+ → public\/og\n$/);
  expect(JSON.parse(stdout)).toEqual({
    pages: 3,
    rendered: 1,
    cached: 0,
    fallback: 1,
    failed: 0,
    skipped: 1,
    warnings: 1,
    results: [
      {
        id: "broken",
        status: "fallback",
        file: "public/og/broken.png",
        width: 1200,
        height: 630,
        type: "image/png",
        bytes: expect.any(Number),
        key: KEY,
        ms: expect.any(Number),
        warnings: [],
        error: {
          code: "E_FRONT_MATTER",
          message: expect.any(String),
          hint: expect.any(String),
          page: "broken",
          file: "content/broken.md",
          line: 2,
          column: expect.any(Number),
        },
      },
      {
        id: "draft",
        status: "skipped",
        file: null,
        width: null,
        height: null,
        type: null,
        bytes: null,
        key: null,
        ms: expect.any(Number),
        warnings: [],
        reason: "draft",
      },
      {
        id: "untitled",
        status: "rendered",
        file: "public/og/untitled.png",
        width: 1200,
        height: 630,
        type: "image/png",
        bytes: expect.any(Number),
        key: KEY,
        ms: expect.any(Number),
        warnings: [
          {
            code: "W_TITLE_FROM_HEADING",
            message: expect.any(String),
            hint: expect.any(String),
            page: "untitled",
            file: "content/untitled.md",
            line: null,
            column: null,
            detail: "“Only a heading”",
          },
        ],
      },
    ],
    runWarnings: [],
  });
});

test("a failed page has an error and no file", async () => {
  const root = await project(BROKEN);
  const { failed, results } = await ogReport(root, "--on-error fail");
  expect(failed).toBe(1);
  expect(results).toMatchObject([{ status: "failed", file: null, key: null, error: { code: "E_FRONT_MATTER" } }]);
});

test("all images of a page that has several", async () => {
  const variants = '{ "variants": { "og": {}, "square": { "width": 600, "height": 600 } } }';
  const root = await project({ "content/a.md": "---\ntitle: A\n---\n", "og.config.json": variants });
  const { results } = await ogReport(root, "");
  expect(results).toMatchObject([
    {
      file: "public/og/a.png",
      width: 1200,
      cards: [
        { variant: "og", file: "public/og/a.png", width: 1200, height: 630 },
        { variant: "square", width: 600, height: 600, key: KEY },
      ],
    },
  ]);
});

test("a warning of the run is counted, and listed apart", async () => {
  const root = await project({ ...POSTS });
  const report = await ogReport(root, "--format webp");
  expect(report.warnings).toBe(1);
  expect(report.runWarnings).toMatchObject([{ code: "W_PRIMARY_FORMAT", page: null, file: null }]);
});

test("into a file, whose folder is made", async () => {
  const root = await project(POSTS);
  const { stdout } = await og(root, "--json reports/og.json");
  expect(stdout).toMatch(/^2 pages: /);
  expect(JSON.parse(await readFile(join(root, "reports/og.json"), "utf8"))).toMatchObject({ pages: 2, rendered: 2 });
});

test("into a place where no file can be", async () => {
  const root = await project(POSTS);
  const { code, stderr } = await og(root, "--json=content");
  expect(code).toBe(1);
  expect(stderr).toContain("error E_WRITE: The JSON cannot be written");
});

test("in place of a file: whole or not at all, so that whoever has the earlier one open keeps it", async () => {
  const root = await project({ ...POSTS, "reports/og.json": "the earlier report" });
  await link(join(root, "reports/og.json"), join(root, "earlier.json"));
  expect((await og(root, "--json reports/og.json")).code).toBe(0);
  expect(JSON.parse(await readFile(join(root, "reports/og.json"), "utf8"))).toMatchObject({ pages: 2 });
  expect(await readFile(join(root, "earlier.json"), "utf8")).toBe("the earlier report");
  expect(await readdir(join(root, "reports"))).toEqual(["og.json"]);
});

test("through a link, which stays one", async () => {
  const root = await project(POSTS);
  await writeFile(join(root, "real.json"), "");
  await symlink("real.json", join(root, "link.json"));
  expect((await og(root, "--json link.json")).code).toBe(0);
  expect(JSON.parse(await readFile(join(root, "real.json"), "utf8"))).toMatchObject({ pages: 2 });
  expect((await lstat(join(root, "link.json"))).isSymbolicLink()).toBe(true);
});

test.skipIf(process.platform === "win32")("into a pipe", async () => {
  const root = await project(POSTS);
  const pipe = join(root, "pipe");
  const run = promisify(execFile);
  await run("mkfifo", [pipe]);
  const [{ stdout }, { code }] = await Promise.all([run("cat", [pipe]), og(root, `--dry-run --json=${pipe}`)]);
  expect({ code, pages: (JSON.parse(stdout) as { pages: number }).pages }).toEqual({ code: 0, pages: 2 });
  expect((await lstat(pipe)).isFIFO()).toBe(true);
});
