import type { Entry, Page, Warning } from "../types.ts";
import { TITLE_FROM_ID, titleFromId } from "./title-from-id.ts";
import { cleanText, isBlank } from "./values.ts";

/** The entry with its texts cleaned, with a warning for each that had something in it that cannot be drawn. */
export function cleanEntry(entry: Entry): Entry {
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
    warnings.set("title", { ...TITLE_FROM_ID, ...where });
    return titleFromId(page.id);
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
