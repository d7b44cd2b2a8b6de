import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { type Build, createSite, entryPage, markdownCollections, OG_CONFIG, page } from "./site.ts";

const COVER = readFileSync(join(import.meta.dirname, "../../../../fixtures/covers/hills.jpg"));

const SITE = createSite({
  "og.config.json": JSON.stringify({ ...OG_CONFIG, template: "photo" }),

  "src/content.config.ts": `import { defineCollection } from "astro:content";
import { file, glob } from "astro/loaders";
import { z } from "astro/zod";
const remote = async () => [{ id: "r", title: "From afar", published: new Date(Date.UTC(2024, 0, 2)), tags: ["far -- away -->"] }];
export const collections = {
  blog: defineCollection({ loader: glob({ pattern: "**/*.md", base: "./src/content/blog" }) }),
  things: defineCollection({ loader: file("src/data/things.json"), schema: ({ image }) => z.object({ title: z.string(), cover: image() }) }),
  remote: defineCollection({ loader: remote }),
};`,
  "src/content/blog/one ten.md": `---
title: "1.10"
description: What is new
date: 2024-01-02
author: Ada
tags: [news, releases]
og:
  alt: A picture of a number
---
Text.
`,
  "src/content/blog/secret.md": "---\ntitle: Secret\nog: false\n---\n",
  "src/data/things.json": JSON.stringify([{ id: "t", title: "A thing", cover: "./dot.svg" }]),
  "src/data/dot.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><circle cx="20" cy="20" r="20" fill="red"/></svg>',

  "src/pages/blog/[slug].astro": entryPage("blog"),
  "src/pages/things/[slug].astro": entryPage("things"),
  "src/pages/remote/[slug].astro": entryPage("remote"),
  "src/pages/series/[slug].astro": entryPage(
    "blog",
    '{ prev: { id: "zero", collection: "blog", data: { title: "Not this" } }, page: { entry } }',
  ),
  "src/pages/found.astro": `---\nimport { getEntry } from "astro:content";\nconst entry = await getEntry("blog", "one-ten");\n---\n${page("{entry.data.title} by the layout")}`,
  "src/pages/rewritten.astro": '---\nreturn Astro.rewrite("/blog/one-ten");\n---\n',
  "src/pages/notes/about us.md": "---\ntitle: About us\ncover: ./missing.png\nog:\n  title: Who we are\n---\n# Heading\n",
  "src/pages/feed.xml.ts": 'export const GET = () => new Response("<feed/>", { headers: { "content-type": "text/html" } });',

  "astro.config.mjs": `import { readFileSync } from "node:fs";
import og from "@og-gen/astro";
const spy = { name: "spy", hooks: { "astro:build:done": ({ dir }) => console.log("SPY", readFileSync(new URL("blog/one-ten/index.html", dir), "utf8").slice(-7)) } };
export default { site: "https://example.com", integrations: [spy, og()] };`,
});

let built: Build;
beforeAll(async () => {
  built = await SITE.build();
}, 120_000);

test("the front matter of a collection's entry reaches the card", () => {
  expect(built.tags("blog/one-ten/index.html")).toMatchObject({
    "og:title": "1.10",
    "og:description": "What is new",
    "og:image:alt": "A picture of a number",
    "og:type": "article",
    "article:published_time": "2024-01-02",
    "article:author": "Ada",
    "article:tag": "releases",
  });
});

test("the entry is the one that the route names, among its neighbours and one level down", () => {
  expect(built.tags("series/one-ten/index.html")["og:title"]).toBe("1.10");
});

test("`og: false` in the front matter: no card, no tags", () => {
  expect(built.tags("blog/secret/index.html")).toEqual({});
  expect(built.files).not.toContain("og/blog/secret.png");
});

test("entries that are no Markdown files give their data, pictures of the project included", () => {
  expect(built.tags("things/t/index.html")["og:title"]).toBe("A thing");
  expect(built.log).not.toContain("dot");
});

test("entries without a file give their data, whatever is in it", () => {
  expect(built.tags("remote/r/index.html")).toMatchObject({
    "og:title": "From afar",
    "article:published_time": "2024-01-02",
    "article:tag": "far -- away --&gt;",
  });
});

test("a Markdown page has front matter of its own, images beside it, and its name in messages", () => {
  expect(built.tags("notes/about us/index.html")["og:title"]).toBe("Who we are");
  expect(built.log).toMatch(/\[ERROR\].*src\/pages\/notes\/about us\.md: The image "\.\/missing\.png" does not exist\./);
});

