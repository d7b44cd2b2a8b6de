import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { generate } from "../src/generate.ts";
import type { Options } from "../src/options.ts";
import { plan } from "../src/plan.ts";
import { readManifest } from "../src/publish/manifest.ts";
import { digestOfCode } from "../src/recall/environment.ts";
import type { Job, Ledger, PageResult, Renderer } from "../src/types.ts";

/** How often the work was done that a recalled page spares. */
const { work } = vi.hoisted(() => ({ work: { parsed: 0, composed: 0, resolved: 0, themes: 0 } }));
vi.mock("../src/collect/markdown-page.ts", async (original) => {
  const module = await original<typeof import("../src/collect/markdown-page.ts")>();
  return {
    ...module,
    readMarkdownPage: (...given: Parameters<typeof module.readMarkdownPage>) => (work.parsed++, module.readMarkdownPage(...given)),
  };
});
vi.mock("../src/compose/compose.ts", async (original) => {
  const module = await original<typeof import("../src/compose/compose.ts")>();
  const compose: typeof module.compose = (...given) => ((work.composed += given[0].length), module.compose(...given));
  return { ...module, compose };
});
vi.mock("../src/resolve/job.ts", async (original) => {
  const module = await original<typeof import("../src/resolve/job.ts")>();
  const resolveJob: typeof module.resolveJob = (...given) => (work.resolved++, module.resolveJob(...given));
  return { ...module, resolveJob };
});
vi.mock("../src/compose/theme.ts", async (original) => {
  const module = await original<typeof import("../src/compose/theme.ts")>();
  const resolveTheme: typeof module.resolveTheme = (...parts) => (work.themes++, module.resolveTheme(...parts));
  return { ...module, resolveTheme };
});
/** What the environment says beside what it says by itself: stands for another code, Node or package. */
const { environment } = vi.hoisted(() => ({ environment: { more: "" } }));
vi.mock("../src/recall/environment.ts", async (original) => {
  const module = await original<typeof import("../src/recall/environment.ts")>();
  const environmentOf: typeof module.environmentOf = (...given) => `${module.environmentOf(...given)}${environment.more}`;
  return { ...module, environmentOf };
});

const SMALL = { og: { width: 240, height: 126 } };
const NOTHING = { parsed: 0, composed: 0, resolved: 0, themes: 0 };
const FONTSOURCE = join(import.meta.dirname, "../node_modules/@fontsource");

let projects: string;
let red: Buffer;
let blue: Buffer;
beforeAll(async () => {
  projects = await mkdtemp(join(tmpdir(), "og-gen-recall-"));
  const plain = (background: string) =>
    sharp({ create: { width: 8, height: 8, channels: 3, background } })
      .png()
      .toBuffer();
  [red, blue] = await Promise.all([plain("red"), plain("blue")]);
});
afterAll(() => rm(projects, { recursive: true, force: true, maxRetries: 5 }));

/** Makes no pictures, but bytes that differ as their keys do. */
function fakeRenderer() {
  const jobs: Job[] = [];
  const renderer: Renderer = {
    async render(job) {
      jobs.push(job);
      return { bytes: Buffer.from(job.key), degraded: false };
    },
    close: async () => undefined,
  };
  return { jobs, renderer };
}

type Files = Readonly<Record<string, string | Uint8Array>>;

async function project(files: Files = {}) {
  const root = await mkdtemp(join(projects, "project-"));
  const write = async (path: string, content: string | Uint8Array): Promise<void> => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  };
  for (const [path, content] of Object.entries(files)) await write(path, content);
  const { jobs, renderer } = fakeRenderer();
  const cacheDir = join(root, "cache");
  const pagesOf = (outDir: string) => readManifest(outDir).pages;

  /** A run, and what it did. */
  async function run(options: Options = {}) {
    Object.assign(work, NOTHING);
    jobs.length = 0;
    const ledger = await generate({ root, variants: SMALL, cacheDir, renderer, ...options });
    return { ledger, painted: jobs.map(({ key }) => key), work: { ...work }, pages: pagesOf(join(root, "public", "og")) };
  }

  return {
    root,
    write,
    run,
    remove: (path: string) => rm(join(root, path), { recursive: true }),
    recallFile: async () => join(cacheDir, (await readdir(cacheDir)).find((name) => name.startsWith("recall-")) ?? "none"),
    /** The manifest of a run that remembers nothing. */
    async fresh(options: Options = {}) {
      const outDir = join(root, "public", "og-fresh");
      await rm(outDir, { recursive: true, force: true });
      const ledger = await generate({ root, variants: SMALL, renderer, publicPath: "/og/", ...options, cacheDir: false, outDir });
      return { ledger, pages: pagesOf(outDir) };
    },
  };
}
type Project = Awaited<ReturnType<typeof project>>;

