import type { Page } from "../../types.ts";

/**
 * A text of the page's front matter: the first of `names` that its `og:` map has, else the first that its top level has.
 * A name such as `og.language` is looked for in that map alone.
 * Numbers are as they were written. What is neither text nor number is passed over.
 */
export function field(page: Page, ...names: readonly string[]): string | undefined {
  return found(page, names, textOf);
}

/** The same for a list of texts; a text alone is a list of one. Items that are no text are left out. */
export function fieldList(page: Page, ...names: readonly string[]): readonly string[] {
  return found(page, names, (value) => nonEmpty([value].flat().flatMap((item) => textOf(item) ?? []))) ?? [];
}

/** The same for a list of maps, of which the texts are kept: `stats: [{ value: 98 %, caption: uptime }]`. */
export function fieldRows(page: Page, ...names: readonly string[]): readonly Readonly<Record<string, string>>[] {
  return found(page, names, (value) => nonEmpty([value].flat().filter(isMap).map(textsOf))) ?? [];
}

function found<T>({ data }: Page, names: readonly string[], read: (value: unknown) => T | undefined): T | undefined {
  const { og } = data;
  const places = [
    { map: isMap(og) ? og : {}, keys: names.map((name) => name.replace(/^og\./, "")) },
    { map: data, keys: names.filter((name) => !name.startsWith("og.")) },
  ];
  for (const { map, keys } of places) {
    for (const key of keys) {
      const value = Object.hasOwn(map, key) ? read(map[key]) : undefined;
      if (value !== undefined) return value;
    }
  }
  return undefined;
}

function textsOf(map: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(map).flatMap(([name, value]) => {
      const text = textOf(value);
      return text === undefined ? [] : [[name, text]];
    }),
  );
}

/** Without the blank lines around it, but with the indent of its first line. */
function textOf(value: unknown): string | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  return String(value).replace(/^(?:[ \t]*\r?\n)+|\s+$/g, "") || undefined;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function nonEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}
