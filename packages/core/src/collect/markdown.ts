import { closeSync, openSync, readSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import { messageOf, OgError, toOgError } from "../error.ts";
import { LIMITS, type Limits } from "../limits.ts";
import type { Entry } from "../types.ts";
import { listFiles } from "./files.ts";
import { folderLanguages } from "./folder-lang.ts";
import { bodyOf, parseFrontMatter } from "./front-matter.ts";
import { pageFromData, skipReason } from "./page-data.ts";
import { textOf } from "./values.ts";

const EXTENSIONS = ["md", "mdx", "markdown"];

/** No more of a file is read: room for the largest front matter in any script, and for a heading after it. */
const MAX_BYTES = 1024 * 1024;
const MOST_BYTES_PER_CHARACTER = 4;

/** Pages between two turns of the event loop, some ten milliseconds. */
const PAGES_PER_TURN = 64;

export interface MarkdownOptions {
  /** Globs, relative to the folder, of the files to read. @default every `.md`, `.mdx` and `.markdown` file */
  readonly include?: string | readonly string[];
  /** Globs, relative to the folder, of files to leave out. */
  readonly exclude?: string | readonly string[];
  /** What a front matter may be. */
  readonly limits?: Limits | undefined;
}

/**
 * The pages of a folder of Markdown and MDX files, in the order of their paths, or the one page of a file. A page's id is its path in the folder
 * without extension; `index` and `_index` at its end stand for their folder. It can be iterated more than once and reads the files each time.
 *
 * A page that states no language has that of its folder, in a site with a folder for each language.
 *
 * A file that cannot be read or parsed is an entry of kind `broken`; drafts and pages with `og: false` are `skipped`.
 *
 * @param dir A folder or a file, absolute or relative to the working directory.
 * @throws OgError `E_SOURCE`, when iterated, if there is no such folder or file.
 */
export function markdown(dir: string, options: MarkdownOptions = {}): AsyncIterable<Entry> {
  return { [Symbol.asyncIterator]: () => entries(dir, options) };
}

/**
 * One page from its source, without touching a file system.
 *
 * @param text All of the file, or as much of it as has the front matter and a heading.
 * @param file Its absolute path, for messages.
 * @param id The page's id.
 * @param limits What a front matter may be.
 */
export function readMarkdownPage(text: string, file: string, id: string, limits: Limits = LIMITS): Entry {
  try {
    const { data, body } = parseFrontMatter(text, file, limits);
    const reason = skipReason(data);
    if (reason !== undefined) return { kind: "skipped", page: { id, title: textOf(data["title"]), file }, reason };
    return { kind: "page", ...pageFromData(data, { id, file, body }) };
  } catch (thrown) {
    return broken(id, file, bodyOf(text, limits), toOgError(thrown, "E_PAGE", { page: id, file }));
  }
}

async function* entries(dir: string, options: MarkdownOptions): AsyncGenerator<Entry, void, undefined> {
  const root = resolve(dir);
  const { frontMatterCharacters } = options.limits ?? LIMITS;
  const buffer = Buffer.allocUnsafe(Math.max(MAX_BYTES, frontMatterCharacters * MOST_BYTES_PER_CHARACTER));
  if (isFile(root, dir)) {
    yield readEntry(root, basename(root), buffer, options.limits);
    return;
  }
  const paths = await listFiles(root, { ...options, extensions: EXTENSIONS });
  const langOf = folderLanguages(paths);
  for (const [index, path] of paths.entries()) {
    if (index % PAGES_PER_TURN === PAGES_PER_TURN - 1) await setImmediate();
    yield inLanguage(readEntry(join(root, path), path, buffer, options.limits), langOf(path));
  }
}

function inLanguage(entry: Entry, lang: string | undefined): Entry {
  if (entry.kind !== "page" || lang === undefined || entry.page.lang !== undefined) return entry;
  return { ...entry, page: { ...entry.page, lang } };
}

function isFile(path: string, asGiven: string): boolean {
  try {
    return statSync(path).isFile();
  } catch (cause) {
    throw new OgError("E_SOURCE", `There is no folder or file \`${asGiven}\` to read pages from.`, {
      hint: "A relative path starts at the working directory.",
      file: path,
      cause,
    });
  }
}

function readEntry(file: string, path: string, buffer: Buffer, limits?: Limits): Entry {
  const id = idOf(path);
  try {
    return readMarkdownPage(readStart(file, buffer), file, id, limits);
  } catch (thrown) {
    return broken(
      id,
      file,
      "",
      new OgError("E_SOURCE", `The page cannot be read: ${messageOf(thrown)}.`, { page: id, file, cause: thrown }),
    );
  }
}

function broken(id: string, file: string, body: string, error: OgError): Entry {
  return { kind: "broken", page: pageFromData({}, { id, file, body }).page, error };
}

/** `blog/hello.md` is `blog/hello`, `blog/index.md` and Hugo's `blog/_index.md` are `blog`, `index.md` is the home page. */
function idOf(path: string): string {
  return path.replace(/\.[^./]+$/, "").replace(/(?:^|\/)_?index$/, "");
}

/** The start of a file as text. Synchronous: a promise per file takes three times as long. */
function readStart(file: string, buffer: Buffer): string {
  const descriptor = openSync(file, "r");
  try {
    let length = 0;
    for (let read = -1; read !== 0; length += read) read = readSync(descriptor, buffer, length, buffer.length - length, null);
    return buffer.toString("utf8", 0, length);
  } finally {
    closeSync(descriptor);
  }
}
