import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { builtPages } from "../src/built-pages.ts";

test("every HTML file is a page with a route of its own", () => {
  const dir = mkdtempSync(join(tmpdir(), "og-gen-built-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  for (const path of [
    "index.html",
    "about.html",
    "about/index.html",
    "about/team.html",
    "été à/index.html",
    ".well-known/x.html",
    "feed.xml",
    "_astro/a.js",
  ]) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), "");
  }
  expect(builtPages(dir).map(({ path, id }) => [path, id])).toEqual([
    [".well-known/x.html", ".well-known/x"],
    ["about.html", "about"],
    ["about/index.html", "about/index"],
    ["about/team.html", "about/team"],
    ["index.html", ""],
    ["été à/index.html", "été à"],
  ]);
});
