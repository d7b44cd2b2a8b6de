import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { listFiles } from "../src/collect/files.ts";
import { html, type HtmlPageOptions, readHtmlPage, routeOf } from "../src/collect/html.ts";
import type { Entry, Page } from "../src/types.ts";

const SITE = fileURLToPath(new URL("../../../fixtures/html/site/", import.meta.url));

async function collect(dir: string, options?: Parameters<typeof html>[1]): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for await (const entry of html(dir, options)) entries.push(entry);
  return entries;
}

function read(text: string, options?: HtmlPageOptions): Page {
  const entry = readHtmlPage(`<!doctype html>${text}`, "/site/some-page.html", "some-page", options);
  if (entry.kind !== "page") throw new Error(`not a page but ${entry.kind}`);
  return entry.page;
}

function reasonOf(text: string, id = "some-page", options?: HtmlPageOptions): string | undefined {
  const entry = readHtmlPage(`<!doctype html>${text}`, "/site/x.html", id, options);
  return entry.kind === "skipped" ? entry.reason : undefined;
}

/** Words on one line for one entry: what became of it. */
function outcome(entry: Entry): string {
  const { id, title } = entry.page;
  if (entry.kind === "skipped") return `${id}: skipped, ${entry.reason}`;
  if (entry.kind === "broken") return `${id}: broken, ${entry.error.code}`;
  return [`${id}: ${title}`, ...entry.warnings.map((warning) => warning.code)].join(", ");
}

async function folder(files: Readonly<Record<string, string>>): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "og-gen-html-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(dir, path, ".."), { recursive: true });
    await writeFile(join(dir, path), text);
  }
  return dir;
}

