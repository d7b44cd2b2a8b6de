import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { markdown, type MarkdownOptions } from "../src/collect/markdown.ts";
import { readMarkdownPage } from "../src/collect/markdown-page.ts";
import { OgError } from "../src/error.ts";
import type { Entry } from "../src/types.ts";

const CONTENT = fileURLToPath(new URL("../../../fixtures/content/", import.meta.url));

async function entriesOf(dir: string, options?: MarkdownOptions): Promise<Entry[]> {
  return collect(markdown(dir, options));
}

async function collect(source: AsyncIterable<Entry>): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const entry of source) entries.push(entry);
  return entries;
}

async function idsOf(dir: string, options?: MarkdownOptions): Promise<string[]> {
  return (await entriesOf(dir, options)).map(({ page }) => page.id);
}

/** A folder with these files, for the time of the test. */
async function folder(files: Record<string, string | Uint8Array>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "og-gen-markdown-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return root;
}

describe("the site in fixtures/content", () => {
  test("its pages, in the order of their files", async () => {
    expect(await idsOf(CONTENT)).toEqual([
      "about",
      "blog/geia-sou",
      "blog/hello-larder",
      "blog",
      "blog/leaving-the-cloud",
      "blog/next-year",
      "blog/notes-on-naming",
      "docs",
      "docs/cli",
      "docs/install",
      "docs/license",
      "",
      "releases/1.10",
    ]);
  });

  test("what they say", async () => {
    const entries = new Map((await entriesOf(CONTENT)).map((entry) => [entry.page.id, entry]));
    expect(entries.get("")).toMatchObject({
      kind: "page",
      page: { title: "Larder", url: "/", file: join(CONTENT, "index.md") },
      warnings: [],
    });
    expect(entries.get("about")).toMatchObject({ page: { title: "About Larder: who, why, and for how long" } });
    expect(entries.get("blog/geia-sou")).toMatchObject({
      page: { title: "Γεια σου, Larder", lang: "el", tags: ["αναζήτηση", "ελληνικά"] },
    });
    expect(entries.get("blog/hello-larder")).toMatchObject({
      page: { image: "./cover.png", author: { name: "Ada Quill" }, date: "2024-01-02" },
    });
    expect(entries.get("blog/leaving-the-cloud")).toMatchObject({
      page: { author: { name: "Bo Marsh" }, date: "2024-03-18T09:30:00+01:00", data: { extra: { budget: "1_000" } } },
    });
    expect(entries.get("blog/next-year")).toMatchObject({ kind: "skipped", reason: "draft", page: { title: "Plans for next year" } });
    expect(entries.get("blog/notes-on-naming")).toMatchObject({
      page: { title: "Notes on naming larder" },
      warnings: [{ code: "W_TITLE_FROM_HEADING", page: "blog/notes-on-naming" }],
    });
    expect(entries.get("docs/cli")).toMatchObject({
      page: { title: "The larder command", card: { alt: "A terminal with the larder command in it" } },
    });
    expect(entries.get("docs/install")).toMatchObject({ page: { title: "Install Larder", tags: ["guide"], data: { weight: "1.10" } } });
    expect(entries.get("docs/license")).toMatchObject({ kind: "skipped", reason: "og: false" });
    expect(entries.get("releases/1.10")).toMatchObject({ page: { title: "1.10" } });
  });

  test("include and exclude", async () => {
    expect(await idsOf(CONTENT, { include: "blog/**", exclude: ["**/index.md", "blog/n*"] })).toEqual([
      "blog/geia-sou",
      "blog/hello-larder",
      "blog/leaving-the-cloud",
    ]);
  });

  test("a source can be read again", async () => {
    const source = markdown(CONTENT, { include: "docs/*" });
    const entries = await collect(source);
    expect(entries).toHaveLength(4);
    expect(await collect(source)).toEqual(entries);
  });

  test("a path from the working directory", async () => {
    expect(await entriesOf(relative(process.cwd(), CONTENT))).toEqual(await entriesOf(CONTENT));
  });

  test("one file", async () => {
    expect(await entriesOf(join(CONTENT, "blog/hello-larder.md"))).toMatchObject([{ kind: "page", page: { id: "hello-larder" } }]);
  });
});