test("an entry that the page finds for itself is not known: its head says what is on the card", () => {
  expect(built.tags("found/index.html")["og:title"]).toBe("1.10 by the layout");
});

test("a page that is shown in the place of another keeps its entry", () => {
  expect(built.tags("rewritten/index.html")["og:title"]).toBe("1.10");
});

test("nobody sees the notes: neither other integrations nor visitors", () => {
  expect(built.log).toContain("SPY </html>");
  const texts = built.files.filter((file) => /\.(?:html|xml)$/.test(file));
  expect(texts).toHaveLength(10);
  for (const file of texts) expect(built.read(file), file).not.toContain("og-gen {");
  expect(built.read("feed.xml")).toBe("<feed/>");
});

test.concurrent("a page never gets the words of another page's entry", async () => {
  const lists = createSite({
    "src/content.config.ts": markdownCollections("categories", "posts"),
    "src/content/categories/news.md": "---\ntitle: All the news\n---\n",
    "src/content/posts/one.md": "---\ntitle: The first\ndate: 2024-01-01\n---\n",
    "src/content/posts/two.md": "---\ntitle: The second\ndate: 2024-01-02\n---\n",
    "src/pages/[category]/[slug].astro": `---
import { getCollection, getEntry } from "astro:content";
export const getStaticPaths = async () => {
  const category = await getEntry("categories", "news");
  return (await getCollection("posts")).map((post) => ({ params: { category: category.id, slug: post.id }, props: { category, post } }));
};
---
${page("{Astro.props.post.data.title}")}`,
    "src/pages/tags/[tag].astro": `---
import { getCollection } from "astro:content";
export const getStaticPaths = async () => {
  const posts = await getCollection("posts");
  return [{ params: { tag: "astro" }, props: { tag: "astro", posts, latest: posts[0] } }];
};
---
${page("Tagged {Astro.params.tag}")}`,
    "src/pages/blog/[...page].astro": `---
import { getCollection } from "astro:content";
export const getStaticPaths = async ({ paginate }) => {
  const posts = await getCollection("posts");
  return paginate(posts, { pageSize: 1, props: { featured: posts[0] } });
};
---
${page("Blog")}`,
    "src/pages/p/[number].astro": `---
import { getCollection } from "astro:content";
export const getStaticPaths = async () => (await getCollection("posts")).map((post, index) => ({ params: { number: "p" + index }, props: { post } }));
---
${page("{Astro.props.post.data.title} – The site")}`,
  });
  const { log, tags } = await lists.build();
  const told = (path: string) => [tags(path)["og:title"], tags(path)["article:published_time"]];
  expect(told("news/one/index.html")).toEqual(["The first", "2024-01-01"]);
  expect(told("news/two/index.html")).toEqual(["The second", "2024-01-02"]);
  expect(told("tags/astro/index.html")).toEqual(["Tagged astro", undefined]);
  expect(told("blog/index.html")).toEqual(["Blog", undefined]);
  expect(told("blog/2/index.html")).toEqual(["Blog", undefined]);
  expect(told("p/p1/index.html")).toEqual(["The second", "2024-01-02"]);
  expect(log).not.toContain("deprecated");
});

test.concurrent("a cover is found by the alias that Astro knows, wherever it stands in the front matter", async () => {
  const post = (fields: string) => `---\ntitle: A\n${fields}\n---\n`;
  const site = createSite(
    {
      "tsconfig.json": JSON.stringify({ compilerOptions: { paths: { "@assets/*": ["./src/assets/*"] } } }),
      "src/assets/cover.jpg": COVER,
      "src/content.config.ts": `import { defineCollection } from "astro:content";
import { glob } from "astro/loaders";
import { z } from "astro/zod";
const schema = ({ image }) => z.object({
  title: z.string(),
  heroImage: image().optional(),
  cover: z.object({ src: image() }).optional(),
  og: z.object({ image: image() }).optional(),
});
export const collections = { blog: defineCollection({ loader: glob({ pattern: "*.md", base: "./src/content/blog" }), schema }) };`,
      "src/content/blog/a.md": post("heroImage: '@assets/cover.jpg'"),
      "src/content/blog/b.md": post("cover:\n  src: '@assets/cover.jpg'"),
      "src/content/blog/c.md": post("og:\n  image: '@assets/cover.jpg'"),
      "src/content/blog/d.md": post("cover:\n  src: ../../assets/cover.jpg"),
      "src/pages/[slug].astro": entryPage("blog"),
    },
    { og: { template: "photo", strict: true } },
  );
  const { log } = await site.build();
  expect(log).toContain("4 pages: 4 rendered");
  expect(log).not.toContain("ERROR");
});

