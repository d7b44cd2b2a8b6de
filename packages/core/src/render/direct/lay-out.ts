import type { HostChild, HostElement, Size } from "../../types.ts";
import type { LoadedFace } from "../advances.ts";
import { contains, overlap, type Box as Rectangle } from "../bounds.ts";
import { solidColor } from "../color.ts";
import { inkOf } from "../glyphs.ts";
import type { Part } from "../parts.ts";
import type { TextRun } from "../text.ts";
import { layOutBoxes, prepareBoxes, type Box, type BoxNode, type BoxStyle } from "./boxes.ts";
import { decorationOf } from "./decorations.ts";
import { stackOf } from "./fonts.ts";
import { prepareShaping } from "./harfbuzz.ts";
import { paragraphOf, type Paragraph } from "./paragraph.ts";
import { readStyle, ROOT_STYLE, type ElementStyle, type InheritedStyle } from "./styles.ts";

/** Compiles the engines, which takes some milliseconds. */
export function prepareLayout(): void {
  prepareBoxes();
  prepareShaping();
}

/** What a card is made of, besides its elements. */
export interface CardContent extends Size {
  readonly faces: readonly LoadedFace[];
  /** Characters that are drawn as images. */
  readonly graphemes: readonly string[];
  /** The natural size of an image by its `src`. */
  readonly imageSize: (src: string) => Size | undefined;
}

/** A card whose text is glyphs over all that is painted. */
export interface DirectLayout {
  readonly parts: readonly Part[];
  readonly runs: readonly TextRun[];
  readonly boxes: ReadonlyMap<HostElement, Size>;
}

/**
 * Lays a card out without satori, where it is made of nothing but what is known here. Boxes and glyphs are the same as satori's,
 * by the same engine for boxes, the same shaping of text and the same rules for lines; what a box paints is drawn once for all
 * cards that have it.
 * @returns `undefined` where satori must lay it out
 * @throws Error for a font that cannot be laid out with
 */
export async function layOutDirectly(tree: HostElement, card: CardContent): Promise<DirectLayout | undefined> {
  const node: BoxNode = {
    style: { display: "flow-root", width: card.width, height: card.height, hidesOverflow: true },
    children: [],
  };
  const inCard = { node, clips: [] };
  const root = readElement(tree, { ...inCard, inherited: ROOT_STYLE, isFlex: true, containing: inCard }, card);
  if (!root) return undefined;
  const boxes = layOutBoxes(node, card);
  const painted = await paint(root, boxes, card);
  return painted && { ...painted, boxes: sizesOf(root, boxes) };
}

/**
 * How large a block with a text is, in what hands down the style of a tree's root.
 * @returns `undefined` where only satori knows
 */
export function measureBlock(block: HostElement, root: HostElement, card: CardContent): Size | undefined {
  const inherited = readStyle(root, ROOT_STYLE)?.inherited;
  const style = inherited && readStyle(block, { ...inherited, isBalanced: false, overflowWrap: "normal" });
  const [content] = block.props.children ?? [];
  const width = style?.box.width;
  const text = style && typeof content === "string" ? readText(content, style, card) : undefined;
  if (!style || !text || typeof width !== "number") return undefined;
  const needed = style.box.minWidth === "min-content" ? Math.max(width, text.paragraph.measure(0, true).width) : width;
  return { width: needed, height: text.paragraph.measure(Math.fround(needed), false).height };
}

/** An element of which all is known. */
interface Known {
  readonly element: HostElement;
  readonly style: ElementStyle;
  readonly node: BoxNode;
  readonly contents: readonly (Known | Text)[];
  /** The boxes that cut off what lies outside of them. */
  readonly clips: readonly BoxNode[];
}

interface Text {
  readonly paragraph: Paragraph;
  readonly node: BoxNode;
}

interface Container {
  readonly node: BoxNode;
  readonly clips: readonly BoxNode[];
}

/** What an element is in. */
interface Surroundings extends Container {
  readonly inherited: InheritedStyle;
  readonly isFlex: boolean;
  /** That of absolute elements: the nearest positioned one, or the card. */
  readonly containing: Container;
}

/** Blocks whose style is known; an inline element is one in a flex container. */
const BLOCKS = new Set(["div", "section", "header", "footer", "main", "article", "nav", "aside", "p", "h1", "h2", "h3"]);
const PROPS = new Set(["style", "children", "lang", "og-measured"]);
const IMAGE_PROPS = new Set(["style", "children", "src", "alt", "width", "height"]);

