import type { Box } from "./bounds.ts";
import { addMask, emptyMask, freeMasks, rasterise, type Canvas, type Mask } from "./canvas.ts";
import { identityOf } from "./identity.ts";
import { isTrap } from "./kernel.ts";
import { markerFont, type MarkedGlyph } from "./marker-font.ts";
import { outlinesOf } from "./outlines.ts";

/** A font whose glyphs are drawn. */
interface Face {
  readonly font: Buffer;
  /** By snapped size, then by glyph and sub-pixel phase. */
  readonly masks: Map<number, Map<number, Mask>>;
}

/** By their numbers, which are in the markers. */
const faces: Face[] = [];
const markerFonts = new WeakMap<Buffer, MarkerFont>();

export interface MarkerFont {
  readonly marker: Buffer;
  /** The number of its face; not there where the font cannot have markers, and stands for itself. */
  readonly number?: number;
}

/** A font's marker font. */
export function toMarkerFont(font: Buffer): MarkerFont {
  const known = markerFonts.get(font) ?? makeMarkerFont(font);
  markerFonts.set(font, known);
  return known;
}

function makeMarkerFont(font: Buffer): MarkerFont {
  const number = faceNumber(font);
  const marker = markerFont(font, number);
  return marker ? { marker, number } : { marker: font };
}

const numbers = new WeakMap<Buffer, number>();

/** The number of a font's face, always the same. */
export function faceNumber(font: Buffer): number {
  const number = numbers.get(font) ?? faces.push({ font, masks: new Map() }) - 1;
  numbers.set(font, number);
  return number;
}

/** A solid colour. */
export interface Color {
  /** 0 to 255, not premultiplied. */
  readonly r: number;
  readonly g: number;
  readonly b: number;
  /** 0 to 1. */
  readonly alpha: number;
}

/** Blends glyphs into a card. */
export function drawGlyphs(canvas: Canvas, glyphs: readonly MarkedGlyph[], { r, g, b, alpha }: Color): void {
  if (alpha < 1 && glyphs.length > 1) return drawTogether(canvas, glyphs, { r, g, b, alpha });
  for (const glyph of glyphs) {
    const mask = maskOf(glyph);
    if (mask.width > 0) canvas.draw(mask, Math.floor(glyph.x), Math.floor(glyph.y), r, g, b, alpha);
  }
}

/** As one shape: where letters join or marks lie on them, the colour is not laid twice. */
function drawTogether(canvas: Canvas, glyphs: readonly MarkedGlyph[], { r, g, b, alpha }: Color): void {
  const ink = inkOfAll(glyphs);
  const left = Math.max(0, ink.left);
  const top = Math.max(0, ink.top);
  const width = Math.min(canvas.width, ink.right) - left;
  const height = Math.min(canvas.height, ink.bottom) - top;
  if (width <= 0 || height <= 0) return;
  // The bands of a card are known again by what was drawn: cards that share a text share its bands.
  const name = glyphs.map((glyph) => `${identityOf(maskOf(glyph))}@${Math.floor(glyph.x)},${Math.floor(glyph.y)}`).join("+");
  const together = emptyMask({ left, top, width, height }, name);
  for (const glyph of glyphs) {
    const mask = maskOf(glyph);
    if (mask.width > 0) addMask(together, mask, Math.floor(glyph.x), Math.floor(glyph.y));
  }
  canvas.draw(together, 0, 0, r, g, b, alpha);
  freeMasks([together]);
}

/** The pixels that glyphs touch; `undefined` where one of them cannot be drawn. */
export function inkOf(glyphs: readonly MarkedGlyph[]): Box | undefined {
  try {
    return inkOfAll(glyphs);
  } catch (thrown) {
    if (isTrap(thrown)) throw thrown;
    // A huge glyph, or an outline that fontkitten stumbles over: satori reads it in its own way.
    return undefined;
  }
}

function inkOfAll(glyphs: readonly MarkedGlyph[]): Box {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const glyph of glyphs) {
    const { left, top, width, height } = maskOf(glyph);
    if (width === 0) continue;
    const x = Math.floor(glyph.x) + left;
    const y = Math.floor(glyph.y) + top;
    box.left = Math.min(box.left, x);
    box.top = Math.min(box.top, y);
    box.right = Math.max(box.right, x + width);
    box.bottom = Math.max(box.bottom, y + height);
  }
  return box;
}

/** All masks together, in bytes; a card of text has some 100 KB. */
const MAX_MASK_BYTES = 16 * 1024 * 1024;
/** What a mask costs besides its pixels. */
const MASK_OVERHEAD = 200;
let maskBytes = 0;

/** Sizes closer than this, in font units to the em times pixels, look the same. */
const SIZE_STEP = 1 / 20;
/** Pixels to the em: a mask has a byte for each pixel, on the card or not, and needs sixteen to be drawn. */
const MOST_FONT_SIZE = 1500;
/** satori's coordinates are multiples of 0.1 pixels. */
const PHASES = 10;

/** A mask is only good until the next one is asked for. */
function maskOf({ face: number, glyph, x, y, scale }: MarkedGlyph): Mask {
  const face = faces[number];
  if (!face) throw new Error(`There is no face ${number}.`);
  const { unitsPerEm, outline } = outlinesOf(face.font);
  if (scale * unitsPerEm > MOST_FONT_SIZE) throw new RangeError(`A glyph of ${scale * unitsPerEm} pixels is too large for a mask.`);
  const size = Math.round((scale * unitsPerEm) / SIZE_STEP);
  const phaseX = phaseOf(x);
  const phaseY = phaseOf(y);
  const id = (glyph * PHASES + phaseX) * PHASES + phaseY;
  const known = face.masks.get(size)?.get(id);
  if (known) return known;
  const mask = rasterise(outline(glyph), (size * SIZE_STEP) / unitsPerEm, phaseX / PHASES, phaseY / PHASES);
  const bytes = mask.width * mask.height + MASK_OVERHEAD;
  if (maskBytes + bytes > MAX_MASK_BYTES) freeAll();
  maskBytes += bytes;
  const ofSize = face.masks.get(size) ?? new Map<number, Mask>();
  face.masks.set(size, ofSize);
  ofSize.set(id, mask);
  return mask;
}

function phaseOf(position: number): number {
  return Math.round((position - Math.floor(position)) * PHASES) % PHASES;
}

function freeAll(): void {
  for (const { masks } of faces) {
    for (const ofSize of masks.values()) freeMasks([...ofSize.values()]);
    masks.clear();
  }
  maskBytes = 0;
}
