import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { OgError } from "../src/error.ts";
import { generate } from "../src/generate.ts";
import type { Options } from "../src/options.ts";
import { plan } from "../src/plan.ts";
import type { Plan, Renderer } from "../src/types.ts";

const VARIANTS = { og: { width: 240, height: 126 } };

/** Makes no pictures, but bytes that differ as pictures would. */
const fake: Renderer = {
  render: async ({ key }) => ({ bytes: Buffer.from(`a card ${key}`), degraded: false }),
  close: async () => undefined,
};

/** `plan()` must never paint. */
const forbidden: Renderer = { render: (job) => expect.unreachable(job.key), close: async () => undefined };

async function project(files: Readonly<Record<string, string>> = {}) {
  const root = await mkdtemp(join(tmpdir(), "og-gen-plan-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const write = async (path: string, content: string): Promise<void> => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  };
  for (const [path, content] of Object.entries(files)) await write(path, content);
  return {
    root,
    write,
    make: (options: Options = {}) => generate({ root, variants: VARIANTS, renderer: fake, ...options }),
    plan: (options: Options = {}) => plan({ root, variants: VARIANTS, renderer: forbidden, ...options }),
    files: async () => (await readdir(root, { recursive: true })).toSorted(),
  };
}

const reasons = ({ planned }: Plan) =>
  Object.fromEntries(planned.map(({ page, cards }) => [page.id, cards.map(({ reason }) => reason).join()]));

const SITE = {
  "content/a.md": "---\ntitle: A\n---\n",
  "content/b.md": "---\ntitle: B\n---\n",
  "content/c.md": "---\ntitle: C\n---\n",
};

describe("why a card would be made", () => {
  test("new, current, changed, missing, forced", async () => {
    const site = await project(SITE);
    expect(reasons(await site.plan())).toEqual({ a: "new", b: "new", c: "new" });
    await site.make();
    expect(reasons(await site.plan())).toEqual({ a: "current", b: "current", c: "current" });
    await site.write("content/a.md", "---\ntitle: Another A\n---\n");
    await rm(join(site.root, "public", "og", "b.png"));
    await site.write("content/d.md", "---\ntitle: D\n---\n");
    expect(reasons(await site.plan())).toEqual({ a: "changed", b: "missing", c: "current", d: "new" });
    expect(reasons(await site.plan({ force: true }))).toEqual({ a: "forced", b: "forced", c: "forced", d: "forced" });
  });

  test("a truncated one is missing, as is one that was changed and deleted", async () => {
    const site = await project(SITE);
    await site.make();
    await site.write("public/og/a.png", "x");
    await site.write("content/b.md", "---\ntitle: Another B\n---\n");
    await rm(join(site.root, "public", "og", "b.png"));
    expect(reasons(await site.plan())).toEqual({ a: "missing", b: "missing", c: "current" });
  });

  test("a fallback card is changed: it is not what was asked for", async () => {
    const site = await project({ ...SITE, "content/b.md": "---\ntitle: [\n---\n" });
    await site.make();
    expect(reasons(await site.plan())).toEqual({ a: "current", b: "changed", c: "current" });
  });

  test("each variant for itself", async () => {
    const site = await project({ "content/a.md": "---\ntitle: A\n---\n" });
    await site.make();
    const { planned } = await site.plan({ variants: { ...VARIANTS, square: { width: 90, height: 90 } } });
    expect(planned[0]?.cards).toMatchObject([
      { variant: "og", reason: "current", width: 240, height: 126, file: join(site.root, "public", "og", "a.png") },
      { variant: "square", reason: "new", width: 90, height: 90, file: join(site.root, "public", "og", "a.square.png") },
    ]);
  });
});

test("nothing is painted, and nothing is written", async () => {
  const site = await project(SITE);
  const before = await site.files();
  await site.plan();
  expect(await site.files()).toEqual(before);
});

test("what it says is what is made: the same keys, files, templates, errors and warnings", async () => {
  const site = await project({
    ...SITE,
    "content/b.md": "---\ntitle: [\n---\n",
    "content/c.md": "---\ndraft: true\n---\n",
    "content/d.md": "---\ntitle: D\nimage: https://elsewhere.example/x.png\nog:\n  template: photo\n---\n",
    "content/d.mdx": "---\ntitle: The same path\n---\n",
    "content/e.md": "---\ntitle: E\nimage: gone.png\nog:\n  template: photo\n---\n",
    "content/f.md": "# A heading\n",
  });
  const planned = await site.plan();
  const ledger = await site.make();
  expect(planned.pages).toBe(ledger.pages);
  expect(planned.skipped.map(({ page }) => page.id)).toEqual(["c"]);
  expect(planned.failed.map(({ page, error }) => [page.id, error.code])).toEqual([["d", "E_OUTPUT_COLLISION"]]);
  const made = ledger.results.flatMap((result) =>
    "cards" in result
      ? [
          {
            id: result.page.id,
            template: result.template,
            cards: result.cards.map(({ file, key }) => ({ file, key })),
            error: "error" in result ? result.error.code : undefined,
          },
        ]
      : [],
  );
  expect(
    planned.planned.map(({ page, template, cards, error }) => ({
      id: page.id,
      template,
      cards: cards.map(({ file, key }) => ({ file, key })),
      error: error?.code,
    })),
  ).toEqual(made);
  expect(planned.planned.map(({ page, error }) => [page.id, error?.code])).toEqual([
    ["a", undefined],
    ["b", "E_FRONT_MATTER"],
    ["d", undefined],
    ["e", "E_IMAGE"],
    ["f", undefined],
  ]);
  expect(planned.warnings).toEqual(ledger.warnings);
  expect(planned.warnings.map(({ code, page }) => [code, page])).toEqual([
    ["W_REMOTE_IMAGE", "d"],
    ["W_TITLE_FROM_HEADING", "f"],
  ]);
});

test.each<[string, string, Options]>([
  ["a wrong option", "E_OPTION", { quality: 900 }],
  ["a folder that is not there", "E_SOURCE", { source: "gone" }],
  ["a template that is not there", "E_TEMPLATE", { template: "gone" }],
])("%s rejects, as it does when cards are made", async (_name, code, options) => {
  const site = await project(SITE);
  const thrown: unknown = await site.plan(options).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(OgError);
  expect(thrown).toMatchObject({ code });
});

test("a signal ends it", async () => {
  const site = await project(SITE);
  const reason = new Error("enough");
  await expect(site.plan({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

test("of no pages", async () => {
  const site = await project();
  expect(await site.plan({ source: [] })).toEqual({ pages: 0, planned: [], skipped: [], failed: [], warnings: [] });
});
