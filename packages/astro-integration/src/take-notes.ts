import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { htmlFiles } from "./html-files.ts";
import { type Note, takeNote } from "./note.ts";

/** The notes of a site's pages, by the path of their HTML file in the site. */
export type Notes = ReadonlyMap<string, Note>;

/** Reads the notes that the middleware left in the pages below `dir`, and removes them. */
export function takeNotes(dir: string): Notes {
  const notes = new Map<string, Note>();
  for (const path of htmlFiles(dir)) {
    const file = join(dir, path);
    const before = readFileSync(file, "utf8");
    const { html, note } = takeNote(before);
    if (html !== before) writeFileSync(file, html);
    if (note) notes.set(path, note);
  }
  return notes;
}
