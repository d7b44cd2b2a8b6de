import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { html } from "../src/collect/html.ts";
import { siteNameIn } from "../src/collect/site-name.ts";

/** A built site of pages with these heads, for the time of the test. */
async function site(heads: Readonly<Record<string, string>>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "og-gen-site-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  for (const [path, head] of Object.entries(heads)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), `<!doctype html><html><head>${head}</head><body></body></html>`);
  }
  return root;
}

const titles = (...texts: readonly string[]) => Object.fromEntries(texts.map((text, index) => [`${index}.html`, `<title>${text}</title>`]));

test.each([
  ["what nearly all titles end with", titles("A | Larder", "B | Larder", "C – D | Larder", "Redirect"), "Larder"],
  [
    "whatever the home page is called",
    { ...titles("A · Larder", "B · Larder", "C · Larder"), "index.html": "<title>Food at home</title>" },
    "Larder",
  ],
  [
    "what the home page states",
    { ...titles("A | B", "C | B", "D | B"), "index.html": '<meta property="og:site_name" content="Larder">' },
    "Larder",
  ],
  [
    "the end of og:title before that of the title",
    Object.fromEntries(["a", "b", "c"].map((id) => [`${id}.html`, `<title>x</title><meta property="og:title" content="${id} - Larder">`])),
    "Larder",
  ],
  ["nothing of two pages", titles("A | Larder", "B | Larder"), undefined],
  ["nothing of titles that end otherwise", titles("A | Larder", "B | Larder", "C | Larder", "D | x", "E"), undefined],
  ["nothing where there are no separators", titles("A", "B", "C", "A-B", "A-B", "A-B"), undefined],
  ["nothing of an empty site", {}, undefined],
])("the name of a site is %s", async (_, heads, name) => {
  expect(await siteNameIn(await site(heads))).toBe(name);
});

test("of a large site, pages from all over it are looked at", async () => {
  const sections = Array.from({ length: 100 }, (_, index) => `Page ${index} | ${index < 30 ? "Docs" : "Larder"}`);
  expect(await siteNameIn(await site(titles(...sections)))).toBeUndefined();
  const all = Array.from({ length: 100 }, (_, index) => `Page ${index} | Larder`);
  expect(await siteNameIn(await site(titles(...all)))).toBe("Larder");
});

test("a folder that is not there is an error", async () => {
  await expect(siteNameIn("/nowhere/at/all")).rejects.toMatchObject({ code: "E_SOURCE" });
});

test("a whole site's titles are without its name", async () => {
  const dir = await site(titles("A | Larder", "B | Larder", "C | Larder"));
  const read: unknown[] = [];
  for await (const { page } of html(dir)) read.push("title" in page ? page.title : undefined);
  expect(read).toEqual(["A", "B", "C"]);
});
