import { describe, expect, test } from "vitest";
import { OgError } from "../src/error.ts";
import { elements, parseHtml } from "../src/parse-html.ts";
import { metaTags, tagsToHtml } from "../src/publish/meta-tags.ts";
import type { Card, Page, PageResult } from "../src/types.ts";

const page: Page = { id: "blog/hello", title: "Hello", tags: [], data: {} };

const card: Card = {
  variant: "og",
  file: "/out/og/blog/hello.png",
  src: "/og/blog/hello.png?v=1a2b3c4d",
  url: "https://site.example/og/blog/hello.png?v=1a2b3c4d",
  width: 1200,
  height: 630,
  type: "image/png",
  alt: "Hello",
  bytes: 40_000,
  key: "1a2b3c4d",
};

function result(fields: Partial<Page> = {}, ...cards: readonly Card[]): PageResult {
  const [primary = card, ...variants] = cards;
  return {
    status: "rendered",
    page: { ...page, ...fields },
    cards: [primary, ...variants],
    template: "default",
    written: true,
    ms: 1,
    warnings: [],
  };
}

function lines(...parameters: Parameters<typeof metaTags>): readonly string[] {
  return metaTags(...parameters).map(({ attribute, key, content }) => `${attribute} ${key} ${content}`);
}

function valueOf(key: string, fields: Partial<Page>): string | undefined {
  return metaTags(result(fields)).find((tag) => tag.key === key)?.content;
}

describe("metaTags", () => {
  test("writes the complete set of an article in the order that platforms take", () => {
    const article = {
      description: "A first post",
      url: "/blog/hello/",
      lang: "pt-BR",
      date: "2026-02-03",
      author: { name: "Inês" },
      tags: ["sea", "weather"],
    };
    const square = {
      ...card,
      variant: "square",
      url: "https://site.example/og/blog/hello.square.jpg",
      width: 600,
      height: 600,
      type: "image/jpeg",
    } as const;
    expect(lines(result(article, card, square), { siteName: "Lighthouse" })).toEqual([
      "name twitter:card summary_large_image",
      "name twitter:image https://site.example/og/blog/hello.png?v=1a2b3c4d",
      "name twitter:image:alt Hello",
      "property og:image https://site.example/og/blog/hello.png?v=1a2b3c4d",
      "property og:image:width 1200",
      "property og:image:height 630",
      "property og:image:type image/png",
      "property og:image:alt Hello",
      "property og:image https://site.example/og/blog/hello.square.jpg",
      "property og:image:width 600",
      "property og:image:height 600",
      "property og:image:type image/jpeg",
      "property og:image:alt Hello",
      "property og:title Hello",
      "property og:description A first post",
      "property og:type article",
      "property og:url https://site.example/blog/hello/",
      "property og:site_name Lighthouse",
      "property og:locale pt_BR",
      "property article:published_time 2026-02-03",
      "property article:author Inês",
      "property article:tag sea",
      "property article:tag weather",
    ]);
  });

  test("leaves out what the page does not say", () => {
    expect(lines(result({ description: "  ", author: { name: "Inês" }, tags: ["sea"] })).slice(8)).toEqual([
      "property og:title Hello",
      "property og:type website",
    ]);
  });

  test("calls a square primary card a summary", () => {
    expect(lines(result({}, { ...card, width: 600, height: 600 }))[0]).toBe("name twitter:card summary");
  });

  test("has no tags for a page without cards", () => {
    const error = new OgError("E_LAYOUT", "no");
    expect(metaTags({ status: "failed", page, error, ms: 1, warnings: [] })).toEqual([]);
    expect(metaTags({ status: "skipped", page, reason: "draft", ms: 1, warnings: [] })).toEqual([]);
  });

  test("has the tags of a fallback card", () => {
    const fallback = { ...result(), status: "fallback", error: new OgError("E_LAYOUT", "no") } as PageResult;
    expect(metaTags(fallback)).toEqual(metaTags(result()));
  });

  test.each([undefined, "/og/blog/hello.png", "data:image/png;base64,AA==", "file:///og.png"])("has no tags for an image at %s", (url) => {
    expect(metaTags(result({}, { ...card, url }))).toEqual([]);
  });

  test("leaves out a variant without an absolute address", () => {
    expect(metaTags(result({}, card, { ...card, url: undefined }))).toEqual(metaTags(result()));
  });

  test.each([
    ["https://other.example/a b", "https://other.example/a%20b"],
    ["/a/", "https://site.example/a/"],
    ["a/b", "https://site.example/a/b"],
    ["javascript:alert(1)", undefined],
    ["https://", undefined],
  ])("og:url of %s is %s", (url, expected) => {
    expect(valueOf("og:url", { url })).toBe(expected);
  });

  test.each([
    ["pt-BR", "pt_BR"],
    ["PT-br", "pt_BR"],
    ["zh-Hant-TW", "zh_TW"],
    ["de", undefined],
    ["es-419", undefined],
    ["not a language", undefined],
    ["", undefined],
  ])("og:locale of %j is %s", (lang, expected) => {
    expect(valueOf("og:locale", { lang })).toBe(expected);
  });

  test.each([
    ["2026-02-03", "2026-02-03"],
    ["2026-02-03T04:05:06Z", "2026-02-03T04:05:06Z"],
    ["2026-02-03 04:05", "2026-02-03T04:05"],
    ["2026-02-03 04:05:06.789 +02:00", "2026-02-03T04:05:06.789+02:00"],
    ["2024-02-29", "2024-02-29"],
    ["2026-02-30", undefined],
    ["2026-13-01", undefined],
    ["2026-02-03T25:00", undefined],
    ["3 February 2026", undefined],
    ["2026", undefined],
  ])("article:published_time of %s is %s", (date, expected) => {
    expect(valueOf("article:published_time", { date })).toBe(expected);
  });
});

