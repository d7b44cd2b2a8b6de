import { parse } from "parse5";
import { expect } from "vitest";
import { MARKER } from "../src/marker.ts";
import { elements, type HtmlElement } from "../src/parse-html.ts";
import type { MetaTag } from "../src/publish/meta-tags.ts";

/** Our tags say what they were given; nothing else in the page is more, less, or something else than before. */
export function expectReadBack(html: string, injected: string, tags: readonly MetaTag[]): void {
  const all = (text: string) => elements(parse(text.replace(/^\uFEFF/, "")));
  const isOurs = (node: HtmlElement) => node.attrs.some(({ name }) => name === MARKER);
  const shown = (node: HtmlElement) => [node.tagName, node.attrs.map(({ name, value }) => [name, value])];
  const theirs = all(injected).filter((node) => !isOurs(node));
  expect(theirs.map(shown)).toEqual(all(html).map(shown));
  const given = tags.map(({ key, content }) => `${key} ${readable(content)}`);
  for (const node of all(injected).filter(isOurs)) {
    const value = (name: string) => node.attrs.find((attribute) => attribute.name === name)?.value;
    expect(given).toContain(`${value("property") ?? value("name")} ${value("content")}`);
    expect(node.attrs).toHaveLength(3);
  }
}

/** What a head can say of a text: one line, without control characters or halves of surrogate pairs. */
function readable(content: string): string {
  return content
    .replace(/^[\t\n\f\r]+|[\t\n\f\r]+$/g, "")
    .replace(/[\t\n\f\r]+/g, " ")
    .replace(/\p{Control}/gu, "")
    .toWellFormed();
}
