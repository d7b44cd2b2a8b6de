import { MARKER } from "../marker.ts";
import {
  attribute,
  doctypeEnd,
  elements,
  headOf,
  type HtmlDocument,
  type HtmlElement,
  isOurs,
  metaKeys,
  parseHead,
  rootOf,
} from "../parse-html.ts";
import { type MetaTag, tagToHtml } from "./meta-tags.ts";

const BYTE_ORDER_MARK = "\uFEFF";

/** Where the tags go, and what goes before each of them. */
interface Place {
  readonly offset: number;
  /** A line break and an indentation like the neighbour's, or nothing on a line that goes on. */
  readonly separator: string;
}

/**
 * The same HTML with `tags` in its head in place of those of an earlier run. Every other byte stays as it was, and a second
 * call with the same tags changes nothing.
 *
 * The author's own tags win: a tag is left out where the head has one of that key, in `property` or in `name`, in upper or lower
 * case; and a head that names a picture of its own gets no word about ours. An own tag with an empty `content` says nothing.
 *
 * The tags stand early, where crawlers that read only the start of a page see them: after `<meta charset>`, which browsers look
 * for in the first 1,024 bytes, else at the start of the head. A page without `<head>`, or without any tag at all, gets them
 * where HTML implies one: after `<html>`, else after the doctype, else at the start.
 */
export function injectHead(html: string, tags: readonly MetaTag[]): string {
  const start = html.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  const text = withoutOurs(html.slice(start));
  const document = parseHead(text);
  const added = withoutTheirs(tags, document);
  const { offset, separator } = placeIn(text, document);
  const lines = added.map((tag) => separator + tagToHtml(tag)).join("");
  return html.slice(0, start) + text.slice(0, offset) + lines + text.slice(offset);
}

/** The text before any run: our tags go, each with the line break and the indentation before it. */
function withoutOurs(text: string): string {
  if (!text.includes(MARKER)) return text;
  const ours = headElements(parseHead(text)).filter((element) => element.tagName === "meta" && isOurs(element));
  const kept: string[] = [];
  let from = 0;
  for (const { startOffset, endOffset } of ours.flatMap((element) => element.sourceCodeLocation ?? [])) {
    kept.push(text.slice(from, startOffset - lineStartBefore(text, startOffset).length));
    from = endOffset;
  }
  return kept.join("") + text.slice(from);
}

function withoutTheirs(tags: readonly MetaTag[], document: HtmlDocument): readonly MetaTag[] {
  const theirs = new Set(
    elements(document)
      .filter((element) => !isOurs(element))
      .flatMap(metaKeys),
  );
  const hasImage = ["og:image", "og:image:url", "og:image:secure_url"].some((key) => theirs.has(key));
  const hasTwitterImage = hasImage || theirs.has("twitter:image") || theirs.has("twitter:image:src");
  return tags.filter(({ key }) => {
    if (/^og:image\b|^twitter:card$/i.test(key) && hasImage) return false;
    if (/^twitter:image\b/i.test(key) && hasTwitterImage) return false;
    return !theirs.has(key.toLowerCase());
  });
}

function placeIn(text: string, document: HtmlDocument): Place {
  const charset = headElements(document).find(isCharset)?.sourceCodeLocation;
  if (charset) {
    const { startOffset, endOffset } = charset;
    return { offset: endOffset, separator: lineStartBefore(text, startOffset) || lineStartAfter(text, endOffset) };
  }
  const tagBefore = headOf(document)?.sourceCodeLocation?.startTag ?? rootOf(document)?.sourceCodeLocation?.startTag;
  const offset = tagBefore?.endOffset ?? doctypeEnd(document) ?? 0;
  // A doctype that the end of the file cut off would swallow the tags.
  if (text[offset - 1] !== ">") return { offset: 0, separator: "" };
  return { offset, separator: lineStartAfter(text, offset) };
}

function headElements(document: HtmlDocument): readonly HtmlElement[] {
  const head = headOf(document);
  return head === undefined ? [] : elements(head);
}

function isCharset(element: HtmlElement): boolean {
  if (element.tagName !== "meta") return false;
  return attribute(element, "charset") !== undefined || attribute(element, "http-equiv")?.toLowerCase() === "content-type";
}

/** The line break and the indentation right before `offset`. */
function lineStartBefore(text: string, offset: number): string {
  return matchAt(/(?<=((?:\r\n|[\n\r])[\t ]*))/y, text, offset);
}

/** The line break and the indentation of the next line that is not blank, if `offset` ends its line. */
function lineStartAfter(text: string, offset: number): string {
  return matchAt(/[\t ]*((?:\r\n|[\n\r])[\t ]*)+/y, text, offset);
}

/** What the first group of a sticky pattern matches at `offset`. */
function matchAt(pattern: RegExp, text: string, offset: number): string {
  pattern.lastIndex = offset;
  return pattern.exec(text)?.[1] ?? "";
}
