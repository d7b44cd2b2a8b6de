import { readFile } from "node:fs/promises";
import { type Entry, readHtmlPage, toOgError } from "@og-gen/core";
import type { BuiltFont } from "./built-fonts.ts";
import type { BuiltPage } from "./built-pages.ts";
import { contentEntry, type MarkdownRoutes } from "./content-entry.ts";
import { mergeEntries } from "./merge-entries.ts";
import { pageUrl } from "./page-url.ts";
import type { Project } from "./project.ts";
import type { Note } from "./note.ts";
import type { Notes } from "./take-notes.ts";

/** What the hooks before the last one learnt of the site. */
export interface Findings {
  readonly notes: Notes;
  readonly fonts: readonly BuiltFont[];
  readonly markdownRoutes: MarkdownRoutes;
}

/** The source of pages for core: each from its HTML and from the content that it shows. */
export async function* pages(
  built: readonly BuiltPage[],
  project: Project,
  findings: Findings,
  siteName?: string,
): AsyncGenerator<Entry, undefined> {
  for (const page of built) yield await readPage(page, project, findings, siteName);
}

async function readPage(built: BuiltPage, project: Project, { notes, markdownRoutes }: Findings, siteName?: string): Promise<Entry> {
  const { root, format, addressing, notFound, noindex } = project;
  const note = notes.get(built.path);
  if (!notFound && isErrorPage(note)) return { kind: "skipped", page: { id: built.id, file: built.file }, reason: "error page" };
  const text = await readFile(built.file, "utf8");
  const read = readHtmlPage(text, built.file, built.id, { errorPages: notFound, noindex, siteName });
  if (read.kind !== "page") return read;
  const head = { ...read, page: { ...read.page, url: read.page.url ?? pageUrl(built.path, format, addressing) } };
  try {
    const content = contentEntry(built, note, { root, markdownRoutes });
    return content === undefined ? head : mergeEntries(head, content);
  } catch (thrown) {
    return { kind: "broken", page: head.page, error: toOgError(thrown, "E_PAGE", { page: built.id, file: built.file }) };
  }
}

/** Whatever its address: an i18n fallback shows the 404 page of the default language. Core knows them by their addresses. */
function isErrorPage(note: Note | undefined): boolean {
  return note?.route === "/404" || note?.route === "/500";
}
