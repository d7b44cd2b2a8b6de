import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { OgError } from "../src/error.ts";
import { compressedCopyWarnings, injectFile } from "../src/publish/inject-file.ts";
import type { MetaTag } from "../src/publish/meta-tags.ts";

const LONG_AGO = new Date("2001-02-03T04:05:06Z");
const tags: readonly MetaTag[] = [
  { attribute: "property", key: "og:image", content: "https://site.example/og/$&.png?a=1&b=2" },
  { attribute: "property", key: "og:title", content: `"Quotes" & <tags> 日本語` },
];

/** A page on disk, last written long ago. */
async function page(html: string | Uint8Array): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "og-gen-inject-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const file = join(root, "index.html");
  await writeFile(file, html);
  await utimes(file, LONG_AGO, LONG_AGO);
  return file;
}

describe("compressed copies", () => {
  const warned = (file: string) => compressedCopyWarnings({ id: "x", file }).map((warning) => warning.file);

  test("that are older than the page are told of, others not", async () => {
    const file = await page("<head></head>");
    const copy = `${file}.br`;
    await writeFile(copy, "");
    expect(warned(file)).toEqual([]);
    await utimes(copy, LONG_AGO, new Date(LONG_AGO.getTime() - 1000));
    expect(warned(file)).toEqual([copy]);
  });

  test("cannot be there where their names would be too long", async () => {
    const file = join(await page(""), "..", `${"x".repeat(249)}.html`);
    await writeFile(file, "");
    expect(warned(file)).toEqual([]);
  });
});

describe("a page is written", () => {
  test("once: the second time nothing changes", async () => {
    const file = await page("<!doctype html>\r\n<html><head>\r\n<title>x</title></head><body>é</body></html>");
    expect(await injectFile(file, tags)).toBe(true);
    const first = await readFile(file, "utf8");
    expect(first).toContain("https://site.example/og/$&amp;.png?a=1&amp;b=2");
    expect(first.replace(/\s*<meta [^>]*>/g, "")).toBe("<!doctype html>\r\n<html><head>\r\n<title>x</title></head><body>é</body></html>");
    await utimes(file, LONG_AGO, LONG_AGO);
    expect(await injectFile(file, tags)).toBe(false);
    expect((await stat(file)).mtime).toEqual(LONG_AGO);
    expect(await readFile(file, "utf8")).toBe(first);
    expect(await readdir(join(file, ".."))).toEqual(["index.html"]);
  });

  test("again when a tag has changed, and the old one goes", async () => {
    const file = await page("<head></head>");
    await injectFile(file, tags);
    expect(await injectFile(file, [{ attribute: "property", key: "og:image", content: "https://site.example/new.png" }])).toBe(true);
    const html = await readFile(file, "utf8");
    expect(html).toContain("new.png");
    expect(html).not.toContain("$&amp;.png");
  });
});

describe("a page is left alone", () => {
  test("when there are no tags", async () => {
    const file = await page("<head></head>");
    expect(await injectFile(file, [])).toBe(false);
    expect((await stat(file)).mtime).toEqual(LONG_AGO);
  });

  test("when it is not UTF-8, so that no byte of it is lost", async () => {
    const latin1 = Buffer.from("<head><meta charset=iso-8859-1></head><body>caf\xe9</body>", "latin1");
    const file = await page(latin1);
    await injectFile(file, tags).catch(() => undefined);
    const after = await readFile(file);
    expect(after.subarray(after.indexOf("<body>"))).toEqual(latin1.subarray(latin1.indexOf("<body>")));
  });
});

describe("what cannot be done is a typed error", () => {
  test("there is no such page", async () => {
    const file = join(await page(""), "..", "gone.html");
    const thrown: unknown = await injectFile(file, tags).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(OgError);
    expect(thrown).toMatchObject({ code: "E_SOURCE", file });
  });

  test("a folder in its place", async () => {
    const file = join(await page(""), "..", "folder.html");
    await mkdir(file);
    const thrown: unknown = await injectFile(file, tags).catch((error: unknown) => error);
    expect(thrown).toMatchObject({ name: "OgError", file });
  });
});