const post = (title: string, more = ""): string => `---\ntitle: ${title}\n${more}---\n`;

/** What a user sees of a ledger. */
function seen({ results, warnings, ...counts }: Ledger) {
  const told = (result: PageResult) => ({
    ...result,
    ms: 0,
    cards: "cards" in result ? result.cards.map(({ key, src, bytes }) => ({ key, src, bytes })) : [],
  });
  return { ...counts, warnings, results: results.map(told) };
}

const SITE: Files = {
  "content/index.md": post("Home"),
  "content/blog/one.md": post("One", "description: The first\ndate: 2026-02-01\ntags: [a, b]\nauthor: Ada\n"),
  "content/blog/two.md": post("Two", "og:\n  template: docs\n"),
  "content/draft.md": post("Draft", "draft: true\n"),
};

describe("a run with nothing to do", () => {
  test("parses, composes and resolves nothing, and tells the same", async () => {
    const site = await project({
      ...SITE,
      "content/odd.md": post("漢字", "lang: ja\nog:\n  titel: x\n"),
      "content/named.md": "# A heading\n",
    });
    const first = await site.run();
    expect(first.work).toMatchObject({ parsed: 6, composed: 5, resolved: 5 });
    expect(first.ledger.warnings.map(({ code }) => code)).toEqual(expect.arrayContaining(["W_GLYPH", "W_OG_KEY", "W_TITLE_FROM_HEADING"]));

    const second = await site.run();
    expect(second.work).toEqual(NOTHING);
    expect(second.painted).toEqual([]);
    expect(second.ledger).toMatchObject({ pages: 6, cached: 5, skipped: 1, written: 0 });
    expect(second.ledger.warnings).toEqual(first.ledger.warnings);
    const pageOf = ({ page }: PageResult) => page;
    expect(second.ledger.results.map(pageOf)).toStrictEqual(first.ledger.results.map(pageOf));
    expect(second.pages).toEqual(first.pages);
    expect(seen((await site.run()).ledger)).toEqual(seen(second.ledger));
  });

  test("is planned without work, too, and planning writes nothing", async () => {
    const site = await project(SITE);
    await site.run();
    const file = await site.recallFile();
    const before = await readFile(file);
    await site.write("content/new.md", post("New"));
    Object.assign(work, NOTHING);
    const planned = await plan({ root: site.root, variants: SMALL, cacheDir: join(site.root, "cache") });
    expect(planned.planned.map(({ page, cards: [card] }) => [page.id, card?.reason])).toEqual([
      ["blog/one", "current"],
      ["blog/two", "current"],
      ["", "current"],
      ["new", "new"],
    ]);
    expect(work).toMatchObject({ parsed: 1, composed: 1 });
    expect(await readFile(file)).toEqual(before);
  });

  test("only the page that changed is read and composed", async () => {
    const site = await project(SITE);
    await site.run();
    await site.write("content/blog/one.md", post("One, again"));
    const { work, painted, ledger } = await site.run();
    expect(work).toMatchObject({ parsed: 1, composed: 1, resolved: 1 });
    expect(painted).toHaveLength(1);
    expect(ledger).toMatchObject({ rendered: 1, cached: 2, skipped: 1 });
    expect((await site.run()).work).toEqual(NOTHING);
  });

  test("a picture that is gone is painted from a job that is made then", async () => {
    const site = await project(SITE);
    const first = await site.run();
    await site.remove("public/og/blog/one.png");
    const second = await site.run();
    expect(second.work).toMatchObject({ parsed: 0, composed: 1, resolved: 1 });
    expect(second.painted).toEqual([first.pages["blog/one"]?.images[0]?.key]);
    expect(second.pages).toEqual(first.pages);
  });

  test("an emptied outDir is filled from the store, without composing", async () => {
    const site = await project(SITE);
    const first = await site.run();
    await site.remove("public/og");
    const second = await site.run();
    expect(second.work).toEqual(NOTHING);
    expect(second.pages).toEqual(first.pages);
  });
});

