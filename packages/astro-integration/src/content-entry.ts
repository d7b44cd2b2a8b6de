import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Entry, LIMITS, OgError, pageFromData, readMarkdownPage, reasonOf, skipReason } from "@og-gen/core";
import type { BuiltPage } from "./built-pages.ts";
import type { Note } from "./note.ts";
import { withPictures } from "./pictures.ts";

/** The Markdown files of `src/pages` by the pattern of their route, relative to the project. */
export type MarkdownRoutes = ReadonlyMap<string, string>;

/** Where content is looked for. */
export interface ContentPlaces {
  readonly root: string;
  readonly markdownRoutes: MarkdownRoutes;
}

/**
 * What a page's own front matter says of it, or the data of its collection entry where that is not a Markdown file; nothing for a page
 * that shows no content of either kind.
 * @throws OgError `E_SOURCE` for a content file that cannot be read, `E_PAGE` for a title that is a list or a map
 */
export function contentEntry(
  { id, file: htmlFile }: BuiltPage,
  note: Note | undefined,
  { root, markdownRoutes }: ContentPlaces,
): Entry | undefined {
  if (note === undefined) return undefined;
  const path = note.file ?? markdownRoutes.get(note.route);
  const file = path === undefined ? undefined : resolve(root, path);
  if (note.data) return withoutReference(fromData(note.data, id, file ?? htmlFile), note);
  return file === undefined ? undefined : withoutReference(fromMarkdown(file, id, note), note);
}

function fromMarkdown(file: string, id: string, { pictures }: Note): Entry {
  return readMarkdownPage(readText(file, id), file, id, LIMITS, (data) => withPictures(data, pictures));
}

function fromData(data: Readonly<Record<string, unknown>>, id: string, file: string): Entry {
  const reason = skipReason(data);
  if (reason !== undefined) return { kind: "skipped", page: { id, file }, reason };
  return { kind: "page", ...pageFromData(data, { id, file, body: "" }) };
}

/** An id of another entry is nobody's name. */
function withoutReference(entry: Entry, { references = [] }: Note): Entry {
  if (entry.kind !== "page") return entry;
  const { author, data } = entry.page;
  const isReference = references.some((field) => [data[field]].flat()[0] === author?.name);
  return isReference ? { ...entry, page: { ...entry.page, author: undefined } } : entry;
}

function readText(file: string, page: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new OgError("E_SOURCE", `The content file of the page cannot be read: ${reasonOf(cause)}.`, {
      hint: "Build again; with `experimental.incrementalBuild`, build with --force.",
      page,
      file,
      cause,
    });
  }
}
