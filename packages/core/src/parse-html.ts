import type { DefaultTreeAdapterTypes } from "parse5";
import { lazyPackage } from "./lazily.ts";
import { MARKER } from "./marker.ts";

export type HtmlDocument = DefaultTreeAdapterTypes.Document;
export type HtmlElement = DefaultTreeAdapterTypes.Element;
type HtmlNode = DefaultTreeAdapterTypes.ChildNode;
type HtmlParent = DefaultTreeAdapterTypes.ParentNode;

const parse5 = lazyPackage<typeof import("parse5")>("parse5");

const HTML_NAMESPACE = "http://www.w3.org/1999/xhtml";
const SPACE = /[\t\n\f\r ]+/g;

/** The document as a browser with scripts on sees it: the content of `<noscript>` is text. `text` has no byte order mark. */
export function parseHtml(text: string): HtmlDocument {
  return parse5().parse(text);
}

/**
 * The same document with the offsets of its nodes, read only until its body starts, since nothing after that changes the head:
 * it costs what the head costs, however long the page. A head without `</head>` may have been ended by a stray element inside
 * it, so what its author meant for the head may lie in the body: then all is read.
 */
export function parseHead(text: string): HtmlDocument {
  const { defaultTreeAdapter, parse } = parse5();
  const document = defaultTreeAdapter.createDocument();
  const bodyStarts = Symbol("body starts");
  try {
    parse(text, {
      sourceCodeLocationInfo: true,
      treeAdapter: {
        ...defaultTreeAdapter,
        createDocument: () => document,
        createElement(tagName, namespace, attributes) {
          if (tagName === "body" && headOf(document)?.sourceCodeLocation?.endTag !== undefined) throw bodyStarts;
          return defaultTreeAdapter.createElement(tagName, namespace, attributes);
        },
      },
    });
  } catch (thrown) {
    if (thrown !== bodyStarts) throw thrown;
  }
  return document;
}

/** The HTML elements below `parent` in document order: nothing inside a `<template>`, and no SVG or MathML. */
export function elements(parent: HtmlParent): readonly HtmlElement[] {
  return [...descendants(parent)].filter(isElement).filter((element) => element.namespaceURI === HTML_NAMESPACE);
}

/** `<html>`, written or implied. */
export function rootOf(document: HtmlDocument): HtmlElement | undefined {
  return document.childNodes.find(isElement);
}

/** `<head>`, written or implied. */
export function headOf(document: HtmlDocument): HtmlElement | undefined {
  return rootOf(document)
    ?.childNodes.filter(isElement)
    .find((element) => element.tagName === "head");
}

/** The offset after `<!doctype …>`, if `document` was read by `parseHead` and has one. */
export function doctypeEnd(document: HtmlDocument): number | undefined {
  return document.childNodes.find((node) => node.nodeName === "#documentType")?.sourceCodeLocation?.endOffset;
}

/** An attribute's value, its spaces collapsed; `undefined` where it is missing or blank. */
export function attribute(element: HtmlElement, name: string): string | undefined {
  return collapse(element.attrs.find((attr) => attr.name === name)?.value ?? "");
}

/** The text inside an element, its spaces collapsed, without what is hidden from screen readers (such as the `#` of a heading's anchor). */
export function textOf(element: HtmlElement): string | undefined {
  const visible = (node: HtmlNode): boolean => !(isElement(node) && attribute(node, "aria-hidden") === "true");
  return collapse(
    [...descendants(element, visible)].map((node) => ("value" in node ? node.value : node.nodeName === "br" ? " " : "")).join(""),
  );
}

/**
 * What a `<meta>` is about, in lower case: its `property` and its `name`, since people write either for both Open Graph and
 * Twitter. None where it says nothing (no `content`).
 */
export function metaKeys(element: HtmlElement): readonly string[] {
  if (element.tagName !== "meta" || attribute(element, "content") === undefined) return [];
  const keys = `${attribute(element, "property") ?? ""} ${attribute(element, "name") ?? ""}`;
  return keys
    .toLowerCase()
    .split(" ")
    .filter((key) => key !== "");
}

/** Whether an earlier run wrote it. */
export function isOurs(element: HtmlElement): boolean {
  return element.attrs.some((attr) => attr.name === MARKER);
}

/** Without recursion: pages nest as deep as their authors like. Does not go below what `enter` refuses. */
function* descendants(parent: HtmlParent, enter: (node: HtmlNode) => boolean = () => true): Generator<HtmlNode, undefined> {
  const pending = parent.childNodes.toReversed();
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (!enter(node)) continue;
    yield node;
    if (isElement(node)) for (let index = node.childNodes.length - 1; index >= 0; index--) pending.push(node.childNodes[index]!);
  }
}

function isElement(node: HtmlNode): node is HtmlElement {
  return "tagName" in node;
}

function collapse(text: string): string | undefined {
  return text.replace(SPACE, " ").replace(/^ | $/g, "") || undefined;
}
