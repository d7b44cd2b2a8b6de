import { isMarkdownFile } from "./markdown-file.ts";

/** Where the front matter of a page is. */
export interface ShownEntry {
  /** The content file, relative to the project. */
  readonly file?: string | undefined;
  /** The fields themselves, as plain data, where they are not the front matter of `file`. */
  readonly data?: Readonly<Record<string, unknown>> | undefined;
}

/** An entry of a content collection, as far as it matters here. */
interface CollectionEntry {
  readonly id: string;
  readonly collection: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly filePath?: string;
  /** What a loader knows a file's content by. Starlight names a file that is not there for what is written in a component (`<StarlightPage>`). */
  readonly digest?: unknown;
}

type Values = Readonly<Record<string, unknown>>;

/**
 * The content entry that a page shows, found in its props: the props themselves, or a value in them or one level deeper.
 *
 * Pages are often given their neighbours too (`{ post, prev, next }`): of several entries it is the one that the route's params
 * name, else the only one of the upper level. Where neither tells, there is none: no card is better than that of another page.
 */
export function shownEntry(props: Values, params: Values): ShownEntry | undefined {
  const entry = isEntry(props) ? props : choose(props, params);
  if (entry === undefined) return undefined;
  const { filePath: file, digest, data } = entry;
  return file !== undefined && digest !== undefined && isMarkdownFile(file) ? { file } : { file, data: plainData(data) };
}

function choose(props: Values, params: Values): CollectionEntry | undefined {
  const values = Object.values(props);
  const upper = values.filter(isEntry);
  const lower = values
    .filter((value) => isMap(value) && !isEntry(value))
    .flatMap((value) => Object.values(value as Values).filter(isEntry));
  const level = upper.length > 0 ? upper : lower;
  return [...upper, ...lower].find((entry) => isNamed(entry, params)) ?? (level.length === 1 ? level[0] : undefined);
}

/** Whether the route's params name the entry: `slug: "hello"`, or `lang: "fr", slug: "hello"`, is `hello`, `fr/hello` or `posts/hello`. */
function isNamed({ id, data, ...entry }: CollectionEntry & { readonly slug?: unknown }, params: Values): boolean {
  const parts = Object.values(params).filter((value) => typeof value === "string");
  const paths = [...parts, parts.join("/")].filter((path) => path !== "");
  const names = [id, entry.slug, data["slug"]].filter((name) => typeof name === "string");
  return names.some((name) => paths.some((path) => name === path || name.endsWith(`/${path}`)));
}

function isEntry(value: unknown): value is CollectionEntry {
  return isMap(value) && typeof value["id"] === "string" && typeof value["collection"] === "string" && isMap(value["data"]);
}

function isMap(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What JSON keeps of an entry's data. A picture of the project is the path of its source, a date at midnight is its day. */
function plainData(data: Values): Values {
  try {
    return JSON.parse(JSON.stringify(data, plain)) as Values;
  } catch {
    // Data that refers to itself, or has a BigInt in it, is nothing that a person wrote.
    return {};
  }
}

function plain(_key: string, value: unknown): unknown {
  if (typeof value === "string") return value.replace(/^(\d{4}-\d{2}-\d{2})T00:00:00\.000Z$/, "$1");
  // Astro's images have it as a hidden property.
  const source: unknown = isMap(value) ? value["fsPath"] : undefined;
  return typeof source === "string" ? source : value;
}
