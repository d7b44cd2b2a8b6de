import type { ShownEntry } from "./shown-entry.ts";

/** What only the renderer knows of a page. */
export interface Note extends ShownEntry {
  /** The pattern of the route that made it, such as `/blog/[...slug]`. */
  readonly route: string;
}

const NOTES = /<!--og-gen (\{"route":.*?\})-->/g;

/** A note as a comment, to stand at the end of the page's HTML. */
export function noteComment({ route, file, data }: Note): string {
  // Nothing in it may end the comment.
  const json = JSON.stringify({ route, file, data }).replaceAll(">", "\\u003e").replaceAll("--", "-\\u002d");
  return `<!--og-gen ${json}-->`;
}

/** The page without notes, and its note. A page that another one shows in its place (a rewrite, an i18n fallback) has two: the first is its own. */
export function takeNote(html: string): { readonly html: string; readonly note: Note | undefined } {
  const notes = [...html.matchAll(NOTES)].flatMap(([, json = ""]) => parse(json) ?? []);
  return { html: html.replaceAll(NOTES, ""), note: notes[0] };
}

function parse(json: string): Note | undefined {
  try {
    return JSON.parse(json) as Note;
  } catch {
    return undefined;
  }
}
