import type { ChildProcess } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, truncate, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { OgError } from "../src/error.ts";
import { generate } from "../src/generate.ts";
import type { Options } from "../src/options.ts";
import { MANIFEST_NAME, readManifest } from "../src/publish/manifest.ts";
import type { Job, Ledger, PageInput, PageResult, Renderer, Source, Template } from "../src/types.ts";
import { children } from "./forks.ts";

vi.mock("node:child_process", async (importOriginal) => (await import("./forks.ts")).noting(await importOriginal()));
beforeEach(() => void children.splice(0));

const SMALL = { og: { width: 240, height: 126 } };
const LONG_AGO = new Date("2001-02-03T04:05:06Z");

let projects: string;
beforeAll(async () => {
  projects = await mkdtemp(join(tmpdir(), "og-gen-generate-"));
});
// Not after each test: a run that was ended early may still put what it had painted into its store.
afterAll(() => rm(projects, { recursive: true, force: true, maxRetries: 5 }));

/** A project with these files. */
async function project(files: Readonly<Record<string, string | Uint8Array>> = {}) {
  const root = await mkdtemp(join(projects, "project-"));
  const write = async (path: string, content: string | Uint8Array): Promise<void> => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  };
  for (const [path, content] of Object.entries(files)) await write(path, content);
  const out = join(root, "public", "og");

  return {
    root,
    out,
    write,
    run: (options: Options = {}) => generate({ root, variants: SMALL, ...options }),
    read: (path: string) => readFile(join(out, path)),
    /** Makes all outputs old, so that a file that is written again shows. */
    async age(): Promise<void> {
      for (const path of await filesIn(out)) await utimes(join(out, path), LONG_AGO, LONG_AGO);
    },
    /** The outputs that were written since `age()`. */
    async touched(): Promise<readonly string[]> {
      const files = await filesIn(out);
      const times = await Promise.all(files.map(async (path) => (await stat(join(out, path))).mtimeMs));
      return files.filter((path, index) => path !== MANIFEST_NAME && times[index] !== LONG_AGO.getTime());
    },
  };
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .toSorted();
}

/** Makes no pictures, but bytes that differ as pictures would, and tells of its work. */
function fakeRenderer(render: (job: Job) => Promise<Uint8Array> = async (job) => bytesOf(job)) {
  const jobs: Job[] = [];
  const renderer: Renderer = {
    async render(job) {
      jobs.push(job);
      return { bytes: await render(job), degraded: false };
    },
    close: async () => undefined,
  };
  return { renderer, jobs, titles: () => jobs.map(textOf) };
}

const bytesOf = ({ key }: Job): Uint8Array => Buffer.from(`a card ${key}`);

/** The first words of a job's tree. */
function textOf({ tree }: Pick<Job, "tree">): string {
  for (const child of tree.props.children ?? []) {
    const text = typeof child === "string" ? child : textOf({ tree: child });
    if (text) return text;
  }
  return "";
}

function pages(...ids: readonly string[]): readonly PageInput[] {
  return ids.map((id) => ({ id, title: `Title of ${id}` }));
}

const counts = ({ pages: all, rendered, cached, fallback, failed, skipped, written }: Ledger) => ({
  all,
  rendered,
  cached,
  fallback,
  failed,
  skipped,
  written,
});
const none = { rendered: 0, cached: 0, fallback: 0, failed: 0, skipped: 0, written: 0 };
const endOf = (run: PromiseLike<Ledger>): Promise<unknown> => Promise.resolve(run).catch((error: unknown) => error);
const soon = (promise: Promise<unknown>): Promise<unknown> => Promise.race([promise, wait(4_000, "still waiting")]);

function byId({ results }: Ledger): ReadonlyMap<string, PageResult> {
  return new Map(results.map((result) => [result.page.id, result]));
}

