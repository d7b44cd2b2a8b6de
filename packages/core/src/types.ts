import type { Element, HostElement } from "./compose/jsx-runtime.ts";
import type { OgError } from "./error.ts";

/** What an element tree is made of, in all stages after the one that makes it. */
export type { HostChild, HostElement } from "./compose/jsx-runtime.ts";

// ── collect ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** Who wrote a page. */
export interface Author {
  readonly name: string;
  /** Path or URL of a picture. */
  readonly avatar?: string | undefined;
}

/** What one page asks of its card, beyond its own fields: the `og:` map of its front matter. */
export interface PageCard {
  /** The name of a template. */
  readonly template?: string | undefined;
  /** What the picture shows, for people who do not see it. Default: the title. */
  readonly alt?: string | undefined;
}

/** One thing to share. Texts are as their author wrote them. */
export interface Page {
  /** The route without slashes at its ends; unique; `""` is the home page. */
  readonly id: string;
  readonly title: string;
  readonly description?: string | undefined;
  /** The page's own address: absolute, or a path, which is taken to be below `base` where it does not begin with that. */
  readonly url?: string | undefined;
  /** BCP 47, such as `pt-BR`. */
  readonly lang?: string | undefined;
  readonly dir?: "ltr" | "rtl" | undefined;
  /** The cover: a path relative to the page's file, the project or its public folder, or a URL. */
  readonly image?: string | undefined;
  readonly author?: Author | undefined;
  /** As written, such as `2024-01-02`. */
  readonly date?: string | undefined;
  readonly tags: readonly string[];
  /** All of the front matter. A value is a number or a boolean only where it prints as it was written (`3`, not `1.10`). */
  readonly data: Readonly<Record<string, unknown>>;
  /** The absolute path of the file that the page comes from. */
  readonly file?: string | undefined;
  readonly card?: PageCard | undefined;
}

/** What somebody's own source may yield: a page of which only `id` and `title` must be there. */
export type PageInput = Pick<Page, "id" | "title"> & Partial<Omit<Page, "author">> & { readonly author?: Author | string | undefined };

/** What is known of a page that has no card: a draft, or one that could not be read. */
export interface PageRef {
  readonly id: string;
  readonly title?: string | undefined;
  readonly file?: string | undefined;
}

/** What the built-in sources yield: a page, or word of one that has no card. */
export type Entry =
  | { readonly kind: "page"; readonly page: Page; readonly warnings: readonly Warning[] }
  | { readonly kind: "skipped"; readonly page: PageRef; readonly reason: string }
  /** `page` is the best that could be made of it, for a fallback card. */
  | { readonly kind: "broken"; readonly page: Page; readonly error: OgError };

/** Yields pages in an order that does not change between runs. */
export type Source = Iterable<PageInput | Entry> | AsyncIterable<PageInput | Entry>;

// ── compose ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface ThemeColors {
  /** @default "#4f46e5" */
  readonly brand: string;
  /** Default: near white in light mode, near black in dark mode. */
  readonly background: string;
  /** Text on `background`. */
  readonly foreground: string;
  /** Secondary text on `background`. */
  readonly muted: string;
}

/** What a user sets once; what is left out follows from the rest. */
export interface ThemeOptions {
  /** @default "light" */
  readonly mode?: "light" | "dark" | undefined;
  /** CSS colours. One `brand` is enough; the others follow from it and from `mode`. */
  readonly colors?: { readonly [name in keyof ThemeColors]?: ThemeColors[name] | undefined } | undefined;
  /** Path of an image or SVG, relative to the project. */
  readonly logo?: string | undefined;
  /** A family for all text, or one for headings and one for the rest. @default "Inter" */
  readonly font?: string | { readonly heading?: string | undefined; readonly body?: string | undefined } | undefined;
  /** The site's name: on the cards, and `og:site_name`. */
  readonly siteName?: string | undefined;
}

