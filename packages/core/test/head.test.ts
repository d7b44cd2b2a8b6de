import { describe, expect, test } from "vitest";
import { attribute, elements, headOf, parseHtml } from "../src/parse-html.ts";
import { injectHead } from "../src/publish/head.ts";
import type { MetaTag } from "../src/publish/meta-tags.ts";

const TITLE = property("og:title", "Hello");
const IMAGE = property("og:image", "https://site.example/a.png");
const TITLE_HTML = '<meta property="og:title" content="Hello" data-og-gen>';
const IMAGE_HTML = '<meta property="og:image" content="https://site.example/a.png" data-og-gen>';

function property(key: string, content: string): MetaTag {
  return { attribute: "property", key, content };
}

/** Where `injectHead` puts one tag: the HTML with `¦` in its place. */
function placed(html: string): string {
  return injectHead(html, [TITLE]).replace(TITLE_HTML, "¦");
}

/** The keys in the head, as a browser sees it. */
function keysInHead(html: string): readonly string[] {
  const head = headOf(parseHtml(html.replace(/^\uFEFF/, "")));
  const metas = head === undefined ? [] : elements(head).filter((element) => element.tagName === "meta");
  return metas.flatMap((element) => attribute(element, "property") ?? attribute(element, "name") ?? []);
}

const PAGES: Readonly<Record<string, string>> = {
  "an empty file": "",
  "a byte order mark alone": "\uFEFF",
  "text without a tag": "no head at all",
  "a fragment": "<p>Hi</p>\n<p>you</p>\n",
  "a cut-off doctype": "<!doctype html",
  "a doctype alone": "<!doctype html>",
  "an empty head": "<html><head></head></html>",
  "a head never closed": "<!doctype html><head><title>x</title><p>Hi",
  "no head tag": "<!doctype html>\n<title>x</title>\n<p>Hi",
  "no head tag in html": "<html lang=en>\n  <body>Hi</body>\n</html>",
  "</head> in a script": "<head><script>var s='</head>'</script></head><body>",
  "<head> in a comment": "<!-- <head> --><html><!-- <head> --><head><!-- </head> --></head>",
  "<head> in a template": "<body><template><head></head></template>",
  "two heads": "<head><title>a</title></head><head><title>b</title></head><body>",
  "noscript in the head": "<head><noscript><img src=pixel.gif></noscript><title>x</title></head>",
  "svg with a title": "<head><meta charset=utf-8></head><svg><title>x</title></svg>",
  minified: "<!doctypehtml><html lang=en><meta charset=utf-8><title>x</title><link rel=canonical href=/x><p>Hi",
  CRLF: '<!DOCTYPE html>\r\n<html>\r\n\t<head>\r\n\t\t<meta charset="utf-8">\r\n\t\t<title>x</title>\r\n\t</head>\r\n</html>\r\n',
  "upper case and no quotes": "<HTML><HEAD><META CHARSET=UTF-8><TITLE>x</TITLE></HEAD><BODY BGCOLOR=red>",
  AMP: '<!doctype html><html ⚡><head><meta charset="utf-8"><script async src="https://cdn.ampproject.org/v0.js"></script><style amp-boilerplate>body{}</style></head>',
  frames: "<html><head></head><frameset cols=1><frame src=a></frameset></html>",
  "null and half a surrogate pair": "<head>\0\ud800</head>",
};

describe.each(Object.entries(PAGES))("%s", (_, html) => {
  test("has the tags in its head, and every other byte as it was", () => {
    const injected = injectHead(html, [TITLE, IMAGE]);
    expect(keysInHead(injected)).toEqual(expect.arrayContaining(["og:title", "og:image"]));
    expect(injected.replace(/(?:\r?\n[\t ]*)?<meta [^>]* data-og-gen>/g, "")).toBe(html);
    expect(injectHead(injected, [])).toBe(html);
  });

  test("is the same after a second run, also when the tags changed", () => {
    const injected = injectHead(html, [TITLE, IMAGE]);
    expect(injectHead(injected, [TITLE, IMAGE])).toBe(injected);
    expect(injectHead(injectHead(html, [property("og:title", '$& " old')]), [TITLE, IMAGE])).toBe(injected);
  });
});

