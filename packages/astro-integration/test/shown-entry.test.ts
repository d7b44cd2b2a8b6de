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

/** A page with a title, as the layout makes it. */
const titled = (title: string) => `<!doctype html><html><head><title>${title}</title></head><body></body></html>`;
const BLOG = titled("Blog | Site");

test("props that are an entry are what the page shows", () => {
  expect(shownEntry(entry("a"), {}, BLOG)).toEqual(fileOf("a"));
});

test("entries deeper down, and in lists, are not what the page is about", () => {
  expect(shownEntry({ a: { b: { post: entry("a") } } }, { slug: "a" }, BLOG)).toBeUndefined();
  expect(shownEntry({ posts: [entry("a")], page: { data: [entry("b")] } }, { slug: "a" }, BLOG)).toBeUndefined();
});

const post = entry("b", { data: { title: "Tom & Jerry’s day" } });
const around = { prev: entry("a"), next: entry("c"), settings: entry("settings", { data: { title: "Site" } }) };

test.for([
  ["its id", { slug: "b" }, { post }, "b"],
  ["its id, one level down", { slug: "b" }, { page: { post, ...around } }, "b"],
  ["a path with folders", { slug: "2024/b" }, { post: entry("2024/b"), other: entry("2023/b") }, "2024/b"],
  ["language and slug", { lang: "fr", slug: "b" }, { post: entry("fr/b"), original: entry("b") }, "fr/b"],
  ["language and path", { lang: "en", slug: "guides/b" }, { post: entry("en/guides/b"), next: entry("en/tours/b") }, "en/guides/b"],
  ["a slug beside its language", { lang: "en", slug: "b" }, { post, settings: entry("en") }, "b"],
  ["a slug without the id's folder", { slug: "b" }, { post: entry("posts/b"), other: entry("posts/a") }, "posts/b"],
  ["a path of which the id is the end", { slug: "2024/01/b" }, { post, other: entry("2024") }, "b"],
  ["the last of several params", { category: "news", slug: "b" }, { category: entry("news"), post }, "b"],
  ["all params together", { category: "news", slug: "b" }, { category: entry("news"), post: entry("news/b") }, "news/b"],
  ["the last param that is there", { series: "b", page: undefined }, { series: post, latest: entry("a") }, "b"],
  ["a slug in its data", { slug: "own" }, { post: entry("b", { data: { slug: "own" } }) }, "b"],
  ["a slug beside its data", { slug: "own" }, { post: entry("b", { slug: "own" }) }, "b"],
  ["a permalink in its data", { slug: "own/path" }, { post: entry("b", { data: { permalink: "/own/path/" } }) }, "b"],
  ["its id as a slug", { slug: "creme-brulee" }, { post: entry("posts/Crème Brûlée") }, "posts/Crème Brûlée"],
  ["its id without its date", { slug: "b" }, { post: entry("2024-01-02-b"), next: entry("2024-01-03-c") }, "2024-01-02-b"],
  ["its id without `index`", { slug: "guide" }, { post: entry("guide/index") }, "guide/index"],
  ["no param, as the index", { slug: undefined }, { post: entry("index") }, "index"],
] as const)("of the entries in the props it is the one that the params name: by %s", ([, params, props, id]) => {
  expect(shownEntry({ ...around, ...props }, params, BLOG)).toEqual(fileOf(id));
});

test.for([
  ["a name", "Tom &amp; Jerry&#39;s day"],
  ["a name and the site's", "Tom &amp; Jerry’s day – Site, the best"],
  ["a name in other letters, with another sign", "Tom &amp; Jerry's Day &middot; Site"],
  ["other words in the head", 'Blog</title><meta content="Tom &#38; Jerry’s day | Site" property="og:title"><title>'],
] as const)("where no param names one it is the one whose title the page bears: %s", ([, title]) => {
  const props = { ...around, post };
  expect(shownEntry(props, { slug: "x-123" }, titled(title))).toEqual(fileOf("b"));
  expect(shownEntry({ post }, { slug: "x-123" }, titled(title))).toEqual(fileOf("b"));
});

test("a title decides between entries that the params name equally well", () => {
  const props = { category: entry("astro", { data: { title: "All about Astro" }, collection: "categories" }), post: entry("astro") };
  expect(shownEntry(props, { category: "astro", slug: "astro" }, titled("astro | Site"))).toEqual(fileOf("astro"));
  expect(shownEntry(props, { category: "astro", slug: "astro" }, BLOG)).toBeUndefined();
});

