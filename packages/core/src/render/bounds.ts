/** A rectangle of the card, in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export const NOWHERE: Box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
export const EVERYWHERE: Box = { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity };

export function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

export function contains(outer: Box, inner: Box): boolean {
  return outer.left <= inner.left && outer.top <= inner.top && outer.right >= inner.right && outer.bottom >= inner.bottom;
}

export function union(a: Box, b: Box): Box {
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  };
}

export function intersection(a: Box, b: Box): Box {
  return {
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  };
}

const FILTER = /<filter id="([^"]+)" x="([-\d.]+)%" y="([-\d.]+)%" width="([\d.]+)%" height="([\d.]+)%">/g;

/** The regions of filters, as fractions of the box of what is filtered, by their identifiers. */
export type FilterRegions = ReadonlyMap<string, Box>;

export function filterRegions(svg: string): FilterRegions {
  return new Map(
    Array.from(svg.matchAll(FILTER), ([, id = "", ...percentages]) => {
      const [x, y, width, height] = percentages.map((percentage) => Number(percentage) / 100) as [number, number, number, number];
      return [id, { left: x, top: y, right: x + width, bottom: y + height }];
    }),
  );
}

const FILTERED = /^<g([^>]*) filter="url\(#([^")]+)\)"([^>]*)>/;
const LEAF = /<(\w+)([^>]*)>/g;
const CONTAINERS = new Set(["g", "defs", "mask", "clipPath"]);
/** What moves or spreads an element, or is measured by something else than its own coordinates. */
const UNBOUNDED = /\s(?:transform|filter|style)=|<(?:filter|pattern|use)\b|\w="[^"]*%"/;

/** A box that holds all that a part of an SVG paints: a larger one rather than one that is too small. */
export function boundsOf(part: string, filters: FilterRegions): Box {
  const [tag, before, id = "", after] = FILTERED.exec(part) ?? [];
  const region = filters.get(id);
  if (tag !== undefined && region) {
    const { left, top, right, bottom } = boundsOf(`<g${before}${after}>${part.slice(tag.length)}`, filters);
    const [width, height] = [right - left, bottom - top];
    if (!Number.isFinite(width) || !Number.isFinite(height)) return EVERYWHERE;
    return {
      left: left + Math.min(0, region.left) * width,
      top: top + Math.min(0, region.top) * height,
      right: left + Math.max(1, region.right) * width,
      bottom: top + Math.max(1, region.bottom) * height,
    };
  }
  if (UNBOUNDED.test(part)) return EVERYWHERE;
  let box = NOWHERE;
  for (const [, name = "", attributes = ""] of part.matchAll(LEAF)) {
    if (!CONTAINERS.has(name)) box = union(box, leafBounds(name, attributes));
  }
  return box;
}

function leafBounds(name: string, attributes: string): Box {
  const number = (attribute: string, otherwise = Number.NaN) => {
    const found = new RegExp(`\\s${attribute}="([^"]*)"`).exec(attributes)?.[1];
    return found === undefined ? otherwise : Number(found);
  };
  const outline = name === "path" ? pathBounds(/\sd="([^"]*)"/.exec(attributes)?.[1] ?? "") : shapeBounds(name, number);
  const width = attributes.includes(" stroke=") ? number("stroke-width", 1) : 0;
  if (!outline || !Number.isFinite(width) || Object.values(outline).some(Number.isNaN)) return EVERYWHERE;
  // A mitred corner reaches four halves of the stroke's width, and smoothed edges the next pixel.
  const margin = 2 * width + 1;
  return { left: outline.left - margin, top: outline.top - margin, right: outline.right + margin, bottom: outline.bottom + margin };
}

function shapeBounds(name: string, number: (attribute: string, otherwise?: number) => number): Box | undefined {
  if (name === "rect" || name === "image") {
    const [left, top] = [number("x", 0), number("y", 0)];
    return { left, top, right: left + number("width"), bottom: top + number("height") };
  }
  if (name === "circle" || name === "ellipse") {
    const [x, y] = [number("cx", 0), number("cy", 0)];
    const [rx, ry] = name === "circle" ? [number("r"), number("r")] : [number("rx"), number("ry")];
    return { left: x - rx, top: y - ry, right: x + rx, bottom: y + ry };
  }
  if (name === "line") {
    const [x1, y1, x2, y2] = [number("x1", 0), number("y1", 0), number("x2", 0), number("y2", 0)];
    return { left: Math.min(x1, x2), top: Math.min(y1, y2), right: Math.max(x1, x2), bottom: Math.max(y1, y2) };
  }
  return undefined;
}

const COMMAND = /([a-zA-Z])([^a-zA-Z]*)/g;
const NUMBER = /-?(?:\d+\.?\d*|\.\d+)/g;
/** How many numbers a command takes: https://www.w3.org/TR/SVG11/paths.html#PathData */
const ARITY: Readonly<Record<string, number>> = { m: 2, l: 2, h: 1, v: 1, c: 6, s: 4, q: 4, t: 2, a: 7, z: 0 };

/** Coordinates are written with fewer digits than they have. */
function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) < 0.01;
}

/** The box of a path's points, its control points among them. */
function pathBounds(path: string): Box | undefined {
  let box = NOWHERE;
  let [x, y, startX, startY] = [0, 0, 0, 0];
  const reach = (px: number, py: number, by = 0) => {
    box = union(box, { left: px - by, top: py - by, right: px + by, bottom: py + by });
  };
  for (const [, letter = "", text = ""] of path.matchAll(COMMAND)) {
    const command = letter.toLowerCase();
    const arity = ARITY[command];
    // Reflected control points are not followed, and a number with an exponent is not read.
    if (arity === undefined || command === "s" || command === "t") return undefined;
    const isRelative = letter === command;
    if (command === "z") {
      [x, y] = [startX, startY];
      continue;
    }
    const numbers = (text.match(NUMBER) ?? []).map(Number);
    if (numbers.length === 0 || numbers.length % arity !== 0) return undefined;
    for (let at = 0; at < numbers.length; at += arity) {
      const step = numbers.slice(at, at + arity);
      const [fromX, fromY] = isRelative ? [x, y] : [0, 0];
      if (command === "h") x = fromX + (step[0] as number);
      else if (command === "v") y = fromY + (step[0] as number);
      else if (command === "a") {
        const [rx = 0, ry = 0, turned, isLarge] = step.map(Math.abs);
        const end = { x: fromX + (step[5] as number), y: fromY + (step[6] as number) };
        // A quarter, as at rounded corners, stays between its ends.
        const isQuarter = !turned && !isLarge && isNear(Math.abs(end.x - x), rx) && isNear(Math.abs(end.y - y), ry);
        const far = isQuarter ? 0 : 2 * Math.max(rx, ry);
        reach(x, y, far);
        ({ x, y } = end);
        reach(x, y, far);
      } else {
        for (let pair = 0; pair < arity; pair += 2) reach(fromX + (step[pair] as number), fromY + (step[pair + 1] as number));
        [x, y] = [fromX + (step[arity - 2] as number), fromY + (step[arity - 1] as number)];
      }
      reach(x, y);
      if (command === "m" && at === 0) [startX, startY] = [x, y];
    }
  }
  return box;
}
