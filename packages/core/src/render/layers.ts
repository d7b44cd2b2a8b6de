import { raster } from "./raster.ts";

/**
 * What lies under the first text of a card is often the same on every page of a site: it is the **background**, painted
 * once and kept by its own SVG. The rest is painted on a transparent canvas and laid over a copy.
 *
 * Whether a card is split depends on its own SVG alone, never on what was painted before: its bytes must not. A
 * background that holds an image is not split off, since a cover is rarely on two pages, and neither is one under a
 * card that blends with what is below.
 */
export interface Layers {
  readonly background: string;
  readonly rest: string;
}

const TAG = /<(\/?)([A-Za-z]+)[^>]*?(\/?)>/g;
const TEXT_RUN = /^<g><path |^<path /;
const DEFINITION = /^<(defs|mask|clipPath|filter|pattern)\b/;
const NEEDS_BACKDROP = /mix-blend-mode|BackgroundImage|backdrop/;

/** The two layers of a card, or `undefined` where it must be painted whole. */
export function splitLayers(svg: string): Layers | undefined {
  const start = svg.indexOf(">") + 1;
  const end = svg.lastIndexOf("</svg>");
  const frame = svg.slice(0, start);
  const parts = topLevelParts(svg.slice(start, end));
  const firstText = parts.findIndex((part) => TEXT_RUN.test(part));
  const below = parts.slice(0, Math.max(0, firstText));
  const above = parts.slice(below.length).join("");
  if (!below.some((part) => !DEFINITION.test(part)) || below.some((part) => part.includes("<image")) || NEEDS_BACKDROP.test(svg))
    return undefined;
  const shared = below.filter(
    (part) => DEFINITION.test(part) && definedIds(part).some((id) => above.includes(`url(#${id})`) || above.includes(`"#${id}"`)),
  );
  return { background: `${frame}${below.join("")}</svg>`, rest: `${frame}${shared.join("")}${above}</svg>` };
}

/** 1200×630 pixels are 3 MB, so these are a dozen. */
const MAX_BACKGROUND_BYTES = 36_500_000;
const backgrounds = new Map<string, Uint8Array>();

/**
 * The pixels of a card.
 * @returns RGBA, four bytes a pixel, premultiplied, rows from the top
 * @throws OgError `E_RENDER`
 */
export function rasterLayers(svg: string): Uint8Array {
  const layers = splitLayers(svg);
  if (!layers) return raster(svg);
  const pixels = Uint8Array.from(background(layers.background));
  layOver(pixels, raster(layers.rest));
  return pixels;
}

function background(svg: string): Uint8Array {
  const pixels = backgrounds.get(svg) ?? raster(svg);
  backgrounds.delete(svg);
  backgrounds.set(svg, pixels);
  let bytes = [...backgrounds.values()].reduce((sum, { length }) => sum + length, 0);
  for (const [oldest, { length }] of backgrounds) {
    if (bytes <= MAX_BACKGROUND_BYTES) break;
    backgrounds.delete(oldest);
    bytes -= length;
  }
  return pixels;
}

/** Source-over for premultiplied pixels: https://www.w3.org/TR/compositing-1/#porterduffcompositingoperators_srcover */
function layOver(below: Uint8Array, above: Uint8Array): void {
  const words = new Uint32Array(above.buffer, above.byteOffset, above.byteLength / 4);
  for (let word = 0; word < words.length; word++) {
    if (words[word] === 0) continue;
    const pixel = word * 4;
    const through = 255 - (above[pixel + 3] as number);
    for (let channel = pixel; channel < pixel + 4; channel++) {
      below[channel] = (above[channel] as number) + Math.round(((below[channel] as number) * through) / 255);
    }
  }
}

function topLevelParts(content: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: tag, 1: closing, 3: empty, index } of content.matchAll(TAG)) {
    if (closing) depth--;
    else if (!empty) depth++;
    if (depth === 0) {
      parts.push(content.slice(start, index + tag.length));
      start = index + tag.length;
    }
  }
  return parts;
}

function definedIds(part: string): readonly string[] {
  return [...part.matchAll(/ id="([^"]+)"/g)].map(([, id = ""]) => id);
}