describe("a page that is not recalled", () => {
  const OWN = 'import { h } from "@og-gen/core"; export default ({ page }) => h("div", null, page.title);';

  test("is one with a template of the project: its code may read anything", async () => {
    const site = await project({ ...SITE, "og/docs.mjs": OWN });
    await site.run();
    const { work } = await site.run();
    expect(work).toMatchObject({ parsed: 0, composed: 1 });
  });

  test("is one whose data is more than JSON", async () => {
    const site = await project();
    const source = (when: unknown) => [{ id: "a", title: "A", data: { when } }];
    await site.run({ source: source(new Date(0)) });
    expect((await site.run({ source: source(new Date(0)) })).work).toMatchObject({ composed: 1 });
    await site.run({ source: source("1970-01-01T00:00:00.000Z") });
    expect((await site.run({ source: source("1970-01-01T00:00:00.000Z") })).work).toMatchObject({ composed: 0 });
  });

  test.each<[string, Options]>([
    ["force", { force: true }],
    ["no cacheDir", { cacheDir: false }],
    ["a store of the caller's", { store: { get: async () => undefined, set: async () => undefined } }],
  ])("is any page with %s", async (_name, options) => {
    const site = await project(SITE);
    await site.run();
    expect((await site.run(options)).work).toMatchObject({ parsed: 4, composed: 3 });
  });

  test("is one that failed: its error is told again", async () => {
    const site = await project({
      "content/broken.md": "---\ntitle: [\n---\n",
      "content/gone.md": post("Gone", "image: gone.png\nog:\n  template: photo\n"),
    });
    const codes = ({ ledger }: Awaited<ReturnType<Project["run"]>>) =>
      ledger.results.map((result) => "error" in result && result.error.code);
    expect(codes(await site.run())).toEqual(["E_FRONT_MATTER", "E_IMAGE"]);
    expect(codes(await site.run())).toEqual(["E_FRONT_MATTER", "E_IMAGE"]);
  });
});

