import { lazily } from "../../lazily.ts";
import type { HostElement, Size } from "../../types.ts";
import { boundsOf, filterRegions, NOWHERE, union, type Box } from "../bounds.ts";
import { createKept } from "../kept.ts";
import { readParts, type Part } from "../parts.ts";
import { simplify } from "../simplify.ts";
import type { Edges } from "./boxes.ts";

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
 * What satori draws for an element by itself. Backgrounds, rules and pictures stand in the same place on most cards of a site,
 * and are drawn once.
 */
export async function decorationOf(box: DecoratedBox, card: Size): Promise<Decoration> {
  const id = JSON.stringify([box, card.width, card.height]);
  const known = kept.get(id) ?? (await drawBox(box, card));
  kept.keep(id, known);
  return known;
}

async function drawBox({ type, src, style, padding, left, top, width, height }: DecoratedBox, card: Size): Promise<Decoration> {
  const paddings = { paddingLeft: padding.left, paddingRight: padding.right, paddingTop: padding.top, paddingBottom: padding.bottom };
  const place = { display: "flex", position: "absolute", boxSizing: "border-box", left, top, width, height, ...paddings };
  const element: HostElement = { type, props: { ...(src === undefined ? {} : { src }), style: { ...style, ...place } } };
  const root: HostElement = {
    type: "div",
    props: { style: { display: "flex", width: card.width, height: card.height }, children: [element] },
  };
  const { draw } = await satori();
  const { parts } = readParts(withOwnIds(simplify(await draw(root, card, { fonts: [] })), ++last));
  const filters = filterRegions(parts.map(({ svg }) => svg).join(""));
  const painted = parts.filter(({ defines }) => !defines);
  return { parts, bounds: painted.reduce((bounds, { svg }) => union(bounds, boundsOf(svg, filters)), NOWHERE) };
}

/** Of elements that are drawn one by one, each has the same identifiers. */
function withOwnIds(svg: string, number: number): string {
  return svg.replace(/( id="|url\(#|href="#)([^")]+)/g, (_all, before: string, id: string) => `${before}${id}.${number}`);
}
