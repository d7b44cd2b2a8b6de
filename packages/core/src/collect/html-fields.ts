import { attribute, elements, type HtmlDocument, type HtmlElement, isOurs, metaKeys, textOf } from "../parse-html.ts";
import type { Author, Page } from "../types.ts";
import { type Article, articleIn, commaSeparated } from "./json-ld.ts";
import { langOf } from "./values.ts";

/** Where the fields of a page are read from. */
export interface HtmlFacts {
  /** All HTML elements in document order. */
  readonly elements: readonly HtmlElement[];
  /** The contents of the `<meta>` tags by lower-case key, without the tags that an earlier run wrote. */
  readonly metas: ReadonlyMap<string, readonly string[]>;
  readonly article: Article | undefined;
}

/** A title and how it was found. */
export interface FoundTitle {
  readonly title: string;
  readonly from: "head" | "heading";
}

const TITLE_SEPARATORS = ["|", "-", "–", "—", "·", "•", "«", "»", "::"];

export function factsOf(document: HtmlDocument): HtmlFacts {
  const all = elements(document);
  return { elements: all, metas: metasIn(all), article: articleIn(all) };
}

/** `og:title`, else `<title>`, both without the site's name at their end, else the first `<h1>` that has text. */
export function titleOf(facts: HtmlFacts, siteName?: string): FoundTitle | undefined {
  const headline = headlineOf(facts);
  if (headline !== undefined) return { title: withoutSiteName(headline, siteName || siteNameOf(facts)), from: "head" };
  const heading = firstText(facts, "h1");
  return heading === undefined ? undefined : { title: heading, from: "heading" };
}

/** `og:title`, else `<title>`, as it is written. */
export function headlineOf(facts: HtmlFacts): string | undefined {
  return meta(facts, "og:title") ?? firstText(facts, "title");
}

/** What stands after the last separator of a title: `Site` of `About - us | Site`. */
export function endOfTitle(title: string): string | undefined {
  const places = TITLE_SEPARATORS.map((separator) => ` ${separator} `).map((between) => [title.lastIndexOf(between), between] as const);
  const [place, between] = places.reduce((last, other) => (other[0] > last[0] ? other : last));
  return place < 0 ? undefined : title.slice(place + between.length);
}

/** All fields that a page's HTML states, each from the first of its sources that has it. */
export function fieldsOf(facts: HtmlFacts): Omit<Page, "id" | "title" | "file"> {
  const html = firstNamed(facts, "html");
  const dir = html && attribute(html, "dir")?.toLowerCase();
  return {
    description: meta(facts, "og:description", "description"),
    url: [meta(facts, "og:url"), canonicalOf(facts)].find((url) => isWebAddress(url)),
    lang: langOf(html && attribute(html, "lang")),
    dir: dir === "ltr" || dir === "rtl" ? dir : undefined,
    author: authorOf(facts),
    date: statedDate(facts) ?? timeOf(facts),
    tags: tagsOf(facts),
    data: dataOf(facts),
  };
}

/** When a page was published, as it says to machines. */
export function statedDate(facts: HtmlFacts): string | undefined {
  return meta(facts, "article:published_time") ?? facts.article?.datePublished ?? meta(facts, "date");
}

/** The first content of the first of `keys` that the page has. */
export function meta(facts: HtmlFacts, ...keys: readonly string[]): string | undefined {
  return keys.flatMap((key) => facts.metas.get(key) ?? [])[0];
}

function metasIn(all: readonly HtmlElement[]): ReadonlyMap<string, readonly string[]> {
  const metas = new Map<string, string[]>();
  for (const element of all.filter((candidate) => !isOurs(candidate))) {
    for (const key of metaKeys(element)) metas.set(key, [...(metas.get(key) ?? []), attribute(element, "content") ?? ""]);
  }
  return metas;
}

export function siteNameOf(facts: HtmlFacts): string | undefined {
  return meta(facts, "og:site_name", "application-name");
}

/** Where nothing is left, the page's own title was empty, and the site's name is all that there is: `| Site`. */
function withoutSiteName(title: string, siteName: string | undefined): string {
  if (siteName === undefined) return title;
  const padded = ` ${title}`;
  const suffix = TITLE_SEPARATORS.map((separator) => ` ${separator} ${siteName}`).find((end) => padded.endsWith(end));
  return suffix === undefined ? title : padded.slice(1, -suffix.length) || siteName;
}

function canonicalOf(facts: HtmlFacts): string | undefined {
  const link = facts.elements.find(
    (element) => element.tagName === "link" && attribute(element, "rel")?.toLowerCase().split(" ").includes("canonical"),
  );
  return link && attribute(link, "href");
}

/** Open Graph wants the address of a profile in `article:author`; a name is what most people write. */
function authorOf(facts: HtmlFacts): Author | undefined {
  const names = [...(facts.metas.get("article:author") ?? []), meta(facts, "author"), facts.article?.author];
  const name = names.find((candidate) => candidate !== undefined && !isWebAddress(candidate));
  return name === undefined ? undefined : { name };
}

/**
 * The time of the page's own article. A page of several is a list of them, and so is one whose only article has a heading that leads
 * to another page: lists have no date. What stands in an article's footer is when it was last changed.
 */
function timeOf(facts: HtmlFacts): string | undefined {
  const [article, another] = facts.elements.filter((element) => element.tagName === "article");
  if (article === undefined || another !== undefined) return undefined;
  const all = elements(article);
  if (leadsElsewhere(all)) return undefined;
  const inFooters = new Set(all.filter(({ tagName }) => tagName === "footer").flatMap(elements));
  const times = all.filter((element) => element.tagName === "time" && !inFooters.has(element));
  return times.flatMap((element) => attribute(element, "datetime") ?? [])[0];
}

/** Whether the first heading is a link, or in one; many headings have one to themselves. */
function leadsElsewhere(all: readonly HtmlElement[]): boolean {
  const heading = all.find(({ tagName }) => /^h[1-6]$/.test(tagName));
  const links = all.filter((element) => element.tagName === "a" && /^[^#]/.test(attribute(element, "href") ?? ""));
  return heading !== undefined && links.some((link) => elements(link).includes(heading) || elements(heading).includes(link));
}

function tagsOf(facts: HtmlFacts): readonly string[] {
  // One each, by https://ogp.me/#no_vertical; Docusaurus puts all of them into one.
  const lists = [
    facts.metas.get("article:tag")?.flatMap(commaSeparated),
    commaSeparated(meta(facts, "keywords") ?? ""),
    facts.article?.keywords,
  ];
  return [...new Set(lists.find((list) => list !== undefined && list.length > 0))];
}

function dataOf(facts: HtmlFacts): Page["data"] {
  const siteName = siteNameOf(facts);
  const social = [...facts.metas].filter(([key]) => /^(?:og|article|twitter):/.test(key));
  return {
    og: Object.fromEntries(social.map(([key, [content]]) => [key, content])),
    ...(facts.article && { jsonLd: facts.article.node }),
    ...(siteName !== undefined && { siteName }),
  };
}

function firstNamed(facts: HtmlFacts, tagName: string): HtmlElement | undefined {
  return facts.elements.find((element) => element.tagName === tagName);
}

function firstText(facts: HtmlFacts, tagName: string): string | undefined {
  return facts.elements.flatMap((element) => (element.tagName === tagName && textOf(element)) || [])[0];
}

function isWebAddress(text: string | undefined): boolean {
  return text !== undefined && /^https?:\/\//i.test(text);
}