/** The key changes where it would without a memory, and nowhere else. */
describe("a change is seen:", () => {
  const COVER = { "content/a.md": post("A", "image: cover.png\nog:\n  template: photo\n") };
  const LOGO = { "content/a.md": post("A"), "logo.png": "" };
  interface Change {
    readonly files: Files;
    readonly before?: Options;
    readonly after?: Options;
    readonly change?: (site: Project) => Promise<unknown>;
    /** Whether other pixels are asked for. @default true */
    readonly shows?: boolean;
  }
  const A = { "content/a.md": post("A") };
  const JAPANESE = { "content/a.md": post("Aあ") };
  const install = (site: Project, from: string, id: string) =>
    cp(join(FONTSOURCE, from), join(site.root, "node_modules/@fontsource", id), { recursive: true, dereference: true });
  const cases: Record<string, Change> = {
    title: { files: A, change: (site) => site.write("content/a.md", post("B")) },
    description: { files: A, change: (site) => site.write("content/a.md", post("A", "description: more\n")) },
    language: { files: A, change: (site) => site.write("content/a.md", post("A", "lang: ar\n")) },
    "a field that does not show": { files: A, change: (site) => site.write("content/a.md", post("A", "weight: 3\n")), shows: false },
    "the body": { files: A, change: (site) => site.write("content/a.md", `${post("A")}\nText.\n`), shows: false },
    "the page's template": { files: A, change: (site) => site.write("content/a.md", post("A", "og:\n  template: docs\n")) },
    theme: { files: A, after: { theme: { colors: { brand: "#ff0000" } } } },
    "a rule's theme": { files: A, after: { rules: [{ match: "a", theme: { siteName: "Site" } }] } },
    "a rule's template": { files: A, after: { rules: [{ match: "a", template: "minimal" }] } },
    template: { files: A, after: { template: "minimal" } },
    "what a name leads to": {
      files: A,
      before: { template: "x", templates: { x: "docs" } },
      after: { template: "x", templates: { x: "quote" } },
    },
    "a built-in template that is replaced": {
      files: A,
      change: (site) => site.write("og/article.mjs", 'import { h } from "@og-gen/core"; export default () => h("div", null, "own");'),
    },
    size: { files: A, after: { variants: { og: { width: 250, height: 126 } } } },
    format: { files: A, after: { format: "jpeg" } },
    quality: { files: A, before: { format: "jpeg" }, after: { format: "jpeg", quality: 20 } },
    maxBytes: { files: A, after: { maxBytes: 1000 } },
    "a variant's maxBytes": { files: A, after: { variants: { og: { width: 240, height: 126, maxBytes: false } } } },
    optimize: { files: A, after: { optimize: true } },
    "the emoji": { files: { "content/a.md": post("A 🚀") }, after: { emoji: false } },
    "a cover's bytes": { files: { ...COVER, "content/cover.png": "red" }, change: (site) => site.write("content/cover.png", blue) },
    "a cover that appears where it is looked for first": {
      files: { ...COVER, "public/cover.png": "red" },
      change: (site) => site.write("content/cover.png", blue),
    },
    "a cover that moves": {
      files: { ...COVER, "content/cover.png": "red" },
      change: async (site) => (await site.remove("content/cover.png"), site.write("public/cover.png", red)),
      shows: false,
    },
    "the logo": {
      files: { ...LOGO, "logo.png": "red" },
      before: { theme: { logo: "logo.png" } },
      after: { theme: { logo: "logo.png" } },
      change: (site) => site.write("logo.png", blue),
    },
    "an avatar": {
      files: { "content/a.md": post("A", "author:\n  name: Ada\n  avatar: ada.png\n"), "content/ada.png": "red" },
      change: (site) => site.write("content/ada.png", blue),
    },
    "a font file": {
      files: A,
      before: { fonts: [{ file: "own.woff", family: "Own" }], theme: { font: "Own" } },
      after: { fonts: [{ file: "own.woff", family: "Own" }], theme: { font: "Own" } },
      change: async (site) =>
        site.write("own.woff", await readFile(join(FONTSOURCE, "jetbrains-mono/files/jetbrains-mono-latin-400-normal.woff"))),
    },
    "a Fontsource package that is installed": {
      files: { ...A, "package.json": "{}" },
      before: { theme: { font: "Other" } },
      after: { theme: { font: "Other" } },
      change: async (site) => {
        await install(site, "jetbrains-mono", "other");
        const metadata = join(site.root, "node_modules/@fontsource/other/metadata.json");
        await writeFile(metadata, (await readFile(metadata, "utf8")).replace("JetBrains Mono", "Other"));
      },
    },
    "a Fontsource package that comes for a script": {
      files: JAPANESE,
      change: async (site) => {
        const folder = "node_modules/@fontsource/noto-sans-jp";
        await site.write(
          `${folder}/metadata.json`,
          JSON.stringify({ id: "noto-sans-jp", family: "Noto Sans JP", weights: [400], variable: {} }),
        );
        await site.write(`${folder}/unicode.json`, JSON.stringify({ latin: "U+0-FF" }));
        await site.write(`${folder}/files/noto-sans-jp-latin-400-normal.woff`, "");
      },
      shows: false,
    },
    "a Fontsource package that goes": {
      files: A,
      before: { theme: { font: "JetBrains Mono" } },
      after: { theme: { font: "JetBrains Mono" } },
      change: (site) => site.remove("node_modules"),
    },
    "a file of a Fontsource package": {
      files: A,
      before: { theme: { font: "JetBrains Mono" } },
      after: { theme: { font: "JetBrains Mono" } },
      change: async (site) => {
        const folder = join(site.root, "node_modules/@fontsource/jetbrains-mono/files");
        for (const name of (await readdir(folder)).filter((name) => name.includes("-latin-"))) {
          const other = await readFile(join(FONTSOURCE, "inter/files", name.replace("jetbrains-mono", "inter"))).catch(() => undefined);
          if (other) await writeFile(join(folder, name), other);
        }
      },
    },
  };

  test.each(Object.entries(cases))("%s", async (name, { files, before, after, change, shows = true }) => {
    const site = await project(
      Object.fromEntries(Object.entries(files).map(([path, content]) => [path, content === "red" ? red : content])),
    );
    if (name.endsWith("that goes") || name.startsWith("a file of")) await install(site, "jetbrains-mono", "jetbrains-mono");
    if (name === "a font file") await site.write("own.woff", await readFile(join(FONTSOURCE, "inter/files/inter-latin-400-normal.woff")));
    const first = await site.run(before);
    expect((await site.run(before)).work, "what is not changed is recalled").toEqual(NOTHING);
    await change?.(site);
    const second = await site.run({ ...before, ...after });
    const fresh = await site.fresh({ ...before, ...after });
    expect(second.pages).toEqual(fresh.pages);
    expect(second.ledger.warnings).toEqual(fresh.ledger.warnings);
    if (name !== "a Fontsource package that goes")
      expect(second.pages["a"]?.images[0]?.key !== first.pages["a"]?.images[0]?.key).toBe(shows);
  });

  test("a file of og-gen's own code, and not its declarations", async () => {
    const { root, write } = await project({ "dist/templates/article.js": "1", "dist/index.d.ts": "1" });
    const folder = join(root, "dist");
    const before = digestOfCode(folder);
    await write("dist/index.d.ts", "2");
    expect(digestOfCode(folder)).toBe(before);
    await write("dist/templates/article.js", "2");
    const edited = digestOfCode(folder);
    expect(edited).not.toBe(before);
    await write("dist/templates/other.js", "");
    expect(digestOfCode(folder)).not.toBe(edited);
  });

  test("another build of og-gen", async () => {
    const site = await project(SITE);
    await site.run();
    environment.more = " another build";
    try {
      expect((await site.run()).work).toMatchObject({ parsed: 4, composed: 3 });
      expect((await site.run()).work).toEqual(NOTHING);
    } finally {
      environment.more = "";
    }
    expect((await site.run()).work).toMatchObject({ parsed: 4, composed: 3 });
  });
});