describe("a built site", () => {
  test("yields its pages in order, and says of the others why not", async () => {
    expect((await collect(SITE)).map(outcome)).toEqual([
      "404: skipped, error page",
      "about: من نحن",
      "bare-text_page: Bare text page, W_TITLE_FROM_FILE",
      "blog/hello: Storm & calm",
      "empty: Empty, W_TITLE_FROM_FILE",
      "fr/404: skipped, error page",
      "heading: Lamp and lens, W_TITLE_FROM_HEADING",
      ": Lighthouse Notes",
      "old: skipped, redirect",
      "pictured: skipped, has its own og:image",
      "private: skipped, noindex",
      "reloads: Live tide",
      "structured: Fog signals",
    ]);
  });

  test("takes what its options ask for", async () => {
    const options = { include: ["*.html", "fr/**"], exclude: "{a,b,h,i,p[^r],r,s}*", noindex: true, errorPages: true };
    expect((await collect(SITE, options)).map(outcome)).toEqual(["404: Not found", "fr/404: Not found", "private: For keepers"]);
  });

  test("reads all that a head says, without what an earlier run wrote", async () => {
    expect(await collect(SITE, { include: "blog/**" })).toEqual([
      {
        kind: "page",
        page: {
          id: "blog/hello",
          title: "Storm & calm",
          file: join(SITE, "blog/hello/index.html"),
          description: "Nine metres at noon.",
          url: "https://lighthouse.example/blog/hello/",
          lang: "pt-BR",
          author: { name: "Inês Prado" },
          date: "2026-02-03",
          tags: ["weather", "sea"],
          data: {
            og: {
              "og:site_name": "Lighthouse Notes",
              "og:url": "https://lighthouse.example/blog/hello/",
              "article:published_time": "2026-02-03",
              "article:author": "https://lighthouse.example/keepers/ines",
              "article:tag": "weather",
            },
            siteName: "Lighthouse Notes",
          },
        },
        warnings: [],
      },
    ]);
  });

  test("reads structured data", async () => {
    const [entry] = await collect(SITE, { include: "structured.html" });
    expect(entry?.page).toMatchObject({
      date: "2026-04-05",
      author: { name: "Ada Stone" },
      tags: ["fog", "horns"],
      data: { jsonLd: { headline: "Fog signals" } },
    });
  });

  test("reads language, direction and the time of an article", async () => {
    const [about, heading] = await collect(SITE, { include: ["about.html", "heading.html"] });
    expect(about?.page).toMatchObject({ lang: "ar", dir: "rtl" });
    expect(heading?.page).toMatchObject({ date: "2025-12-24", tags: [], data: { og: {} } });
  });

  test.each([
    "google-site-verification: google0123456789abcdef.html\n",
    "",
    "<li>One more post</li>",
    "\uFEFF<section><h1>Only a part</h1></section>",
  ])("what is no document is no page: %j", (text) =>
    expect(readHtmlPage(text, "/site/x.html", "x")).toEqual({
      kind: "skipped",
      page: { id: "x", file: "/site/x.html" },
      reason: "not a document",
    }),
  );

  test.each(["<!DOCTYPE html><p>x", "<title>x</title>", "<HTML lang=en><p>x", "<body class=a>x"])("a short document is one: %j", (text) =>
    expect(readHtmlPage(text, "/site/x.html", "x").kind).toBe("page"),
  );

  test("a language in the form that the web has for it", () => {
    const { page } = readHtmlPage('<!doctype html><html lang="pt_br"><title>Olá</title>', "/site/a.html", "a");
    expect(page).toMatchObject({ lang: "pt-BR" });
  });

  test("warns with the page, its file and what to do", async () => {
    const [entry] = await collect(SITE, { include: "empty.htm" });
    expect(entry).toMatchObject({
      warnings: [{ code: "W_TITLE_FROM_FILE", page: "empty", file: join(SITE, "empty.htm"), hint: "Give the page a `<title>`." }],
    });
  });

  test("keeps two pages apart that servers tell apart by a slash", async () => {
    const dir = await folder({
      "guide.html": "<title>A</title>",
      "guide/index.html": "<title>B</title>",
      "b/index.html": "<title>C</title>",
    });
    expect((await collect(dir)).map(outcome)).toEqual(["b: C", "guide: A", "guide/index: B"]);
  });

  test("that is not there is an error, not an empty site", async () => {
    await expect(collect(join(SITE, "nowhere"))).rejects.toMatchObject({ code: "E_SOURCE", file: join(SITE, "nowhere") });
    await expect(collect(join(SITE, "about.html"))).rejects.toMatchObject({ code: "E_SOURCE" });
  });

  test("has a page that goes while it is read", async () => {
    const dir = await folder({ "a.html": "<title>A</title>", "b-c.html": "<title>B</title>" });
    const entries: Entry[] = [];
    for await (const entry of html(dir)) {
      entries.push(entry);
      await rm(join(dir, "b-c.html"), { force: true });
    }
    expect(entries.map(outcome)).toEqual(["a: A", "b-c: broken, E_SOURCE"]);
    expect(entries[1]?.page).toEqual({ id: "b-c", title: "B c", file: join(dir, "b-c.html"), tags: [], data: {} });
  });
});

test.each([
  ["index.html", ""],
  ["about/index.html", "about"],
  ["about.html", "about"],
  ["404.html", "404"],
  ["a/b.HTM", "a/b"],
  ["a/my-index.html", "a/my-index"],
  ["v1.2/index.html", "v1.2"],
  ["çà/ü.html", "çà/ü"],
])("%s has the route %j", (path, route) => {
  expect(routeOf(path)).toBe(route);
});

