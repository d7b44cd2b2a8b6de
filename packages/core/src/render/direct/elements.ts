import type { HostChild, HostElement, Size } from "../../types.ts";
import type { LoadedFace } from "../advances.ts";
import type { Part } from "../parts.ts";
import type { BoxNode, BoxStyle } from "./boxes.ts";
import { stackOf } from "./fonts.ts";
import { paragraphOf, type Paragraph } from "./paragraph.ts";
import { isTranslucent, readStyle, type ElementStyle, type InheritedStyle } from "./styles.ts";

/** What a card is made of, besides its elements. */
export interface CardContent extends Size {
  readonly faces: readonly LoadedFace[];
  /** Characters that are drawn as images. */
  readonly graphemes: readonly string[];
  /** The natural size of an image by its `src`. */
  readonly imageSize: (src: string) => Size | undefined;
  /** Is told what will be painted, before the text is set, and may begin with it. */
  readonly paintAhead: (parts: readonly Part[]) => Promise<void>;
}

/** An element of which all is known, and the box that it has. */
export interface KnownElement {
  readonly element: HostElement;
  readonly style: ElementStyle;
  readonly node: BoxNode;
  readonly contents: readonly (KnownElement | KnownText)[];
  /** The boxes that cut off what lies outside of them. */
  readonly clips: readonly BoxNode[];
}

export interface KnownText {
  readonly paragraph: Paragraph;
  readonly node: BoxNode;
}

export interface Container {
  readonly node: BoxNode;
  readonly clips: readonly BoxNode[];
}

/** What an element is in. */
export interface Surroundings extends Container {
  readonly inherited: InheritedStyle;
  readonly isFlex: boolean;
  /** That of absolute elements: the nearest positioned one, or the card. */
  readonly containing: Container;
}

/** Blocks whose style is known; an inline element is one in a flex container. */
const BLOCKS = new Set(["div", "section", "header", "footer", "main", "article", "nav", "aside", "p", "h1", "h2", "h3"]);
const PROPS = new Set(["style", "children", "lang", "og-measured"]);
const IMAGE_PROPS = new Set(["style", "children", "src", "alt", "width", "height"]);

/**
 * Reads an element and all that is in it, and puts its box into that of `around`.
 * @returns `undefined` where there is anything in it that is not known here
 * @throws Error for a font that cannot be laid out with
 */
export function readElement(element: HostElement, around: Surroundings, card: CardContent): KnownElement | undefined {
  const { type, props } = element;
  const isImage = type === "img" && around.isFlex;
  const isBlock = BLOCKS.has(type) || (type === "span" && around.isFlex);
  const known = isImage ? IMAGE_PROPS : isBlock ? PROPS : undefined;
  if (!known || Object.keys(props).some((name) => !known.has(name))) return undefined;
  const style = readStyle(element, around.inherited);
  const box = style && (isImage ? imageBox(element, style.box, card) : style.box);
  if (!box || !isPlaceable(style, around)) return undefined;
  const node: BoxNode = { style: box, children: [] };
  const parent = box.isAbsolute ? around.containing : around;
  parent.node.children.push(node);
  const children = childrenOf(element);
  if (children.length > 0 && (isImage || (isTranslucent(style) && !isPlainText(children, style)))) return undefined;
  const inside: Container = { node, clips: box.hidesOverflow ? [...parent.clips, node] : parent.clips };
  const surroundings: Surroundings = {
    ...inside,
    inherited: style.inherited,
    isFlex: style.box.display === "flex",
    containing: style.isPositioned ? inside : around.containing,
  };
  const contents: (KnownElement | KnownText)[] = [];
  for (const child of children) {
    // In a block, texts and elements would share lines.
    const isAlone = surroundings.isFlex || children.length === 1;
    const text = typeof child === "string" && isAlone ? readText(child, style, card) : undefined;
    const known = typeof child === "string" ? text : readElement(child, surroundings, card);
    if (!known) return undefined;
    if (text) node.children.push(text.node);
    contents.push(known);
  }
  return { element, style, node, contents, clips: parent.clips };
}