describe("the place", () => {
  test.each([
    [
      "after the charset, on its own line",
      "<head>\n  <title>x</title>\n  <meta charset=utf-8>\n</head>",
      "<head>\n  <title>x</title>\n  <meta charset=utf-8>\n  ¦\n</head>",
    ],
    [
      "after a charset at the end of a line",
      "<head><meta charset=utf-8>\n  <title>x</title>",
      "<head><meta charset=utf-8>\n  ¦\n  <title>x</title>",
    ],
    [
      "after a charset in the old way",
      "<head><meta http-equiv=Content-Type content='text/html; charset=utf-8'><title>",
      "<head><meta http-equiv=Content-Type content='text/html; charset=utf-8'>¦<title>",
    ],
    ["at the start of the head", "<html>\n\t<head>\n\n\t\t<title>x</title>", "<html>\n\t<head>\n\t\t¦\n\n\t\t<title>x</title>"],
    ["in line where the head is in line", "<html>\n<head><title>x</title></head>\n", "<html>\n<head>¦<title>x</title></head>\n"],
    ["before a long line", "<head>\r<style>", "<head>\r¦\r<style>"],
    ["after <html>", "<!doctype html>\n<html>\n<body>", "<!doctype html>\n<html>\n¦\n<body>"],
    ["after the doctype", "<!-- x -->\n<!doctype html>\n<title>x</title>", "<!-- x -->\n<!doctype html>\n¦\n<title>x</title>"],
    ["before a comment", "<!-- <head> --><p>", "¦<!-- <head> --><p>"],
    ["after a byte order mark", "\uFEFF<p>", "\uFEFF¦<p>"],
    ["before a <head> that comes too late", "text<head><meta charset=utf-8></head>", "¦text<head><meta charset=utf-8></head>"],
  ])("%s", (_, html, expected) => {
    expect(placed(html)).toBe(expected);
  });

  test("one tag a line, or all in line", () => {
    expect(injectHead("<head>\n  <title>x</title>", [TITLE, IMAGE])).toBe(`<head>\n  ${TITLE_HTML}\n  ${IMAGE_HTML}\n  <title>x</title>`);
    expect(injectHead("<head><title>x</title>", [TITLE, IMAGE])).toBe(`<head>${TITLE_HTML}${IMAGE_HTML}<title>x</title>`);
  });
});

describe("the author's own tags win", () => {
  test.each([
    ["<meta property='og:title' content='Mine'>"],
    ["<meta content=Mine property=og:title>"],
    ["<META PROPERTY=OG:TITLE CONTENT=Mine>"],
    ['<meta name="og:title" content="Mine">'],
    ['<meta name="title" property="og:title" content="Mine">'],
  ])("%s", (meta) => {
    const html = `<head>${meta}</head>`;
    expect(injectHead(html, [TITLE])).toBe(html);
  });

  test("over a name, when they wrote a property", () => {
    const html = "<head><meta property=twitter:card content=summary></head>";
    expect(injectHead(html, [{ attribute: "name", key: "twitter:card", content: "summary_large_image" }])).toBe(html);
  });

  test("their picture keeps out every word about ours", () => {
    const picture = ["og:image", "og:image:width", "og:image:alt"].map((key) => property(key, "1"));
    const twitter = ["twitter:card", "twitter:image", "twitter:image:alt"].map((key): MetaTag => ({
      attribute: "name",
      key,
      content: "1",
    }));
    const theirs = (key: string) =>
      keysInHead(injectHead(`<head><meta name=${key} content=theirs></head>`, [...twitter, ...picture, TITLE]));
    expect(theirs("og:image")).toEqual(["og:title", "og:image"]);
    expect(theirs("og:image:secure_url")).toEqual(["og:title", "og:image:secure_url"]);
    expect(theirs("twitter:image:src")).not.toContain("twitter:image");
    expect(theirs("twitter:image")).toEqual(["twitter:card", "og:image", "og:image:width", "og:image:alt", "og:title", "twitter:image"]);
  });

  test("also where a stray element pushed them into the body", () => {
    const html = "<head><div></div><meta property=og:title content=Mine></head><body>";
    expect(injectHead(html, [TITLE])).toBe(html);
  });

  test.each([
    ["an empty one", "<head><meta property=og:title content=''></head>"],
    ["one in a template", "<head><template><meta property=og:title content=Mine></template></head>"],
    ["one in a script", "<head><script>'<meta property=og:title content=Mine>'</script></head>"],
    ["one in a comment", "<head><!-- <meta property=og:title content=Mine> --></head>"],
    ["one of an earlier run that was moved", "<head><div></div><meta property=og:title content=Old data-og-gen>"],
    ["one in the body", "<head></head><body><meta property=og:title content=Mine>"],
  ])("but not %s", (_, html) => {
    expect(injectHead(html, [TITLE])).toContain(TITLE_HTML);
  });
});

test("several tags of one key stay together", () => {
  const tags = [property("article:tag", "a"), property("article:tag", "b")];
  expect(keysInHead(injectHead("<p>", tags))).toEqual(["article:tag", "article:tag"]);
});

test("only an earlier run's tags are replaced, wherever a formatter moved them", () => {
  const moved = `<head>\n  <title>x</title>\n    ${TITLE_HTML}\n  <link rel=x data-og-gen></head>`;
  expect(injectHead(moved, [])).toBe("<head>\n  <title>x</title>\n  <link rel=x data-og-gen></head>");
});

test("values keep their dollars and cannot leave their attribute", () => {
  const content = '$& $1 $` </head><script>steal()</script> "quoted"';
  const injected = injectHead("<head></head>", [property("og:title", content)]);
  const all = elements(parseHtml(injected));
  expect(all.map((element) => element.tagName)).toEqual(["html", "head", "meta", "body"]);
  expect(all.flatMap((element) => attribute(element, "content") ?? [])).toEqual([content]);
});

test("a long page costs what its head costs", () => {
  const body = "<p>words &amp; more</p>\n".repeat(450_000);
  const html = `<!doctype html><head><meta charset=utf-8><title>x</title></head><body>${body}`;
  const before = performance.now();
  expect(injectHead(html, [TITLE]).length).toBe(html.length + TITLE_HTML.length);
  expect(performance.now() - before).toBeLessThan(500);
});
