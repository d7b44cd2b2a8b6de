import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { pick } from "../src/compose/pick.ts";
import { createDrafter, type Draft } from "../src/draft.ts";
import { OgError } from "../src/error.ts";
import { resolveOptions, type Options } from "../src/options.ts";
import { openSession } from "../src/session.ts";
import type { Entry, Page, SkippedResult } from "../src/types.ts";

/** A project with these files, for the time of the test. */
async function project(files: Record<string, string> = {}): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "og-gen-draft-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return root;
}

/** What becomes of these pages, by their ids. */
async function draftsOf(
  options: Options,
  pages: readonly (string | Page | Entry)[],
  files: Record<string, string> = {},
): Promise<Map<string, Draft | SkippedResult>> {
  const root = await project(files);
  const draft = await createDrafter(await openSession(resolveOptions({ root, cacheDir: false, ...options })));
  const entries = pages.map((given): Entry => {
    if (typeof given !== "string" && "kind" in given) return given;
    return { kind: "page", page: typeof given === "string" ? page(given) : given, warnings: [] };
  });
  return new Map(await Promise.all(entries.map(async (entry) => [entry.page.id, await draft({ entry })] as const)));
}

async function draftOf(options: Options, given: string | Page | Entry, files?: Record<string, string>): Promise<Draft> {
  const [drafted] = (await draftsOf(options, [given], files)).values();
  if (!drafted || "status" in drafted) throw new Error(`It was skipped: ${drafted?.reason}.`);
  return drafted;
}

function page(id: string, more: Partial<Page> = {}): Page {
  return { id, title: id, tags: [], data: {}, ...more };
}

test.each([
  ["https://example.com/docs/", "/c/", "/docs/c/"],
  ["https://example.com/docs/", "/docs/c/", "/docs/c/"],
  ["https://example.com/docs", "/docs", "/docs"],
  ["https://example.com/docs/", "/docs-2/", "/docs/docs-2/"],
  ["https://example.com/docs/", "https://example.com/c/", "https://example.com/c/"],
  ["https://example.com/", "/c/", "/c/"],
])("on %s the page at %s is at %s", async (site, url, expected) => {
  expect((await draftOf({ site }, page("c", { url }))).page.url).toBe(expected);
});

describe("a list of templates", () => {
  const ids = Array.from({ length: 40 }, (_, n) => `blog/${n}`);

  test("gives each page one of them, by rule, by variant and for all", async () => {
    const options: Options = {
      template: ["minimal", "photo"],
      rules: [{ match: "blog/1*", template: ["article", "./card.mjs"] }],
    };
    const drafts = await draftsOf(options, [...ids, "about"], { "card.mjs": "export default () => 'card';" });
    for (const [id, draft] of drafts) {
      const names = id.startsWith("blog/1") ? ["article", "./card.mjs"] : ["minimal", "photo"];
      expect((draft as Draft).templates.map(({ name }) => name)).toEqual([pick({ id }, names).replace("./", "")]);
    }
    const square = await draftOf({ variants: { og: { template: "article" }, square: { template: ["minimal", "photo"] } } }, "blog/7");
    expect(square.templates.map(({ name }) => name)).toEqual(["article", pick({ id: "blog/7" }, ["minimal", "photo"])]);
  });

  test("with a wrong name ends the run before it begins, whichever page would get it", async () => {
    for (const options of [{ template: ["minimal", "phto"] }, { rules: [{ match: "x", template: ["phto", "minimal"] }] }]) {
      await expect(draftsOf(options, [])).rejects.toMatchObject({
        code: "E_TEMPLATE",
        message: "There is no template `phto`.",
        hint: "Did you mean `photo`?",
      });
    }
  });

  test("without a name is no template", async () => {
    await expect(draftsOf({ template: [] }, [])).rejects.toMatchObject({ code: "E_OPTION" });
  });
});

