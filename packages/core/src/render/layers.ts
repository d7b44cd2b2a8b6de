import type { Size } from "../types.ts";
import { boundsOf, contains, filterRegions, intersection, NOWHERE, union, type Box } from "./bounds.ts";
import type { Canvas, PixelBox } from "./canvas.ts";
import { gate } from "./gate.ts";
import { identityOf } from "./identity.ts";
import type { CardImages } from "./images.ts";
import { createKept } from "./kept.ts";
import { writeParts, type Document, type Part } from "./parts.ts";
import { raster, rasterBeside } from "./raster.ts";
import { rectangles } from "./simplify.ts";

/**
 * What is the same on many cards of a site is painted once: the parts of a card are put into **layers**, each of which
 * is kept by what is in it. What is probably a card's own (an image, text) has layers of its own; an image that is
 * drawn straight needs no rasteriser at all.
 *
 * How a card is split depends on its own SVG alone, never on what was painted before: its bytes must not.
 */
export type Layer = DrawnLayer | ImageLayer;

/** A part of the card that the rasteriser paints. */
interface DrawnLayer {
  readonly svg: string;
  readonly box: PixelBox;
}

/** An image, or a part of one, in whole pixels. */
interface ImageLayer {
  readonly uri: string;
  /** The size of the whole image, of which the box shows a part. */
  readonly scaled: Size;
  /** Where in the scaled image the box begins. */
  readonly from: { readonly left: number; readonly top: number };
  readonly box: PixelBox;
}

/** What needs the pixels below it, and so cannot be painted on a layer. */
const NEEDS_BACKDROP = /mix-blend-mode|BackgroundImage|backdrop/;
/**
 * What is not painted alike on a part of the card: lengths that are a fraction of the card's, also by default, and an
 * image between pixels, which resvg resamples by where its canvas begins.
 */