function isAlive({ pid }: ChildProcess): boolean {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function noChildrenSoon(): Promise<void> {
  for (let turn = 0; turn < 150 && children.some(isAlive); turn++) await wait(20);
  expect(children.filter(isAlive)).toEqual([]);
}

const SITE = {
  "content/index.md": "---\ntitle: Home\n---\n",
  "content/about.md": "---\ntitle: About\n---\n",
  "content/blog/first.md": "---\ntitle: First post\nog:\n  alt: A boat\n---\n",
  "content/blog/second.md": "---\ntitle: Second post\n---\nBody.\n",
};

describe("the ledger", () => {
  test("tells what happened to every page, in page order, and adds up", async () => {
    const { run, out } = await project({
      ...SITE,
      "content/about.md": "---\ntitle: [unclosed\n---\n",
      "content/blog/draft.md": "---\ntitle: Draft\ndraft: true\n---\n",
      "content/blog/private.md": "---\ntitle: Private\nog: false\n---\n",
      "content/blog/second.mdx": "---\ntitle: The same path\n---\n",
    });
    const { renderer } = fakeRenderer();
    const ledger = await run({ renderer, rules: [{ match: "about", skip: false }] });
    expect(ledger.results.map(({ page: { id }, status }) => `${id}: ${status}`)).toEqual([
      "about: fallback",
      "blog/draft: skipped",
      "blog/first: rendered",
      "blog/private: skipped",
      "blog/second: rendered",
      "blog/second: failed",
      ": rendered",
    ]);
    expect(counts(ledger)).toEqual({ all: 7, rendered: 3, cached: 0, fallback: 1, failed: 1, skipped: 2, written: 4 });
    expect(await filesIn(out)).toEqual(["about.png", "blog/first.png", "blog/second.png", "index.png", MANIFEST_NAME]);
    expect(Object.keys(readManifest(out).pages)).toEqual(["", "about", "blog/first", "blog/second"]);
  });

  test("comes with each result once, while they end, and the number of pages before them", async () => {
    const { run } = await project();
    const { renderer } = fakeRenderer();
    const running = run({ renderer, source: pages("a", "b", "c") });
    const seen: string[] = [];
    for await (const { page } of running) {
      expect(running.total).toBe(3);
      seen.push(page.id);
    }
    expect(seen.toSorted()).toEqual(["a", "b", "c"]);
    expect((await running).pages).toBe(3);
  });

  test("of no pages", async () => {
    const { run, out } = await project();
    const { renderer, jobs } = fakeRenderer();
    expect(await run({ renderer, source: [] })).toMatchObject({ pages: 0, ...none, results: [], warnings: [] });
    expect(jobs).toEqual([]);
    expect(await filesIn(out)).toEqual([]);
  });

  test("holds the warnings of the pages in page order, then those of the run", async () => {
    const { run, root } = await project({ kept: "a file in place of the store's folder" });
    const { renderer } = fakeRenderer();
    const source = ["b", "a"].map((id) => ({ id, title: id, image: "https://elsewhere.example/x.png" }));
    const { warnings } = await run({ renderer, source, cacheDir: join(root, "kept") });
    expect(warnings.map(({ code, page }) => [code, page])).toEqual([
      ["W_REMOTE_IMAGE", "b"],
      ["W_REMOTE_IMAGE", "a"],
      ["W_STORE_WRITE", undefined],
    ]);
  });
});

describe("a card", () => {
  test("says where it is and what it is", async () => {
    const { run, out } = await project(SITE);
    const { renderer } = fakeRenderer();
    const ledger = await run({ renderer, site: "https://site.example", base: "/docs/" });
    const result = byId(ledger).get("blog/first");
    if (result?.status !== "rendered") throw new Error("it was not rendered");
    const [card] = result.cards;
    expect(card).toEqual({
      variant: "og",
      file: join(out, "blog", "first.png"),
      src: `/docs/og/blog/first.png?v=${card.key.slice(0, 8)}`,
      url: `https://site.example/docs/og/blog/first.png?v=${card.key.slice(0, 8)}`,
      type: "image/png",
      width: 240,
      height: 126,
      alt: "A boat",
      bytes: (await stat(card.file)).size,
      key: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(readManifest(out).pages["blog/first"]).toMatchObject({
      alt: "A boat",
      template: "article",
      images: [{ file: "blog/first.png", key: card.key }],
    });
  });

  test("has the page's title as its text, whatever the template does to the page", async () => {
    const { run } = await project();
    const template: Template = ({ page }) => {
      Object.assign(page, { title: "Changed" });
      return <p>{page.title}</p>;
    };
    const { renderer, titles } = fakeRenderer();
    const { results } = await run({ renderer, source: pages("a"), template });
    expect(titles()).toEqual(["Changed"]);
    expect(results).toMatchObject([{ page: { title: "Title of a" }, cards: [{ alt: "Title of a" }] }]);
  });

  test("in several variants, each its own file", async () => {
    const { run, out } = await project();
    const variants = {
      og: { width: 240, height: 126 },
      square: { width: 100, height: 100, format: "jpeg" },
      tall: { width: 60, height: 120, format: "webp" },
    } as const;
    const ledger = await run({ source: pages("", "blog/a"), variants });
    expect(counts(ledger)).toEqual({ all: 2, ...none, rendered: 2, written: 2 });
    expect(await filesIn(out)).toEqual([
      "blog/a.png",
      "blog/a.square.jpg",
      "blog/a.tall.webp",
      "index.png",
      "index.square.jpg",
      "index.tall.webp",
      MANIFEST_NAME,
    ]);
    for (const [file, expected] of [
      ["index.png", { format: "png", width: 240, height: 126 }],
      ["index.square.jpg", { format: "jpeg", width: 100, height: 100 }],
      ["index.tall.webp", { format: "webp", width: 60, height: 120 }],
    ] as const) {
      expect(await sharp(join(out, file)).metadata()).toMatchObject(expected);
    }
    const [result] = ledger.results;
    expect(result && "cards" in result && result.cards.map(({ variant, type }) => [variant, type])).toEqual([
      ["og", "image/png"],
      ["square", "image/jpeg"],
      ["tall", "image/webp"],
    ]);
    expect(ledger.warnings).toEqual([]);
  });

  test("as JPEG, smaller with less quality", async () => {
    const { run, read } = await project();
    const source = [{ id: "a", title: "Some words to draw, with edges that cost bytes" }];
    await run({ source, format: "jpeg", quality: 95 });
    const good = await read("a.jpg");
    await run({ source, format: "jpeg", quality: 20 });
    expect((await read("a.jpg")).length).toBeLessThan(good.length);
  });

  test("has the same bytes at any concurrency, in any order, with or without other pages", async () => {
    const titles = [
      "Hello, world",
      "Γεια σου κόσμε",
      "Привет, мир",
      "Xin chào thế giới",
      "A 🎉 party",
      "Łódź",
      "Zażółć gęślą jaźń",
      "Ёлка",
    ];
    const source = titles.map((title, index) => ({
      id: `p${index}`,
      title,
      description: titles[(index + 3) % titles.length],
      tags: [`${index}`],
    }));
    const [one, other, alone] = [await project(), await project(), await project()];
    await one.run({ source, concurrency: 1 });
    await other.run({ source: source.toReversed(), concurrency: 4 });
    await alone.run({ source: source.slice(3, 4), concurrency: 1 });
    for (const { id } of source) expect(await other.read(`${id}.png`)).toEqual(await one.read(`${id}.png`));
    expect(await alone.read("p3.png")).toEqual(await one.read("p3.png"));
    expect(await other.read(MANIFEST_NAME)).toEqual(await one.read(MANIFEST_NAME));
    await noChildrenSoon();
  });
});

describe("the next run", () => {
  /** A site that has its cards. */
  async function made(options: Options = {}) {
    const site = await project(SITE);
    await site.run({ renderer: fakeRenderer().renderer, ...options });
    await site.age();
    const again = fakeRenderer();
    return { ...site, again: { ...again, run: (more: Options = {}) => site.run({ renderer: again.renderer, ...options, ...more }) } };
  }

  test("renders nothing and writes nothing", async () => {
    const { again, touched, out } = await made();
    const ledger = await again.run();
    expect(counts(ledger)).toEqual({ all: 4, ...none, cached: 4 });
    expect(ledger.results.every((result) => "cards" in result && result.cards[0].bytes > 0)).toBe(true);
    expect(again.jobs).toEqual([]);
    expect(await touched()).toEqual([]);
    expect((await stat(join(out, MANIFEST_NAME))).mtime).toEqual(LONG_AGO);
  });

  test("makes the one whose title changed", async () => {
    const { again, touched, write, read } = await made();
    const before = readManifestPage(await read(MANIFEST_NAME), "about");
    await write("content/about.md", "---\ntitle: About us\n---\n");
    expect(counts(await again.run())).toEqual({ all: 4, ...none, rendered: 1, cached: 3, written: 1 });
    expect(again.titles()).toEqual(["About us"]);
    expect(await touched()).toEqual(["about.png"]);
    expect(readManifestPage(await read(MANIFEST_NAME), "about")).not.toEqual(before);
  });

  test("makes none where nothing changed that shows", async () => {
    const { again, write, touched } = await made();
    await write("content/blog/second.md", "---\ntitle: 'Second post'\nother: field\n---\nAnother body.\n");
    expect(counts(await again.run())).toEqual({ all: 4, ...none, cached: 4 });
    expect(await touched()).toEqual([]);
  });

  test("makes the one that was deleted", async () => {
    const { again, touched, out } = await made();
    await rm(join(out, "blog", "first.png"));
    const ledger = await again.run();
    expect(counts(ledger)).toMatchObject({ all: 4, cached: 3, rendered: 1, written: 1 });
    expect(await touched()).toEqual(["blog/first.png"]);
  });

  test("makes the one that was truncated", async () => {
    const { again, touched, out, read } = await made();
    const whole = await read("about.png");
    await truncate(join(out, "about.png"), 10);
    expect(counts(await again.run())).toMatchObject({ cached: 3, rendered: 1, written: 1 });
    expect(await touched()).toEqual(["about.png"]);
    expect(await read("about.png")).toEqual(whole);
  });

  test("takes all from the store when the whole folder is gone", async () => {
    const { again, out } = await made();
    const before = await filesIn(out);
    await rm(out, { recursive: true });
    expect(counts(await again.run())).toEqual({ all: 4, ...none, cached: 4, written: 4 });
    expect(again.jobs).toEqual([]);
    expect(await filesIn(out)).toEqual(before);
  });

  test("paints all when the folder is gone and there is no store", async () => {
    const { again, out } = await made({ cacheDir: false });
    await rm(out, { recursive: true });
    expect(counts(await again.run())).toEqual({ all: 4, ...none, rendered: 4, written: 4 });
  });

  test.each([
    undefined,
    "",
    "{",
    "null",
    `{"version":1,"pages":null}`,
    `{"version":1,"pages":{"about":{}}}`,
    `{"version":1,"pages":{"about":{"images":[null]}}}`,
  ])("paints nothing when the manifest is %j", async (manifest) => {
    const { again, out, read } = await made();
    const before = await read(MANIFEST_NAME);
    if (manifest === undefined) await rm(join(out, MANIFEST_NAME));
    else await writeFile(join(out, MANIFEST_NAME), manifest);
    expect(counts(await again.run())).toMatchObject({ all: 4, ...none, cached: 4, written: expect.any(Number) });
    expect(again.jobs).toEqual([]);
    expect(await read(MANIFEST_NAME)).toEqual(before);
  });

  test("paints a card again whose entry in the store is damaged, and says so", async () => {
    const { again, out, root } = await made();
    const folder = join(root, "node_modules", ".cache", "og-gen");
    for (const path of await filesIn(folder)) await truncate(join(folder, path), 50);
    await rm(out, { recursive: true });
    const ledger = await again.run();
    expect(counts(ledger)).toMatchObject({ rendered: 4, written: 4 });
    expect(ledger.warnings.map(({ code }) => code)).toEqual(["W_STORE_ENTRY", "W_STORE_ENTRY", "W_STORE_ENTRY", "W_STORE_ENTRY"]);
  });

  test("paints all with another theme, and none with the first one again", async () => {
    const { again } = await made();
    expect(counts(await again.run({ theme: { colors: { brand: "#0a7d55" } } }))).toMatchObject({ rendered: 4, written: 4 });
    expect(counts(await again.run())).toMatchObject({ cached: 4, written: 4, rendered: 0 });
  });

  test("paints all that is forced, each picture once", async () => {
    const { again, touched } = await made();
    expect(counts(await again.run({ force: true }))).toMatchObject({ rendered: 4, cached: 0, written: 4 });
    expect(again.jobs).toHaveLength(4);
    expect(await touched()).toHaveLength(4);
  });

  test("leaves out of the manifest the pages that are gone", async () => {
    const { again, root, out } = await made();
    await rm(join(root, "content", "about.md"));
    await again.run();
    expect(Object.keys(readManifest(out).pages)).toEqual(["", "blog/first", "blog/second"]);
  });

  test("remakes exactly the pages that show a changed template or helper", async () => {
    const helper = (words: string) => `export const words: string = ${JSON.stringify(words)};\n`;
    const template = (words: string) =>
      `import { words } from "./helper.ts";\nexport default ({ page }) => <div style={{ display: "flex" }}><p>{page.title} ${words}</p><p>{page.tags.length ? words : null}</p></div>;\n`;
    const { run, write, touched, age } = await project({ "og/helper.ts": helper("one"), "og/post.tsx": template("a") });
    const source = [...pages("about"), { id: "blog/plain", title: "Plain" }, { id: "blog/tagged", title: "Tagged", tags: ["x"] }];
    const options = (renderer: Renderer): Options => ({ renderer, source, rules: [{ match: "blog/**", template: "./og/post.tsx" }] });
    await run(options(fakeRenderer().renderer));

    await age();
    await write("og/helper.ts", helper("two"));
    const afterHelper = fakeRenderer();
    expect(counts(await run(options(afterHelper.renderer)))).toMatchObject({ rendered: 1, cached: 2, written: 1 });
    expect(await touched()).toEqual(["blog/tagged.png"]);

    await age();
    await write("og/post.tsx", template("b"));
    const afterTemplate = fakeRenderer();
    expect(counts(await run(options(afterTemplate.renderer)))).toMatchObject({ rendered: 2, cached: 1, written: 2 });
    expect(await touched()).toEqual(["blog/plain.png", "blog/tagged.png"]);
  });

  function readManifestPage(manifest: Uint8Array, id: string): unknown {
    return (JSON.parse(Buffer.from(manifest).toString()) as { pages: Record<string, unknown> }).pages[id];
  }
});

describe("pages that look alike", () => {
  test("share one render, and each has its file", async () => {
    const { run, read, out } = await project();
    const { renderer, jobs } = fakeRenderer(async (job) => {
      await wait(20);
      return bytesOf(job);
    });
    const source = ["a", "b", "c", "d"].map((id) => ({ id, title: "The same" }));
    const ledger = await run({ renderer, source });
    expect(counts(ledger)).toMatchObject({ all: 4, rendered: 4, written: 4 });
    expect(jobs).toHaveLength(1);
    expect(await read("a.png")).toEqual(await read("d.png"));
    expect(await filesIn(out)).toHaveLength(5);
  });

  test("and when painting it fails, each has its fallback", async () => {
    const { run } = await project();
    let painted = 0;
    const { renderer } = fakeRenderer(async (job) => {
      if (painted++ === 0) throw new OgError("E_RENDER", "no");
      return bytesOf(job);
    });
    const source = ["a", "b"].map((id) => ({ id, title: "The same" }));
    const ledger = await run({ renderer, source });
    expect(counts(ledger)).toMatchObject({ all: 2, fallback: 2, failed: 0 });
  });
});

describe("output paths", () => {
  test.each([
    [["Post", "post"], "post"],
    [["a", "a"], "a"],
    [["é", "e\u0301"], "e\u0301"],
    [["", "index"], "index"],
    [["/a/", "a"], "a"],
  ])("%j are one file: the second page fails alone", async (ids, loser) => {
    const { run } = await project();
    const { renderer, jobs } = fakeRenderer();
    const { results } = await run({ renderer, source: [...pages(...ids), ...pages("other")] });
    expect(results.map(({ status }) => status)).toEqual(["rendered", "failed", "rendered"]);
    expect(results[1]).toMatchObject({ page: { id: loser }, error: { code: "E_OUTPUT_COLLISION", page: loser, hint: expect.any(String) } });
    expect(jobs).toHaveLength(2);
  });

  test("a variant's name is not the path of another page", async () => {
    const { run } = await project();
    const { renderer } = fakeRenderer();
    const { results } = await run({ renderer, source: pages("a", "a.square"), variants: { ...SMALL, square: { width: 90, height: 90 } } });
    expect(results.map(({ status }) => status)).toEqual(["rendered", "failed"]);
  });

  test("an id that leads out of the folder fails alone, and nothing is written there", async () => {
    const { run, root, out } = await project();
    const { renderer } = fakeRenderer();
    const ids = ["../x", "a/../../../x", "..\\x", "%2e%2e/x", "a\0b", "./x", "a//b"];
    const ledger = await run({ renderer, source: pages(...ids, "fine"), cacheDir: false });
    expect(counts(ledger)).toMatchObject({ all: 8, failed: 7, rendered: 1 });
    for (const [index, id] of ids.entries()) expect(ledger.results[index]).toMatchObject({ error: { code: "E_OUTPUT_PATH", page: id } });
    expect(await filesIn(root)).toEqual(["public/og/fine.png", `public/og/${MANIFEST_NAME}`]);
    expect(await filesIn(out)).toHaveLength(2);
  });

  test("an odd id is a file with an odd name, and its address leads there", async () => {
    const { run, out } = await project();
    const { renderer } = fakeRenderer();
    const ids = ["what?", "50%", "a b", "日本語", "CON", "dot.", "__proto__", "constructor", "x".repeat(300)];
    const first = await run({ renderer, source: pages(...ids) });
    expect(counts(first)).toMatchObject({ all: ids.length, rendered: ids.length });
    for (const result of first.results) {
      if (!("cards" in result)) throw new Error("no card");
      const path = decodeURIComponent(new URL(result.cards[0].src, "https://site.example").pathname).replace("/og/", "");
      expect(join(out, path)).toBe(result.cards[0].file);
    }
    expect(counts(await run({ renderer, source: pages(...ids) }))).toMatchObject({ cached: ids.length, written: 0 });
  });
});

describe("one bad page", () => {
  const templates: Readonly<Record<string, readonly [code: string, template: Template]>> = {
    throws: [
      "E_TEMPLATE",
      () => {
        throw new TypeError("boom");
      },
    ],
    "throws undefined": [
      "E_TEMPLATE",
      () => {
        throw undefined;
      },
    ],
    rejects: ["E_TEMPLATE", () => Promise.reject(new Error("boom"))],
    "loops for ever": [
      "E_TEMPLATE_TIMEOUT",
      () => {
        for (;;);
      },
    ],
    "never settles": ["E_TEMPLATE_TIMEOUT", () => new Promise(() => undefined)],
    "nests without end": [
      "E_TEMPLATE",
      () => {
        const Again = (): never => (<Again />) as never;
        return <Again />;
      },
    ],
    "returns nothing": ["E_TEMPLATE", () => undefined as never],
    "returns an object": ["E_TEMPLATE", () => ({ type: "div", props: {} }) as never],
    "draws data": ["E_TEMPLATE", ({ page }) => <p>{page.data as never}</p>],
    "has a style that is none": ["E_TEMPLATE", () => <p style={"color: red" as never}>x</p>],
    "names an image that is not there": ["E_IMAGE", () => <img src="./gone.png" />],
    "names an image outside the project": ["E_IMAGE", () => <img src="../../../../etc/hostname" />],
    "names an image on the internet": ["E_IMAGE", () => <img src="https://elsewhere.example/x.png" />],
  };
  test.each(Object.entries(templates))(
    "whose template %s has a fallback card, and the others their own",
    async (_name, [code, template]) => {
      const { run, out } = await project();
      const { renderer } = fakeRenderer();
      const source = [...pages("a"), { id: "bad", title: "Bad", card: { template: "bad" } }, ...pages("b")];
      const ledger = await soon(endOf(run({ renderer, source, templates: { bad: template }, timeout: 400 })));
      expect(ledger).toMatchObject({ pages: 3, rendered: 2, fallback: 1, failed: 0, written: 3 });
      const bad = byId(ledger as Ledger).get("bad");
      expect(bad).toMatchObject({
        status: "fallback",
        template: "fallback",
        error: { name: "OgError", code, page: "bad", message: expect.any(String) },
      });
      expect(await filesIn(out)).toEqual(["a.png", "b.png", "bad.png", MANIFEST_NAME]);
      expect(readManifest(out).pages["bad"]?.images[0]?.key).toBeUndefined();
    },
  );

  test("whose front matter is broken has a fallback card, with line and column", async () => {
    const { run, root } = await project({ ...SITE, "content/about.md": "---\ntitle: About\nauthor: [x\n---\n# Heading\n" });
    const { renderer } = fakeRenderer();
    const ledger = await run({ renderer });
    expect(counts(ledger)).toMatchObject({ all: 4, rendered: 3, fallback: 1 });
    expect(byId(ledger).get("about")).toMatchObject({
      error: {
        code: "E_FRONT_MATTER",
        page: "about",
        file: join(root, "content", "about.md"),
        line: expect.any(Number),
        column: expect.any(Number),
      },
    });
  });

  test("that asks for a template that is not there, or not its to choose", async () => {
    const { run } = await project({ "secret.tsx": "export default () => null" });
    const { renderer } = fakeRenderer();
    const source = ["no-such", "./secret.tsx", "../outside.tsx", "./og/gone.tsx"].map((template, index) => ({
      id: `p${index}`,
      title: "x",
      card: { template },
    }));
    const ledger = await run({ renderer, source: [...source, ...pages("fine")] });
    expect(counts(ledger)).toMatchObject({ all: 5, rendered: 1, fallback: 4 });
    for (const result of ledger.results.slice(0, 4)) expect(result).toMatchObject({ error: { code: "E_TEMPLATE" } });
  });

  test.each([
    ["a title that is an object", { id: "bad", title: { type: "div", props: { children: "x" } } as never }],
    ["a title that is a symbol", { id: "bad", title: Symbol("x") as never }],
  ])("with %s", async (_name, page: PageInput) => {
    const { run } = await project();
    const { renderer } = fakeRenderer();
    const ledger = await run({ renderer, source: [page, ...pages("fine")] });
    expect(counts(ledger)).toMatchObject({ rendered: 1, fallback: 1 });
    expect(byId(ledger).get("bad")).toMatchObject({ error: { code: "E_PAGE", page: "bad" } });
  });

  test.each([
    ["no title", { id: "blog/bad" } as never],
    ["a blank title", { id: "blog/bad", title: " \n " }],
  ])("with %s bears the end of its id, with a warning", async (_name, page: PageInput) => {
    const { run } = await project();
    const { renderer } = fakeRenderer();
    const ledger = await run({ renderer, source: [page] });
    expect(ledger.results).toMatchObject([
      { status: "rendered", page: { title: "Bad" }, warnings: [{ code: "W_TITLE_FROM_ID", page: "blog/bad" }] },
    ]);
  });

  test.each([
    ["the cover is missing", { image: "./gone.png" }],
    ["the avatar is missing", { author: { name: "Ada", avatar: "gone.png" } }],
    ["the cover lies outside the project", { image: "../../../../../etc/hostname" }],
    ["the cover is a web page", { image: "page.png" }],
  ])("where %s has its own template, without images", async (_name, fields) => {
    const { run, read } = await project({ "page.png": "<!doctype html><html></html>" });
    const source = (more: object) => [{ id: "bad", title: "Bad", author: "Ada", card: { template: "photo" }, ...more }];
    const ledger = await run({ source: [...source(fields), ...pages("fine")] });
    expect(counts(ledger)).toEqual({ all: 2, ...none, rendered: 1, fallback: 1, written: 2 });
    expect(ledger.results[0]).toMatchObject({ template: "photo", error: { code: "E_IMAGE", page: "bad", hint: expect.any(String) } });
    const fallback = await read("bad.png");
    await run({ source: source({}) });
    expect(fallback).toEqual(await read("bad.png"));
  });

  test("ends as the option says: failed", async () => {
    const { run, out } = await project();
    const { renderer } = fakeRenderer();
    const source = [...pages("a"), { id: "bad", title: "Bad", image: "gone.png", card: { template: "photo" } }];
    const ledger = await run({ renderer, source, onError: "fail" });
    expect(counts(ledger)).toMatchObject({ rendered: 1, failed: 1, written: 1 });
    expect(ledger.results[1]).toMatchObject({ status: "failed", error: { code: "E_IMAGE" } });
    expect(await filesIn(out)).toEqual(["a.png", MANIFEST_NAME]);
  });

  test("ends as the option says: skipped, with a warning", async () => {
    const { run, out } = await project();
    const { renderer } = fakeRenderer();
    const source = [...pages("a"), { id: "bad", title: "Bad", image: "gone.png", card: { template: "photo" } }];
    const ledger = await run({ renderer, source, onError: "skip" });
    expect(counts(ledger)).toMatchObject({ rendered: 1, skipped: 1, written: 1 });
    expect(ledger.warnings).toMatchObject([{ code: "E_IMAGE", page: "bad" }]);
    expect(await filesIn(out)).toEqual(["a.png", MANIFEST_NAME]);
  });

  test("is tried again in the next run, and whole once its trouble is gone", async () => {
    const { run, write, touched, age } = await project();
    const { renderer } = fakeRenderer();
    const source = [...pages("a"), { id: "bad", title: "Bad", image: "cover.png", card: { template: "photo" } }];
    expect(counts(await run({ renderer, source }))).toMatchObject({ fallback: 1 });
    await age();
    expect(counts(await run({ renderer, source }))).toMatchObject({ fallback: 1, cached: 1 });
    expect(await touched()).not.toContain("a.png");
    await write(
      "cover.png",
      await sharp({ create: { width: 9, height: 9, channels: 3, background: "red" } })
        .png()
        .toBuffer(),
    );
    expect(counts(await run({ renderer, source }))).toMatchObject({ fallback: 0, rendered: 1, cached: 1 });
    expect(counts(await run({ renderer, source }))).toMatchObject({ cached: 2, written: 0 });
  });

  test("whose output cannot be written fails alone", async () => {
    const { run, out, write } = await project();
    await write("public/og/bad.png/inside", "a folder in place of the file");
    const { renderer } = fakeRenderer();
    const ledger = await run({ renderer, source: pages("a", "bad", "b") });
    expect(counts(ledger)).toMatchObject({ rendered: 2, failed: 1, written: 2 });
    expect(ledger.results[1]).toMatchObject({ error: { code: "E_WRITE", page: "bad", file: join(out, "bad.png") } });
    expect(await filesIn(out)).toEqual(["a.png", "b.png", "bad.png/inside", MANIFEST_NAME]);
  });

  test("whose image cannot be looked at has it anew, also where all is known", async () => {
    const { run, out } = await project();
    const { renderer } = fakeRenderer();
    await run({ renderer, source: pages("a", "bad") });
    await rm(join(out, "bad.png"));
    await symlink("bad.png", join(out, "bad.png"));
    expect(counts(await run({ renderer, source: pages("a", "bad") }))).toMatchObject({ cached: 1, rendered: 1, failed: 0, written: 1 });
  });

  test("of which one variant cannot be painted has the fallback in all of them, to the end", async () => {
    const { run, out } = await project();
    const { renderer } = fakeRenderer(async (job) => {
      if (textOf(job) === "Title of a" && job.width === 100 && !isFallback(job)) throw new OgError("E_RENDER", "no");
      if (job.width === 240 && !isFallback(job)) await wait(300);
      return Buffer.from(isFallback(job) ? "the fallback" : "the card that was asked for");
    });
    const ledger = await run({
      renderer,
      source: pages("a"),
      variants: { ...SMALL, square: { width: 100, height: 100 } },
      cacheDir: false,
    });
    expect(counts(ledger)).toMatchObject({ fallback: 1, written: 1 });
    await wait(500);
    expect(await readFile(join(out, "a.square.png"), "utf8")).toBe("the fallback");
    expect(await readFile(join(out, "a.png"), "utf8")).toBe("the fallback");
  });

  /** The plain card is the brand colour with words on it. */
  function isFallback({ tree }: Job): boolean {
    return tree.props.style?.["backgroundColor"] === "#4f46e5";
  }
});

describe("a card that could only be painted without its effects", () => {
  test("is a warning, and is tried again in the next run", async () => {
    const { run, touched, age } = await project();
    const renderings: boolean[] = [];
    const renderer = (degraded: boolean): Renderer => ({
      async render(job) {
        renderings.push(degraded);
        return { bytes: Buffer.from(`${job.key} ${degraded ? "without" : "with"} effects`), degraded };
      },
      close: async () => undefined,
    });
    const first = await run({ renderer: renderer(true), source: pages("a") });
    expect(counts(first)).toMatchObject({ rendered: 1 });
    expect(first.warnings).toMatchObject([{ code: "W_DEGRADED", page: "a", hint: expect.any(String) }]);
    await age();
    expect(counts(await run({ renderer: renderer(false), source: pages("a") }))).toMatchObject({ rendered: 1, written: 1 });
    expect(await touched()).toEqual(["a.png"]);
    expect(counts(await run({ renderer: renderer(false), source: pages("a") }))).toMatchObject({ cached: 1, written: 0 });
    expect(renderings).toEqual([true, false]);
  });
});

describe("what would fail every page rejects at once", () => {
  test.each<[string, string, Options]>([
    ["a logo that is not there", "E_OPTION", { theme: { logo: "gone.svg" } }],
    ["a rule's logo that is not there", "E_OPTION", { rules: [{ match: "**", theme: { logo: "gone.svg" } }] }],
    ["a colour that is none", "E_OPTION", { theme: { colors: { brand: "redd" } } }],
    ["a rule's colour that is none", "E_OPTION", { rules: [{ match: "never", theme: { colors: { brand: "redd" } } }] }],
    ["a template that is not there", "E_TEMPLATE", { template: "no-such" }],
    ["a template file that is not there", "E_TEMPLATE", { template: "./og/gone.tsx" }],
    ["a font that is not there", "E_FONT", { fonts: ["gone.woff"] }],
    ["a folder of pages that is not there", "E_SOURCE", { source: "gone" }],
    ["an unknown option", "E_OPTION", { outdir: "x" } as never],
  ])("%s: %s", async (_name, code, options) => {
    const { run, root } = await project();
    const { renderer, jobs } = fakeRenderer();
    const thrown = await endOf(run({ renderer, source: pages("a"), ...options }));
    expect(thrown).toBeInstanceOf(OgError);
    expect(thrown).toMatchObject({ code, hint: expect.any(String) });
    expect(jobs).toEqual([]);
    expect(await filesIn(root)).toEqual([]);
  });

  test("a logo that is not an image", async () => {
    const { run } = await project({ "logo.png": "<!doctype html><html></html>" });
    const ledger = await endOf(run({ source: pages("a", "b"), theme: { logo: "logo.png", siteName: "Larder" } }));
    // Known only once it is painted: the cards are made without it, and each page says so.
    expect(ledger).toMatchObject({ pages: 2, fallback: 2, failed: 0 });
    expect((ledger as Ledger).results[0]).toMatchObject({ template: "article", error: { code: "E_IMAGE" } });
  });

  test("the iteration throws it too", async () => {
    const { run } = await project();
    const iterating = (async () => {
      for await (const result of run({ source: "gone" })) expect.unreachable(result.status);
    })();
    await expect(iterating).rejects.toMatchObject({ code: "E_SOURCE" });
  });
});

/** As a CMS may give it. */
function heldByItself(): object {
  const post: Record<string, unknown> = { slug: "a" };
  return Object.assign(post, { author: { posts: [post] } });
}

function nested(levels: number): object {
  let data: object = {};
  for (let level = 0; level < levels; level++) data = { data };
  return data;
}

describe("a source that breaks", () => {
  test.each<[string, () => Source]>([
    [
      "a generator that throws",
      function* () {
        yield* pages("a", "b");
        throw new Error("the database is gone");
      },
    ],
    [
      "an async one",
      async function* () {
        yield* pages("a", "b");
        throw new Error("the database is gone");
      },
    ],
  ])("%s ends the run with its error", async (_name, source) => {
    const { run } = await project();
    const thrown = await soon(endOf(run({ source: source(), renderer: fakeRenderer().renderer })));
    expect(thrown).toMatchObject({ message: expect.stringContaining("the database is gone") });
  });

  test.each<[string, unknown]>([
    ["nothing", null],
    ["a text", "a"],
    ["an entry without a page", { kind: "page", page: null }],
    ["a page without an id", { title: "A" }],
    ["a page whose id is a number", { id: 7, title: "A" }],
  ])("one that yields %s is told so", async (_name, item) => {
    const { run } = await project();
    const thrown = await endOf(run({ source: [item as PageInput, ...pages("b")], renderer: fakeRenderer().renderer }));
    expect(thrown).toMatchObject({ name: "OgError", code: "E_PAGE", hint: expect.any(String) });
  });

  test.each<[string, unknown]>([
    ["a page with an entry's kind and nothing else", { kind: "page", page: { id: "a", title: "A" } }],
    ["a card whose fields are no texts", { id: "a", title: "A", card: { alt: 5, template: null } }],
    ["a card that is a text", { id: "a", title: "A", card: "blog" }],
    ["data that holds itself", { id: "a", title: "A", data: heldByItself() }],
    ["data without an end in sight", { id: "a", title: "A", data: nested(20_000) }],
  ])("one that yields %s does not", async (_name, item) => {
    const { run } = await project();
    const { renderer } = fakeRenderer();
    expect(counts(await run({ source: [item as PageInput, ...pages("b")], renderer }))).toMatchObject({ all: 2, rendered: 2 });
  });

  test("one whose pages have fields of their own does not", async () => {
    const { run } = await project();
    const source = [{ id: "a", title: "A", kind: "blog", status: "draft", page: 7 }] as unknown as readonly PageInput[];
    expect(counts(await run({ source, renderer: fakeRenderer().renderer }))).toMatchObject({ all: 1, rendered: 1 });
  });

  test("the folder of outputs may be a file: every page says so", async () => {
    const { run, root } = await project({ "public/og": "a file" });
    const { renderer } = fakeRenderer();
    const ledger = await run({ renderer, source: pages("a", "b") });
    expect(counts(ledger)).toEqual({ all: 2, ...none, failed: 2 });
    for (const result of ledger.results)
      expect(result).toMatchObject({ error: { code: "E_WRITE", file: expect.stringContaining(root), hint: expect.any(String) } });
    expect(await readFile(join(root, "public", "og"), "utf8")).toBe("a file");
  });
});

describe("pictures on other hosts", () => {
  test("are left out with a warning, and the card is made", async () => {
    const { run } = await project();
    const { renderer } = fakeRenderer();
    const source = [
      {
        id: "a",
        title: "A",
        image: "https://elsewhere.example/x.png",
        author: { name: "Ada", avatar: "//elsewhere.example/y.png" },
        card: { template: "photo" },
      },
    ];
    const ledger = await run({ renderer, source, remoteHosts: ["images.example"] });
    expect(counts(ledger)).toMatchObject({ rendered: 1, fallback: 0 });
    expect(ledger.warnings).toMatchObject([
      { code: "W_REMOTE_IMAGE", page: "a", hint: expect.stringContaining("elsewhere.example") },
      { code: "W_REMOTE_IMAGE", page: "a" },
    ]);
  });
});

/** Goes on reading, as who leaves the loop ends the run. */
function nthResult(running: ReturnType<typeof generate>, count: number): Promise<void> {
  const reached = Promise.withResolvers<void>();
  const read = async () => {
    let results = 0;
    for await (const _result of running) if (++results === count) reached.resolve();
  };
  // How the run ends is looked at elsewhere.
  void read().catch(() => undefined);
  return reached.promise;
}

describe("ending early", () => {
  const many = pages(...Array.from({ length: 60 }, (_, index) => `p${index}`));

  test("a signal: the ledger rejects with its reason, no process and no temporary file is left", async () => {
    const { run, out } = await project();
    const controller = new AbortController();
    const running = run({ source: many, signal: controller.signal, concurrency: 2, variants: { og: {} } });
    const ended = endOf(running);
    for await (const _result of running) break;
    const reason = new Error("enough");
    controller.abort(reason);
    const thrown = await soon(ended);
    // Leaving the loop is the first reason to end; the signal comes second.
    expect(thrown).toBeInstanceOf(Error);
    await noChildrenSoon();
    expect((await filesIn(out)).filter((path) => !path.endsWith(".png"))).toEqual([]);
  });

  test.each([
    ["in the middle of painting", 5, 60],
    ["while the last pages are painted", 5, 9],
    ["before the first card", 0, 60],
  ])("a signal %s", async (_name, after, number) => {
    const { run, out } = await project();
    const controller = new AbortController();
    const reason = new Error("enough");
    // Cards that take their time.
    const source = many.slice(0, number).map((page) => ({ ...page, description: `${page.id} `.repeat(200) }));
    const running = run({ source, signal: controller.signal, concurrency: 2, variants: { og: { width: 2_400, height: 1_260 } } });
    const abort = () => controller.abort(reason);
    if (after === 0) setTimeout(abort, 0);
    else void nthResult(running, after).then(abort);
    expect(await soon(endOf(running))).toBe(reason);
    await noChildrenSoon();
    expect((await filesIn(out)).filter((path) => path.endsWith(".tmp") || path === MANIFEST_NAME)).toEqual([]);
  });

  test("a signal that was given before", async () => {
    const { run, root } = await project();
    const reason = new Error("enough");
    expect(await soon(endOf(run({ source: many, signal: AbortSignal.abort(reason) })))).toBe(reason);
    expect(await filesIn(root)).toEqual([]);
  });

  test("a signal while the source is waiting for its next page", async () => {
    const { run } = await project();
    const reason = new Error("enough");
    async function* stuck(): AsyncGenerator<PageInput> {
      yield* pages("a");
      await new Promise(() => undefined);
    }
    expect(await soon(endOf(run({ source: stuck(), renderer: fakeRenderer().renderer, signal: abortAfter(100, reason) })))).toBe(reason);
  });

  test("a signal while somebody's own renderer never answers", async () => {
    const { run } = await project();
    const reason = new Error("enough");
    const { renderer } = fakeRenderer(() => new Promise(() => undefined));
    expect(await soon(endOf(run({ source: pages("a"), renderer, signal: abortAfter(100, reason) })))).toBe(reason);
  });

  test.each<[string, () => Options]>([
    ["a signal", () => ({ source: pages("a", "b"), signal: abortAfter(100, new Error("enough")) })],
    [
      "a source that breaks",
      () => ({
        source: (async function* () {
          yield* pages("a", "b");
          await wait(100);
          throw new Error("the database is gone");
        })(),
      }),
    ],
  ])("nothing is written any more once %s has ended the run", async (_name, options) => {
    const { run, out } = await project();
    const { renderer } = fakeRenderer(async (job) => {
      await wait(300);
      return bytesOf(job);
    });
    expect(await endOf(run({ renderer, ...options() }))).toBeInstanceOf(Error);
    const before = await filesIn(out);
    await wait(500);
    expect(await filesIn(out)).toEqual(before);
  });

  test("a signal after the end changes nothing", async () => {
    const { run } = await project();
    const controller = new AbortController();
    const running = run({ source: pages("a"), renderer: fakeRenderer().renderer, signal: controller.signal });
    const ledger = await running;
    controller.abort();
    expect(await running).toBe(ledger);
  });

  test("leaving the loop ends the run, and the next one is whole", async () => {
    const { run, out } = await project();
    const source = many.slice(0, 20);
    let seen = 0;
    const running = run({ source, concurrency: 2 });
    for await (const result of running) {
      expect(result.status).toBe("rendered");
      if (++seen === 2) break;
    }
    expect(await soon(endOf(running))).toBeInstanceOf(Error);
    await noChildrenSoon();
    expect((await filesIn(out)).filter((path) => path.endsWith(".tmp"))).toEqual([]);
    const ledger = await run({ source, concurrency: 2 });
    expect(ledger).toMatchObject({ pages: 20, failed: 0, fallback: 0 });
    expect(await filesIn(out)).toHaveLength(21);
  });

  test("somebody's own renderer is not closed", async () => {
    const { run } = await project();
    const close = vi.fn(async () => undefined);
    await run({ source: pages("a"), renderer: { ...fakeRenderer().renderer, close } });
    expect(close).not.toHaveBeenCalled();
  });

  function abortAfter(ms: number, reason: Error): AbortSignal {
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), ms);
    return controller.signal;
  }
});

describe("titles as people, and others, write them", () => {
  /** What is drawn whole, and what is drawn with a warning that a glyph is missing. */
  const titles: Readonly<Record<string, string | number | boolean | Date | bigint>> = {
    zero: 0,
    true: true,
    "a date": new Date("2026-02-03T00:00:00Z"),
    "a big number": 12345678901234567890n,
    markup: `<b>bold</b> & "quotes" 'single' </svg></head><script>alert(1)</script>`,
    "markup that ends others": "]]> <![CDATA[ x ]]> <!-- c --> <?pi?> <!ENTITY>",
    "template languages": "${process.env.HOME} {{title}} <%= 1 %> $& $1",
    "names of properties": "constructor toString __proto__ hasOwnProperty",
    "percent signs": "100% %20 %zz %",
    ligatures: "ﬁ ﬂ office affluent AVATAR",
    "lines and tabs": "line one\nline two\r\nline three\tTab",
    "one long word": "W".repeat(200),
    "thousands of words": "lorem ".repeat(3_000),
    "a soft hyphen": "Donau\u00addampf\u00adschiff",
    "a byte order mark": "\ufeffHello",
    "a mark without a letter": "\u0301abc",
    "marks upon marks": `a${"\u0301".repeat(500)}b`,
    "direction controls": "user\u202egnp.exe\u202c \u2066x\u2069",
    "NUL and other controls": "a\u0000b\u0007c\u0085d",
    "a lone surrogate": "a\ude00b\ud800",
    noncharacters: "a\ufffe\uffff\ufdd0b",
    emoji: "👩‍👩‍👧‍👦 🏳️‍🌈 🇩🇪 👍🏽 1️⃣ ❤️ ❤︎",
    "thousands of joined emoji": "👩‍".repeat(1_000),
    "scripts that Inter has": "Γειά σου, Привет, Chào, Łódź, İstanbul",
  };

  test("are drawn, without an error, in little time", async () => {
    const { run, read } = await project();
    const source = Object.entries(titles).map(([name, title], index) => ({ id: `p${index}`, title: title as string, data: { name } }));
    const ledger = await run({ source, concurrency: 2, variants: { og: { width: 480, height: 252 } } });
    const bad = ledger.results
      .filter(({ status }) => status !== "rendered")
      .map((result) => [result.page, "error" in result ? result.error.message : ""]);
    expect(bad).toEqual([]);
    const blank = await sharp(await read("p0.png")).stats();
    expect(blank.channels[0]?.stdev).toBeGreaterThan(1);
    for (const result of ledger.results) expect(result.ms, JSON.stringify(result.page)).toBeLessThan(20_000);
  });

  test("a missing glyph is a warning that names it", async () => {
    const { run } = await project();
    const { renderer } = fakeRenderer();
    const ledger = await run({ renderer, source: [{ id: "a", title: "Runes ᚠᚢ" }] });
    expect(ledger).toMatchObject({ rendered: 1 });
    expect(ledger.warnings).toMatchObject([{ code: "W_GLYPH", page: "a" }]);
    expect(JSON.stringify(ledger.warnings)).toContain("U+16A0");
  });
});

test("a theme that is hard to read is one warning for the whole run", async () => {
  const { run } = await project();
  const source = [
    { id: "a", title: "A" },
    { id: "b", title: "B" },
  ];
  const { warnings, rendered } = await run({
    source,
    theme: { colors: { background: "#fff", muted: "#bbb" } },
    rules: [{ match: "b", theme: { siteName: "B" } }],
  });
  expect(rendered).toBe(2);
  expect(warnings.map(({ code, page }) => ({ code, page }))).toEqual([{ code: "W_CONTRAST", page: undefined }]);
});

test("also one that two rules make together", async () => {
  const { run } = await project();
  const rules = [
    { match: "b*", theme: { colors: { background: "#ddd" } } },
    { match: "*", theme: { colors: { muted: "#6e6e6e" } } },
  ];
  const { warnings } = await run({ source: pages("a", "b", "bb"), rules, renderer: fakeRenderer().renderer });
  expect(warnings).toMatchObject([{ code: "W_CONTRAST", message: expect.stringContaining("#6e6e6e on its `background` #ddd") }]);
});
