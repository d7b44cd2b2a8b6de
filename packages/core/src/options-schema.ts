import * as v from "valibot";
import { OgError } from "./error.ts";
import { nearest } from "./nearest.ts";
import type { Config, Options } from "./options.ts";
import type { Renderer, Source, Store, Template } from "./types.ts";

/** What each option may be. A message of a schema says what is allowed, as the end of "it must be …". */

/** An object with these keys and no others; a list, a Map or a promise is none, though valibot would take it. */
const strict = <Entries extends v.ObjectEntries>(entries: Entries) =>
  v.pipe(v.custom<v.InferInput<v.StrictObjectSchema<Entries, undefined>>>(isPlainObject, "an object"), v.strictObject(entries));

const text = v.pipe(v.string(), v.trim(), v.nonEmpty("a text that is not empty"));
/** The longest that a timer of Node takes, in milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;
/** The largest that sharp takes. */
const MOST_PIXELS = 2 ** 31 - 1;
const wholeNumber = (low: number, high: number, allowed = `a whole number from ${low} ${high === Infinity ? "up" : `to ${high}`}`) => {
  return v.pipe(v.number(allowed), v.integer(allowed), v.minValue(low, allowed), v.maxValue(high, allowed));
};
const fn = <T>(allowed: string) => v.custom<T>((value) => typeof value === "function", allowed);
const object = <T>(allowed: string, ...methods: readonly string[]) =>
  v.custom<T>(
    (value) => typeof value === "object" && value !== null && methods.every((name) => typeof Reflect.get(value, name) === "function"),
    allowed,
  );
const iterable = v.custom<Source>(
  (value) => typeof value === "object" && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value),
  "the path of a folder, or an iterable of pages",
);

