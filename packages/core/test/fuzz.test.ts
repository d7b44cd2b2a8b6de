/**
 * Properties that hold for whatever a page contains, tried with a fixed seed and with a fresh one, which is in the name of its
 * tests. `pnpm fuzz 1000000` tries more; `OG_GEN_FUZZ_SEED=<seed>` tries one again.
 */
import { isAbsolute, join, relative, resolve } from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { collect } from "../src/collect/collect.ts";
import { readHtmlPage } from "../src/collect/html.ts";
import { readMarkdownPage } from "../src/collect/markdown-page.ts";
import { cleanText, isBlank } from "../src/collect/values.ts";
import { expand } from "../src/compose/expand.ts";
import { type HostElement, jsx } from "../src/compose/jsx-runtime.ts";
import { OgError } from "../src/error.ts";
import { MARKER } from "../src/marker.ts";
import { injectHead } from "../src/publish/head.ts";
import { createPathClaims, imageSrc, outputPath } from "../src/publish/paths.ts";
import { createPool } from "../src/render/pool.ts";
import { createEmojiFinder } from "../src/resolve/emoji.ts";
import { openFonts } from "../src/resolve/fonts.ts";
import { createImageFinder } from "../src/resolve/images.ts";
import { resolveJob } from "../src/resolve/job.ts";
import type { Entry, Renderer } from "../src/types.ts";
import { expectWholePng } from "./png.ts";
import { expectReadBack } from "./read-back.ts";

/** Cases in all, for each seed. */
const CASES = Number(process.env["OG_GEN_FUZZ_CASES"] ?? 6_000);
const FIXED_SEED = 1_789_345;
const FRESH_SEED = Number(process.env["OG_GEN_FUZZ_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
const TIMEOUT_MS = 60_000 + 20 * CASES;

const FILE = "/site/content/post.md";

/** Characters that mean something to one of the languages that a page passes through, or to no font. */
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc
    .array(
      fc.constantFrom(
        ..."\0\u0007\u001b\u0085\u00ad\u200d\u202e\u2028\ufeff\ufffe\ud800\udc00 \t\r\n\"'`<>&;:,.!?|#*-_=+~@%^$()[]{}/\\aé日ع👩🏽",
        "---",
        "+++",
        "</head>",
        "-->",
        "]]>",
        "<script>",
        "&quot;",
        "&#0;",
        "$&",
        "${1}",
        "{{x}}",
        "..",
        "%2e",
        "url(",
        "::error::",
        "##[set",
        "1e3",
        "0x1",
        "2024-02-30",
      ),
      { maxLength: 24 },
    )
    .map((parts) => parts.join("")),
);

/** A file that looks more or less like one with front matter. */
const source = fc.oneof(
  text,
  fc
    .tuple(
      fc.constantFrom("---\n", "---\r\n", "+++\n", "---json\n", "---js\n", "\ufeff---\n", "--- \n", '{ "title": ', "{"),
      fc.array(
        fc.oneof(
          text,
          fc
            .tuple(
              fc.constantFrom("title", "og", "tags", "date", "cover", "<<", "a", "__proto__", "constructor", "- x", "  b", "'title'"),
              fc.constantFrom(": ", ":", " = ", ": |\n  ", ": >-\n ", ": &a ", ": *a", ": !!str ", ": [", ": {", ': "', ": '"),
              text,
            )
            .map((parts) => parts.join("")),
        ),
        { maxLength: 8 },
      ),
      fc.constantFrom("\n---\n", "\n+++\n", "\n---", "\r\n---\r\n", "}", "", "\n...\n"),
      text,
    )
    .map(([open, lines, close, body]) => `${open}${lines.join("\n")}${close}${body}`),
);

const part = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      "<!doctype html>",
      "<html>",
      '<html lang="de">',
      "</html>",
      "<head>",
      "<HEAD>",
      "</head>",
      "<body>",
      "</body>",
      '<meta charset="utf-8">',
      "<meta charset=utf-8 />",
      '<meta http-equiv="Content-Type" content="text/html">',
      '<meta property="og:image" content="/own.png">',
      "<META NAME='og:title' CONTENT='own'>",
      "<meta property=og:title content=x>",
      "<title>",
      "</title>",
      "<script>var s = '</head>';",
      "</script>",
      "<!--",
      "-->",
      "<template>",
      "</template>",
      "<noscript>",
      "</noscript>",
      "<style>a{}</style>",
      "<svg><title>x</title></svg>",
      "<p>",
      "<table>",
      "<select>",
      "<frameset>",
      "<textarea>",
      "<plaintext>",
      "<div",
      ' class="',
      "\n",
      "\r\n  ",
      "\t",
    ),
  },
  { weight: 1, arbitrary: text },
);
const document = fc.array(part, { maxLength: 24 }).map((parts) => parts.join(""));
const tag = fc.record({
  attribute: fc.constantFrom("property" as const, "name" as const),
  key: fc.constantFrom("og:title", "og:image", "og:image:alt", "og:description", "twitter:card", "article:tag"),
  content: text,
});

