import type { Author } from "../types.ts";

/*
 * Readers of one front matter value each: what it means, or `undefined` where it is not of the kind.
 */

export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `true`, and what older YAML means by it. */
export function isYes(value: unknown): boolean {
  return value === true || (typeof value === "string" && /^(?:true|yes|on)$/i.test(value));
}

/** `false`, and what older YAML means by it. */
export function isNo(value: unknown): boolean {
  return value === false || (typeof value === "string" && /^(?:false|no|off)$/i.test(value));
}

/** Without what nobody can have meant: control characters but for tabs and line ends, and halves of surrogate pairs. Line ends are `\n`. */
export function cleanText(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(/[^\P{Cc}\t\n]|\p{Cs}/gu, "");
}

/** Spaces, and characters that are there but not to be seen: zero-width ones, soft hyphens, fillers. */
const UNSEEN = /^[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Control}\p{Surrogate}\u2800]*$/u;

/** Whether nothing of a text would be seen. */
export function isBlank(text: string): boolean {
  return UNSEEN.test(text);
}

/** A text, number or boolean as a trimmed text that is not blank. */
export function textOf(value: unknown): string | undefined {
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return undefined;
  const text = String(value);
  return isBlank(text) ? undefined : cleanText(text).trim();
}

/** A BCP 47 tag in its canonical form: `pt_br` is `pt-BR`. */
export function langOf(value: unknown): string | undefined {
  const text = typeof value === "string" ? value.trim().replaceAll("_", "-") : "";
  try {
    return Intl.getCanonicalLocales(text)[0];
  } catch {
    return undefined;
  }
}

export function dirOf(value: unknown): "ltr" | "rtl" | undefined {
  const text = textOf(value)?.toLowerCase();
  return text === "ltr" || text === "rtl" ? text : undefined;
}

/** An absolute `http` or `https` address, or a path that begins with one slash. */
export function urlOf(value: unknown): string | undefined {
  const text = typeof value === "string" ? value.trim() : "";
  return /^\/(?!\/)/.test(text) || (/^https?:\/\//i.test(text) && URL.canParse(text)) ? text : undefined;
}

/** A path or URL, or a map that has one: `{ src }` of Astro, `{ url }`, `{ image }` of Hugo, `{ path }`. */
export function imageOf(value: unknown): string | undefined {
  if (typeof value === "string") return cleanText(value).trim() || undefined;
  if (!isMap(value)) return undefined;
  return [value["src"], value["url"], value["path"], value["image"]]
    .map((path) => (typeof path === "string" ? imageOf(path) : undefined))
    .find(Boolean);
}

/** A name, a map with a `name` and perhaps a picture, or the first of a list of those. */
export function authorOf(value: unknown): Author | undefined {
  if (Array.isArray(value)) return authorOf(value[0]);
  const name = textOf(isMap(value) ? value["name"] : value);
  if (name === undefined) return undefined;
  const avatar = isMap(value) ? imageOf(value["avatar"] ?? value["image"] ?? value["picture"]) : undefined;
  return avatar === undefined ? { name } : { name, avatar };
}

/** What has Eleventy take the date of the file or of Git: https://www.11ty.dev/docs/dates/ */
export function isDateOfFile(value: unknown): boolean {
  return typeof value === "string" && /^(?:git )?(?:created|last modified)$/i.test(value.trim());
}

const DATE = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt ]+(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?)?/;

/** A date as it was written. One that begins like `2024-01-02` or `2024-01-02 23:30:00` must be in the calendar. */
export function dateOf(value: unknown): string | undefined {
  const text = textOf(value);
  const match = DATE.exec(text ?? "");
  if (!match) return text;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map((part) => Number(part ?? 0));
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const exists = month >= 1 && month <= 12 && day >= 1 && day <= lastDay && hour <= 24 && minute <= 59 && second <= 60;
  return exists ? text : undefined;
}

/** A list of texts, or one text with commas; each tag once. */
export function tagsOf(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value))
    return textOf(value)
      ?.split(",")
      .map((tag) => tag.trim())
      .filter(Boolean);
  const items = value.filter((item) => item !== null);
  const tags = items.map(textOf).filter((tag) => tag !== undefined);
  return tags.length < items.length ? undefined : [...new Set(tags)];
}