/** A theme as a template sees it: complete. */
export interface Theme {
  /** @default "light" */
  readonly mode: "light" | "dark";
  readonly colors: ThemeColors;
  /** Path or URL of an image. */
  readonly logo?: string | undefined;
  /** Families, first choice first; a family that is not installed or listed in `fonts` is a warning. @default "Inter" */
  readonly font: { readonly heading: string; readonly body: string };
  readonly siteName?: string | undefined;
}

/** What a template is given. */
export interface TemplateInput {
  readonly page: Page;
  readonly theme: Theme;
  readonly size: Size;
  /** The variant's name, `og` unless several are configured. */
  readonly variant: string;
  /** The text direction of the page: its own, else its language's, else its title's. */
  readonly dir: "ltr" | "rtl";
}

/** Draws one page: a pure function of its input, so that the same page is the same card. */
export type Template = (input: TemplateInput) => Element | Promise<Element>;

// ── resolve ─────────────────────────────────────────────────────────────────────────────────────────────────────

export type Format = "png" | "jpeg" | "webp";

/** One font file, or one instance of a variable one, chosen for the code points of one card. */
export interface Face {
  /** The name by which the element tree asks for it. */
  readonly family: string;
  /** 1 to 1000. */
  readonly weight: number;
  readonly style: "normal" | "italic";
  readonly file: string;
  /** SHA-256 of the file, hex. */
  readonly digest: string;
  /**
   * Where the axes of a variable font are set, such as `{ wght: 700 }`; others stay at their defaults. Empty where a static
   * font says something else of itself than `weight` and `style`.
   */
  readonly variation?: Readonly<Record<string, number>> | undefined;
}

/** One image of an element tree, by its content: `src` in the tree is `og-image:<digest>`. */
export interface JobImage {
  /** SHA-256 of the bytes, hex. */
  readonly digest: string;
  /** As the template named it, for messages. */
  readonly name: string;
  /** The file, read (and checked against `digest`) where the pixels are needed. */
  readonly file?: string | undefined;
  /** The bytes, where there is no file. */
  readonly bytes?: Uint8Array | undefined;
}

/** One image to make: plain data, and all that will be painted. */
export interface Job extends Size {
  /** SHA-256, hex, over everything that will be painted. */
  readonly key: string;
  readonly tree: HostElement;
  readonly faces: readonly Face[];
  readonly images: readonly JobImage[];
  /** Emoji that are drawn as images: grapheme → digest. */
  readonly graphemes: Readonly<Record<string, string>>;
  /** What is asked for; see `maxBytes`. */
  readonly format: Format;
  /** 1 to 100; for `jpeg` and `webp`. */
  readonly quality: number;
  /** Bytes that the file should not exceed; a PNG may become a JPEG for it. */
  readonly maxBytes?: number | undefined;
  /** Fewest bytes, whatever time it takes. */
  readonly optimize?: boolean | undefined;
  /** `limits.textCharacters`. */
  readonly textCharacters?: number | undefined;
}

// ── render ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** What a renderer gives for a job. */
export interface Rendering {
  /** The encoded image. */
  readonly bytes: Uint8Array;
  /** True where the card could only be painted without its effects (see `render/safe.ts`). */
  readonly degraded: boolean;
  /** Why it had to be. */
  readonly cause?: OgError | undefined;
  /** The words that did not fit, of each text that was cut off. */
  readonly lost?: readonly string[] | undefined;
}

/** Makes pictures of jobs. Rejects with an `OgError`; never takes the caller's process down. */
export interface Renderer {
  render(job: Job): Promise<Rendering>;
  close(): Promise<void>;
}

// ── store ───────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * Key → bytes. A store may forget; it may never give other bytes than were set. One of your own costs no page its card: where
 * `get` throws, rejects or resolves with something else than bytes, the card is made again; where `set` does, it is not kept;
 * each is one warning (`W_STORE_READ`, `W_STORE_WRITE`, `W_STORE_ENTRY`) for the run. Either may take as long as `timeout`; one
 * that takes longer is not asked again in that run.
 */
export interface Store {
  /** The bytes that were set, or `undefined`. @param key 64 hexadecimal digits */
  get(key: string): Promise<Uint8Array | undefined>;
  /** Resolves when they are kept. @param bytes not to be changed: the file is written from them, too */
  set(key: string, bytes: Uint8Array): Promise<void>;
}

