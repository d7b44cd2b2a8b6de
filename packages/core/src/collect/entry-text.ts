import type { Entry, Page } from "../types.ts";

/** Where the entries of a folder are kept from run to run, by a question that has all that an entry follows from, but for the folder. */
export interface EntryMemory {
  /** Whether nothing is known from before. */
  readonly isEmpty: boolean;
  get(question: string): string | undefined;
  set(question: string, text: string): void;
}

/** An entry of a source. */
export interface Collected {
  readonly entry: Entry;
  /** A text that in the same environment only this entry has, where that is known without looking at all of it. */
  readonly identity?: string | undefined;
}

/** An entry as text that `entryFromText()` makes the same entry of; `undefined` for one that is to be made anew each time. */
export function entryToText(entry: Entry): string | undefined {
  // An error is an object with a stack and a cause; and whoever has one is looking at it.
  return entry.kind === "broken" || !isPlainData(entry) ? undefined : JSON.stringify(entry);
}

/** An entry with the fields that it had, in their order, also those that are `undefined`. */
export function entryFromText(text: string): Entry {
  const entry = JSON.parse(text) as Entry;
  if (entry.kind !== "page") return entry;
  const { id, title, description, url, lang, dir, image, author, date, tags, data, file, card } = entry.page;
  const page: Page = {
    id,
    title,
    description,
    url,
    lang,
    dir,
    image,
    author,
    date,
    tags,
    data,
    file,
    card: { template: card?.template, alt: card?.alt },
  };
  return { kind: "page", page, warnings: entry.warnings };
}

/** Lists and objects inside of each other; objects that hold themselves have no end. */
const MOST_LEVELS = 100;

/**
 * Whether JSON holds all of a value: texts, numbers, booleans, nulls, lists and plain objects of them. A field that is
 * `undefined` counts as one that is not there.
 */
export function isPlainData(value: unknown, level = 0): boolean {
  if (typeof value === "string" || typeof value === "boolean" || value === null || value === undefined) return true;
  if (typeof value === "number") return Number.isFinite(value) && !Object.is(value, -0);
  if (typeof value !== "object" || level > MOST_LEVELS) return false;
  if (Array.isArray(value)) return value.every((item) => item !== undefined && isPlainData(item, level + 1));
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  for (const name in value) if (name === "toJSON" || !isPlainData((value as Record<string, unknown>)[name], level + 1)) return false;
  return true;
}