describe("the file", () => {
  const damages: Record<string, (text: string) => string> = {
    "a letter that was changed": (text) => text.replace(/(.*)One/s, "$1Won"),
    "its end that is missing": (text) => text.slice(0, -40),
    "nothing in it": () => "",
    "another version": (text) => text.replace("recall 1", "recall 0"),
  };
  test.each(Object.entries(damages))("with %s is as good as none", async (_name, damage) => {
    const site = await project(SITE);
    const first = await site.run();
    const file = await site.recallFile();
    const text = await readFile(file, "utf8");
    expect(damage(text)).not.toBe(text);
    await writeFile(file, damage(text));
    const second = await site.run();
    expect(second.work).toMatchObject({ parsed: 4, composed: 3 });
    expect(second.ledger.warnings).toEqual([]);
    expect(second.pages).toEqual(first.pages);
    expect((await site.run()).work).toEqual(NOTHING);
  });

  test("forgets the pages that are gone", async () => {
    const site = await project(SITE);
    await site.run();
    await site.remove("content/blog");
    await site.run();
    expect(await readFile(await site.recallFile(), "utf8")).not.toContain("blog/one");
  });

  test("that cannot be written costs nothing but time", async () => {
    const site = await project(SITE);
    await site.write("cache", "a file where the folder should be");
    const { ledger } = await site.run();
    expect(ledger).toMatchObject({ rendered: 3, failed: 0 });
  });

  test("is each project's own in a folder that several share", async () => {
    const [one, two] = [await project(SITE), await project({ "content/x.md": post("X") })];
    const shared = { cacheDir: join(one.root, "shared") };
    await one.run(shared);
    await two.run(shared);
    expect((await one.run(shared)).work).toEqual(NOTHING);
    expect((await two.run(shared)).work).toEqual(NOTHING);
  });
});

test("whatever is edited, the manifest is that of a run that remembers nothing", async () => {
  let state = 20_261_121;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
  const site = await project({ "content/p0.md": post("P") });
  const some = <T>(values: readonly T[]): T => values[random(values.length)] as T;
  const options: { -readonly [name in keyof Options]: Options[name] } = {};
  const edits: readonly (() => unknown)[] = [
    () =>
      site.write(
        `content/p${random(6)}.md`,
        post(
          some(["A", "B", "漢", "C 🚀"]),
          some(["", "image: cover.png\n", "lang: ar\n", "draft: true\n", "og:\n  template: photo\nimage: /cover.png\n"]),
        ),
      ),
    () => rm(join(site.root, `content/p${random(6)}.md`), { force: true }),
    () => site.write(some(["content/cover.png", "public/cover.png", "cover.png"]), some([red, blue])),
    () => rm(join(site.root, some(["content/cover.png", "public/cover.png", "cover.png"])), { force: true }),
    () => (options.theme = some([{}, { mode: "dark" }, { font: "JetBrains Mono" }, { siteName: "S" }])),
    () => (options.template = some(["article", "minimal", ["photo", "docs"]])),
    () => (options.rules = some([[], [{ match: "p[0-2]", template: "quote" }], [{ match: "p1", skip: true }]])),
    () => (options.variants = some([SMALL, { ...SMALL, square: { width: 100, height: 100 } }])),
    () => (options.emoji = some(["twemoji", false])),
    () => rm(join(site.root, "public/og", some(["p0.png", "p1.png", "og-manifest.json"])), { force: true }),
    () => site.write("og/quote.mjs", `import { h } from "@og-gen/core"; export default () => h("div", null, "${some(["x", "y"])}");`),
    () => rm(join(site.root, "og"), { recursive: true, force: true }),
  ];
  for (let round = 0; round < 40; round++) {
    for (let edit = random(3); edit >= 0; edit--) await some(edits)();
    const [recalled, fresh] = [await site.run(options), await site.fresh(options)];
    expect(recalled.pages, `round ${round}`).toEqual(fresh.pages);
    expect(recalled.ledger.warnings, `round ${round}`).toEqual(fresh.ledger.warnings);
  }
});
