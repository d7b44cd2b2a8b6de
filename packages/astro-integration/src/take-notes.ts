import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomic } from "@og-gen/core";
import { htmlFiles } from "./html-files.ts";
import { type Note, takeNote } from "./note.ts";

/** The notes of a site's pages, by the path of their HTML file in the site. */
export type Notes = ReadonlyMap<string, Note>;

/**
 * Reads the notes that the middleware left in the pages below `dir`, and removes them; a page is written whole or not at all.
 * @param seal see `seal.ts`
 * @throws OgError `E_WRITE`
 */
export async function takeNotes(dir: string, seal: string): Promise<Notes> {
  const notes = new Map<string, Note>();
  for (const path of htmlFiles(dir)) {
    const file = join(dir, path);
    const before = await readFile(file, "utf8");
    const { html, note } = takeNote(before, seal);
    if (html !== before) await writeFileAtomic(file, Buffer.from(html));
    if (note) notes.set(path, note);
  }
  return notes;
}