describe("a title", () => {
  test.each([
    ["og:title before title", '<title>Tab</title><meta property="og:title" content="Shared">', "Shared"],
    ["spaces as a browser shows them", "<title>\r\n  Two\n words\u00A0! </title>", "Two words\u00A0!"],
    ["entities", "<title>A &amp; B &#x1F600;</title>", "A & B 😀"],
    ["a byte order mark", "\uFEFF<title>A</title>", "A"],
    ["markup as text", "<title><b>A</b></title>", "<b>A</b>"],
    ["no title of a picture", "<svg><title>Icon</title></svg><h1>Page</h1>", "Page"],
    ["no title in a template", "<template><title>x</title></template><title>A</title>", "A"],
    ["a blank title is none", "<title> </title><h1>Page</h1>", "Page"],
  ])("%s", (_, text, title) => {
    expect(read(text).title).toBe(title);
  });

  test.each([
    ["A | Site", "A"],
    ["A - Site", "A"],
    ["A · Site", "A"],
    ["A — Site", "A"],
    ["A - B | Site", "A - B"],
    ["A-Site", "A-Site"],
    ["A | Other", "A | Other"],
    ["Site", "Site"],
    ["| Site", "Site"],
    [" — Site", "Site"],
    ["|Site", "|Site"],
  ])("%j on Site is %j", (written, title) => {
    expect(read(`<title>${written}</title><meta property="og:site_name" content="Site">`).title).toBe(title);
    expect(read(`<title>${written}</title><meta name="application-name" content="Site">`).title).toBe(title);
  });

  test("is without what the page states, where the site as a whole has no name", () => {
    const text = '<title>A | Site</title><meta property="og:site_name" content="Site">';
    expect(readHtmlPage(text, "/site/a.html", "a", { siteName: "" }).page).toMatchObject({ title: "A" });
    expect(readHtmlPage(text, "/site/a.html", "a", { siteName: "Other" }).page).toMatchObject({ title: "A | Site" });
  });

  test("keeps its end where the site has no name", () => {
    expect(read("<title>A | undefined</title>").title).toBe("A | undefined");
  });
});

describe("a field", () => {
  test.each([
    ["description", "<meta name=description content=B><meta property=og:description content=A>", { description: "A" }],
    ["canonical address", '<link rel="alternate canonical" href="https://a.example/x">', { url: "https://a.example/x" }],
    ["no relative address", "<link rel=canonical href=/x>", { url: undefined }],
    ["no automatic direction", "<html dir=auto>", { dir: undefined }],
    ["author", "<meta property=article:author content='Ann Lee'><meta name=author content=Other>", { author: { name: "Ann Lee" } }],
    [
      "author by name in JSON-LD",
      '<script type="application/ld+json">{"@type":"NewsArticle","author":"Bo"}</script>',
      { author: { name: "Bo" } },
    ],
    ["date", "<meta name=date content=2026-01-01>", { date: "2026-01-01" }],
    ["no date outside an article", "<time datetime=2026-01-01>", { date: undefined }],
    ["tags in one", "<meta property=article:tag content='a,b'><meta property=article:tag content=c>", { tags: ["a", "b", "c"] }],
    [
      "author in the body, also where the head has a date",
      '<head><title>x</title><meta property=article:published_time content=2026-01-01></head><body><script type="application/ld+json">{"@type":"BlogPosting","author":{"name":"Bo"}}</script></body>',
      { author: { name: "Bo" }, date: "2026-01-01" },
    ],
    ["keywords", "<meta name=keywords content='a, b,, a'>", { tags: ["a", "b"] }],
    [
      "nothing odd in JSON-LD",
      '<script type="application/ld+json">[null,7,{"@type":"Article","author":7,"datePublished":{},"keywords":[1,"k"]}]</script>',
      { author: undefined, date: undefined, tags: ["k"] },
    ],
  ])("%s", (_, text, fields) => {
    expect(read(text)).toMatchObject(fields);
  });
});