const length = fc.oneof(fc.integer({ min: -50, max: 400 }), fc.constantFrom("100%", "50%", "auto", "1em", "9e9px", "calc(1px", "x"));
const style = fc.record(
  {
    display: fc.constantFrom("flex", "block", "none", "grid", "table"),
    position: fc.constantFrom("absolute", "relative", "static"),
    left: length,
    top: length,
    width: length,
    height: length,
    padding: length,
    borderRadius: length,
    fontSize: fc.integer({ min: -1, max: 200 }),
    opacity: fc.double({ noDefaultInfinity: true, noNaN: true, min: -1, max: 2 }),
    overflow: fc.constantFrom("hidden", "visible"),
    transform: fc.constantFrom("scale(0.5)", "rotate(45deg)", "matrix(", "none"),
    boxShadow: fc.constantFrom("0 0 9px red", "inset 0 0 4px blue", "x"),
    backgroundImage: fc.oneof(fc.constantFrom("linear-gradient(red, blue)", "url(#x)", "radial-gradient(circle, red, blue)"), text),
    color: fc.oneof(fc.constantFrom("red", "#123", "var(--x)"), text),
    fontFamily: fc.oneof(fc.constantFrom("Inter"), text),
    lineClamp: fc.integer({ min: -1, max: 3 }),
  },
  { requiredKeys: [] },
);

/** What a template may return, mostly well-formed. */
const tree = fc.letrec((tie) => ({
  node: fc.oneof({ maxDepth: 4, withCrossShrink: true }, text, tie("element")),
  element: fc.record({
    type: fc.constantFrom("div", "p", "span", "b", "svg", "rect", "fitted-text", "h1", "br", "style", "script"),
    props: fc.record(
      { style, children: fc.array(tie("node"), { maxLength: 4 }), title: text, id: text, width: length, height: length },
      { requiredKeys: [] },
    ),
  }),
}))["element"] as fc.Arbitrary<{ readonly type: string; readonly props: Readonly<Record<string, unknown>> }>;

/** The same for anything that JavaScript has. */
const anyTree = fc.oneof(
  tree,
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withSet: true, withObjectString: true }),
  fc.record({ type: fc.anything(), props: fc.dictionary(fc.string(), fc.anything()) }),
);

/** Elements as the JSX runtime makes them. */
function element(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(element);
  if (typeof value !== "object" || value === null || !("type" in value) || !("props" in value)) return value;
  const props = Object(value.props) as Record<string, unknown>;
  return jsx(value.type as string, "children" in props ? { ...props, children: element(props["children"]) } : props);
}

/** Only what is the same in every process. */
function isPlainData(value: unknown): boolean {
  if (typeof value === "object" && value !== null) return Object.values(value).every(isPlainData);
  return typeof value === "string" || typeof value === "boolean" || Number.isFinite(value);
}

function thrownBy(run: () => unknown): unknown {
  try {
    run();
    return undefined;
  } catch (thrown) {
    return thrown;
  }
}

/** An `OgError` that says something: all that may be thrown. */
function expectTyped(thrown: unknown): void {
  if (!(thrown instanceof OgError)) throw new Error("an error without a type", { cause: thrown });
  expect(thrown.message).not.toBe("");
  for (const number of [thrown.line, thrown.column]) expect(number === undefined || number >= 1).toBe(true);
}

function expectEntry(entry: Entry): void {
  if (entry.kind === "broken") expectTyped(entry.error);
  if (entry.kind === "skipped") return;
  const { title, tags, data } = entry.page;
  expect(isBlank(title)).toBe(false);
  expect(title).toBe(cleanText(title).trim());
  expect(tags.every((tag) => typeof tag === "string")).toBe(true);
  expect(Array.isArray(data)).toBe(false);
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
}