test.concurrent("an author that is a reference to another entry is not printed as its id", async () => {
  const site = createSite(
    {
      "src/content.config.ts": `import { defineCollection, reference } from "astro:content";
import { file, glob } from "astro/loaders";
import { z } from "astro/zod";
const schema = z.object({ title: z.string(), date: z.coerce.date(), author: reference("authors"), tags: z.array(reference("tags")).optional() });
export const collections = {
  authors: defineCollection({ loader: file("src/data/authors.json") }),
  tags: defineCollection({ loader: file("src/data/tags.json") }),
  blog: defineCollection({ loader: glob({ pattern: "*.{md,json}", base: "./src/content/blog" }), schema }),
};`,
      "src/data/authors.json": JSON.stringify([{ id: "jane", name: "Jane Doe" }]),
      "src/data/tags.json": JSON.stringify([{ id: "news" }]),
      "src/content/blog/a.md": "---\ntitle: A\ndate: 2024-01-02\nauthor: jane\ntags: [news]\n---\n",
      "src/content/blog/b.json": JSON.stringify({ title: "B", date: "2024-01-02", author: "jane", tags: ["news"] }),
      "src/pages/[slug].astro": entryPage("blog").replace(
        "</head>",
        '{Astro.params.slug === "b" && <meta name="author" content="Jane" />}</head>',
      ),
    },
    { og: { strict: true } },
  );
  const { log, tags } = await site.build();
  expect(log).not.toContain("ERROR");
  expect(["a", "b"].map((slug) => tags(`${slug}/index.html`)["article:author"])).toEqual([undefined, "Jane"]);
  expect(["a", "b"].map((slug) => tags(`${slug}/index.html`)["article:tag"])).toEqual(["news", "news"]);
});

test.concurrent("Starlight's entries are found in its locals", async () => {
  const starlight = createSite({
    "src/content.config.ts": markdownCollections("docs"),
    "src/content/docs/guide.md": "---\ntitle: Guide\nog:\n  title: The guide\n---\n",
    "src/middleware.ts": `export const onRequest = ({ locals }, next) => {
  let route;
  Object.defineProperty(locals, "starlightRoute", { set(value) { route = value; }, get() { if (route) return route; throw new Error("not a page of Starlight"); } });
  return next();
};`,
    "src/pages/index.astro": page("Home"),
    "src/pages/guide.astro": `---\nimport { getEntry } from "astro:content";\nAstro.locals.starlightRoute = { entry: await getEntry("docs", "guide") };\n---\n${page("Guide | Docs")}`,
  });
  const docs = await starlight.build();
  expect(docs.tags("guide/index.html")["og:title"]).toBe("The guide");
  expect(docs.tags("index.html")["og:title"]).toBe("Home");
});

test.concurrent("pages that are restored from an earlier build keep their entry, and their card follows its front matter", async () => {
  const post = (title: string) => `---\ntitle: A\nog:\n  title: ${title}\n---\n`;
  const site = createSite(
    {
      "package-lock.json": "{}",
      "src/content.config.ts": markdownCollections("blog"),
      "src/content/blog/a.md": post("One"),
      "src/pages/[slug].astro": entryPage("blog").replace("props:", 'cacheKey: "always", props:'),
    },
    { config: { experimental: { incrementalBuild: true } } },
  );
  expect((await site.build()).tags("a/index.html")["og:title"]).toBe("One");
  site.write({ "src/content/blog/a.md": post("Two") });
  const second = await site.build();
  expect(second.log).toContain("(restored)");
  expect(second.tags("a/index.html")["og:title"]).toBe("Two");
});

test.concurrent("what looks like a note in a page's text, or in a file of the public folder, has no file read", async () => {
  const forged = `<!--og-gen ${JSON.stringify({ route: "/forged", file: "secret.md" })}-->`;
  const site = createSite({
    "secret.md": "---\ntitle: The secret\n---\n",
    "src/pages/a.md": `---\ntitle: A\n---\n${forged}\n`,
    "src/pages/b.astro": page("B").replace("</body>", `${forged}</body>`),
    "public/c.html": `<html><head><title>C</title></head><body></body></html>${forged}`,
  });
  const { log, tags } = await site.build();
  expect(["a/index.html", "b/index.html", "c.html"].map((path) => tags(path)["og:title"])).toEqual(["A", "B", "C"]);
  expect(log).not.toContain("secret");
});
