import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Size } from "../../types.ts";

/** TypeScript declares it for browsers only. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

/** Pixels, a fraction of the container as a percentage, or as large as the content asks for. */
export type Length = number | `${number}%` | "auto" | "min-content";

export interface Edges<Value> {
  readonly left: Value;
  readonly right: Value;
  readonly top: Value;
  readonly bottom: Value;
}

/** What decides on the boxes, with the initial values of satori's own nodes where something is not there. */
export interface BoxStyle {
  readonly display?: "flex" | "block" | "flow-root";
  readonly isAbsolute?: boolean;
  readonly isContentBox?: boolean;
  readonly hidesOverflow?: boolean;
  readonly width?: Length;
  readonly height?: Length;
  readonly minWidth?: Length;
  readonly minHeight?: Length;
  readonly maxWidth?: Length;
  readonly maxHeight?: Length;
  readonly margin?: Edges<Length>;
  readonly padding?: Edges<number>;
  readonly border?: Edges<number>;
  readonly inset?: Partial<Edges<Length>>;
  readonly columnGap?: number;
  readonly rowGap?: number;
  readonly alignItems?: Alignment;
  readonly alignSelf?: Alignment;
  readonly justifyContent?: Alignment;
  readonly isColumn?: boolean;
  readonly flexBasis?: Length;
  readonly flexGrow?: number;
  readonly flexShrink?: number;
  /** An image, which is as large as it says itself. */
  readonly isReplaced?: boolean;
}

/** By its number in the engine. */
export const ALIGNMENTS = {
  start: 0,
  end: 1,
  "flex-start": 2,
  "flex-end": 3,
  center: 4,
  stretch: 6,
  "space-between": 7,
  "space-evenly": 8,
  "space-around": 9,
} as const;
export type Alignment = keyof typeof ALIGNMENTS;

/** A box to be laid out, as large as its children, or as what it measures, ask for. */
export interface BoxNode {
  readonly style: BoxStyle;
  readonly children: BoxNode[];
  /** The size of a text at a width; see `Paragraph`. */
  readonly measure?: (width: number, isLeast: boolean) => Size;
}

/** A box that is laid out, in whole pixels. */
export interface Box extends Size {
  /** On the card. */
  readonly left: number;
  readonly top: number;
  /** Without padding and border. */
  readonly innerWidth: number;
}

/**
 * The functions of `satori/layout.wasm`, which is Taffy (https://docs.rs/taffy): the engine that satori itself lays boxes out
 * with, which its users may load from there. What it takes and gives is as in `src/layout-engine` of satori 0.63.2.
 */
interface Engine {
  readonly memory: { readonly buffer: ArrayBuffer };
  alloc(floats: number): number;
  dealloc(pointer: number, floats: number): void;
  compute(pointer: number, floats: number, width: number, height: number, rounds: number): number;
}

/** Floats of a node's result: left, top, width, height, then padding, border and margin, each left, right, top, bottom. */
const RESULT = 16;
const DISPLAYS = { flex: 1, block: 2, "flow-root": 4 } as const;
const NONE = -1;
const ZERO: Edges<number> = { left: 0, right: 0, top: 0, bottom: 0 };

let engine: Engine | undefined;
/** What is being laid out. */
let current: readonly BoxNode[] = [];

function open(): Engine {
  const module = new WebAssembly.Module(readFileSync(createRequire(import.meta.url).resolve("satori/layout.wasm")));
  const env = { measure, resolve_calc: () => 0 };
  return new WebAssembly.Instance(module, { env }).exports as Engine;
}

/** Loads the engine, which a first card would wait for. */
export function prepareBoxes(): void {
  engine ??= open();
}

/** Called by the engine; `NaN` for a size that is not known, a negative one for the least that is needed. */
function measure(
  index: number,
  knownWidth: number,
  _knownHeight: number,
  availableWidth: number,
  _availableHeight: number,
  _floats: number,
  _floatCount: number,
  result: number,
): void {
  const isLeast = Number.isNaN(knownWidth) && availableWidth < 0;
  const width = Number.isNaN(knownWidth) ? Math.max(availableWidth, 0) : knownWidth;
  const size = current[index]?.measure?.(width, isLeast) ?? { width: 0, height: 0 };
  // Baselines are not asked for.
  new Float32Array((engine as Engine).memory.buffer, result, 4).set([size.width, size.height, NaN, NaN]);
}

/**
 * Lays a tree of boxes out.
 * @param card its root, as large as the card
 */
