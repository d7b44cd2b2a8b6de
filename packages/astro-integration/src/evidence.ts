import type { CollectionEntry } from "./shown-entry.ts";

/** Whether something tells that a page shows this entry. */
export type Evidence = (entry: CollectionEntry) => boolean;

/**
 * What may tell, the surest first: the route's params name the entry, as its id is written or as slugs are made, all of them
 * together before the last alone; else the page bears its title.
 */
export function evidenceIn(params: Readonly<Record<string, unknown>>, html: string): readonly Evidence[] {
  return [...namings(params, asWritten), ...namings(params, asSlug), titling(html)];
}

/** `lang: "fr", slug: "b"` is `fr/b`, `posts/fr/b`, `b` or `posts/b`, in this order. */
function namings(params: Readonly<Record<string, unknown>>, form: (path: string) => string): readonly Evidence[] {
  const given = Object.entries(params).filter((param): param is [string, string] => typeof param[1] === "string");
  // A home page `/en/` is not named by what is there for each language, such as texts of menus.
  const parts = given.every(([name]) => isLanguage(name)) ? [] : given.map(([, value]) => value);
  const all = form(parts.join("/"));
  const last = form(parts.at(-1) ?? "");
  const ways: readonly ((name: string) => boolean)[] = [
    (name) => name === all,
    (name) => name.endsWith(`/${all}`),
    (name) => all.endsWith(`/${name}`),
    (name) => name.endsWith(`/${last}`),
  ];
  return ways.map((isNamed) => (entry) => namesOf(entry).map(form).some(isNamed));
}

function isLanguage(param: string): boolean {
  return /^(?:lang|language|locale)$/.test(param);
}

function namesOf(entry: CollectionEntry): readonly string[] {
  const names = [entry.id, written(entry, "slug"), written(entry.data, "slug"), written(entry.data, "permalink")];
  return names.filter((name) => typeof name === "string" && name !== "") as string[];
}

/** A property that is no getter: those that Astro adds to entries say that their names are old. */
function written(object: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(object, name)?.value;
}

function asWritten(path: string): string {
  return path;
}

/** In lower case, without accents, signs, the date at the start of a file's name, and `index` at the end. */
function asSlug(path: string): string {
  const segments = path
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase()
    .split("/")
    .map((segment) => segment.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, ""))
    .filter((segment) => segment !== "")
    .map((segment) => segment.replace(/^\d{4}-\d\d?-\d\d?-/, ""));
  return (segments.at(-1) === "index" ? segments.slice(0, -1) : segments).join("/");
}

/**
 * The title is the page's, or the page's begins with it: `Title | Site`. At its end it may be the name of the site, which settings hold.
 * A heading does not count: that of a list may be its first post's.
 */
function titling(html: string): Evidence {
  const heads = [/<title\b[^>]*>([^<]*)/i, /<meta\b(?=[^>]*\bog:title\b)[^>]*\bcontent=(?:"([^"]*)"|'([^']*)')/i]
    .map((pattern) => pattern.exec(html)?.slice(1).join("") ?? "")
    // What is written as an entity is nearly always a sign, and signs do not count.
    .map((text) => inParts(text.replace(/&#?\w+;/g, "&")));
  return ({ data: { title } }) => {
    const wanted = inParts(typeof title === "string" ? title : "");
    return wanted !== "" && heads.some((head) => head.startsWith(wanted));
  };
}

/** `Tom's Day – Site` as `tom s day|site|`: words in lower case, and a bar where a sign stands alone and at the end. */
function inParts(text: string): string {
  const parts = text
    .normalize("NFKC")
    .toLowerCase()
    .split(/(?:^|\s)[^\p{L}\p{N}\s]+(?=\s|$)/u)
    .map((part) => part.replace(/[^\p{L}\p{N}]+/gu, " ").trim());
  return parts.flatMap((part) => (part === "" ? [] : [`${part}|`])).join("");
}