describe("tagsToHtml", () => {
  test("writes one tag a line, marked as ours", () => {
    expect(tagsToHtml(metaTags(result()).slice(0, 4))).toBe(
      [
        '<meta name="twitter:card" content="summary_large_image" data-og-gen>',
        '<meta name="twitter:image" content="https://site.example/og/blog/hello.png?v=1a2b3c4d" data-og-gen>',
        '<meta name="twitter:image:alt" content="Hello" data-og-gen>',
        '<meta property="og:image" content="https://site.example/og/blog/hello.png?v=1a2b3c4d" data-og-gen>',
      ].join("\n"),
    );
  });

  test.each([
    ['say "hi" & <go>', 'say "hi" & <go>'],
    ["</head><body onload=steal()>", "</head><body onload=steal()>"],
    ["--><script>steal()</script>", "--><script>steal()</script>"],
    ["&quot;&lt;&#x27;", "&quot;&lt;&#x27;"],
    ["$& $1 $$ $`", "$& $1 $$ $`"],
    ["'single' `${1}` {title} \\u0022", "'single' `${1}` {title} \\u0022"],
    ["a\u2028b\u2029", "a\u2028b\u2029"],
    ["\u2028\u2029", "\u2028\u2029"],
    ["half \ud83d a pair, and a whole one 😀", "half \ufffd a pair, and a whole one 😀"],
    ["\r\nX-Header: 1\n", "X-Header: 1"],
    ["two\r\n\tlines", "two lines"],
    ["\u001b[31mred\u0007\u0000\u0085", "[31mred"],
    ["::error file=x::%0A", "::error file=x::%0A"],
  ])("an HTML parser reads %j back", (content, expected) => {
    const all = elements(parseHtml(tagsToHtml([{ attribute: "property", key: "og:title", content }])));
    expect(all.map((element) => element.tagName)).toEqual(["html", "head", "meta", "body"]);
    expect(all[2]?.attrs).toMatchObject([
      { name: "property", value: "og:title" },
      { name: "content", value: expected },
      { name: "data-og-gen" },
    ]);
  });
});