const templateAllowed = "the name of a template, a path, a function, or a list of at least one name or path";
const template = v.union([text, fn<Template>(""), v.pipe(v.array(text), v.minLength(1, templateAllowed))], templateAllowed);
const format = v.picklist(["png", "jpeg", "webp"]);
/** Whoever gives fewer takes them for kilobytes. */
const FEWEST_BYTES = 1000;
const maxBytesAllowed = `a whole number of bytes from ${FEWEST_BYTES} up, or false`;
const maxBytes = v.union([wholeNumber(FEWEST_BYTES, Infinity, maxBytesAllowed), v.literal(false)], maxBytesAllowed);
const theme = strict({
  mode: v.optional(v.picklist(["light", "dark"])),
  colors: v.optional(
    strict({ brand: v.optional(text), background: v.optional(text), foreground: v.optional(text), muted: v.optional(text) }),
  ),
  logo: v.optional(text),
  font: v.optional(
    v.union([text, strict({ heading: v.optional(text), body: v.optional(text) })], "the name of a family, or { heading, body }"),
  ),
  siteName: v.optional(text),
});
const font = v.union(
  [
    text,
    strict({
      file: text,
      family: v.optional(text),
      weight: v.optional(wholeNumber(1, 1000)),
      style: v.optional(v.picklist(["normal", "italic"])),
    }),
  ],
  "the path of a font file, or { file, family, weight, style }",
);
const variant = strict({
  width: v.optional(wholeNumber(16, 4096)),
  height: v.optional(wholeNumber(16, 4096)),
  template: v.optional(template),
  format: v.optional(format),
  maxBytes: v.optional(maxBytes),
});
const rule = strict({
  match: v.union([v.string(), v.array(v.string())], "a glob, or a list of globs"),
  template: v.optional(template),
  theme: v.optional(theme),
  skip: v.optional(v.boolean()),
});
/** What draws a tree, and what reads a front matter, recurses: a stack has an end. */
const DEEPEST = 1000;
const MOST_FRONT_MATTER = 16 * 1024 * 1024;
const limits = strict({
  frontMatterCharacters: v.optional(wholeNumber(1, MOST_FRONT_MATTER)),
  frontMatterDepth: v.optional(wholeNumber(1, DEEPEST)),
  frontMatterValues: v.optional(wholeNumber(1, Infinity)),
  templateElements: v.optional(wholeNumber(1, Infinity)),
  templateDepth: v.optional(wholeNumber(1, DEEPEST)),
  textCharacters: v.optional(wholeNumber(1, Infinity)),
  imageBytes: v.optional(wholeNumber(1, Infinity)),
  imagePixels: v.optional(wholeNumber(1, MOST_PIXELS)),
  remoteBytes: v.optional(wholeNumber(1, Infinity)),
  remoteMs: v.optional(wholeNumber(1, LONGEST_TIMER)),
  remoteRedirects: v.optional(wholeNumber(0, 20)),
  rendererMegabytes: v.optional(wholeNumber(128, Infinity)),
});
const webAddress = v.pipe(
  text,
  v.check(
    (value) => /^https?:\/\/[^?#]+$/i.test(value) && URL.canParse(value),
    "an absolute http(s) URL without ? and #, such as https://example.com",
  ),
);
/** Part of the path of an address: it names no host, and leads no folder up. */
const addressPath = v.pipe(
  v.string(),
  v.check((value) => !/[?#:\\]/.test(value) && !value.split("/").includes(".."), "the path of a folder of the site, such as /images/og/"),
);
const host = v.pipe(text, v.regex(/^[a-z0-9.-]+$/i, "the name of a host, such as images.example.com"));

const configEntries = {
  site: v.optional(webAddress),
  base: v.optional(addressPath),
  source: v.optional(v.union([text, iterable], "the path of a folder, or an iterable of pages")),
  outDir: v.optional(text),
  publicDir: v.optional(text),
  publicPath: v.optional(addressPath),
  template: v.optional(template),
  templates: v.optional(v.record(text, template)),
  rules: v.optional(v.array(rule)),
  theme: v.optional(theme),
  fonts: v.optional(v.array(font)),
  emoji: v.optional(
    v.union([v.picklist(["twemoji", "noto", "fluent", "openmoji"]), v.literal(false)], '"twemoji", "noto", "fluent", "openmoji" or false'),
  ),
  variants: v.optional(
    v.pipe(
      v.record(
        v.pipe(v.string(), v.regex(/^[a-z][a-z0-9_-]{0,31}$/i, "a name of up to 32 letters, digits, - and _ that begins with a letter")),
        variant,
      ),
      v.check((variants) => Object.keys(variants).length > 0, "at least one variant"),
    ),
  ),
  format: v.optional(format),
  quality: v.optional(wholeNumber(1, 100)),
  maxBytes: v.optional(maxBytes),
  optimize: v.optional(v.boolean()),
  remoteHosts: v.optional(v.array(host)),
  concurrency: v.optional(wholeNumber(1, Infinity)),
  timeout: v.optional(wholeNumber(1, LONGEST_TIMER)),
  cacheDir: v.optional(v.union([text, v.literal(false)], "the path of a folder, or false")),
  onError: v.optional(v.picklist(["fallback", "fail", "skip"])),
  limits: v.optional(limits),
};
export const configSchema = strict(configEntries) satisfies v.GenericSchema<unknown, Config>;
export const optionsSchema = strict({
  ...configEntries,
  root: v.optional(text),
  force: v.optional(v.boolean()),
  store: v.optional(object<Store>("a store: an object with get() and set()", "get", "set")),
  renderer: v.optional(object<Renderer>("a renderer: an object with render() and close()", "render", "close")),
  signal: v.optional(object<AbortSignal>("an AbortSignal", "addEventListener")),
}) satisfies v.GenericSchema<unknown, Options>;

/**
 * The value as the schema takes it.
 * @param file where it came from, for the message
 * @param namesFor the names at the top for the message, from those that the schema has
 * @throws OgError `E_OPTION` that names the option, its value, what is allowed and the nearest known name
 */
export function check<T>(schema: v.GenericSchema<unknown, T>, value: unknown, file?: string, namesFor: NamesFor = (names) => names): T {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const wrongs = result.issues.flatMap((issue) => innermost(issue, []));
  // A name that is not known explains why another is missing.
  const wrong = wrongs.find(isUnknownKey) ?? wrongs[0];
  if (!wrong || wrong.path.length === 0)
    throw new OgError("E_OPTION", `The configuration is ${show(value)}; it must be an object.`, { file });
  const name = wrong.path.join(".");
  if (isUnknownKey(wrong)) {
    const known = keysAt(schema, wrong.path.slice(0, -1));
    throw unknownKey(wrong.path, wrong.path.length === 1 ? namesFor(known) : known, file);
  }
  const given = wrong.path.reduce<unknown>((here, key) => (here as Record<string, unknown> | undefined)?.[String(key)], value);
  if (given === undefined) throw new OgError("E_OPTION", `The option \`${name}\` is missing.`, { file });
  throw new OgError(
    "E_OPTION",
    `The option \`${name}\` is ${show(wrong.issue.type === "regex" && wrong.isKey ? wrong.path.at(-1) : given)}; it must be ${allowed(wrong.issue)}.`,
    { file },
  );
}

/** The names of options that can be given somewhere, from those that there are. */
export type NamesFor = (names: readonly string[]) => readonly string[];

interface Wrong {
  readonly issue: v.BaseIssue<unknown>;
  readonly path: readonly unknown[];
  /** Whether the key itself is wrong, not its value. */
  readonly isKey: boolean;
}

/** What is wrong inside the object that was given, where one of several kinds of value is allowed. */
function innermost(issue: v.BaseIssue<unknown>, parents: readonly unknown[]): readonly Wrong[] {
  const path = [...parents, ...(issue.path ?? []).map(({ key }) => key)];
  const inside = (issue.issues ?? []).filter((nested) => (nested.path ?? []).length > 0);
  if (inside.length > 0) return inside.flatMap((nested) => innermost(nested, path));
  return [{ issue, path, isKey: issue.path?.at(-1)?.origin === "key" }];
}

function isUnknownKey({ issue, path }: Wrong): boolean {
  return issue.type === "strict_object" && issue.expected === "never" && path.length > 0;
}

function unknownKey(path: readonly unknown[], known: readonly string[], file: string | undefined): OgError {
  const parent = path
    .slice(0, -1)
    .map((key) => `${String(key)}.`)
    .join("");
  const meant = nearest(String(path.at(-1)), known);
  const hint = meant === undefined ? `Known here: ${known.join(", ")}.` : `Did you mean \`${parent}${meant}\`?`;
  return new OgError("E_OPTION", `There is no option \`${path.join(".")}\`.`, { file, hint });
}

function keysAt(schema: unknown, path: readonly unknown[]): readonly string[] {
  const parent = path.reduce((here, key) => {
    const { entries, item, value } = objectIn(here) as { entries?: Record<string, unknown>; item?: unknown; value?: unknown };
    return entries?.[String(key)] ?? item ?? value;
  }, schema);
  return Object.keys((objectIn(parent) as { entries?: object }).entries ?? {});
}

/** The schema of an object inside `optional()`, a pipe or a `union()`. */
function objectIn(schema: unknown): unknown {
  const { wrapped, options = [], pipe = [] } = schema as { wrapped?: unknown; options?: readonly unknown[]; pipe?: readonly unknown[] };
  if (wrapped) return objectIn(wrapped);
  const inside = [...options, ...pipe].filter((part) => part !== schema).map(objectIn);
  return inside.find((part) => typeof part === "object" && part !== null && "entries" in part) ?? schema;
}

function allowed({ type, expected, message }: v.BaseIssue<unknown>): string {
  if (type === "string") return "a text";
  if (type === "boolean") return "true or false";
  if (type === "array") return "a list";
  if (type === "strict_object" || type === "record") return "an object";
  if (type !== "picklist") return message;
  return (expected ?? "")
    .replace(/[()]/g, "")
    .replaceAll(" | ", ", ")
    .replace(/, ([^,]*)$/, " or $1");
}

function isPlainObject(value: unknown): boolean {
  return Object.prototype.toString.call(value) === "[object Object]";
}

const LONGEST_SHOWN = 60;

function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > LONGEST_SHOWN ? `${value.slice(0, LONGEST_SHOWN)}…` : value);
  if (typeof value === "function") return "a function";
  if (Array.isArray(value)) return "a list";
  if (typeof value !== "object" || value === null) return String(value);
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  return kind === "Object" ? "an object" : kind === "Promise" ? "a promise" : `a ${kind}`;
}
