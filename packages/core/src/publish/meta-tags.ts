import { MARKER } from "../marker.ts";
import type { Card, Page, PageResult } from "../types.ts";

/** One `<meta>` of a page's head, as data: `content` is not escaped. */
export interface MetaTag {
  /** The attribute that holds the key: `property` for Open Graph, `name` for Twitter. */
  readonly attribute: "property" | "name";
  /** Such as `og:image:width`. */
  readonly key: string;
  readonly content: string;
}

/** What the tags say of the site that the page belongs to. */
export interface TagsSite {
  /** `og:site_name`. Default: no such tag. */
  readonly siteName?: string | undefined;
}

type PublishedCard = Card & { readonly url: string };

/**
 * All tags of a page, in the order that works on every platform: Twitter's image before Open Graph's (iMessage then shows one
 * picture, not all), every image followed by what describes it, the primary one first.
 *
 * Platforms take absolute addresses only: a page whose primary card has no http(s) `url` (no `site` is configured) has no tags
 * at all, nor has one without cards (failed, skipped).
 *
 * - `og:url` is written where the page states its own `url`; where it does not, any guess at slashes and `.html` may be wrong.
 * - `og:type` is `article` for a page with a date, else `website`. `article:*` tags are written for articles only.
 * - `og:locale` needs a territory (https://ogp.me/#optional): `pt-BR` is `pt_BR`, and `pt` is left out.
 * - `article:published_time` is left out where the date is not an ISO 8601 one.
 */
export function metaTags(result: PageResult, site: TagsSite = {}): readonly MetaTag[] {
  if (!("cards" in result)) return [];
  const [primary, ...variants] = result.cards;
  if (!isPublished(primary)) return [];
  return [primaryTags(primary), ...variants.filter(isPublished).map(imageTags), pageTags(result.page, primary.url, site)].flat();
}

/** One `<meta …>` per line, values escaped; for the inside of a `<head>`. */
export function tagsToHtml(tags: readonly MetaTag[]): string {
  return tags.map(tagToHtml).join("\n");
}

/** One `<meta …>`, its values escaped. */
export function tagToHtml(tag: MetaTag): string {
  return `<meta ${tag.attribute}="${escapeAttribute(tag.key)}" content="${escapeAttribute(tag.content)}" ${MARKER}>`;
}

function primaryTags(card: PublishedCard): readonly MetaTag[] {
  return [
    tag("twitter:card", card.width > card.height ? "summary_large_image" : "summary"),
    tag("twitter:image", card.url),
    tag("twitter:image:alt", card.alt),
    imageTags(card),
  ].flat();
}

function imageTags(card: PublishedCard): readonly MetaTag[] {
  return [
    tag("og:image", card.url),
    tag("og:image:width", String(card.width)),
    tag("og:image:height", String(card.height)),
    tag("og:image:type", card.type),
    tag("og:image:alt", card.alt),
  ].flat();
}

function pageTags(page: Page, cardUrl: string, site: TagsSite): readonly MetaTag[] {
  return [
    tag("og:title", page.title),
    tag("og:description", page.description),
    tag("og:type", page.date === undefined ? "website" : "article"),
    tag("og:url", pageUrl(page.url, cardUrl)),
    tag("og:site_name", site.siteName),
    tag("og:locale", locale(page.lang)),
    page.date === undefined ? [] : articleTags(page, page.date),
  ].flat();
}

function articleTags(page: Page, date: string): readonly MetaTag[] {
  return [
    tag("article:published_time", isoDate(date)),
    tag("article:author", page.author?.name),
    page.tags.map((name) => tag("article:tag", name)),
  ].flat(2);
}

/** None where there is nothing to say. */
function tag(key: string, content: string | undefined): readonly MetaTag[] {
  if (content === undefined || content.trim() === "") return [];
  return [{ attribute: key.startsWith("twitter:") ? "name" : "property", key, content }];
}

function isPublished(card: Card): card is PublishedCard {
  return card.url !== undefined && isWebAddress(URL.parse(card.url));
}

function pageUrl(url: string | undefined, cardUrl: string): string | undefined {
  if (url === undefined) return undefined;
  const absolute = URL.parse(url, new URL("/", cardUrl).href);
  return isWebAddress(absolute) ? absolute.href : undefined;
}

function isWebAddress(url: URL | null): url is URL {
  return url?.protocol === "https:" || url?.protocol === "http:";
}

function locale(lang: string | undefined): string | undefined {
  try {
    const { language, region } = new Intl.Locale(lang ?? "");
    return region !== undefined && /^[A-Z]{2}$/.test(region) ? `${language}_${region}` : undefined;
  } catch {
    return undefined;
  }
}

/** ISO 8601 of a date as people write it in front matter: the `T` may be a space. */
function isoDate(written: string): string | undefined {
  const parts = /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?([Zz]|[+-]\d{2}:\d{2})?)?$/.exec(written.trim());
  if (parts === null) return undefined;
  const [, day, time, zone = ""] = parts;
  const midnight = new Date(`${day}T00:00:00Z`);
  // V8 reads the 30th of February as the 1st of March.
  if (Number.isNaN(midnight.getTime()) || midnight.toISOString().slice(0, 10) !== day) return undefined;
  if (time === undefined) return day;
  return Number.isNaN(Date.parse(`${day}T${time}Z`)) ? undefined : `${day}T${time}${zone.toUpperCase()}`;
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** For a double-quoted attribute: line breaks inside become spaces, other control characters go, half a surrogate pair becomes U+FFFD. */
function escapeAttribute(value: string): string {
  return value
    .replace(/^[\t\n\f\r]+|[\t\n\f\r]+$/g, "")
    .replace(/[\t\n\f\r]+/g, " ")
    .replace(/\p{Control}/gu, "")
    .replace(/\p{Surrogate}/gu, "\uFFFD")
    .replace(/[&<>"]/g, (character) => ENTITIES[character]!);
}
