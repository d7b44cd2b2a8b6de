import { availableParallelism } from "node:os";
import { isAbsolute, join, relative, resolve } from "node:path";
import * as v from "valibot";
import { OgError } from "./error.ts";
import { nearest } from "./nearest.ts";
import type { Format, Renderer, Source, Store, Template, ThemeOptions, Warning } from "./types.ts";

/** A template: the name of a built-in one, a path (`./og/post.tsx`), or the function itself. */
export type TemplateOption = string | Template;

/** A font file of the project: TTF, OTF, WOFF or WOFF2. What is left out is read from the file. */
export interface FontOption {
  /** Path, relative to the project. */
  readonly file: string;
  readonly family?: string | undefined;
  /** 100 to 900. */
  readonly weight?: number | undefined;
  readonly style?: "normal" | "italic" | undefined;
}

/** One of several images of a page. */
export interface VariantOptions {
  /** Pixels, 16 to 4096. @default 1200 */
  readonly width?: number | undefined;
  /** Pixels, 16 to 4096. @default 630 */
  readonly height?: number | undefined;
  /** Default: the page's template. */
  readonly template?: TemplateOption | undefined;
  /** Default: `format`. */
  readonly format?: Format | undefined;
}

/** What holds for some pages. Rules apply in order; a later one wins. */
export interface Rule {
  /** Globs on the page's id, such as `blog/**`; `""` is the home page. */
  readonly match: string | readonly string[];
  readonly template?: TemplateOption | undefined;
  readonly theme?: ThemeOptions | undefined;
  /** `true`: these pages get no card. */
  readonly skip?: boolean | undefined;
}

/** What a page ends as when its card cannot be made: a plain card, `failed` without one, or `skipped` without one. */
export type OnError = "fallback" | "fail" | "skip";

/** What `og.config.ts` may say. */
export interface Config {
  /** The site's address, such as `https://example.com`. Without it there are no absolute URLs, so no tags. */
  readonly site?: string | undefined;
  /** The path that the site lives under. @default "/" */
  readonly base?: string | undefined;
  /** A folder of Markdown, or any iterable of pages. */
  readonly source?: string | Source | undefined;
  /** Where the images go, relative to the project. @default "./public/og" */
  readonly outDir?: string | undefined;
  /** The folder that is served as `/`; images named `/like-this.png` are looked for here. @default "./public" */
  readonly publicDir?: string | undefined;
  /** Where `outDir` is served, below `base`. Default: its path below `publicDir`, else `/og/`. */
  readonly publicPath?: string | undefined;
  /** @default "article" */
  readonly template?: TemplateOption | undefined;
  /** Names for the project's own templates, so that a page's `og.template` can ask for them. */
  readonly templates?: Readonly<Record<string, TemplateOption>> | undefined;
  readonly rules?: readonly Rule[] | undefined;
  readonly theme?: ThemeOptions | undefined;
  /** Font files beside the bundled Inter. */
  readonly fonts?: readonly (string | FontOption)[] | undefined;
  /** The set of emoji, drawn in colour; `false` leaves them to the fonts. All but Twemoji are to be installed. @default "twemoji" */
  readonly emoji?: "twemoji" | "noto" | "fluent" | "openmoji" | false | undefined;
  /** Images of a page by name, the primary one first. @default { og: { width: 1200, height: 630 } } */
  readonly variants?: Readonly<Record<string, VariantOptions>> | undefined;
  /** @default "png" */
  readonly format?: Format | undefined;
  /** 1 to 100, for JPEG and WebP. @default 85 */
  readonly quality?: number | undefined;
  /** Hosts from which images may be fetched, such as `images.example.com`. @default [] */
  readonly remoteHosts?: readonly string[] | undefined;
  /** Renderer processes at most. Default: the number of cores. */
  readonly concurrency?: number | undefined;
  /** Time that one card may take, in milliseconds; also that of one template call. @default 10000 */
  readonly timeout?: number | undefined;
  /** The folder of the store, relative to the project; `false` keeps none. @default "node_modules/.cache/og-gen" */
  readonly cacheDir?: string | false | undefined;
  /** @default "fallback" */
  readonly onError?: OnError | undefined;
}

