import { OgError, type Page, readHtmlPage, readMarkdownPage } from "@og-gen/core";
import { expect, test } from "vitest";
import { mergeEntries } from "../src/merge-entries.ts";

const FILE = "/site/src/content/a.md";
const HEAD = `<html lang="fr" dir="ltr"><head><title>From the head</title><meta name="description" content="Head's">
<link rel="canonical" href="https://example.com/a/"><meta name="author" content="Head"><meta name="keywords" content="head"></head>`;

function merged(html: string, frontMatter: string, body = "") {
  const head = readHtmlPage(html, "/site/dist/a/index.html", "a");
  if (head.kind !== "page") throw new Error(head.kind);
  const entry = mergeEntries(head, readMarkdownPage(`---\n${frontMatter}\n---\n${body}`, FILE, "a"));
  if (entry.kind !== "page") throw new Error(entry.kind);
  return entry;
}

test("front matter wins, but for address, language and direction", () => {
  const { page, warnings } = merged(
    HEAD,
    "title: Own\ndescription: Own's\nauthor: Ada\ntags: [own]\ndate: 2024-01-02\ncover: ./c.png\nurl: https://elsewhere.example\nlang: de\ndir: rtl\nog:\n  template: photo",
  );
  expect(page).toMatchObject<Partial<Page>>({
    title: "Own",
    description: "Own's",
    author: { name: "Ada" },
    tags: ["own"],
    date: "2024-01-02",
    image: "./c.png",
    file: FILE,
    card: { template: "photo", alt: undefined },
    url: "https://example.com/a/",
    lang: "fr",
    dir: "ltr",
  });
  expect(warnings).toEqual([]);
});

test("the head fills in what front matter leaves out", () => {
  expect(merged(HEAD, "subject: none of ours").page).toMatchObject({
    title: "From the head",
    description: "Head's",
    author: { name: "Head" },
    tags: ["head"],
  });
  expect(merged("<title>T</title>", "lang: de\ndir: rtl").page).toMatchObject({ lang: "de", dir: "rtl" });
});

test("a title of the head is better than one that is made of a heading or a file's name, and nothing is warned of", () => {
  expect(merged(HEAD, "draft: false", "# Heading")).toMatchObject({ page: { title: "From the head" }, warnings: [] });
  expect(merged("<body>No title", "title: Own")).toMatchObject({ page: { title: "Own" }, warnings: [] });
});

test("a warning about the page names its content file", () => {
  expect(merged("<body>No title", "draft: false").warnings).toMatchObject([{ code: "W_TITLE_FROM_FILE", file: FILE }]);
});

test("front matter that cannot be read leaves the head's words, and its error", () => {
  const head = readHtmlPage(HEAD, "/site/dist/a/index.html", "a");
  if (head.kind !== "page") throw new Error(head.kind);
  const broken = mergeEntries(head, readMarkdownPage("---\ntitle: [\n---\n", FILE, "a"));
  expect(broken).toMatchObject({ kind: "broken", page: { title: "From the head", file: FILE }, error: { code: "E_FRONT_MATTER" } });
  expect(broken.kind === "broken" && broken.error).toBeInstanceOf(OgError);
});

test("`og: false` skips the page", () => {
  const head = readHtmlPage(HEAD, "/site/dist/a/index.html", "a");
  if (head.kind !== "page") throw new Error(head.kind);
  expect(mergeEntries(head, readMarkdownPage("---\nog: false\n---\n", FILE, "a"))).toMatchObject({ kind: "skipped", reason: "og: false" });
});