describe.each([
  ["fixed", FIXED_SEED],
  ["fresh", FRESH_SEED],
])("with the %s seed %i", (_name, seed) => {
  /** A property, in its share of all cases. */
  function holds<T>(name: string, share: number, arbitrary: fc.Arbitrary<T>, check: (value: T) => void | Promise<void>): void {
    test(
      name,
      () =>
        fc.assert(
          fc.asyncProperty(arbitrary, async (value) => check(value)),
          { seed, numRuns: Math.ceil(CASES * share) },
        ),
      TIMEOUT_MS,
    );
  }

  holds("a Markdown file is a page, is skipped, or is broken with a typed error", 0.2, source, (text) => {
    expectEntry(readMarkdownPage(text, FILE, "post"));
  });

  holds("a title is what is written between its quotation marks", 0.1, text, (title) => {
    for (const file of [`---\ntitle: ${JSON.stringify(title)}\n---\n`, `{ "title": ${JSON.stringify(title)} }\n`]) {
      const entry = readMarkdownPage(file, FILE, "post");
      const clean = cleanText(title).trim();
      if (isBlank(title)) expect(entry).toMatchObject({ kind: "page", page: { title: "Post" } });
      else expect(entry).toMatchObject({ kind: "page", page: { title: clean } });
    }
  });

  holds("a page of somebody's own source is an entry, or a typed error", 0.1, fc.anything(), async (value) => {
    const inputs = [
      value,
      { id: "a", title: value },
      { id: "a", title: "A", description: value, tags: [value], author: value, data: value },
    ];
    for (const input of inputs) {
      try {
        for await (const { entry } of collect([input as never])) expectEntry(entry);
      } catch (thrown) {
        expectTyped(thrown);
      }
    }
  });

  holds("HTML is a page or is skipped", 0.1, document, async (html) => {
    const entry = readHtmlPage(html, "/site/dist/a.html", "a");
    expect(["page", "skipped"]).toContain(entry.kind);
    for await (const { entry: cleaned } of collect([entry])) expectEntry(cleaned);
  });

  holds("a tree is host elements of plain data, or a typed error", 0.15, anyTree, (value) => {
    const thrown = thrownBy(() => {
      const host = expand(element(value));
      expect([typeof (host as HostElement).type, isPlainData(host)]).toEqual(["string", true]);
    });
    if (thrown !== undefined) expectTyped(thrown);
  });

  holds("tags go into a head without touching another byte", 0.15, fc.tuple(document, fc.array(tag, { maxLength: 4 })), ([html, tags]) => {
    fc.pre(!html.includes(MARKER));
    const injected = injectHead(html, tags);
    const added = injected.length - html.length;
    const at = Array.from({ length: html.length + 1 }, (_, index) => index).find(
      (index) => injected.startsWith(html.slice(0, index)) && injected.endsWith(html.slice(index)) && index + added >= index,
    );
    expect(at).toBeDefined();
    expect(injectHead(injected, tags)).toBe(injected);
    expect(injectHead(injected, [])).toBe(html);
    expectReadBack(html, injected, tags);
  });

  holds("an output lies below its folder, in a name that every file system takes", 0.15, fc.tuple(text, text), ([id, other]) => {
    for (const name of [id, `${id}/${other}`, `../${id}`, `blog/${id}`]) {
      const thrown = thrownBy(() => expectInside(name));
      if (thrown !== undefined) expectTyped(thrown);
    }
  });

  holds("two pages have two files", 0.04, fc.tuple(text, text), ([one, other]) => {
    const claims = createPathClaims("/site/og");
    const files = [one, other].map((id) => {
      try {
        return claims.claim(outputPath(id, "png"), id).normalize("NFKC").toLowerCase();
      } catch (thrown) {
        expectTyped(thrown);
        return Symbol("none");
      }
    });
    expect(new Set(files).size).toBe(2);
  });

  describe("painted", () => {
    let renderer: Renderer;
    beforeAll(() => {
      renderer = createPool({ concurrency: 1, timeout: 10_000 });
    });
    afterAll(() => renderer.close());

    holds("a tree is a whole picture of its size, or a typed error", 0.01, tree, async (value) => {
      const root = import.meta.dirname;
      const size = { width: 240, height: 126 };
      try {
        const resolver = {
          fonts: openFonts([], root),
          images: createImageFinder({ root, publicDir: root, remoteHosts: [] }),
          emoji: createEmojiFinder("twemoji", root),
        };
        const page = { id: "x", title: "x", tags: [], data: {} };
        const { job } = await resolveJob(resolver, (await expand(element(value))) as HostElement, page, {
          ...size,
          format: "png",
          quality: 85,
        });
        await expectWholePng((await renderer.render(job)).bytes, size);
      } catch (thrown) {
        expectTyped(thrown);
      }
    });
  });
});

function expectInside(id: string): void {
  const path = outputPath(id, "png");
  const folder = resolve("/site/og");
  const below = relative(folder, join(folder, path));
  expect(/^\.\.([/\\]|$)/.test(below) || isAbsolute(below)).toBe(false);
  for (const segment of path.split("/")) {
    expect(segment).not.toMatch(/^\.{0,2}$|[<>:"|?*\\]|\p{Control}|\p{Surrogate}|[. ]$/u);
    expect(Buffer.byteLength(segment)).toBeLessThanOrEqual(255);
  }
  const src = imageSrc("/base/", "/og/", folder, join(folder, path), "0".repeat(64));
  expect(new URL(src, "https://site.example").pathname.startsWith("/base/og/")).toBe(true);
}