/** What `generate()` and `plan()` take. */
export interface Options extends Config {
  /** The project's folder; relative paths start here. Default: the working directory. */
  readonly root?: string | undefined;
  /** Paint every card again. @default false */
  readonly force?: boolean | undefined;
  /** Replaces the folder in `cacheDir`. */
  readonly store?: Store | undefined;
  /** Replaces the pool of renderer processes; the caller closes it. */
  readonly renderer?: Renderer | undefined;
  /** Ends the run early: no further page is begun, and the ledger rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

export interface ResolvedVariant {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly template: TemplateOption | undefined;
  readonly format: Format;
}

/** Every option with its value; paths are absolute. */
export interface ResolvedOptions {
  readonly root: string;
  readonly site: string | undefined;
  readonly base: string;
  readonly source: string | Source;
  readonly outDir: string;
  readonly publicDir: string;
  readonly publicPath: string;
  readonly template: TemplateOption;
  readonly templates: Readonly<Record<string, TemplateOption>>;
  readonly rules: readonly Rule[];
  readonly theme: ThemeOptions;
  readonly fonts: readonly FontOption[];
  readonly emoji: "twemoji" | "noto" | "fluent" | "openmoji" | false;
  readonly variants: readonly [ResolvedVariant, ...ResolvedVariant[]];
  readonly quality: number;
  readonly remoteHosts: readonly string[];
  readonly concurrency: number;
  readonly timeout: number;
  readonly cacheDir: string | undefined;
  readonly onError: OnError;
  readonly force: boolean;
  readonly store: Store | undefined;
  readonly renderer: Renderer | undefined;
  readonly signal: AbortSignal | undefined;
  /** Something about the options themselves that a person should know. */
  readonly warnings: readonly Warning[];
}

// ── what is allowed ─────────────────────────────────────────────────────────────────────────────────────────────

const text = v.pipe(v.string(), v.trim(), v.nonEmpty("a text that is not empty"));
const wholeNumber = (low: number, high: number) => {
  const allowed = high === Infinity ? `a whole number from ${low} up` : `a whole number from ${low} to ${high}`;
  return v.pipe(v.number(allowed), v.integer(allowed), v.minValue(low, allowed), v.maxValue(high, allowed));
};
const fn = <T>(allowed: string) => v.custom<T>((value) => typeof value === "function", allowed);
const object = <T>(allowed: string, ...methods: readonly string[]) =>
  v.custom<T>((value) => typeof value === "object" && value !== null && methods.every((name) => typeof Reflect.get(value, name) === "function"), allowed);
const iterable = v.custom<Source>(
  (value) => typeof value === "object" && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value),
  "the path of a folder, or an iterable of pages",
);

