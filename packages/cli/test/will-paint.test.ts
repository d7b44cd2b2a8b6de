import { expect, test } from "vitest";
import { willPaint } from "../src/will-paint.ts";
import { project } from "./og.ts";

test.each([[""], ["content"], ["html dist --json"], ["./help"], ["-t docs"]])("og-gen %s, for the first time", async (line) => {
  expect(willPaint(line.split(" ").filter(Boolean), await project({}))).toBe(true);
});

test.each([["--help"], ["-h"], ["-v"], ["templates list"], ["content --dry-run"], ["--check --json"]])("og-gen %s", async (line) => {
  expect(willPaint(line.split(" "), await project({}))).toBe(false);
});

test.each(["node_modules/.cache/og-gen/recall-1", "public/og/og-manifest.json"])("after a run that left %s", async (file) => {
  const root = await project({ [file]: "" });
  expect(willPaint(["content"], root)).toBe(false);
  expect(willPaint(["content", "--force"], root)).toBe(true);
});
