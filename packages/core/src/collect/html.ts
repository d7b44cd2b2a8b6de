import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { OgError, reasonOf } from "../error.ts";
import { attribute, parseHead, parseHtml } from "../parse-html.ts";
import type { Entry, Warning } from "../types.ts";
import { listFiles } from "./files.ts";
import { fieldsOf, type FoundTitle, type HtmlFacts, factsOf, meta, statedDate, titleOf } from "./html-fields.ts";
import { idsOfDoubles } from "./page-ids.ts";
import { HTML_EXTENSIONS, siteNameIn } from "./site-name.ts";
import { TITLE_FROM_FILE, titleFromId } from "./title-from-id.ts";

/** Which pages have a card. */
export interface HtmlPageOptions {
  /** Cards also for pages that ask search engines not to list them. @default false */
  readonly noindex?: boolean | undefined;
  /** Cards also for `404.html` and `500.html`. @default false */
  readonly errorPages?: boolean | undefined;
  /**
   * What to take off the end of titles, as in `About | Example`; an empty text for what each page states (`og:site_name`). Default: for a
   * page by itself the same, for a whole site what `siteNameIn()` finds.
   */
  readonly siteName?: string | undefined;
}

export interface HtmlOptions extends HtmlPageOptions {
  /** Globs relative to the folder. @default every `.html` and `.htm` file */
  readonly include?: string | readonly string[] | undefined;
  /** Globs relative to the folder, of pages to leave out. @default none */
  readonly exclude?: string | readonly string[] | undefined;
}

/** A fragment for a script to put into a page, or the file by which a search engine knows a site's owner, has none of these. */
const DOCUMENT = /<(?:!doctype|html|head|title|body)\b/i;
/** Of the site, or of one of its languages: `404`, `fr/404`. */
const ERROR_PAGE = /^(?:[a-z]{2,3}(?:-[a-z0-9]+)*\/)?(?:404|500)$/i;
/** What Nuxt and SvelteKit have served for addresses that have no file of their own. */
const FALLBACK_PAGE = /^200$/;

/**
 * The pages of a built site, whatever built it: all HTML below `dir`, sorted by path.
 *
 * @throws OgError `E_SOURCE` where `dir` cannot be read. A page that cannot be read is a broken entry.
 */
export async function* html(dir: string, options: HtmlOptions = {}): AsyncGenerator<Entry, undefined> {
  const root = resolve(dir);
  const paths = await listFiles(root, { include: options.include, exclude: options.exclude, extensions: HTML_EXTENSIONS });
  const doubles = idsOfDoubles(paths, routeOf);
  const siteName = options.siteName ?? (await siteNameIn(root));
  for (const path of paths) yield await readEntry(resolve(root, path), doubles.get(path) ?? routeOf(path), { ...options, siteName });
}

/** The route of an HTML file by its path in the site: `about/index.html` and `about.html` are `about`, `index.html` is `""`. */
export function routeOf(path: string): string {
  return path.replace(/\.html?$/i, "").replace(/(?:^|\/)index$/i, "");
}

/**
 * One page of built HTML. It is skipped where it is no document but a part of one, a redirect, an error page, what stands in for
 * pages without a file (`200.html`), not to be listed, or has an `og:image` of its own: that picture stays. Tags that an earlier run
 * wrote are not read.
 *
 * The title is `og:title`, else `<title>`, without the site's name at its end; else, with a warning, the first `<h1>`, else the
 * name of the file. `data` holds `og` (the page's `og:*`, `article:*` and `twitter:*` tags), `jsonLd` (its article in structured
 * data) and `siteName`.
 *
 * @param text The file's content.
 * @param file Its absolute path.
 * @param id The page's route, such as `routeOf` gives.
 */
export function readHtmlPage(text: string, file: string, id: string, options: HtmlPageOptions = {}): Entry {
  if (!DOCUMENT.test(text)) return { kind: "skipped", page: { id, file }, reason: "not a document" };
  const facts = read(text.replace(/^\uFEFF/, ""));
  const found = titleOf(facts, options.siteName);
  const title = found?.title ?? titleFromId(id);
  const reason = reasonToSkip(facts, id, options);
  if (reason !== undefined) return { kind: "skipped", page: { id, title, file }, reason };
  return { kind: "page", page: { id, title, file, ...fieldsOf(facts) }, warnings: titleWarnings(found, id, file) };
}

/** The head says most of it; the body, which takes most of the time, is read only where it may say more. */
function read(text: string): HtmlFacts {
  const head = factsOf(parseHead(text));
  const isStructured = head.article !== undefined || !/application\/ld\+json/i.test(text);
  const isDated = statedDate(head) !== undefined || !/<time\b/i.test(text);
  const isEnough = titleOf(head) !== undefined && isStructured && isDated;
  return isEnough ? head : factsOf(parseHtml(text));
}

async function readEntry(file: string, id: string, options: HtmlPageOptions): Promise<Entry> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (thrown) {
    const hint = "Make the file readable, or leave it out with `exclude`.";
    const error = new OgError("E_SOURCE", `The page cannot be read: ${reasonOf(thrown)}.`, { hint, page: id, file, cause: thrown });
    return { kind: "broken", page: { id, title: titleFromId(id), file, tags: [], data: {} }, error };
  }
  return readHtmlPage(text, file, id, options);
}

function reasonToSkip(facts: HtmlFacts, id: string, options: HtmlPageOptions): string | undefined {
  if (isRedirect(facts)) return "redirect";
  if (FALLBACK_PAGE.test(id)) return "fallback of an application";
  if (!options.errorPages && (ERROR_PAGE.test(id) || isErrorOfNext(facts))) return "error page";
  if (!options.noindex && asksNotToBeListed(facts)) return "noindex";
  if (meta(facts, "og:image", "og:image:url", "og:image:secure_url") !== undefined) return "has its own og:image";
  return undefined;
}

function asksNotToBeListed(facts: HtmlFacts): boolean {
  const rules = (facts.metas.get("robots") ?? []).flatMap((content) => content.toLowerCase().split(/ ?, ?/));
  return rules.includes("noindex") || rules.includes("none");
}

/** `<meta http-equiv="refresh" content="0; url=/new/">`; without an address it only reloads the page. */
function isRedirect(facts: HtmlFacts): boolean {
  return facts.elements.some(
    (element) =>
      element.tagName === "meta" &&
      attribute(element, "http-equiv")?.toLowerCase() === "refresh" &&
      /^[\d.]* ?[;, ] ?\S/.test(attribute(element, "content") ?? ""),
  );
}

/** What Next exports for a page that calls `redirect()` or `notFound()`. */
function isErrorOfNext(facts: HtmlFacts): boolean {
  return facts.elements.some((element) => element.tagName === "html" && attribute(element, "id") === "__next_error__");
}

function titleWarnings(found: FoundTitle | undefined, id: string, file: string): readonly Warning[] {
  if (found?.from === "head") return [];
  const hint = "Give the page a `<title>`.";
  return found === undefined
    ? [{ ...TITLE_FROM_FILE, hint, page: id, file }]
    : [{ code: "W_TITLE_FROM_HEADING", message: "The page has no title: its card bears its first heading.", hint, page: id, file }];
}
