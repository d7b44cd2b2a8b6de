import { statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import { OgError, reasonOf } from "../error.ts";
import { lazily } from "../lazily.ts";
import { LIMITS, type Limits } from "../limits.ts";
import type { Entry } from "../types.ts";
import { cleanEntry } from "./clean-entry.ts";
import { digestAhead } from "./digests-ahead.ts";
import { type Collected, entryFromText, entryToText, type EntryMemory } from "./entry-text.ts";
import { digestOf, readStart } from "./file-start.ts";
import { listFiles } from "./files.ts";
import { idsOfDoubles } from "./page-ids.ts";
import { pathLanguages } from "./path-lang.ts";

const parsing = lazily(() => import("./markdown-page.ts"));

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
 * The pages of a folder of Markdown and MDX files, in the order of their paths, or the one page of a file. A page's id is its path in
 * the folder without extension; `index` and `_index` at its end stand for their folder, unless a file beside the folder has its name.
 * It can be iterated more than once and reads the files each time.
 *
 * A page that states no language has that of its folder, in a site with a folder for each language, or that of its name:
 * `post.fr.md` beside `post.md`.
 *
 * A file that cannot be read or parsed is an entry of kind `broken`; drafts, also those in a folder `_drafts`, and pages with
 * `og: false` are `skipped`.
 *
 * @param dir A folder or a file, absolute or relative to the working directory.
 * @throws OgError `E_SOURCE`, when iterated, if there is no such folder or file.
 */
export function markdown(dir: string, options: MarkdownOptions = {}): AsyncIterable<Entry> {
  return { [Symbol.asyncIterator]: () => entriesOf(markdownEntries(dir, options)) };
}

async function* entriesOf(collected: AsyncIterable<Collected>): AsyncGenerator<Entry, void, undefined> {
  for await (const { entry } of collected) yield entry;
}

/**
 * The same, with the help of what earlier runs have read: for bytes that are known nothing is parsed, and no parser loaded.
 * @throws OgError as `markdown()` does
 */
export async function* markdownEntries(
  dir: string,
  options: MarkdownOptions,
  memory?: EntryMemory,
): AsyncGenerator<Collected, void, undefined> {
  const root = resolve(dir);
  const { frontMatterCharacters } = options.limits ?? LIMITS;
  const buffer = Buffer.allocUnsafe(Math.max(MAX_BYTES, frontMatterCharacters * MOST_BYTES_PER_CHARACTER));
  if (isFile(root, dir)) {
    yield await readEntry(root, basename(root), undefined, buffer, options.limits, memory);
    return;
  }
  const paths = await listFiles(root, { ...options, extensions: EXTENSIONS });
  const langOf = pathLanguages(paths);
  const doubles = idsOfDoubles(paths, idOf);
  const files = paths.map((path) => join(root, path));
  const digests = memory?.isEmpty === false ? digestAhead(files, buffer.length) : undefined;
  try {
    for (const [index, path] of paths.entries()) {
      if (index % PAGES_PER_TURN === PAGES_PER_TURN - 1) await setImmediate();
      const file = files[index] as string;
      const double = doubles.get(path);
      if (DRAFTS.test(path)) {
        yield { entry: { kind: "skipped", page: { id: double ?? idOf(path), file }, reason: "draft" } };
        continue;
      }
      const digest = digests?.at(index);
      const known = digest === undefined ? undefined : recallEntry(questionOf(digest, path, double), memory);
      const collected = known ?? readEntry(file, path, double, buffer, options.limits, memory);
      yield inLanguage(collected instanceof Promise ? await collected : collected, langOf(path));
    }
  } finally {
    digests?.close();
  }
}

/** Jekyll's and Hexo's folder. */
const DRAFTS = /(?:^|\/)_drafts\//;

function inLanguage(collected: Collected, lang: string | undefined): Collected {
  const { entry, identity } = collected;
  if (entry.kind !== "page" || lang === undefined || entry.page.lang !== undefined) return collected;
  return { entry: { ...entry, page: { ...entry.page, lang } }, identity: identity && `${identity} ${lang}` };
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

/** All that an entry follows from, but for the folder. */
function questionOf(digest: string, path: string, double: string | undefined): string {
  return `${digest} ${JSON.stringify(double === undefined ? path : [path, double])}`;
}

function recallEntry(question: string, memory: EntryMemory | undefined): Collected | undefined {
  const known = memory?.get(question);
  return known === undefined ? undefined : { entry: entryFromText(known), identity: question };
}

/**
 * At once where the bytes are known, else as soon as the parsers are loaded.
 * @param double its id, where that is not the one of its path
 */
function readEntry(
  file: string,
  path: string,
  double: string | undefined,
  buffer: Buffer,
  limits: Limits | undefined,
  memory: EntryMemory | undefined,
): Collected | Promise<Collected> {
  const id = double ?? idOf(path);
  try {
    const start = readStart(file, buffer);
    const question = memory && questionOf(digestOf(start).toString("base64url"), path, double);
    const known = question === undefined ? undefined : recallEntry(question, memory);
    return known ?? parseEntry(start.toString("utf8"), file, id, limits, question, memory);
  } catch (thrown) {
    const error = new OgError("E_SOURCE", `The page cannot be read: ${reasonOf(thrown)}.`, { page: id, file, cause: thrown });
    return parsing().then(({ broken }) => ({ entry: cleanEntry(broken(id, file, "", error)) }));
  }
}

async function parseEntry(
  text: string,
  file: string,
  id: string,
  limits?: Limits,
  question?: string,
  memory?: EntryMemory,
): Promise<Collected> {
  const { readMarkdownPage } = await parsing();
  const entry = cleanEntry(readMarkdownPage(text, file, id, limits));
  const kept = entryToText(entry);
  if (question === undefined || kept === undefined) return { entry };
  memory?.set(question, kept);
  return { entry, identity: question };
}

/** `blog/hello.md` is `blog/hello`, `blog/index.md` and Hugo's `blog/_index.md` are `blog`, `index.md` is the home page. */
function idOf(path: string): string {
  return path.replace(/\.[^./]+$/, "").replace(/(?:^|\/)_?index$/, "");
}
