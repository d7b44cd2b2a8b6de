import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { BROKEN, og, ogPlan, POSTS, project, UNTITLED } from "./og.ts";

describe("--dry-run", () => {
  test("says what would be made and why, and makes nothing", async () => {
    const root = await project(POSTS);
    expect(await og(root, "--dry-run")).toEqual({
      code: 0,
      stdout: [
        "new      blog/hello → public/og/blog/hello.png (article)",
        "new      / → public/og/index.png (article)",
        "Would make 2 of 2 images (2 new).\n",
      ].join("\n"),
      stderr: "",
    });
    expect(existsSync(join(root, "public"))).toBe(false);
  });

  test("knows what is changed, missing and current", async () => {
    const root = await project({ ...POSTS, "content/third.md": "---\ntitle: Third\n---\n" });
    await og(root, "");
    await writeFile(join(root, "content/index.md"), "---\ntitle: Another home\n---\n");
    await rm(join(root, "public/og/blog/hello.png"));
    const { stdout } = await og(root, "--dry-run --verbose");
    expect(stdout.split("\n")).toEqual([
      "missing  blog/hello → public/og/blog/hello.png (article)",
      "changed  / → public/og/index.png (article)",
      "current  third → public/og/third.png (article)",
      "Would make 2 of 3 images (1 changed, 1 missing).",
      "",
    ]);
    expect((await og(root, "--dry-run --force")).stdout).toContain("Would make 3 of 3 images (3 forced).");
  });

  test("tells errors, and is well all the same", async () => {
    const root = await project(BROKEN);
    const { code, stderr } = await og(root, "--dry-run");
    expect(code).toBe(0);
    expect(stderr).toContain("at broken (content/broken.md:2:");
  });

  test("--json", async () => {
    const root = await project({ ...POSTS, "content/draft.md": "---\ntitle: Draft\ndraft: true\n---\n" });
    const planned = await ogPlan(root, "--dry-run");
    expect(planned).toMatchObject({
      pages: 3,
      new: 2,
      changed: 0,
      missing: 0,
      forced: 0,
      current: 0,
      failed: 0,
      skipped: 1,
      warnings: 0,
      runWarnings: [],
    });
    expect(planned.results).toEqual([
      {
        id: "blog/hello",
        status: "planned",
        file: "public/og/blog/hello.png",
        width: 1200,
        height: 630,
        key: expect.any(String),
        reason: "new",
        template: "article",
        warnings: [],
      },
      expect.objectContaining({ id: "" }),
      { id: "draft", status: "skipped", file: null, width: null, height: null, key: null, reason: "draft", template: null, warnings: [] },
    ]);
  });
});

describe("--check", () => {
  test("exits with 1 while an image is missing or out of date", async () => {
    const root = await project(POSTS);
    const before = await og(root, "--check");
    expect(before.code).toBe(1);
    expect(before.stdout).toContain("2 of 2 images missing or out of date (2 new).");
    expect(existsSync(join(root, "public"))).toBe(false);
    await og(root, "");
    expect(await og(root, "--check")).toEqual({ code: 0, stdout: "2 images up to date.\n", stderr: "" });
    await writeFile(join(root, "content/index.md"), "---\ntitle: Another home\n---\n");
    expect((await og(root, "--check --quiet")).code).toBe(1);
  });

  test("exits with 1 for a page whose card cannot be made", async () => {
    const root = await project({ ...POSTS, ...BROKEN });
    await og(root, "");
    expect((await og(root, "--check")).code).toBe(1);
    expect((await og(root, "--check --on-error fail")).code).toBe(1);
  });

  test("exits with 1 for a warning with --strict", async () => {
    const root = await project(UNTITLED);
    await og(root, "");
    expect((await og(root, "--check")).code).toBe(0);
    expect((await og(root, "--check --strict")).code).toBe(1);
  });
});