function readElement(element: HostElement, around: Surroundings, card: CardContent): Known | undefined {
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
  const contents: (Known | Text)[] = [];
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

function isTranslucent({ decoration }: ElementStyle): boolean {
  return decoration?.["opacity"] !== undefined;
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
function isPlaceable({ box: { isAbsolute, inset = {}, hidesOverflow }, isRounded }: ElementStyle, around: Surroundings): boolean {
  if (hidesOverflow && isRounded) return false;
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
  const extraX = box.isContentBox ? 0 : paddingX;
  const extraY = box.isContentBox ? 0 : paddingY;
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

function readText(content: string, { inherited, box, lineLimit }: ElementStyle, card: CardContent): Text | undefined {
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

/** Something that is painted, in its order. */
type Item = { readonly parts: readonly Part[]; readonly bounds: Rectangle } | { readonly run: TextRun; readonly ink: Rectangle };

/** Paints elements in the order of the tree, and positioned ones over them: https://www.w3.org/TR/CSS22/zindex.html */
async function paint(root: Known, boxes: ReadonlyMap<BoxNode, Box>, card: CardContent): Promise<Omit<DirectLayout, "boxes"> | undefined> {
  const layers: Item[][] = [];
  const inFlow: Item[] = [];
  const visit = async (known: Known, layer: Item[]): Promise<boolean> => {
    const items = known !== root && isLayer(known.style) ? [] : layer;
    if (items !== layer) layers.push(items);
    const decoration = await decorationItems(known, boxes, card);
    if (!decoration) return false;
    items.push(...decoration);
    for (const content of known.contents) {
      if ("element" in content) {
        if (!(await visit(content, items))) return false;
        continue;
      }
      const text = textItems(content, known, boxes, card);
      if (!text) return false;
      items.push(...text);
    }
    return true;
  };
  if (!(await visit(root, inFlow))) return undefined;
  const items = [...inFlow, ...layers.flat()];
  return isTextOnTop(items) ? separated(items) : undefined;
}

function isLayer(style: ElementStyle): boolean {
  return style.isPositioned || isTranslucent(style);
}

async function decorationItems(
  { element, style, node, clips }: Known,
  boxes: ReadonlyMap<BoxNode, Box>,
  card: CardContent,
): Promise<readonly Item[] | undefined> {
  const isImage = element.type === "img";
  const src = isImage ? String(element.props["src"]) : undefined;
  if (!isImage && Object.keys(style.decoration ?? {}).every((name) => name === "opacity")) return [];
  if (style.inherited.isHidden) return undefined;
  const { left, top, width, height } = boxes.get(node) as Box;
  const { parts, bounds } = await decorationOf(
    {
      type: element.type,
      src,
      style: style.decoration ?? {},
      padding: style.box.padding ?? { left: 0, right: 0, top: 0, bottom: 0 },
      left,
      top,
      width,
      height,
    },
    card,
    src === undefined ? undefined : card.imageSize(src),
  );
  return isWhole(bounds, clips, boxes, card) ? [{ parts, bounds }] : undefined;
}

/** Its glyphs; `undefined` where they are not all seen, or not in one solid colour. */
function textItems(text: Text, { style, node, clips }: Known, boxes: ReadonlyMap<BoxNode, Box>, card: Size): readonly Item[] | undefined {
  if (style.inherited.isHidden) return [];
  const glyphs = text.paragraph.place(boxes.get(text.node) as Box, (boxes.get(node) as Box).innerWidth);
  if (!glyphs) return undefined;
  if (glyphs.length === 0) return [];
  const ink = inkOf(glyphs);
  const color = KEYWORD.test(style.inherited.color) ? undefined : solidColor(style.inherited.color);
  const isSeen = ink && isWhole(ink, style.box.hidesOverflow ? [...clips, node] : clips, boxes, card);
  if (!isSeen || !color) return undefined;
  const opacity = Number(style.decoration?.["opacity"] ?? 1);
  return opacity === 0 ? [] : [{ run: { glyphs, color: { ...color, alpha: color.alpha * opacity } }, ink }];
}

/** Names that are no colours of their own. */
const KEYWORD = /^(inherit|initial|unset|revert|revert-layer|currentcolor|transparent|none)$/i;

/** Whether nothing is cut off but by the card's edge. */
function isWhole(bounds: Rectangle, clips: readonly BoxNode[], boxes: ReadonlyMap<BoxNode, Box>, card: Size): boolean {
  const whole = { left: 0, top: 0, right: card.width, bottom: card.height };
  return clips.every((clip) => {
    const { left, top, width, height } = boxes.get(clip) as Box;
    const seen = { left, top, right: left + width, bottom: top + height };
    return contains(seen, bounds) || contains(seen, whole);
  });
}

/** Whether nothing is painted over text. */
function isTextOnTop(items: readonly Item[]): boolean {
  const above: Rectangle[] = [];
  for (const item of items.toReversed()) {
    if ("parts" in item) above.push(item.bounds);
    else if (above.some((bounds) => overlap(bounds, item.ink))) return false;
  }
  return true;
}

function separated(items: readonly Item[]): Omit<DirectLayout, "boxes"> {
  return {
    parts: items.flatMap((item) => ("parts" in item ? item.parts : [])),
    runs: items.flatMap((item) => ("run" in item ? [item.run] : [])),
  };
}

function sizesOf(root: Known, boxes: ReadonlyMap<BoxNode, Box>): ReadonlyMap<HostElement, Size> {
  const sizes = new Map<HostElement, Size>();
  const visit = ({ element, node, contents }: Known) => {
    sizes.set(element, boxes.get(node) as Box);
    for (const content of contents) if ("element" in content) visit(content);
  };
  visit(root);
  return sizes;
}
