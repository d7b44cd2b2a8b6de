import { expect, test } from "vitest";
import { shownEntry } from "../src/shown-entry.ts";

const entry = (id: string, more: object = {}) => ({
  id,
  collection: "blog",
  data: { title: id },
  filePath: `src/content/blog/${id}.md`,
  digest: "1",
  ...more,
});
const fileOf = (id: string) => ({ file: `src/content/blog/${id}.md` });

test("the entry is the props, one of them, or in one of them", () => {
  expect(shownEntry(entry("a"), {})).toEqual(fileOf("a"));
  expect(shownEntry({ post: entry("a"), count: 3 }, {})).toEqual(fileOf("a"));
  expect(shownEntry({ page: { post: entry("a") } }, {})).toEqual(fileOf("a"));
});

test("entries deeper down, and in lists, are not what the page is about", () => {
  expect(shownEntry({ a: { b: { post: entry("a") } } }, {})).toBeUndefined();
  expect(shownEntry({ posts: [entry("a")], page: { data: [entry("b")] } }, {})).toBeUndefined();
});

test.for([
  ["slug", { slug: "b" }, entry("b")],
  ["a path with folders", { slug: "2024/b" }, entry("2024/b")],
  ["language and slug", { lang: "fr", slug: "b" }, entry("fr/b")],
  ["a slug in the data", { slug: "custom" }, entry("b", { data: { slug: "custom" } })],
  ["a slug without the id's folder", { slug: "b" }, entry("posts/b")],
] as const)("of several entries it is the one that the params name: by %s", ([, params, post]) => {
  expect(shownEntry({ prev: entry("a"), post, next: entry("c") }, params)).toEqual(fileOf(post.id));
});

test("of several entries that the params do not name it is none, unless one stands above the others", () => {
  expect(shownEntry({ prev: entry("a"), post: entry("b") }, { slug: "x" })).toBeUndefined();
  expect(shownEntry({ post: entry("b"), around: { prev: entry("a"), next: entry("c") } }, { slug: "x" })).toEqual(fileOf("b"));
});

test("of an entry whose file is not its front matter, the data", () => {
  const data = { title: "T", date: new Date(Date.UTC(2024, 0, 2)), at: new Date(Date.UTC(2024, 0, 2, 3)) };
  const plain = { title: "T", date: "2024-01-02", at: "2024-01-02T03:00:00.000Z" };
  expect(shownEntry({ post: entry("a", { filePath: "src/data.json", data }) }, {})).toEqual({ file: "src/data.json", data: plain });
  expect(shownEntry({ post: entry("a", { filePath: undefined, data }) }, {})).toEqual({ file: undefined, data: plain });
  expect(shownEntry({ post: entry("a", { digest: undefined, data }) }, {})).toEqual({ ...fileOf("a"), data: plain });
});

test("a picture in the data is the path of its source", () => {
  const cover = Object.defineProperty({ src: "/_astro/x.hash.png" }, "fsPath", { value: "/site/src/x.png", enumerable: false });
  expect(shownEntry({ post: entry("a", { filePath: undefined, data: { cover } }) }, {})).toMatchObject({
    data: { cover: "/site/src/x.png" },
  });
});

test("data that is no tree is left out", () => {
  const data: Record<string, unknown> = {};
  data["self"] = data;
  expect(shownEntry({ post: entry("a", { filePath: undefined, data }) }, {})).toEqual({ file: undefined, data: {} });
});
