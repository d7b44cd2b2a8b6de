import type { Size } from "../../types.ts";
import { contains, overlap, type Box as Rectangle } from "../bounds.ts";
import { solidColor } from "../color.ts";
import { inkOf } from "../glyphs.ts";
import type { Part } from "../parts.ts";
import type { TextRun } from "../text.ts";
import type { Box, BoxNode } from "./boxes.ts";
import { decorationOf } from "./decorations.ts";
import type { CardContent, KnownElement, KnownText } from "./elements.ts";
import { isTranslucent, type ElementStyle } from "./styles.ts";

/** What is painted, and the text that is drawn over it. */
export interface Painted {
  readonly parts: readonly Part[];
  readonly runs: readonly TextRun[];
}

/** Where each box is on the card. */
export type Boxes = ReadonlyMap<BoxNode, Box>;

/** Something that is painted: what an element has besides text, and text. */
interface DecorationItem {
  readonly parts: readonly Part[];
  readonly bounds: Rectangle;
}
interface TextItem {
  readonly run: TextRun;
  readonly ink: Rectangle;
}
interface UnsetText {
  readonly text: KnownText;
  readonly in: KnownElement;
}

/**
 * What elements paint, in the order of the tree, and positioned ones over them: https://www.w3.org/TR/CSS22/zindex.html
 * @returns `undefined` where something cuts a text off, or is painted over it
 */
export async function inPaintOrder(root: KnownElement, boxes: Boxes, card: CardContent): Promise<Painted | undefined> {
  const inOrder = await decorated(root, boxes, card);
  if (!inOrder) return undefined;
  const parts = inOrder.flatMap((item) => ("parts" in item ? item.parts : []));
  await card.paintAhead(parts);
  const items: (DecorationItem | TextItem)[] = [];
  for (const item of inOrder) {
    const set = "parts" in item ? [item] : textItems(item.text, item.in, boxes, card);
    if (!set) return undefined;
    items.push(...set);
  }
  return isTextOnTop(items) ? { parts, runs: items.flatMap((item) => ("run" in item ? [item.run] : [])) } : undefined;
}

async function decorated(
  root: KnownElement,
  boxes: Boxes,
  card: CardContent,
): Promise<readonly (DecorationItem | UnsetText)[] | undefined> {
  const inFlow: (DecorationItem | UnsetText)[] = [];
  const layers = [inFlow];
  const visit = async (known: KnownElement, layer: typeof inFlow): Promise<boolean> => {
    const items = known !== root && isLayer(known.style) ? [] : layer;
    if (items !== layer) layers.push(items);
    const decoration = await decorationItems(known, boxes, card);
    if (!decoration) return false;
    items.push(...decoration);
    for (const content of known.contents) {
      if ("paragraph" in content) items.push({ text: content, in: known });
      else if (!(await visit(content, items))) return false;
    }
    return true;
  };
  return (await visit(root, inFlow)) ? layers.flat() : undefined;
}

function isLayer(style: ElementStyle): boolean {
  return style.isPositioned || isTranslucent(style);
}

async function decorationItems(
  { element, style, node, clips }: KnownElement,
  boxes: Boxes,
  card: CardContent,
): Promise<readonly DecorationItem[] | undefined> {
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
function textItems(text: KnownText, { style, node, clips }: KnownElement, boxes: Boxes, card: Size): readonly TextItem[] | undefined {
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
function isWhole(bounds: Rectangle, clips: readonly BoxNode[], boxes: Boxes, card: Size): boolean {
  const whole = { left: 0, top: 0, right: card.width, bottom: card.height };
  return clips.every((clip) => {
    const { left, top, width, height } = boxes.get(clip) as Box;
    const seen = { left, top, right: left + width, bottom: top + height };
    return contains(seen, bounds) || contains(seen, whole);
  });
}

/** Whether nothing is painted over text. */
function isTextOnTop(items: readonly (DecorationItem | TextItem)[]): boolean {
  const above: Rectangle[] = [];
  for (const item of items.toReversed()) {
    if ("parts" in item) above.push(item.bounds);
    else if (above.some((bounds) => overlap(bounds, item.ink))) return false;
  }
  return true;
}