const template = v.union([text, fn<Template>("")], "the name of a template, a path, or a function");
const format = v.picklist(["png", "jpeg", "webp"]);
const theme = v.strictObject({
  mode: v.optional(v.picklist(["light", "dark"])),
  colors: v.optional(
    v.strictObject({ brand: v.optional(text), background: v.optional(text), foreground: v.optional(text), muted: v.optional(text) }),
  ),
  logo: v.optional(text),
  font: v.optional(v.union([text, v.strictObject({ heading: v.optional(text), body: v.optional(text) })], "the name of a family, or { heading, body }")),
  siteName: v.optional(text),
});
const font = v.union(
  [text, v.strictObject({ file: text, family: v.optional(text), weight: v.optional(wholeNumber(1, 1000)), style: v.optional(v.picklist(["normal", "italic"])) })],
  "the path of a font file, or { file, family, weight, style }",
);
const variant = v.strictObject({
  width: v.optional(wholeNumber(16, 4096)),
  height: v.optional(wholeNumber(16, 4096)),
  template: v.optional(template),
  format: v.optional(format),
});
const rule = v.strictObject({
  match: v.union([v.string(), v.array(v.string())], "a glob, or a list of globs"),
  template: v.optional(template),
  theme: v.optional(theme),
  skip: v.optional(v.boolean()),
});
const webAddress = v.pipe(
  text,
  v.check((value) => /^https?:\/\//i.test(value) && URL.canParse(value), "an absolute http(s) URL, such as https://example.com"),
);
const host = v.pipe(text, v.regex(/^[a-z0-9.-]+$/i, "the name of a host, such as images.example.com"));

const configEntries = {
  site: v.optional(webAddress),
  base: v.optional(v.string()),
  source: v.optional(v.union([text, iterable], "the path of a folder, or an iterable of pages")),
  outDir: v.optional(text),
  publicDir: v.optional(text),
  publicPath: v.optional(text),
  template: v.optional(template),
  templates: v.optional(v.record(text, template)),
  rules: v.optional(v.array(rule)),
  theme: v.optional(theme),
  fonts: v.optional(v.array(font)),
  emoji: v.optional(v.union([v.picklist(["twemoji", "noto", "fluent", "openmoji"]), v.literal(false)], "twemoji, noto, fluent, openmoji or false")),
  variants: v.optional(
    v.pipe(
      v.record(v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9_-]*$/i, "a name of letters, digits, - and _")), variant),
      v.check((variants) => Object.keys(variants).length > 0, "at least one variant"),
    ),
  ),
  format: v.optional(format),
  quality: v.optional(wholeNumber(1, 100)),
  remoteHosts: v.optional(v.array(host)),
  concurrency: v.optional(wholeNumber(1, Infinity)),
  timeout: v.optional(wholeNumber(1, Infinity)),
  cacheDir: v.optional(v.union([text, v.literal(false)], "the path of a folder, or false")),
  onError: v.optional(v.picklist(["fallback", "fail", "skip"])),
};
const configSchema = v.strictObject(configEntries) satisfies v.GenericSchema<unknown, Config>;
const optionsSchema = v.strictObject({
  ...configEntries,
  root: v.optional(text),
  force: v.optional(v.boolean()),
  store: v.optional(object<Store>("a store: an object with get() and set()", "get", "set")),
  renderer: v.optional(object<Renderer>("a renderer: an object with render() and close()", "render", "close")),
  signal: v.optional(object<AbortSignal>("an AbortSignal", "addEventListener")),
}) satisfies v.GenericSchema<unknown, Options>;

/**
 * Checks a configuration, whoever wrote it.
 * @param file where it came from, for the message
 * @throws OgError `E_OPTION` that names the option, its value, what is allowed and the nearest known name
 */
export function checkConfig(value: unknown, file?: string): Config {
  return check(configSchema, value, file);
}

/** @throws OgError `E_OPTION` */
export function resolveOptions(options: Options): ResolvedOptions {
  const given = check(optionsSchema, options);
  const root = resolve(given.root ?? ".");
  const outDir = resolve(root, given.outDir ?? "public/og");
  const publicDir = resolve(root, given.publicDir ?? "public");
  const quality = given.quality ?? 85;
  const variants = Object.entries(given.variants ?? { og: {} }).map(
    ([name, { width = 1200, height = 630, ...rest }]): ResolvedVariant => ({
      name,
      width,
      height,
      template: rest.template,
      format: rest.format ?? given.format ?? "png",
    }),
  );
  return {
    root,
    site: given.site,
    base: slashed(given.base ?? "/"),
    source: given.source ?? "content",
    outDir,
    publicDir,
    publicPath: slashed(given.publicPath ?? pathBelow(publicDir, outDir) ?? "og"),
    template: given.template ?? "article",
    templates: given.templates ?? {},
    rules: given.rules ?? [],
    theme: given.theme ?? {},
    fonts: (given.fonts ?? []).map((entry) => (typeof entry === "string" ? { file: entry } : entry)),
    emoji: given.emoji ?? "twemoji",
    variants: variants as [ResolvedVariant, ...ResolvedVariant[]],
    quality,
    remoteHosts: (given.remoteHosts ?? []).map((name) => name.toLowerCase()),
    concurrency: given.concurrency ?? availableParallelism(),
    timeout: given.timeout ?? 10_000,
    cacheDir: given.cacheDir === false ? undefined : resolve(root, given.cacheDir ?? join("node_modules", ".cache", "og-gen")),
    onError: given.onError ?? "fallback",
    force: given.force ?? false,
    store: given.store,
    renderer: given.renderer,
    signal: given.signal,
    warnings: previewWarnings(variants[0]),
  };
}

