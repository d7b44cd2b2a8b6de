/** What a page says reaches HTML as that and nothing else, whatever it says and whatever the HTML is like. */
import { parse } from "parse5";
import { describe, expect, test } from "vitest";
import { MARKER } from "../src/marker.ts";
import { elements } from "../src/parse-html.ts";
import { injectHead } from "../src/publish/head.ts";
import type { MetaTag } from "../src/publish/meta-tags.ts";
import { expectReadBack } from "./read-back.ts";

const VALUES = [
  `"`,
  `'`,
  "`",
  ">",
  "/>",
  `"><script>alert(1)</script>`,
  `" onload="alert(1)`,
  "</head><body><h1>",
  "</title></style></script></template></noscript></textarea>",
  "--><img src=x onerror=alert(1)>",
  "<!--",
  "]]>",
  "&amp;quot;&gt;",
  "&#34;&#x3e;&lt",
  "&notit;&copy",
  "$& $1 $$ $` $' $<x>",
  "\\\\u003c\\n",
  "${process.exit()} {{7*7}} <%= 7*7 %> #{7*7}",
  "\u2028\u2029\u0085",
  "\ud83d and \udc4d",
  "\0\u0008\u001b[2J\u009b",
  "\r\n\r\nHTTP/1.1 200 OK",
  "::warning::x\n::set-output name=x::y",
  "##[error]x",
  "\u202e\u2066",
  "=1+1",
  "javascript:alert(1)",
  "日本語 עברית 👩🏽‍🚀",
];

const SHAPES: Readonly<Record<string, string>> = {
  nothing: "",
  "only text": "just words",
  "an empty head": "<html><head></head></html>",
  "a usual page": `<!doctype html>\n<html lang="en">\n  <head>\n    <meta charset="utf-8">\n    <title>x</title>\n  </head>\n  <body><p>x</p></body>\n</html>\n`,
  "Windows line ends": "<!doctype html>\r\n<html>\r\n<head>\r\n\t<meta charset=utf-8>\r\n</head>\r\n<body>\r\n</body>\r\n</html>\r\n",
  "old Mac line ends": "<html>\r<head>\r</head>\r</html>",
  "no head": "<!doctype html><p>x",
  "upper case": `<HTML><HEAD><META CHARSET="UTF-8"></HEAD><BODY></BODY></HTML>`,
  minified: `<!doctype html><html lang=en><meta charset=utf-8><title>x</title><p>x`,
  "an end of the head in a script": `<head><script>const s = "</head>";</script><meta charset="utf-8"></head>`,
  "an end of the head in a comment": `<head><!-- </head> --><meta charset="utf-8"></head><body></body>`,
  "a head in a template": `<head><template><head></head></template></head><body></body>`,
  "two heads": `<head></head><head><meta charset="utf-8"></head><body></body>`,
  AMP: `<!doctype html><html ⚡><head><meta charset="utf-8"><style amp-boilerplate>body{}</style></head><body></body></html>`,
  "a stray element": `<head><div><meta charset="utf-8"></div></head><body></body>`,
  "a byte order mark": `\uFEFF<!doctype html><html><head></head></html>`,
  "an end in the middle": `<!doctype html><html><head><title>x`,
  "a comment that never ends": `<html><head><!-- `,
  noscript: `<head><noscript><link rel="stylesheet" href="x.css"></noscript></head>`,
  "their own title, unquoted": `<head><META Property=og:title Content=theirs></head>`,
  frames: `<html><head></head><frameset><frame src="x"></frameset></html>`,
};

const tagsFor = (value: string): readonly MetaTag[] => [
  { attribute: "name", key: "twitter:image:alt", content: value },
  { attribute: "property", key: "og:image:alt", content: value },
  { attribute: "property", key: "og:title", content: value },
  { attribute: "property", key: "article:tag", content: value },
];

describe.each(Object.entries(SHAPES))("in %s", (name, html) => {
  test.each(VALUES)("%j is read back", (value) => {
    const tags = tagsFor(value);
    const injected = injectHead(html, tags);
    expectReadBack(html, injected, tags);
    expect(injectHead(injected, tags)).toBe(injected);
    expect(injectHead(injected, [])).toBe(html);
    const ours = elements(parse(injected.replace(/^\uFEFF/, ""))).filter((node) =>
      node.attrs.some((attribute) => attribute.name === MARKER),
    );
    expect(ours).toHaveLength(name.startsWith("their own") ? 3 : 4);
  });
});

test("fifty megabytes of HTML cost little", () => {
  const html = `<html><head><meta charset="utf-8"></head><body>${"<p>x</p>".repeat(6_500_000)}</body></html>`;
  const started = performance.now();
  expect(injectHead(html, tagsFor("x")).length).toBeGreaterThan(html.length);
  expect(performance.now() - started).toBeLessThan(2_000);
});
