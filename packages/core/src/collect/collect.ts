import { OgError } from "../error.ts";
import type { Author, Entry, Page, PageInput, Source } from "../types.ts";
import type { Limits } from "../limits.ts";
import { cleanEntry } from "./clean-entry.ts";
import type { Collected, EntryMemory } from "./entry-text.ts";
import { markdownEntries } from "./markdown.ts";
import { TITLE_FROM_ID, titleFromId } from "./title-from-id.ts";
import { isBlank, isMap } from "./values.ts";

/**
 * All pages of a source, checked, their texts without control characters.
 * @param source a folder of Markdown, absolute, or any iterable of pages
 * @param memory what earlier runs have read of a folder
 * @throws OgError `E_SOURCE` when the folder cannot be read; whatever the iterable throws
 */
export async function* collect(source: string | Source, limits?: Limits, memory?: EntryMemory): AsyncGenerator<Collected> {
  if (typeof source === "string") {
    yield* markdownEntries(source, { limits }, memory);
    return;
  }
  let count = 0;
  for await (const item of source) {
    count++;
    yield { entry: cleanEntry(isEntry(item) ? withAllFields(item) : toEntry(item, count)) };
  }
}

/** A page of somebody's own may have a field of this name too. */
const KINDS = new Set<unknown>(["page", "skipped", "broken"]);

function isEntry(item: PageInput | Entry): item is Entry {
  return (
    typeof item === "object" &&
    item !== null &&
    "kind" in item &&
    KINDS.has(item.kind) &&
    "page" in item &&
    typeof item.page === "object" &&
    item.page !== null
  );
}

/** An entry made by hand may lack what those of this package have. */
function withAllFields(entry: Entry): Entry {
  if (entry.kind === "skipped") return entry;
  const page = { ...entry.page, tags: entry.page.tags ?? [], data: entry.page.data ?? {} };
  return entry.kind === "page" ? { ...entry, page, warnings: entry.warnings ?? [] } : { ...entry, page };
}

/**
 * A page from somebody's own source: only texts may reach the card from it.
 * @param place of the page among all, from 1
 */
function toEntry(item: PageInput, place: number): Entry {
  const input = Object(item) as PageInput;
  const { id, title } = input;
  const words = text(title);
  if (typeof id !== "string") {
    // Without it nothing could be said of the page in the ledger, and its card would have no name.
    const named = words === undefined ? "" : `, "${words}",`;
    throw new OgError("E_PAGE", `Page ${place} of the source${named} has no \`id\` that is a text, but ${show(id)}.`, {
      file: text(input.file),
      hint: "Give each page its route, such as blog/hello.",
    });
  }
  const route = id.replace(/^\/+|\/+$/g, "");
  if (words === undefined) {
    const page = toPage(input, route, titleFromId(route));
    if (title === undefined || title === null || typeof title === "string") {
      return { kind: "page", page, warnings: [{ ...TITLE_FROM_ID, page: route, file: page.file }] };
    }
    const error = new OgError("E_PAGE", `The page's \`title\` is ${show(title)}; it must be a text.`, {
      page: route,
      file: page.file,
      hint: TITLE_FROM_ID.hint,
    });
    return { kind: "broken", page, error };
  }
  return { kind: "page", page: toPage(input, route, words), warnings: [] };
}

function toPage(input: PageInput, id: string, title: string): Page {
  return {
    id,
    title,
    description: text(input.description),
    url: text(input.url),
    lang: text(input.lang),
    dir: input.dir === "rtl" || input.dir === "ltr" ? input.dir : undefined,
    image: text(input.image),
    author: toAuthor(input.author),
    date: text(input.date),
    tags: Array.isArray(input.tags) ? input.tags.map(text).filter((tag) => tag !== undefined) : [],
    data: isMap(input.data) ? input.data : {},
    file: text(input.file),
    card: input.card && { template: text(input.card.template), alt: text(input.card.alt) },
  };
}

function toAuthor(author: PageInput["author"]): Author | undefined {
  const name = text(typeof author === "object" ? author?.name : author);
  return name === undefined ? undefined : { name, avatar: typeof author === "object" ? text(author.avatar) : undefined };
}

/** What prints as a text, as a text; a date by its calendar day. */
function text(value: unknown): string | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString().slice(0, 10);
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint") return String(value);
  return typeof value === "string" && !isBlank(value) ? value.trim() : undefined;
}

function show(value: unknown): string {
  if (value === null || value === undefined || value === "") return "missing";
  return typeof value === "object" ? "an object" : typeof value === "string" ? "blank" : `a ${typeof value}`;
}