describe("skipped", () => {
  test.each([
    ["<meta http-equiv=Refresh content='0; URL=/new/'>", "redirect"],
    ["<meta http-equiv=refresh content='5;/new/'>", "redirect"],
    ["<meta http-equiv=refresh content=5>", undefined],
    ["<meta name=robots content='follow,none'>", "noindex"],
    ["<meta property=og:image:url content=/a.png>", "has its own og:image"],
    ["<meta property=og:image content=/a.png data-og-gen>", undefined],
    ["<template><meta property=og:image content=/a.png></template>", undefined],
  ])("%s: %s", (text, reason) => {
    expect(reasonOf(text)).toBe(reason);
  });

  test("what stands in for pages without a file, and Next's redirects", () => {
    expect(reasonOf("<title>x</title>", "200")).toBe("fallback of an application");
    expect(reasonOf("<title>x</title>", "blog/200")).toBeUndefined();
    expect(reasonOf('<html id="__next_error__"><title>x</title></html>')).toBe("error page");
  });

  test("error pages of the site and its languages, not a post about them", () => {
    expect(["404", "500", "pt-br/404", "blog/404", "404-found"].map((id) => reasonOf("<title>x</title>", id))).toEqual([
      "error page",
      "error page",
      "error page",
      undefined,
      undefined,
    ]);
  });
});

describe("listFiles", () => {
  test("sorts by code unit and leaves out dot files, packages, links and other extensions", async () => {
    const dir = await folder({
      "b.md": "",
      "B.MD": "",
      "a/z.md": "",
      "a-b.md": "",
      "é.md": "",
      ".x.md": "",
      ".git/y.md": "",
      "node_modules/p/r.md": "",
      "t.txt": "",
    });
    const outside = await folder({ "secret.md": "" });
    await symlink(outside, join(dir, "linked"));
    await symlink(join(outside, "secret.md"), join(dir, "linked.md"));
    expect(await listFiles(dir, { extensions: ["md"] })).toEqual(["B.MD", "a-b.md", "a/z.md", "b.md", "é.md"]);
    expect(await listFiles(dir, { include: ["a/*"], extensions: ["md"] })).toEqual(["a/z.md"]);
  });

  test.each(["../**", "a/../../**", "{..,b}/**", "+(..|b)/**"])("finds nothing outside of the folder: %s", async (outside) => {
    const parent = await folder({ "site/a/z.md": "", "beside/x.md": "" });
    expect(await listFiles(join(parent, "site"), { include: ["a/*", outside], extensions: ["md"] })).toEqual(["a/z.md"]);
  });
});

describe("what a whole site knows", () => {
  const page = (head: string, body = "") =>
    readHtmlPage(`<!doctype html><html lang="en"><head>${head}</head><body>${body}</body></html>`, "/site/about.html", "about", {
      siteName: "Larder",
    });

  test("its name is taken off a title, also where the page does not state it", () => {
    expect(page("<title>About · Larder</title>")).toMatchObject({ page: { title: "About" } });
    expect(page("<title>Larder</title>")).toMatchObject({ page: { title: "Larder" } });
  });

  const time = '<time datetime="2024-01-02">then</time>';
  test.each([
    ["an article", `<article><h1>x</h1>${time}</article>`, "2024-01-02"],
    ["an article whose heading has an anchor", `<article><header>${time}<h1>x <a href="#x">#</a></h1></header></article>`, "2024-01-02"],
    ["several articles, which are a list", `<article><h1>x</h1>${time}</article><article><h1>y</h1>${time}</article>`, undefined],
    ["an article under the page's heading", `<h1>x</h1><article>${time}<h2>y</h2></article>`, "2024-01-02"],
    ["a list of one, whose heading leads to it", `<article><h1><a href="/x/">x</a></h1>${time}</article>`, undefined],
    ["a list of one that is a link", `<h1>Tag</h1><article><a href="/x/"><h2>x</h2>${time}</a></article>`, undefined],
    ["an article that was changed", `<article><h1>x</h1><footer>Last updated ${time}</footer></article>`, undefined],
  ])("the date of %s", (_, body, date) => {
    const { page: read } = page("<title>x</title>", body);
    expect("date" in read ? read.date : undefined).toBe(date);
  });
});
