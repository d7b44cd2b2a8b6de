import { evidenceIn } from "./evidence.ts";
import { isMarkdownFile } from "./markdown-file.ts";
import { pictureFile, pictureFiles, type PictureFiles } from "./pictures.ts";

/** Where the front matter of a page is. */
export interface ShownEntry {
  /** The content file, relative to the project. */
  readonly file?: string | undefined;
  /** The fields themselves, as plain data, where they are not the front matter of `file`. */
  readonly data?: Readonly<Record<string, unknown>> | undefined;
  /** The files of the pictures that the front matter of `file` names. */
  readonly pictures?: PictureFiles | undefined;
  /** The fields that name other entries: `author: jane` is no name where there is a collection of authors. */
  readonly references?: readonly string[] | undefined;
}

/** An entry of a content collection, as far as it matters here. */
export interface CollectionEntry {
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
 * Pages are given other entries too: neighbours, a category, the latest post, settings. An entry counts where the route's params or
 * the page's title tell that it is the one. Where neither does, there is none: no entry is better than that of another page.
 * @param html the page
 */
export function shownEntry(props: Values, params: Values, html: string): ShownEntry | undefined {
  const entry = isEntry(props) ? props : choose(entriesIn(props), params, html);
  if (entry === undefined) return undefined;
  const { filePath: file, digest, data } = entry;
  const references = referencesIn(data);
  return file !== undefined && digest !== undefined && isMarkdownFile(file)
    ? { file, pictures: pictureFiles(data), references }
    : { file, data: plainData(data), references };
}

/** Each once. */
function entriesIn(props: Values): readonly CollectionEntry[] {
  const values = Object.values(props);
  const deeper = values.filter((value) => isMap(value) && !isEntry(value)).flatMap((value) => Object.values(value as Values));
  const entries = [...values, ...deeper].filter(isEntry);
  return [...new Map(entries.map((entry) => [`${entry.collection}/${entry.id}`, entry])).values()];
}

/** Of several that the same tells of, what is less sure decides. */
function choose(entries: readonly CollectionEntry[], params: Values, html: string): CollectionEntry | undefined {
  let left = entries;
  for (const tellsOf of entries.length === 0 ? [] : evidenceIn(params, html)) {
    const found = left.filter(tellsOf);
    if (found.length === 1) return found[0];
    if (found.length > 1) left = found;
  }
  return undefined;
}

function isEntry(value: unknown): value is CollectionEntry {
  return isMap(value) && typeof value["id"] === "string" && typeof value["collection"] === "string" && isMap(value["data"]);
}

function referencesIn(data: Values): readonly string[] | undefined {
  const fields = Object.keys(data).filter((field) => [data[field]].flat().some(isReference));
  return fields.length > 0 ? fields : undefined;
}

/** What Astro makes of a field that the schema says is a `reference()`. */
function isReference(value: unknown): value is { readonly id: string } {
  return isMap(value) && typeof value["id"] === "string" && typeof value["collection"] === "string" && Object.keys(value).length === 2;
}

function isMap(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What JSON keeps of an entry's data. A picture of the project is the path of its source, a reference is the id, a date at midnight is its day. */
function plainData(data: Values): Values {
  try {
    return JSON.parse(JSON.stringify(data, plain)) as Values;
  } catch {
    // Data that refers to itself is nothing that a person wrote.
    return {};
  }
}

function plain(_key: string, value: unknown): unknown {
  if (typeof value === "string") return value.replace(/^(\d{4}-\d{2}-\d{2})T00:00:00\.000Z$/, "$1");
  // A YAML parser may read a long number as one.
  if (typeof value === "bigint") return String(value);
  return isReference(value) ? value.id : (pictureFile(value) ?? value);
}