describe("a rule's globs", () => {
  const IDS = [
    "",
    "about",
    "blog",
    "blog/hello",
    "blog/2026/hello",
    "blog/.hidden",
    "docs/blog/x",
    "Blog/hello",
    "café/crème",
    "a[b]",
    "a (b)",
  ];

  test.each<[string | readonly string[], readonly string[]]>([
    ["**", IDS],
    ["*", ["about", "blog", "a[b]", "a (b)"]],
    ["", [""]],
    ["/", [""]],
    ["about", ["about"]],
    ["/about/", ["about"]],
    ["blog/**", ["blog", "blog/hello", "blog/2026/hello", "blog/.hidden"]],
    ["/blog/**", ["blog", "blog/hello", "blog/2026/hello", "blog/.hidden"]],
    ["blog/*", ["blog/hello", "blog/.hidden"]],
    ["**/hello", ["blog/hello", "blog/2026/hello", "Blog/hello"]],
    ["**/blog/**", ["blog", "blog/hello", "blog/2026/hello", "blog/.hidden", "docs/blog/x"]],
    ["{about,blog}", ["about", "blog"]],
    ["café/*", ["café/crème"]],
    ["a\\[b\\]", ["a[b]"]],
    ["nothing", []],
    [[], []],
    [
      ["about", ""],
      ["", "about"],
    ],
    [
      ["about", "blog/*"],
      ["about", "blog/hello", "blog/.hidden"],
    ],
    [
      ["blog/**", "!blog/2026/**"],
      ["blog", "blog/hello", "blog/.hidden"],
    ],
    [
      ["!blog/**", "!**/blog/**"],
      ["", "about", "Blog/hello", "café/crème", "a[b]", "a (b)"],
    ],
    ["!blog/**", ["", "about", "docs/blog/x", "Blog/hello", "café/crème", "a[b]", "a (b)"]],
  ])("%j matches %j", async (match, expected) => {
    const drafts = await draftsOf({ rules: [{ match, skip: true }] }, IDS);
    expect([...drafts].filter(([, drafted]) => "status" in drafted).map(([id]) => id)).toEqual(expected);
  });
});

describe("a page's template", () => {
  const names = (draft: Draft) => draft.templates.map(({ name }) => name);
  const files = {
    "og/own.mjs": "export default () => null;",
    "og/first.mjs": "export default () => null;",
    "og/second.mjs": "export default () => null;",
    "elsewhere/card.mjs": "export default () => null;",
  };

  test("is the configuration's", async () => {
    expect(names(await draftOf({}, "a"))).toEqual(["article"]);
    expect(names(await draftOf({ template: "minimal" }, "a"))).toEqual(["minimal"]);
  });

  test("or its variant's", async () => {
    expect(names(await draftOf({ template: "minimal", variants: { og: {}, square: { template: "photo" } } }, "a"))).toEqual([
      "minimal",
      "photo",
    ]);
  });

  test("or the last rule's that has one, for all variants", async () => {
    const options: Options = {
      template: "minimal",
      variants: { og: {}, square: { template: "photo" } },
      rules: [
        { match: "**", template: "first" },
        { match: "a", template: "./og/second.mjs" },
        { match: "**", theme: { siteName: "Larder" } },
        { match: "b", template: "./elsewhere/card.mjs" },
      ],
    };
    expect(names(await draftOf(options, "a", files))).toEqual(["og/second.mjs", "og/second.mjs"]);
    expect(names(await draftOf(options, "b", files))).toEqual(["elsewhere/card.mjs", "elsewhere/card.mjs"]);
    expect(names(await draftOf(options, "c", files))).toEqual(["og/first.mjs", "og/first.mjs"]);
  });

  test("or its own, whatever the rules say", async () => {
    const options: Options = { rules: [{ match: "**", template: "first" }] };
    expect(names(await draftOf(options, page("a", { card: { template: "own" } }), files))).toEqual(["og/own.mjs"]);
    expect(names(await draftOf(options, page("a", { card: { template: "minimal", alt: "x" } }), files))).toEqual(["minimal"]);
    expect(names(await draftOf(options, page("a", { card: { alt: "x" } }), files))).toEqual(["og/first.mjs"]);
  });

  test.each(["missing", "./elsewhere/card.mjs", "../card.mjs"])(
    "its own that it may not have or nobody has costs its card only: %s",
    async (template) => {
      const bad = await draftOf({}, page("a", { card: { template }, file: "/site/a.md" }), files);
      expect(bad.error).toMatchObject({ code: "E_TEMPLATE", page: "a" });
      expect(bad.files).toHaveLength(1);
      expect(bad.templates).toEqual([]);
    },
  );

  test.each<[string, Options]>([
    ["the configuration's", { template: "missing" }],
    ["a rule's, though no page matches", { rules: [{ match: "nowhere", template: "missing" }] }],
    ["a variant's", { variants: { og: { template: "missing" } } }],
  ])("that is missing fails the run: %s", async (_, options) => {
    await expect(draftsOf(options, [])).rejects.toMatchObject({ code: "E_TEMPLATE", message: "There is no template `missing`." });
  });
});