// ── publish ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** One image of a page, where it lies and what it is. */
export interface Card extends Size {
  readonly variant: string;
  /** Absolute path. */
  readonly file: string;
  /** The address as a page of the site would write it: `/base/og/blog/hello.png?v=1a2b3c4d`. */
  readonly src: string;
  /** The absolute address; there is none without `site`. */
  readonly url?: string | undefined;
  /** `image/png`, `image/jpeg` or `image/webp`; that of the file, which `maxBytes` may have made a JPEG. */
  readonly type: `image/${Format}`;
  readonly alt: string;
  /** Size of the file. */
  readonly bytes: number;
  readonly key: string;
  /** The words that did not fit, of each text that was cut off. */
  readonly lost?: readonly string[] | undefined;
}

/** Something that a person should know, although the card was made. */
export interface Warning {
  /** A permanent name, `W_…`; where `onError` is `skip`, that of the error for which a page was skipped. */
  readonly code: string;
  /** The same words for every page that has the same trouble. */
  readonly message: string;
  /** What is particular to this page, such as the code points `U+0627 ا`. */
  readonly detail?: string | undefined;
  readonly hint?: string | undefined;
  readonly page?: string | undefined;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

interface ResultBase {
  /** Time from the start of the page's turn to its end, in milliseconds; pages overlap. */
  readonly ms: number;
  readonly warnings: readonly Warning[];
}

interface ResultWithCards extends ResultBase {
  readonly page: Page;
  /** One per variant, the primary one first. */
  readonly cards: readonly [Card, ...Card[]];
  /** The name, or path below the project, of the template that drew it. */
  readonly template: string;
  /** Whether a file in `outDir` was written. */
  readonly written: boolean;
}

export interface RenderedResult extends ResultWithCards {
  readonly status: "rendered";
}
export interface CachedResult extends ResultWithCards {
  readonly status: "cached";
}
/** The page has a card, but not the one that was asked for. */
export interface FallbackResult extends ResultWithCards {
  readonly status: "fallback";
  readonly error: OgError;
}
export interface FailedResult extends ResultBase {
  readonly status: "failed";
  readonly page: PageRef;
  readonly error: OgError;
}
export interface SkippedResult extends ResultBase {
  readonly status: "skipped";
  readonly page: PageRef;
  readonly reason: string;
}

/** What happened to one page. */
export type PageResult = RenderedResult | CachedResult | FallbackResult | FailedResult | SkippedResult;
export type Status = PageResult["status"];

/** What happened to every page: `pages = rendered + cached + fallback + failed + skipped`. */
export interface Ledger extends Readonly<Record<Status, number>> {
  readonly pages: number;
  /** Pages of which at least one file in `outDir` was written. */
  readonly written: number;
  /** All warnings: those of the pages in page order, then those of the run. */
  readonly warnings: readonly Warning[];
  /** In page order. */
  readonly results: readonly PageResult[];
}

// ── plan ────────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * Why a card would be made; `current` ones would not. A fallback card from an earlier run is `changed`: it is not what
 * was asked for.
 */
export type Reason = "new" | "changed" | "missing" | "forced" | "current";

/** One image that a run would make, or leave as it is. */
export interface PlannedCard extends Size {
  readonly variant: string;
  /** Absolute path; of an image that is not there yet, that of the format that is asked for. */
  readonly file: string;
  readonly key: string;
  readonly reason: Reason;
}

/** What a run would do with one page. */
export interface PlannedPage {
  readonly page: Page;
  readonly template: string;
  readonly cards: readonly PlannedCard[];
  /** Why the page would end as `fallback`, as far as that is known before painting. */
  readonly error?: OgError | undefined;
  readonly warnings: readonly Warning[];
}

/** What a run would do. */
export interface Plan {
  readonly pages: number;
  /** In page order. */
  readonly planned: readonly PlannedPage[];
  readonly skipped: readonly SkippedResult[];
  readonly failed: readonly FailedResult[];
  readonly warnings: readonly Warning[];
}
