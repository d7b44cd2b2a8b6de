import { lazily } from "../../lazily.ts";
import type { HostElement, Size } from "../../types.ts";
import { boundsOf, filterRegions, NOWHERE, union, type Box } from "../bounds.ts";
import { createKept } from "../kept.ts";
import { readParts, type Part } from "../parts.ts";
import { simplify } from "../simplify.ts";
import type { Edges } from "./boxes.ts";
import { plainMarkup } from "./plain-decorations.ts";

/** What an element paints besides its text. */
export interface Decoration {
  readonly parts: readonly Part[];
  /** A box that holds all of it. */
  readonly bounds: Box;
}

/** An element that paints, in its place on the card. */
export interface DecoratedBox extends Size {
  readonly type: string;
  readonly src?: string | undefined;
  readonly style: Readonly<Record<string, unknown>>;
  readonly padding: Edges<number>;
  readonly left: number;
  readonly top: number;
}

const satori = lazily(() => import("../satori.ts"));

/** UTF-16 code units of SVG. */
const MOST_KEPT = 4 * 1024 * 1024;
const kept = createKept<Decoration>(MOST_KEPT, ({ parts }) => parts.reduce((sum, { svg }) => sum + svg.length, 200));
let last = 0;

/**
 * What an element by itself paints. Backgrounds, rules and pictures stand in the same place on most cards of a site, and are
 * drawn once.
 * @param natural the size of an image by itself
 */
export async function decorationOf(box: DecoratedBox, card: Size, natural: Size | undefined): Promise<Decoration> {
  const id = JSON.stringify([box, card.width, card.height]);
  const known = kept.get(id) ?? partsOf(await markup(box, card, natural), ++last);
  kept.keep(id, known);
  return known;
}

async function markup(box: DecoratedBox, card: Size, natural: Size | undefined): Promise<string> {
  const plain = plainMarkup(box, natural);
  if (plain === undefined) return drawBox(box, card);
  return `<svg width="${card.width}" height="${card.height}">${isOutside(box, card) ? "" : plain}</svg>`;
}

/** Whether not even its smoothed edges are on the card: resvg ends its process on a picture of which nothing is seen. */
function isOutside({ left, top, width, height }: DecoratedBox, card: Size): boolean {
  return left + width + 1 <= 0 || top + height + 1 <= 0 || left - 1 >= card.width || top - 1 >= card.height;
}

async function drawBox({ type, src, style, padding, left, top, width, height }: DecoratedBox, card: Size): Promise<string> {
  const paddings = { paddingLeft: padding.left, paddingRight: padding.right, paddingTop: padding.top, paddingBottom: padding.bottom };
  const place = { display: "flex", position: "absolute", boxSizing: "border-box", left, top, width, height, ...paddings };
  const element: HostElement = { type, props: { ...(src === undefined ? {} : { src }), style: { ...style, ...place } } };
  const root: HostElement = {
    type: "div",
    props: { style: { display: "flex", width: card.width, height: card.height }, children: [element] },
  };
  const { draw } = await satori();
  return draw(root, card, { fonts: [] });
}

function partsOf(svg: string, number: number): Decoration {
  const { parts } = readParts(withOwnIds(simplify(svg), number));
  const filters = filterRegions(parts.map(({ svg }) => svg).join(""));
  const painted = parts.filter(({ defines }) => !defines);
  return { parts, bounds: painted.reduce((bounds, { svg }) => union(bounds, boundsOf(svg, filters)), NOWHERE) };
}

/** Of elements that are drawn one by one, each has the same identifiers. */
function withOwnIds(svg: string, number: number): string {
  return svg.replace(/( id="|url\(#|href="#)([^")]+)/g, (_all, before: string, id: string) => `${before}${id}.${number}`);
}