describe("a page's theme", () => {
  test("is that of all rules that match, a later one over an earlier one", async () => {
    const options: Options = {
      theme: { siteName: "Larder", mode: "dark", colors: { brand: "#111111" } },
      rules: [
        { match: "**", theme: { colors: { brand: "#222222" } } },
        { match: "blog/**", theme: { mode: "light", colors: { muted: "#333333" } } },
        { match: "docs/**", theme: { siteName: "Docs" } },
      ],
    };
    expect((await draftOf(options, "blog/a")).theme).toMatchObject({
      siteName: "Larder",
      mode: "light",
      colors: { brand: "#222222", muted: "#333333" },
    });
    expect((await draftOf(options, "docs/a")).theme).toMatchObject({ siteName: "Docs", mode: "dark", colors: { brand: "#222222" } });
  });

  test("the logo is the project's, also where a page's folder has one of that name", async () => {
    const files = { "logo.svg": "<svg/>", "content/blog/logo.svg": "<svg>other</svg>", "public/mark.svg": "<svg/>" };
    const post = page("blog/a", { file: "content/blog/a.md" });
    expect((await draftOf({ theme: { logo: "logo.svg" } }, post, files)).theme.logo).toMatch(/og-gen-draft-[^/]+\/logo\.svg$/);
    expect(
      (await draftOf({ theme: { logo: "./logo.svg" }, rules: [{ match: "blog/**", theme: { logo: "mark.svg" } }] }, post, files)).theme
        .logo,
    ).toMatch(/public\/mark\.svg$/);
  });

  test.each<[string, Options]>([
    ["a colour", { theme: { colors: { brand: "bleu" } } }],
    ["a colour of a rule, though no page matches", { rules: [{ match: "nowhere", theme: { colors: { muted: "bleu" } } }] }],
    ["a logo", { theme: { logo: "missing.svg" } }],
    ["a logo of a rule", { rules: [{ match: "nowhere", theme: { logo: "missing.svg" } }] }],
    ["a logo outside the project", { theme: { logo: "../../../etc/passwd" } }],
  ])("that is wrong fails the run: %s", async (_, options) => {
    await expect(draftsOf(options, [])).rejects.toMatchObject({ code: "E_OPTION" });
  });
});

describe("what gets no card", () => {
  test("a page that a rule skips, whatever the others say", async () => {
    const drafts = await draftsOf(
      {
        rules: [
          { match: "a", skip: true },
          { match: "**", skip: false, template: "minimal" },
        ],
      },
      ["a", "b"],
    );
    expect(drafts.get("a")).toMatchObject({
      status: "skipped",
      reason: "a rule of the configuration",
      page: { id: "a", title: "a" },
      warnings: [],
    });
    expect(drafts.get("b")).not.toHaveProperty("status");
  });

  test("one that its source skips", async () => {
    const drafts = await draftsOf({}, [{ kind: "skipped", page: { id: "a", file: "/site/a.md" }, reason: "draft" }]);
    expect(drafts.get("a")).toMatchObject({ status: "skipped", reason: "draft", page: { id: "a", file: "/site/a.md" } });
  });

  test("a rule's skip comes before the page's trouble, and takes no path", async () => {
    const broken: Entry = { kind: "broken", page: page("a"), error: new OgError("E_FRONT_MATTER", "x") };
    const drafts = await draftsOf({ rules: [{ match: "a", skip: true }] }, [broken, "A"]);
    expect(drafts.get("a")).toMatchObject({ status: "skipped" });
    expect(drafts.get("A")).not.toHaveProperty("error");
  });
});