describe("other folders", () => {
  test("extensions and index files", async () => {
    const root = await folder({
      "a.MD": "",
      "b.mdx": "",
      "c.markdown": "",
      "d.txt": "",
      "e/index.md": "",
      "f/_index.md": "",
      "g/README.md": "",
      "h/my-index.md": "",
    });
    expect(await idsOf(root)).toEqual(["a", "b", "c", "e", "f", "g/README", "h/my-index"]);
  });

  test("a page beside a folder of its name, whose index keeps its own name", async () => {
    const root = await folder({
      "guide.md": "",
      "guide/index.md": "",
      "guide/index/index.md": "",
      "guide/a.md": "",
      "blog/_index.md": "",
    });
    expect(await idsOf(root)).toEqual(["blog", "guide", "guide/a", "guide/index", "guide/index/index"]);
  });

  test("drafts by their folder are not read", async () => {
    const root = await folder({ "_drafts/a.md": "---\ntitle: A", "blog/_drafts/b.md": "", "blog/drafts.md": "" });
    expect((await entriesOf(root)).map((entry) => [entry.page.id, entry.kind, "reason" in entry && entry.reason])).toEqual([
      ["_drafts/a", "skipped", "draft"],
      ["blog/_drafts/b", "skipped", "draft"],
      ["blog/drafts", "page", false],
    ]);
  });

  test("a broken page is one entry, with the best that can be made of it", async () => {
    const root = await folder({
      "a.md": "---\ntitle: a\n---\n",
      "b.md": "---\n# no\ntitle: Foo: bar\n---\n\n# Yes\n",
      "c.md": "---\ntitle: [c]\n---\n",
    });
    const [a, b, c] = await entriesOf(root);
    expect(a).toMatchObject({ kind: "page" });
    expect(b).toMatchObject({
      kind: "broken",
      page: { id: "b", title: "Yes" },
      error: {
        code: "E_FRONT_MATTER",
        page: "b",
        file: join(root, "b.md"),
        line: 3,
        column: 8,
        hint: 'Put the value in quotes: `title: "Foo: bar"`.',
      },
    });
    expect(c).toMatchObject({ kind: "broken", page: { id: "c", title: "C" }, error: { code: "E_PAGE", page: "c" } });
    expect(b?.kind === "broken" && b.error).toBeInstanceOf(OgError);
  });

  test("a file that cannot be read is a broken page", async () => {
    const root = await folder({ "a.md": "", "gone-by-then.md": "" });
    const source = markdown(root)[Symbol.asyncIterator]();
    await source.next();
    await rm(join(root, "gone-by-then.md"));
    expect(await source.next()).toMatchObject({
      value: {
        kind: "broken",
        page: { id: "gone-by-then", title: "Gone by then" },
        error: { code: "E_SOURCE", page: "gone-by-then", message: expect.stringContaining("ENOENT") },
      },
    });
  });

  test("a huge file is not read to its end", async () => {
    const root = await folder({ "a.md": `---\ntitle: a\n---\n${"x".repeat(20e6)}`, "b.md": `---\ntitle: a\n${"x: y\n".repeat(4e6)}` });
    const start = performance.now();
    expect(await entriesOf(root)).toMatchObject([{ kind: "page" }, { kind: "broken", error: { code: "E_FRONT_MATTER" } }]);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  test("the event loop turns while many pages are read", async () => {
    const root = await folder(
      Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`${index}.md`, `---\ntitle: ${index}\n---\n`])),
    );
    let turns = 0;
    const count = (): void => {
      turns += 1;
      immediate = setImmediate(count);
    };
    let immediate = setImmediate(count);
    onTestFinished(() => clearImmediate(immediate));
    const source = markdown(root)[Symbol.asyncIterator]();
    await source.next();
    turns = 0;
    while (!(await source.next()).done);
    expect(turns).toBeGreaterThanOrEqual(4);
  });

  test("an empty folder", async () => {
    expect(await idsOf(await folder({ "a.txt": "" }))).toEqual([]);
  });

  test("a folder that is not there", async () => {
    await expect(idsOf("no/such/folder")).rejects.toMatchObject({
      code: "E_SOURCE",
      message: "There is no folder or file `no/such/folder` to read pages from.",
      hint: "A relative path starts at the working directory.",
    });
  });
});

test("readMarkdownPage reads no file", () => {
  expect(readMarkdownPage("---\ntitle: Hello\n---\n", "/no/such/file.md", "hello")).toEqual({
    kind: "page",
    page: { id: "hello", title: "Hello", tags: [], data: { title: "Hello" }, file: "/no/such/file.md", card: {} },
    warnings: [],
  });
});
