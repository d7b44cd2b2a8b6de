/** Where the ink of a card's texts and pictures is, read from the SVG that the layout gives: for tests and benches. */
import type { HostChild, HostElement } from "../src/compose/jsx-runtime.ts";
import { placeholder } from "../src/render/placeholder.ts";
import type { Job } from "../src/types.ts";

/** Edges in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface TextInk extends Box {
  readonly text: string;
}

export interface MarkedTree {
  readonly tree: HostElement;
  /** The text of each element that has any, by the number in its colour. */
  readonly texts: readonly string[];
}

const FIRST_COLOUR = 0xa5_00_00;
const INLINE = new Set(["span", "b", "strong", "i", "em", "u", "s", "small", "mark", "code", "a", "sub", "sup"]);

/** Gives every element with a text in it a colour of its own, by which its outlines are found. Inline elements belong to their block. */
export function markTexts(root: HostElement): MarkedTree {
  const texts: string[] = [];
  const mark = (node: HostElement, paragraph: number | undefined): HostElement => {
    const { children, style } = node.props;
    if (!children) return node;
    const own = children.some((child) => typeof child === "string" && child.trim() !== "");
    const inline = paragraph !== undefined && INLINE.has(node.type) && style?.["display"] === undefined;
    const number = own ? (inline ? paragraph : texts.push("") - 1) : undefined;
    const marked = children.map((child): HostChild => {
      if (typeof child !== "string") return mark(child, number);
      if (number !== undefined) texts[number] += child;
      return child;
    });
    const color = number === undefined ? {} : { color: `#${(FIRST_COLOUR + number).toString(16)}` };
    return { type: node.type, props: { ...node.props, style: { ...style, ...color }, children: marked } };
  };
  return { tree: mark(root, undefined), texts };
}

/** The ink of each text of a marked tree; nothing for a text without ink. */
export function textInk(svg: string, texts: readonly string[]): readonly TextInk[] {
  const boxes = new Map<number, Box>();
  for (const [tag] of svg.matchAll(/<path [^>]*>/g)) {
    const colour = Number.parseInt(/ fill="#([0-9a-f]{6})"/.exec(tag)?.[1] ?? "0", 16);
    const number = colour - FIRST_COLOUR;
    if (!(number >= 0 && number < texts.length)) continue;
    const box = outlineBox(/ d="([^"]*)"/.exec(tag)?.[1] ?? "");
    if (box) boxes.set(number, union(boxes.get(number), box));
  }
  return [...boxes].map(([number, box]) => ({ text: texts[number] ?? "", ...box }));
}

/** The boxes of the images of an SVG whose reference contains `part`. */
export function imageBoxes(svg: string, part: string): readonly Box[] {
  return [...svg.matchAll(/<image [^>]*>/g)].flatMap(([tag]) => {
    if (!tag.includes(part)) return [];
    const [left, top, width, height] = ["x", "y", "width", "height"].map((name) =>
      Number(new RegExp(` ${name}="([\\d.-]+)"`).exec(tag)?.[1] ?? 0),
    );
    return box(left as number, top as number, (left as number) + (width as number), (top as number) + (height as number));
  });
}

/** The pairs of boxes that share more than a pixel in both directions. */
export function overlaps<T extends Box>(boxes: readonly T[]): readonly (readonly [T, T])[] {
  return boxes.flatMap((a, index) => boxes.slice(index + 1).flatMap((b) => (overlap(a, b) ? [[a, b] as const] : [])));
}

/** Those that reach beyond the card less `margin` pixels at each edge. */
export function outside<T extends Box>(
  boxes: readonly T[],
  { width, height }: { readonly width: number; readonly height: number },
  margin: number,
): readonly T[] {
  return boxes.filter(
    ({ left, top, right, bottom }) => left < margin || top < margin || right > width - margin || bottom > height - margin,
  );
}

function overlap(a: Box, b: Box): boolean {
  return Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
}

function box(left: number, top: number, right: number, bottom: number): Box {
  return { left, top, right, bottom };
}

function union(a: Box | undefined, b: Box): Box {
  if (!a) return b;
  return box(Math.min(a.left, b.left), Math.min(a.top, b.top), Math.max(a.right, b.right), Math.max(a.bottom, b.bottom));
}

/** The box of an outline's points, control points included, which is never too small; satori writes absolute commands only. */
function outlineBox(d: string): Box | undefined {
  const xs: number[] = [];
  const ys: number[] = [];
  for (const [, command = "", values = ""] of d.matchAll(/([A-Za-z])([^A-Za-z]*)/g)) {
    const numbers = (values.match(/-?[\d.]+(?:e-?\d+)?/g) ?? []).map(Number);
    if (!/[MLHVCQZ]/.test(command)) throw new Error(`the outline has the command ${command}`);
    if (command === "H") xs.push(...numbers);
    else if (command === "V") ys.push(...numbers);
    else for (const [index, value] of numbers.entries()) (index % 2 === 0 ? xs : ys).push(value);
  }
  if (xs.length === 0 || ys.length === 0) return undefined;
  return box(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys));
}

/** What a card's layout shows to be wrong. */
export interface CardFaults {
  /** Texts that reach into the margin. */
  readonly outside: readonly TextInk[];
  /** Pairs of texts of which one covers a part of the other. */
  readonly overlapping: readonly (readonly [TextInk, TextInk])[];
  /** The words that did not fit, of each text that was cut off. */
  readonly lost: readonly string[];
  /** How many texts have ink. */
  readonly texts: number;
  /** Where each of them is. */
  readonly inks: readonly TextInk[];
}

/** The stages of painting, from the sources or the built package. */
export interface Painting {
  readonly fitTexts: typeof import("../src/render/fit.ts").fitTexts;
  readonly satoriLayoutOf: typeof import("../src/render/layout.ts").satoriLayoutOf;
  readonly layout: typeof import("../src/render/layout.ts").layout;
}

/** Lays a card out and looks at where its texts are. */
export async function faultsOf(job: Job, { fitTexts, satoriLayoutOf, layout }: Painting, margin: number): Promise<CardFaults> {
  const imageUri = (digest: string) => placeholder(60, 40, digest);
  const { tree, lost } = await fitTexts(job.tree, satoriLayoutOf(job, imageUri));
  const marked = markTexts(tree);
  const { svg } = await layout({ ...job, tree: marked.tree }, imageUri);
  const inks = textInk(svg, marked.texts);
  const emoji = Object.values(job.graphemes).flatMap((digest) =>
    imageBoxes(svg, placeholder(60, 40, digest)).map((box) => ({ ...box, text: "an emoji" })),
  );
  return { outside: outside([...inks, ...emoji], job, margin), overlapping: overlaps(inks), lost, texts: inks.length, inks };
}
