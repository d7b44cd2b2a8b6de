import type { ShownEntry } from "./shown-entry.ts";

/** What only the renderer knows of a page. */
export interface Note extends ShownEntry {
  /** The pattern of the route that made it, such as `/blog/[...slug]`. */
  readonly route: string;
}

const NOTES = /<!--og-gen (\{"route":.*?\})-->/g;

/**
 * A note as a comment, to stand at the end of the page's HTML.
 * @param seal see `seal.ts`
 */
export function noteComment({ route, file, data, pictures, references }: Note, seal: string): string {
  // Nothing in it may end the comment.
  const json = JSON.stringify({ route, seal, file, data, pictures, references }).replaceAll(">", "\\u003e").replaceAll("--", "-\\u002d");
  return `<!--og-gen ${json}-->`;
}

/**
 * The page without notes, and its note. A page that another one shows in its place (a rewrite, an i18n fallback) has two: the first is
 * its own. What looks like one and does not bear the seal goes, and says nothing.
 */
export function takeNote(html: string, seal: string): { readonly html: string; readonly note: Note | undefined } {
  const notes = [...html.matchAll(NOTES)].flatMap(([, json = ""]) => parse(json, seal) ?? []);
  return { html: html.replaceAll(NOTES, ""), note: notes[0] };
}

function parse(json: string, seal: string): Note | undefined {
  try {
    const { seal: borne, ...note } = JSON.parse(json) as Note & { readonly seal?: unknown };
    return borne === seal ? note : undefined;
  } catch {
    return undefined;
  }
}