const DEPENDS_ON_CARD =
  /<mask id="[^"]*" maskUnits="userSpaceOnUse">|<(?:rect|image|line|circle|ellipse|mask|path)\b[^>]*="[^"]*%"|<image (?!x="\d+" y="\d+" width="\d+" height="\d+" href="[^"]*" preserveAspectRatio="none")/;
/** More, and the rest is one layer. */
const MOST_LAYERS = 8;

/** @param document the SVG of a card, its images still placeholders */
export function splitLayers({ frame, parts }: Document, { width, height }: Size): readonly Layer[] {
  const card = { left: 0, top: 0, right: width, bottom: height };
  const painted = parts.filter(({ defines }) => !defines);
  const whole = toPixelBox(card);
  if (painted.length === 0) return [];
  if (parts.some(({ svg }) => NEEDS_BACKDROP.test(svg)) || NEEDS_BACKDROP.test(frame))
    return [{ svg: writeParts(frame, painted, parts), box: whole }];
  return groups(painted, card, parts.map(({ svg }) => svg).join("")).map((group): Layer => {
    if ("uri" in group) return group;
    const box = toPixelBox(intersection(group.bounds, card));
    const cut = writeParts(frameOf(box), group.parts, parts);
    const isWhole = (box.width === width && box.height === height) || DEPENDS_ON_CARD.test(cut);
    return isWhole ? { svg: writeParts(frame, group.parts, parts), box: whole } : { svg: cut, box };
  });
}

interface Group {
  readonly parts: Part[];
  readonly isOwn: boolean;
  /** Whether its parts fill the card: they are the same on more cards than what stands on them, which moves with the text. */
  readonly isGround: boolean;
  bounds: Box;
}

function groups(painted: readonly Part[], card: Box, svg: string): readonly (Group | ImageLayer)[] {
  const clips = rectangles(svg);
  const filters = filterRegions(svg);
  const found: (Group | ImageLayer)[] = [];
  for (const part of painted) {
    const last = found.at(-1);
    // Once a layer of the card's own is as large as the card, another one would only cost more.
    const isLast = last && "parts" in last && (found.length >= MOST_LAYERS || (last.isOwn && contains(last.bounds, card)));
    const image = isLast ? undefined : readImage(part.svg, card, clips);
    if (image) {
      found.push(image);
      continue;
    }
    const isOwn = OWN.test(part.svg);
    const bounds = boundsOf(part.svg, filters);
    const isGround = contains(bounds, card);
    if (last && "parts" in last && (isLast || (last.isOwn === isOwn && last.isGround === isGround))) {
      last.parts.push(part);
      last.bounds = union(last.bounds, bounds);
    } else found.push({ parts: [part], isOwn, isGround, bounds: union(NOWHERE, bounds) });
  }
  return found.filter((group) => "uri" in group || isVisible(intersection(group.bounds, card)));
}

/** An image, or text, which is written as paths. */
const OWN = /<image |^<g(?: [^>]*)?><path /;
const IMAGE =
  /^<image x="([^"]+)" y="([^"]+)" width="([^"]+)" height="([^"]+)" href="(data:image\/png;base64,[^"]+)" preserveAspectRatio="none"(?: clip-path="url\(#([^")]+)\)")?(?: mask="url\(#([^")]+)\)")?\/>$/;

/** An image whose visible part is whole pixels, and is filled by it. */
function readImage(svg: string, card: Box, clips: ReadonlyMap<string, Box>): ImageLayer | undefined {
  const found = IMAGE.exec(svg);
  if (!found) return undefined;
  const [x, y, width, height] = found.slice(1, 5).map(Number) as [number, number, number, number];
  const [uri = "", clip, mask] = found.slice(5);
  const drawn = { left: x, top: y, right: x + width, bottom: y + height };
  let visible = intersection(drawn, card);
  for (const id of [clip, mask]) {
    if (id === undefined) continue;
    const rectangle = clips.get(id);
    if (!rectangle) return undefined;
    visible = intersection(visible, rectangle);
  }
  const sides = Object.values(visible);
  if (!isVisible(visible) || !sides.every((side) => Math.abs(side - Math.round(side)) < EXACT)) return undefined;
  const scaled = { width: Math.round(width), height: Math.round(height) };
  const box = toPixelBox(visible);
  if (Math.max(scaled.width, scaled.height) > MOST_SCALED || box.width * box.height < LEAST_PIXELS) return undefined;
  const from = {
    left: Math.min(Math.max(0, box.left - Math.ceil(x - 0.5)), scaled.width - box.width),
    top: Math.min(Math.max(0, box.top - Math.ceil(y - 0.5)), scaled.height - box.height),
  };
  return from.left < 0 || from.top < 0 ? undefined : { uri, scaled, from, box };
}

const EXACT = 0.005;
/** Pixels of a side: an image scaled to more, of which only a little is seen, is left to the rasteriser. */
const MOST_SCALED = 4_000;
/** For a small image the way through the rasteriser is as short, and its result is kept with its surroundings. */
const LEAST_PIXELS = 40_000;

function isVisible({ left, top, right, bottom }: Box): boolean {
  return left < right && top < bottom;
}

function toPixelBox(box: Box): PixelBox {
  const snap = (side: number, round: (value: number) => number) =>
    Math.abs(side - Math.round(side)) < EXACT ? Math.round(side) : round(side);
  const left = snap(box.left, Math.floor);
  const top = snap(box.top, Math.floor);
  return { left, top, width: snap(box.right, Math.ceil) - left, height: snap(box.bottom, Math.ceil) - top };
}

function frameOf({ left, top, width, height }: PixelBox): string {
  return `<svg width="${width}" height="${height}" viewBox="${left} ${top} ${width} ${height}" xmlns="http://www.w3.org/2000/svg">`;
}

/** 1200×630 pixels are 3 MB. */
const MAX_KEPT_BYTES = 40 * 1024 * 1024;
const kept = createKept<Uint8Array>(MAX_KEPT_BYTES, ({ length }) => length);

/** A layer's pixels, and where they go. */
export interface PaintedLayer {
  /** RGBA, four bytes a pixel, premultiplied, rows from the top. */
  readonly pixels: Uint8Array;
  readonly box: PixelBox;
}

/** @throws OgError `E_IMAGE`, `E_SVG`, `E_RENDER` */
export async function paintLayer(layer: Layer, images: CardImages): Promise<PaintedLayer> {
  const { box } = layer;
  const name = nameOf(layer);
  const pixels = kept.get(name) ?? (await pixelsOf(layer, images));
  kept.keep(name, pixels);
  return { pixels, box };
}

/** Whether a layer need not be painted. */
export function isKept(layer: Layer): boolean {
  return kept.get(nameOf(layer)) !== undefined;
}

function nameOf(layer: Layer): string {
  return "uri" in layer ? JSON.stringify(layer) : layer.svg;
}

/** Pixels that are worth the way to another thread. */
const LARGE = 100_000;

async function pixelsOf(layer: Layer, images: CardImages): Promise<Uint8Array> {
  const { width, height } = layer.box;
  if ("uri" in layer) return images.pixels(layer.uri, layer.scaled, { ...layer.from, width, height });
  const filled = await images.fill(layer.svg);
  gate(filled);
  return width * height < LARGE ? raster(filled) : rasterBeside(filled);
}

/** Stacks of layers that some card had. */
const seen = new Set<string>();
const MOST_SEEN = 10_000;

/**
 * Puts layers on a canvas, the lowest first. Those with which a second card begins, too, are kept as one, as the canvas knows
 * a background by its pixels.
 */
export function stack(canvas: Canvas, layers: readonly PaintedLayer[]): void {
  const [lowest] = layers;
  const isWhole = lowest?.pixels.length === canvas.width * canvas.height * 4;
  const above = isWhole ? layers.slice(1) : layers;
  let background = isWhole ? lowest.pixels : blank(canvas);
  const names = namesOfStacks(background, above);
  /** How many of the layers the background has already. */
  let painted = 0;
  for (const name of names) {
    const together = kept.get(name);
    if (!together) break;
    kept.keep(name, together);
    background = together;
    painted++;
  }
  canvas.load(background);
  for (const [index, { pixels, box }] of above.entries()) {
    if (index < painted) continue;
    canvas.over(pixels, box);
    keepSecond(names[index] as string, canvas);
  }
}

/** For each layer, what it and all below it are known by. */
function namesOfStacks(background: Uint8Array, layers: readonly PaintedLayer[]): readonly string[] {
  let name = String(identityOf(background));
  return layers.map(({ pixels }) => (name += `+${identityOf(pixels)}`));
}

/** Keeps what is on the canvas, if it is there for the second time. */
function keepSecond(id: string, canvas: Canvas): void {
  if (!seen.has(id)) {
    if (seen.size === MOST_SEEN) seen.clear();
    seen.add(id);
    return;
  }
  const together = canvas.rgba();
  kept.keep(id, together);
  canvas.load(together);
}

/** Nothing, once for each size of canvas: what is stacked on it is known by it. */
function blank({ width, height }: Size): Uint8Array {
  const id = `blank ${width}×${height}`;
  const pixels = kept.get(id) ?? new Uint8Array(width * height * 4);
  kept.keep(id, pixels);
  return pixels;
}
