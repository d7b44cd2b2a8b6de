import { type HtmlElement, attribute, textOf } from "../parse-html.ts";

/** What a page's structured data (https://schema.org/Article) says of the article on it. */
export interface Article {
  readonly datePublished: string | undefined;
  readonly author: string | undefined;
  readonly keywords: readonly string[];
  /** The whole node. */
  readonly node: Readonly<Record<string, unknown>>;
}

/**
 * The first article among the JSON-LD scripts of a page, at the top of a script, in its list or in its `@graph`. A script that
 * is not JSON is passed over, as search engines do.
 */
export function articleIn(page: readonly HtmlElement[]): Article | undefined {
  const scripts = page.filter(
    (element) => element.tagName === "script" && attribute(element, "type")?.toLowerCase() === "application/ld+json",
  );
  const node = scripts.flatMap((script) => nodesIn(parseJson(textOf(script) ?? ""))).find(isArticle);
  return (
    node && {
      datePublished: namesIn(node["datePublished"])[0],
      author: namesIn(node["author"])[0],
      keywords: namesIn(node["keywords"]).flatMap(commaSeparated),
      node,
    }
  );
}

export function commaSeparated(list: string): readonly string[] {
  return list.split(",").flatMap((item) => item.trim() || []);
}

function nodesIn(json: unknown): readonly Readonly<Record<string, unknown>>[] {
  const top = [json].flat().filter(isRecord);
  return [...top, ...top.flatMap((node) => node["@graph"]).filter(isRecord)];
}

function isArticle(node: Readonly<Record<string, unknown>>): boolean {
  return [node["@type"]].flat().some((type) => typeof type === "string" && /(?:Article|BlogPosting)$/.test(type));
}

/** Texts, and the names of things, in what may be one or a list of either. */
function namesIn(value: unknown): readonly string[] {
  const texts = [value].flat().map((item: unknown) => (isRecord(item) ? item["name"] : item));
  return texts.flatMap((text) => (typeof text === "string" && text.trim()) || []);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