/** Nothing but a text, whose colour is as translucent as it is itself. */
function isPlainText(children: readonly HostChild[], { decoration = {} }: ElementStyle): boolean {
  return children.length === 1 && typeof children[0] === "string" && Object.keys(decoration).length === 1;
}

/** Texts that stand next to each other are one; what is only space is nothing. */
function childrenOf({ props: { children = [] } }: HostElement): readonly HostChild[] {
  const joined: HostChild[] = [];
  for (const child of children) {
    const last = joined.at(-1);
    if (typeof child === "string" && typeof last === "string") joined[joined.length - 1] = last + child;
    else joined.push(child);
  }
  return joined.filter((child) => typeof child !== "string" || !/^[ \t\n\r\f]*$/.test(child));
}

/** Whether an element is where its style alone says. */
function isPlaceable({ box: { isAbsolute, inset = {}, hidesOverflow }, hasOwnEdge }: ElementStyle, around: Surroundings): boolean {
  if (hidesOverflow && hasOwnEdge) return false;
  // An absolute element that is not in its parent stands in the parent where nothing else is said.
  const isThere = (inset.left ?? inset.right) !== undefined && (inset.top ?? inset.bottom) !== undefined;
  return !isAbsolute || around.containing.node === around.node || isThere;
}

/** As satori sizes images: where a side is not said, it has the picture's proportions. */
function imageBox({ props }: HostElement, box: BoxStyle, card: CardContent): BoxStyle | undefined {
  const natural = card.imageSize(String(props["src"]));
  if (!natural) return undefined;
  const sides = (edges = { left: 0, right: 0, top: 0, bottom: 0 }) => [edges.left + edges.right, edges.top + edges.bottom] as const;
  const [paddingX, paddingY] = sides(box.padding);
  const [borderX, borderY] = sides(box.border);
  const extraX = box.isContentBox ? 0 : paddingX + borderX;
  const extraY = box.isContentBox ? 0 : paddingY + borderY;
  const ratio = natural.height / natural.width;
  const width = box.width === "auto" ? undefined : (box.width ?? attribute(props["width"]));
  const height = box.height === "auto" ? undefined : (box.height ?? attribute(props["height"]));
  if (width !== undefined && height !== undefined) return { ...box, width, height, isReplaced: true };
  if (typeof width === "number") return { ...box, width, height: (width - extraX) * ratio + extraY, isReplaced: true };
  if (typeof height === "number") return { ...box, height, width: (height - extraY) / ratio + extraX, isReplaced: true };
  return undefined;
}

function attribute(value: unknown): number | undefined {
  const number = typeof value === "string" && /^\d*\.?\d+$/.test(value.trim()) ? Number(value) : value;
  return typeof number === "number" ? number : undefined;
}

/**
 * @param style that of the element that the text is in
 * @returns `undefined` for a text that is not laid out here
 * @throws Error for a font that cannot be laid out with
 */
export function readText(content: string, { inherited, box, lineLimit }: ElementStyle, card: CardContent): KnownText | undefined {
  if (card.graphemes.some((grapheme) => content.includes(grapheme))) return undefined;
  if (inherited.letters !== "any" && inherited.lang !== undefined) return undefined;
  const cased =
    inherited.letters === "upper" ? content.toLocaleUpperCase() : inherited.letters === "lower" ? content.toLocaleLowerCase() : content;
  const { families, fontSize, fontWeight, letterSpacing, lineHeight, textAlign, wordBreak, overflowWrap, isBalanced } = inherited;
  const isBlock = box.display === "block";
  const paragraph = paragraphOf(cased, {
    stack: stackOf(card.faces, families, fontWeight),
    fontSize,
    letterSpacing,
    weight: fontWeight,
    lineHeight,
    align: textAlign,
    breaksWords: wordBreak === "break-word" || overflowWrap === "anywhere" ? "always" : overflowWrap === "break-word" ? "lastly" : "never",
    isBalanced,
    lineLimit,
    fillsWidth: isBlock,
  });
  return paragraph && { paragraph, node: { style: isBlock ? { display: "block" } : {}, children: [], measure: paragraph.measure } };
}
