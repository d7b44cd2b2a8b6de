import type { HostElement, Size } from "../../types.ts";
import { prepareHarfBuzz } from "../harfbuzz.ts";
import { layOutBoxes, prepareBoxes, type BoxNode } from "./boxes.ts";
import { readElement, readText, type CardContent, type KnownElement } from "./elements.ts";
import { inPaintOrder, type Boxes, type Painted } from "./paint-order.ts";
import { readStyle, ROOT_STYLE } from "./styles.ts";

/** Compiles the engines, which takes some milliseconds. */
export function prepareLayout(): void {
  prepareBoxes();
  prepareHarfBuzz();
}

/** A card whose text is glyphs over all that is painted. */
export interface DirectLayout extends Painted {
  /** The size of each element. */
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
  const painted = await inPaintOrder(root, boxes, card);
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

function sizesOf(root: KnownElement, boxes: Boxes): ReadonlyMap<HostElement, Size> {
  const sizes = new Map<HostElement, Size>();
  const visit = ({ element, node, contents }: KnownElement) => {
    sizes.set(element, boxes.get(node) as Size);
    for (const content of contents) if ("element" in content) visit(content);
  };
  visit(root);
  return sizes;
}
