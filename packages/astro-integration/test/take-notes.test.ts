import { link, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { noteComment } from "../src/note.ts";
import { takeNotes } from "../src/take-notes.ts";

async function site(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "og-gen-notes-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  await mkdir(join(root, "blog"));
  for (const [path, text] of Object.entries(files)) await writeFile(join(root, path), text);
  return root;
}

test("notes come out of the pages, whose HTML is then as it was before", async () => {
  const root = await site({
    "index.html": "<p>Home</p>",
    "blog/hello.html": `<p>Hello, 日本</p>${noteComment({ route: "/blog/[slug]" }, "seal")}`,
  });
  const { ino } = await stat(join(root, "index.html"));
  expect([...(await takeNotes(root, "seal"))]).toEqual([["blog/hello.html", { route: "/blog/[slug]" }]]);
  expect(await readFile(join(root, "blog/hello.html"), "utf8")).toBe("<p>Hello, 日本</p>");
  expect((await stat(join(root, "index.html"))).ino).toBe(ino);
});

test("a page is replaced whole, not written over", async () => {
  const html = `<p>Hello</p>${noteComment({ route: "/" }, "seal")}`;
  const root = await site({ "index.html": html });
  await link(join(root, "index.html"), join(root, "blog", "before"));
  await takeNotes(root, "seal");
  expect(await readFile(join(root, "index.html"), "utf8")).toBe("<p>Hello</p>");
  expect(await readFile(join(root, "blog", "before"), "utf8")).toBe(html);
  expect(await readdir(root)).toEqual(["blog", "index.html"]);
});