test("no getter of an entry runs: Astro has some that tell of an old name", () => {
  const old = { get: () => expect.unreachable(), enumerable: false };
  const read = Object.defineProperties(entry("b", { data: Object.defineProperty({ title: "b" }, "slug", old) }), {
    slug: old,
    render: old,
  });
  expect(shownEntry({ post: read }, { slug: "b" }, BLOG)).toEqual(fileOf("b"));
  expect(shownEntry({ post: read }, { slug: "x" }, BLOG)).toBeUndefined();
});

test("one entry that is there twice is one", () => {
  expect(shownEntry({ post: entry("b"), page: { post: entry("b") } }, { slug: "b" }, BLOG)).toEqual(fileOf("b"));
});

test.for([
  [
    "a tag with its latest post",
    { tag: "astro" },
    { tag: "astro", latest: entry("a", { data: { title: "Astro 7" } }) },
    "Posts on Astro 7 and others",
  ],
  [
    "a list with a post above it",
    { page: undefined },
    { page: { data: [entry("b")], currentPage: 1 }, featured: entry("a") },
    "Blog | Site",
  ],
  ["a later page of it", { page: "2" }, { page: { data: [entry("b")], currentPage: 2 }, featured: entry("a") }, "Blog | Site"],
  ["the settings of the site", { slug: "about" }, { settings: entry("settings", { data: { title: "Site" } }) }, "About | Site"],
  ["the settings of a language", { lang: "en" }, { settings: entry("en", { data: { title: "English" } }) }, "Home"],
  ["a category beside a post that is not known", { category: "news", slug: "x" }, { category: entry("news") }, "A post"],
  ["an entry without a title", { slug: "x" }, { post: entry("b", { data: {} }) }, ""],
  ["neighbours", { slug: "b" }, { prev: entry("a"), next: entry("c") }, "b"],
] as const)("an entry that neither params nor title tell of is not what the page shows: %s", ([, params, props, title]) => {
  expect(shownEntry(props, params, titled(title))).toBeUndefined();
});

test("of an entry whose file is not its front matter, the data", () => {
  const data = { title: "T", date: new Date(Date.UTC(2024, 0, 2)), at: new Date(Date.UTC(2024, 0, 2, 3)) };
  const plain = { title: "T", date: "2024-01-02", at: "2024-01-02T03:00:00.000Z" };
  expect(shownEntry(entry("a", { filePath: "src/data.json", data }), {}, BLOG)).toEqual({ file: "src/data.json", data: plain });
  expect(shownEntry(entry("a", { filePath: undefined, data }), {}, BLOG)).toEqual({ file: undefined, data: plain });
  expect(shownEntry(entry("a", { digest: undefined, data }), {}, BLOG)).toEqual({ ...fileOf("a"), data: plain });
});

test("a picture in the data is the path of its source", () => {
  const cover = Object.defineProperty({ src: "/_astro/x.hash.png" }, "fsPath", { value: "/site/src/x.png", enumerable: false });
  expect(shownEntry(entry("a", { filePath: undefined, data: { cover } }), {}, BLOG)).toMatchObject({
    data: { cover: "/site/src/x.png" },
  });
});

test("of an entry whose file is its front matter, the files of its pictures, but for those that are too deep", () => {
  const picture = (file: string) => Object.defineProperty({ src: "/_astro/x.hash.png" }, "fsPath", { value: file, enumerable: false });
  const authors = [{ name: "Ada" }, { avatar: picture("/site/ada.png"), more: [{ avatar: picture("/site/b.png") }] }];
  const data: Record<string, unknown> = { title: "T", cover: picture("/site/x.png"), date: new Date(), authors };
  data["self"] = data;
  expect(shownEntry(entry("a", { data }), {}, BLOG)).toMatchObject({
    ...fileOf("a"),
    pictures: { cover: "/site/x.png", authors: { 1: { avatar: "/site/ada.png" } } },
  });
});

test("a number that JSON does not know is its digits, and the other data stays", () => {
  const data = { title: "T", stats: { views: 2n ** 64n } };
  expect(shownEntry(entry("a", { filePath: "src/data.json", data }), {}, BLOG)).toMatchObject({
    data: { title: "T", stats: { views: "18446744073709551616" } },
  });
});

test("data that is no tree is left out", () => {
  const data: Record<string, unknown> = {};
  data["self"] = data;
  expect(shownEntry(entry("a", { filePath: undefined, data }), {}, BLOG)).toEqual({ file: undefined, data: {} });
});