describe("where the images go", () => {
  const paths = (draft: Draft) => draft.files.map((files) => Object.values(files).map((file) => file.slice(file.indexOf("/public/") + 8)));

  test("one path per variant, the primary one without its name", async () => {
    const variants = { og: { maxBytes: false }, square: { format: "jpeg" } } as const;
    expect(paths(await draftOf({ variants }, "blog/a"))).toEqual([["og/blog/a.png"], ["og/blog/a.square.jpg"]]);
    expect(paths(await draftOf({ maxBytes: false }, ""))).toEqual([["og/index.png"]]);
  });

  test("a PNG with `maxBytes` has that of a JPEG too", async () => {
    const variants = { og: {}, square: {}, tall: { maxBytes: 100_000 }, wide: { format: "webp", maxBytes: 100_000 } } as const;
    expect(paths(await draftOf({ variants }, "a"))).toEqual([
      ["og/a.png", "og/a.jpg"],
      ["og/a.square.png"],
      ["og/a.tall.png", "og/a.tall.jpg"],
      ["og/a.wide.webp"],
    ]);
  });

  test("a path that a card may have is no other page's", async () => {
    const variants = { og: {}, square: { format: "jpeg" } } as const;
    const drafts = await draftsOf({ variants }, ["a", "a.square"]);
    expect(drafts.get("a.square")).toMatchObject({
      error: { code: "E_OUTPUT_COLLISION", message: expect.stringContaining("a.square.jpg") },
    });
  });

  test("a path belongs to the first page; the second one has an error and no card", async () => {
    const drafts = await draftsOf({}, ["a/b", "A/B"]);
    expect(drafts.get("a/b")).not.toHaveProperty("error");
    expect(drafts.get("A/B")).toMatchObject({ files: [], error: { code: "E_OUTPUT_COLLISION", page: "A/B" } });
  });

  test.each(["../a", "a/../b", "/", "a//b", "a/\0"])("an id that is none has an error: %j", async (id) => {
    expect(await draftOf({}, id)).toMatchObject({ files: [], error: { code: "E_OUTPUT_PATH", page: id } });
  });

  test("a broken page has its path, for a fallback card", async () => {
    const broken: Entry = {
      kind: "broken",
      page: page("a", { file: "/site/a.md" }),
      error: new OgError("E_FRONT_MATTER", "x", { line: 3 }),
    };
    const draft = await draftOf({}, broken);
    expect(draft.files).toHaveLength(1);
    expect(draft.error).toMatchObject({ code: "E_FRONT_MATTER", line: 3, page: "a", file: "/site/a.md" });
  });
});

describe("pictures on hosts that are not allowed", () => {
  const remote = "https://cdn.example.com/a.png";

  test("are left out with a warning", async () => {
    const draft = await draftOf(
      {},
      page("a", { image: remote, author: { name: "Ada", avatar: "//other.example/b.png" }, file: "/site/a.md" }),
    );
    expect(draft.page.image).toBeUndefined();
    expect(draft.page.author).toEqual({ name: "Ada", avatar: undefined });
    expect(draft.warnings).toMatchObject([
      { code: "W_REMOTE_IMAGE", page: "a", file: "/site/a.md", hint: 'Add "cdn.example.com" to `remoteHosts`, or use a local copy.' },
      { code: "W_REMOTE_IMAGE", hint: 'Add "other.example" to `remoteHosts`, or use a local copy.' },
    ]);
    expect(draft.error).toBeUndefined();
  });

  test("one that is named twice is one warning", async () => {
    expect((await draftOf({}, page("a", { image: remote, author: { name: "Ada", avatar: remote } }))).warnings).toHaveLength(1);
  });

  test("what is no address at all is not advised to be allowed", async () => {
    const { warnings } = await draftOf({}, page("a", { image: "https://[" }));
    expect(warnings[0]?.hint).not.toContain("undefined");
  });

  test("stay where they are allowed, as do local ones", async () => {
    const kept = page("a", { image: remote, author: { name: "Ada", avatar: "ada.png" } });
    expect(await draftOf({ remoteHosts: ["CDN.example.com"] }, kept)).toMatchObject({ page: kept, warnings: [] });
  });

  test("the page's own warnings come first", async () => {
    const warning = { code: "W_TITLE", message: "x" };
    expect(
      (await draftOf({}, { kind: "page", page: page("a", { image: remote }), warnings: [warning] })).warnings.map(({ code }) => code),
    ).toEqual(["W_TITLE", "W_REMOTE_IMAGE"]);
  });
});
