import { OgError } from "../error.ts";
import type { Author, Entry, Page, PageInput, Source, Warning } from "../types.ts";
import type { Limits } from "../limits.ts";
import type { EntryMemory } from "./entry-text.ts";
import { markdownEntries } from "./markdown.ts";
import { cleanText, isBlank, isMap } from "./values.ts";

/**
 * All pages of a source, checked, their texts without control characters.
 * @param source a folder of Markdown, absolute, or any iterable of pages
 * @param memory what earlier runs have read of a folder
 * @throws OgError `E_SOURCE` when the folder cannot be read; whatever the iterable throws
 */
export async function* collect(source: string | Source, limits?: Limits, memory?: EntryMemory): AsyncGenerator<Entry> {
  for await (const item of typeof source === "string" ? markdownEntries(source, { limits }, memory) : source) {
    yield withoutControlCharacters(isEntry(item) ? item : toEntry(item));
  }
}

/** The entry with its texts cleaned, with a warning for each that had something in it that cannot be drawn. */
function withoutControlCharacters(entry: Entry): Entry {
  if (entry.kind === "skipped") return entry;
  const { page } = entry;
  const where = { page: page.id, file: page.file };
  const warnings = new Map<string, Warning>();
  const clean = <T extends string | undefined>(name: string, text: T): T => {
    if (text === undefined) return text;
    const cleaned = cleanText(text);
    const message = `\`${name}\` has control characters in it, which are left out.`;
    if (cleaned.length < text.replace(/\r\n?/g, "\n").length) warnings.set(name, { code: "W_CONTROL_CHARACTERS", message, ...where });
    return cleaned.trim() as T;
  };
  const named = (title: string): string => {
    if (!isBlank(title)) return clean("title", title);
    warnings.set("title", { ...NO_TITLE, ...where });
    return lastPart(page.id);
  };
  const cleaned: Page = {
    ...page,
    title: named(page.title),
    description: clean("description", page.description),
    date: clean("date", page.date),
    author: page.author && { ...page.author, name: clean("author", page.author.name) },
    tags: page.tags.map((tag) => clean("tags", tag)).filter((tag) => tag !== ""),
    card: page.card && { ...page.card, alt: clean("alt", page.card.alt) },
  };
  return entry.kind === "broken"
    ? { ...entry, page: cleaned }
    : { ...entry, page: cleaned, warnings: [...entry.warnings, ...warnings.values()] };
}

const NO_TITLE = {
  code: "W_TITLE_FROM_ID",
  message: "The page has no title: its card bears the end of its id.",
  hint: "Give the page a `title` that is a text.",
} as const;

/** What a page without a title is called. */
function lastPart(id: string): string {
  const words = cleanText(id.split("/").at(-1) ?? "");
  return isBlank(words) ? "Home" : words;
}

/** A page of somebody's own may have a field of this name too. */
const KINDS = new Set<unknown>(["page", "skipped", "broken"]);

function isEntry(item: PageInput | Entry): item is Entry {
  return (
    typeof item === "object" && item !== null && "kind" in item && KINDS.has(item.kind) && "page" in item && typeof item.page === "object"
  );
}

/** A page from somebody's own source: only texts may reach the card from it. */
function toEntry(input: PageInput): Entry {
  const { id, title } = Object(input) as PageInput;
  if (typeof id !== "string")
    throw new OgError("E_PAGE", `A page has no \`id\` that is a text, but ${show(id)}.`, {
      hint: "Give each page its route, such as blog/hello.",
    });
  const route = id.replace(/^\/+|\/+$/g, "");
  const words = text(title);
  if (words === undefined) {
    const page = toPage(input, route, lastPart(route));
    if (title === undefined || title === null || typeof title === "string") {
      return { kind: "page", page, warnings: [{ ...NO_TITLE, page: route, file: page.file }] };
    }
    const error = new OgError("E_PAGE", `The page's \`title\` is ${show(title)}; it must be a text.`, {
      page: route,
      file: page.file,
      hint: NO_TITLE.hint,
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
    card: input.card,
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