export function layOutBoxes(card: BoxNode, { width, height }: Size): ReadonlyMap<BoxNode, Box> {
  engine ??= open();
  const nodes: BoxNode[] = [];
  const places = new Map<BoxNode, number>();
  const visit = (node: BoxNode) => {
    places.set(node, nodes.length);
    nodes.push(node);
    node.children.forEach(visit);
  };
  visit(card);
  const data = [nodes.length];
  for (const node of nodes) {
    encode(data, node.style);
    data.push(Number(node.measure !== undefined), node.children.length, ...node.children.map((child) => places.get(child) as number));
  }
  const pointer = engine.alloc(data.length);
  new Float32Array(engine.memory.buffer, pointer, data.length).set(data);
  current = nodes;
  try {
    const output = engine.compute(pointer, data.length, width, height, 0);
    return rounded(card, new Float32Array(engine.memory.buffer, output, nodes.length * RESULT), places);
  } catch (thrown) {
    engine = undefined;
    throw new Error("The boxes cannot be laid out.", { cause: thrown });
  } finally {
    current = [];
    engine?.dealloc(pointer, data.length);
  }
}

function encode(data: number[], style: BoxStyle): void {
  const length = (value: Length) => {
    if (typeof value === "number") data.push(1, value);
    else if (value === "auto") data.push(0, 0);
    else if (value === "min-content") data.push(4, 0);
    else data.push(2, Number.parseFloat(value) / 100);
  };
  const edges = ({ left, right, top, bottom }: Edges<Length>) => [left, right, top, bottom].forEach(length);
  const alignment = (value: Alignment | undefined) => data.push(value === undefined ? NONE : ALIGNMENTS[value]);
  const overflow = Number(style.hidesOverflow ?? false);
  data.push(DISPLAYS[style.display ?? "flex"], Number(style.isAbsolute ?? false), Number(style.isContentBox ?? false), overflow, overflow);
  for (const name of ["width", "height", "minWidth", "minHeight", "maxWidth", "maxHeight"] as const) length(style[name] ?? "auto");
  const NO_RATIO = NaN;
  data.push(NO_RATIO);
  edges(style.margin ?? ZERO);
  edges(style.padding ?? ZERO);
  edges(style.border ?? ZERO);
  edges({ left: "auto", right: "auto", top: "auto", bottom: "auto", ...style.inset });
  length(style.columnGap ?? 0);
  length(style.rowGap ?? 0);
  alignment(style.alignItems);
  alignment(style.alignSelf);
  // Of lines that wrap, and of grids.
  data.push(NONE, NONE, NONE);
  alignment(style.justifyContent);
  const NO_WRAP = 0;
  data.push(Number(style.isColumn ?? false), NO_WRAP);
  length(style.flexBasis ?? "auto");
  // Then: text-align, replaced, float, clear, direction, grid container, grid item.
  data.push(style.flexGrow ?? 0, style.flexShrink ?? 1, 0, Number(style.isReplaced ?? false), 0, 0, 0, 0, 0);
}

/**
 * Boxes in whole pixels: their edges on the card are rounded, so that boxes that touch still do; what is measured is rounded
 * up, so that it still fits.
 */
function rounded(root: BoxNode, result: Float32Array, places: ReadonlyMap<BoxNode, number>): ReadonlyMap<BoxNode, Box> {
  const boxes = new Map<BoxNode, Box>();
  const visit = (node: BoxNode, parentLeft: number, parentTop: number) => {
    const at = (places.get(node) as number) * RESULT;
    const [x = 0, y = 0, width = 0, height = 0, ...edges] = result.subarray(at, at + 12);
    const left = parentLeft + x;
    const top = parentTop + y;
    const right = node.measure ? Math.round(left) + upwards(width) : Math.round(left + width);
    const bottom = node.measure ? Math.round(top) + upwards(height) : Math.round(top + height);
    const [paddingLeft = 0, paddingRight = 0, , , borderLeft = 0, borderRight = 0] = edges;
    boxes.set(node, {
      left: Math.round(left),
      top: Math.round(top),
      width: right - Math.round(left),
      height: bottom - Math.round(top),
      innerWidth: right - Math.round(left) - paddingLeft - paddingRight - borderLeft - borderRight,
    });
    for (const child of node.children) visit(child, left, top);
  };
  visit(root, 0, 0);
  return boxes;
}

/** Errors of floating point are no reason for another pixel. */
function upwards(pixels: number): number {
  return Math.ceil(pixels - 1e-3);
}
