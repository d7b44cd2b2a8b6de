import { availableParallelism } from "node:os";
import { basename, isAbsolute, join, relative, resolve } from "node:path";
import { LIMITS, type Limits } from "./limits.ts";
import { check, configSchema, type NamesFor, optionsSchema } from "./options-schema.ts";
import type { Format, Renderer, Source, Store, Template, ThemeOptions, Warning } from "./types.ts";

/**
 * A template: the name of one, a path (`./og/post.tsx`), or the function itself. Of a list of names and paths each page
 * gets one and keeps it, as `pick()` chooses.
 */
export type TemplateOption = string | Template | readonly string[];

/** A font file of the project: TTF, OTF, WOFF or WOFF2; a variable one has all of its weights. What is left out is read from the file. */
export interface FontOption {
  /** Path, relative to the project. */
  readonly file: string;
  readonly family?: string | undefined;
  /** 1 to 1000; of a variable font the only one that is used. */
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
  /** Bytes that the file may have, or `false`. Default: `maxBytes` for the first variant, `false` for the others. */
  readonly maxBytes?: number | false | undefined;
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
  /** The path that the site lives under. Default: that of `site`. */
  readonly base?: string | undefined;
  /** A folder of Markdown, or any iterable of pages. */
  readonly source?: string | Source | undefined;
  /** Where the images go, relative to the project. @default "./public/og" */
  readonly outDir?: string | undefined;
  /** The folder that is served as `/`; images named `/like-this.png` are looked for here. @default "./public" */
  readonly publicDir?: string | undefined;
  /**
   * Where `outDir` is served, below `base`. Default: its path below `publicDir`; where it lies elsewhere in the project, its path without
   * the first folder; else its name.
   */
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
  /**
   * Bytes that a page's first image may have. A PNG with more is packed harder, and where that is not enough becomes a JPEG of
   * falling quality, unless it is transparent; JPEG and WebP fall in quality. `false`: any number. @default 300000
   */
  readonly maxBytes?: number | false | undefined;
  /** Fewest bytes for all images, for 0.1 to 1 s of work each. @default false */
  readonly optimize?: boolean | undefined;
  /** Hosts from which images may be fetched, such as `images.example.com`. @default [] */
  readonly remoteHosts?: readonly string[] | undefined;
  /** Renderer processes at most, and the cores that they take: one alone may take two. Default: the number of cores. */
  readonly concurrency?: number | undefined;
  /** Time that an attempt at a card may take, in milliseconds; also that of one template call. @default 10000 */
  readonly timeout?: number | undefined;
  /** The folder of the store, and of what is remembered of unchanged pages, relative to the project; `false` keeps none. @default "node_modules/.cache/og-gen" */
  readonly cacheDir?: string | false | undefined;
  /** @default "fallback" */
  readonly onError?: OnError | undefined;
  /** What one page, template, image or card may cost. */
  readonly limits?: { readonly [name in keyof Limits]?: Limits[name] | undefined } | undefined;
}

/** What `generate()` and `plan()` take. */
export interface Options extends Config {
  /** The project's folder; relative paths start here. Default: the working directory. */
  readonly root?: string | undefined;
  /** Paint every card again. @default false */
  readonly force?: boolean | undefined;
  /** Replaces the folder in `cacheDir`; one that fails costs a warning, and no page its card (see `Store`). */
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
  readonly maxBytes: number | undefined;
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
  readonly optimize: boolean;
  readonly remoteHosts: readonly string[];
  readonly concurrency: number;
  readonly timeout: number;
  readonly cacheDir: string | undefined;
  readonly onError: OnError;
  readonly limits: Limits;
  readonly force: boolean;
  readonly store: Store | undefined;
  readonly renderer: Renderer | undefined;
  readonly signal: AbortSignal | undefined;
  /** Something about the options themselves that a person should know. */
  readonly warnings: readonly Warning[];
}

/**
 * Checks a configuration, whoever wrote it.
 * @param file where it came from, for the message
 * @param namesFor the names that can be given there, for the message, from those that there are; all of them by default
 * @throws OgError `E_OPTION` that names the option, its value, what is allowed and the nearest known name
 */
export function checkConfig(value: unknown, file?: string, namesFor?: NamesFor): Config {
  return check(configSchema, value, file, namesFor);
}

/** Bytes up to which WhatsApp is said to show every picture; Meta states no number. */
const FOLK_LIMIT = 300_000;

/** @throws OgError `E_OPTION` */
export function resolveOptions(options: Options): ResolvedOptions {
  const given = check(optionsSchema, options);
  const root = resolve(given.root ?? ".");
  const outDir = resolve(root, given.outDir ?? "public/og");
  const publicDir = resolve(root, given.publicDir ?? "public");
  const quality = given.quality ?? 85;
  const variants = Object.entries(given.variants ?? { og: {} }).map(
    ([name, { width = 1200, height = 630, ...rest }], index): ResolvedVariant => ({
      name,
      width,
      height,
      template: rest.template,
      format: rest.format ?? given.format ?? "png",
      maxBytes: (rest.maxBytes ?? (index === 0 ? (given.maxBytes ?? FOLK_LIMIT) : false)) || undefined,
    }),
  );
  return {
    root,
    site: given.site,
    base: slashed(given.base ?? (given.site === undefined ? "/" : new URL(given.site).pathname)),
    source: given.source ?? "content",
    outDir,
    publicDir,
    publicPath: slashed(given.publicPath ?? pathInside(publicDir, outDir) ?? servedAs(pathInside(root, outDir) ?? basename(outDir))),
    template: given.template ?? "article",
    templates: given.templates ?? {},
    rules: given.rules ?? [],
    theme: given.theme ?? {},
    fonts: (given.fonts ?? []).map((entry) => (typeof entry === "string" ? { file: entry } : entry)),
    emoji: given.emoji ?? "twemoji",
    variants: variants as [ResolvedVariant, ...ResolvedVariant[]],
    quality,
    optimize: given.optimize ?? false,
    remoteHosts: (given.remoteHosts ?? []).map((name) => name.toLowerCase()),
    concurrency: given.concurrency ?? availableParallelism(),
    timeout: given.timeout ?? 10_000,
    cacheDir: given.cacheDir === false ? undefined : resolve(root, given.cacheDir ?? join("node_modules", ".cache", "og-gen")),
    onError: given.onError ?? "fallback",
    limits: { ...LIMITS, ...definedOnly(given.limits ?? {}) },
    force: given.force ?? false,
    store: given.store,
    renderer: given.renderer,
    signal: given.signal,
    warnings: previewWarnings(variants[0]),
  };
}

function definedOnly<T extends object>(object: T): { readonly [name in keyof T]: NonNullable<T[name]> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as {
    [name in keyof T]: NonNullable<T[name]>;
  };
}

/** `./docs` as `/docs/`. */
function slashed(path: string): string {
  const folders = path.split("/").filter((folder) => folder !== "" && folder !== ".");
  return folders.length > 0 ? `/${folders.join("/")}/` : "/";
}

/** `static/images/og` as `images/og`: most likely the first folder is the one that is served. */
function servedAs(path: string): string {
  return path.replace(/^[^/]+\/(?=.)/, "");
}

/** `undefined` where it is not inside. */
function pathInside(parent: string, child: string): string | undefined {
  const path = relative(parent, child);
  return path.startsWith("..") || isAbsolute(path) ? undefined : path.replaceAll("\\", "/");
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