// ── the parts ───────────────────────────────────────────────────────────────────────────────────────────────────

function check<T>(schema: v.GenericSchema<unknown, T>, value: unknown, file?: string): T {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  const issue = result.issues[0];
  const name = v.getDotPath(issue);
  if (!name) throw new OgError("E_OPTION", `The configuration is ${issue.received}; it must be an object.`, { file });
  if (issue.type === "strict_object") {
    const known = knownKeys(schema, issue);
    const parent = name.slice(0, name.lastIndexOf(".") + 1);
    const meant = nearest(name.slice(parent.length), known);
    const hint = meant === undefined ? `Known here: ${known.join(", ")}.` : `Did you mean \`${parent}${meant}\`?`;
    throw new OgError("E_OPTION", `There is no option \`${name}\`.`, { file, hint });
  }
  const allowed = issue.type === "picklist" || issue.type === "union" || issue.type === "string" ? expected(issue) : issue.message;
  throw new OgError("E_OPTION", `The option \`${name}\` is ${issue.received}; it must be ${allowed}.`, { file });
}

function expected(issue: v.BaseIssue<unknown>): string {
  if (issue.type === "picklist") return issue.expected?.replace(/[()]/g, "").replaceAll(" | ", " or ") ?? issue.message;
  if (issue.type === "string") return "a text";
  return issue.message;
}

/** The keys of the object in which `issue` found one that is not among them. */
function knownKeys(schema: unknown, issue: v.BaseIssue<unknown>): readonly string[] {
  let here: unknown = schema;
  for (const { key } of issue.path?.slice(0, -1) ?? []) here = step(here, key);
  const entries = (unwrap(here) as { entries?: object } | undefined)?.entries ?? {};
  return Object.keys(entries);
}

function step(schema: unknown, key: unknown): unknown {
  const here = unwrap(schema) as { entries?: Record<string, unknown>; item?: unknown; value?: unknown };
  return here.entries?.[String(key)] ?? here.item ?? here.value;
}

/** The schema inside `optional()`, or the object among the options of a `union()`. */
function unwrap(schema: unknown): unknown {
  const here = schema as { wrapped?: unknown; options?: readonly unknown[] } | undefined;
  if (here?.wrapped) return unwrap(here.wrapped);
  return here?.options?.find((option) => typeof option === "object" && option !== null && "entries" in option) ?? schema;
}

function slashed(path: string): string {
  const inner = path.replace(/^\/+|\/+$/g, "");
  return inner ? `/${inner}/` : "/";
}

function pathBelow(parent: string, child: string): string | undefined {
  const path = relative(parent, child);
  return path && !path.startsWith("..") && !isAbsolute(path) ? path.replaceAll("\\", "/") : undefined;
}

/** Facebook, LinkedIn and WhatsApp do not all take WebP. */
function previewWarnings(primary: ResolvedVariant | undefined): readonly Warning[] {
  if (primary?.format !== "webp") return [];
  return [
    {
      code: "W_PRIMARY_FORMAT",
      message: "The primary image is WebP, which several platforms do not show.",
      hint: 'Use format "png" or "jpeg", and WebP for further variants only.',
    },
  ];
}
