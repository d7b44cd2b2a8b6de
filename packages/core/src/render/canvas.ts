import type { Size } from "../types.ts";
import { identityOf } from "./identity.ts";
import { bytesAt, kernel } from "./kernel.ts";
import { encodePng, type Stroke } from "./png.ts";

/** How much of each pixel a glyph covers, one byte a pixel, in the kernel's memory until `freeMasks`. */
export interface Mask extends Size {
  readonly pointer: number;
  /** Where its first pixel is, from the pixel that holds the glyph's origin. */
  readonly left: number;
  readonly top: number;
  /** What it is known by, where another one with the same pixels may come. Default: itself. */
  readonly name?: string | undefined;
}

/** A rectangle of a canvas, in whole pixels. */
export interface PixelBox extends Size {
  readonly left: number;
  readonly top: number;
}

/** The pixels of a card, in the kernel's memory. */
export interface Canvas extends Size {
  /**
   * Takes pixels: RGBA, four bytes a pixel, premultiplied, rows from the top. Where it is the array of the last time, only
   * the rows are taken that have been painted on since: nobody may change it.
   */
  load(rgba: Uint8Array): void;
  /**
   * Lays premultiplied RGBA pixels over the canvas. Nobody may change them later: they are known again by their array.
   * @param part which part of the canvas they cover; it lies inside of it. Default: all of it
   */
  over(rgba: Uint8Array, part?: PixelBox): void;
  /**
   * Blends a colour where a mask covers.
   * @param x column of the pixel that holds the glyph's origin, a whole number; it may be outside
   * @param y row of the same
   * @param r red of the colour, not premultiplied, 0 to 255
   * @param alpha 0 to 1
   */
  draw(mask: Mask, x: number, y: number, r: number, g: number, b: number, alpha: number): void;
  /**
   * The canvas as a PNG of eight bits a channel: RGB where it is opaque, else RGBA. The same pixels give the same bytes.
   * @param spareCore whether another thread may help. @default false
   */
  png(spareCore?: boolean): Uint8Array;
  /** A copy of the pixels, premultiplied. */
  rgba(): Uint8Array;
}

/** 4096×4096 pixels. */
const MOST_CANVAS_BYTES = 64 * 1024 * 1024;
const canvases = new Map<string, { readonly canvas: Canvas; readonly bytes: number; readonly free: () => void }>();

/**
 * A canvas of a size, with the pixels that it had when it was last used. Those that have not been used for longest are
 * freed when they are more than 64 MB: open, fill and read a canvas without waiting for anything in between.
 */
export function openCanvas(width: number, height: number): Canvas {
  const name = `${width}×${height}`;
  const bytes = width * height * 4;
  const known = canvases.get(name);
  canvases.delete(name);
  let total = [...canvases.values()].reduce((sum, { bytes }) => sum + bytes, bytes);
  for (const [other, { bytes, free }] of canvases) {
    if (total <= MOST_CANVAS_BYTES) break;
    canvases.delete(other);
    free();
    total -= bytes;
  }
  const opened = known ?? newCanvas(width, height, bytes);
  canvases.set(name, opened);
  return opened.canvas;
}

function newCanvas(width: number, height: number, length: number) {
  const { allocate, release, isOpaque, layOver, drawMask } = kernel();
  const count = width * height;
  let pointer = allocate(length);
  /** What was loaded last, whether it is opaque, the rows that differ from it, and what was painted on them. */
  let loaded: Uint8Array | undefined;
  let opaque = false;
  const painted = new Uint8Array(height);
  let strokes: Stroke[] = [];
  const pixels = () => {
    if (pointer === 0) throw new Error(`The canvas of ${width}×${height} pixels has been freed.`);
    return pointer;
  };
  const check = (size: number) => {
    if (size !== length) throw new RangeError(`A canvas of ${width}×${height} pixels takes ${length} bytes, not ${size}.`);
  };
  const mark = (top: number, bottom: number, name: string) => {
    painted.fill(1, Math.max(0, top), Math.max(0, bottom));
    strokes.push({ top, bottom, name });
  };
  /** In pieces that stay in the processor's cache. */
  const lay = (rgba: Uint8Array, at: number) => {
    const piece = passage();
    for (let from = 0; from < rgba.length; from += PASSAGE_BYTES) {
      const part = rgba.subarray(from, from + PASSAGE_BYTES);
      bytesAt(piece, part.length).set(part);
      layOver(pixels() + at + from, piece, part.length / 4);
    }
  };
  bytesAt(pointer, length).fill(0);
  const canvas: Canvas = {
    width,
    height,
    load(rgba) {
      check(rgba.length);
      const rows = bytesAt(pixels(), length);
      if (rgba === loaded) {
        for (let y = painted.indexOf(1); y >= 0; y = painted.indexOf(1, y + 1))
          rows.set(rgba.subarray(y * width * 4, (y + 1) * width * 4), y * width * 4);
      } else {
        rows.set(rgba);
        opaque = isOpaque(pointer, count) !== 0;
        loaded = rgba;
      }
      painted.fill(0);
      strokes = [];
    },
    over(rgba, part = { left: 0, top: 0, width, height }) {
      const isWhole = part.width === width && part.height === height;
      if (isWhole) check(rgba.length);
      mark(part.top, part.top + part.height, ` ${identityOf(rgba)} ${part.left} ${part.top} ${part.width}`);
      if (isWhole) return lay(rgba, 0);
      const row = part.width * 4;
      for (let y = 0; y < part.height; y++) lay(rgba.subarray(y * row, (y + 1) * row), ((part.top + y) * width + part.left) * 4);
    },
    draw(mask, x, y, r, g, b, alpha) {
      const colour = r | (g << 8) | (b << 16) | 0xff000000;
      const opacity = Math.round(alpha * 255);
      const left = x + mask.left;
      const top = y + mask.top;
      if (left >= width || top >= height || left + mask.width <= 0 || top + mask.height <= 0) return;
      mark(top, top + mask.height, ` ${mask.name ?? identityOf(mask)} ${x} ${y} ${colour} ${opacity}`);
      drawMask(pixels(), width, height, mask.pointer, mask.width, mask.height, left, top, colour, opacity);
    },
    png(spareCore = false) {
      const name = loaded && { background: String(identityOf(loaded)), strokes };
      return encodePng({ pointer: pixels(), width, height, opaque: opaque || isOpaque(pixels(), count) !== 0, name }, spareCore);
    },
    rgba: () => bytesAt(pixels(), length).slice(),
  };
  const free = () => {
    release(pointer);
    pointer = 0;
  };
  return { canvas, bytes: length, free };
}

const PASSAGE_BYTES = 128 * 1024;
let passagePointer = 0;

function passage(): number {
  passagePointer ||= kernel().allocate(PASSAGE_BYTES);
  return passagePointer;
}

/**
 * Draws an outline as a mask, by the non-zero winding rule.
 * @param outline operations as numbers: 0 M x y · 1 L x y · 2 Q x1 y1 x y · 3 C x1 y1 x2 y2 x y · 4 Z; y upwards
 * @param scale pixels per unit of the outline
 * @param phaseX where in its pixel the origin is, from the left, 0 to 1
 * @param phaseY the same from the top
 * @returns a mask without pixels for an outline without an area
 */
export function rasterise(outline: Float32Array, scale: number, phaseX: number, phaseY: number): Mask {
  const { memory, outlineBuffer, rasterise, ...drawn } = kernel();
  const buffer = outlineBuffer(outline.length);
  new Float32Array(memory.buffer, buffer, outline.length).set(outline);
  rasterise(outline.length, scale, phaseX, phaseY);
  return {
    pointer: drawn.maskPointer.value,
    width: drawn.maskWidth.value,
    height: drawn.maskHeight.value,
    left: drawn.maskLeft.value,
    top: drawn.maskTop.value,
  };
}

/**
 * A mask that covers nothing yet, for `addMask()`; its place is that on the card.
 * @param name what it is known by: what will be added
 */
export function emptyMask({ left, top, width, height }: PixelBox, name: string): Mask {
  const pointer = kernel().allocate(width * height);
  bytesAt(pointer, width * height).fill(0);
  return { pointer, width, height, left, top, name };
}

/**
 * Adds what a glyph covers, of which what lies outside is left out.
 * @param x column of the pixel that holds the glyph's origin
 */
export function addMask(into: Mask, glyph: Mask, x: number, y: number): void {
  const left = x + glyph.left - into.left;
  const top = y + glyph.top - into.top;
  if (left >= into.width || top >= into.height || left + glyph.width <= 0 || top + glyph.height <= 0) return;
  kernel().addMask(into.pointer, into.width, into.height, glyph.pointer, glyph.width, glyph.height, left, top);
}

/** A copy of what a mask covers, one byte a pixel. */
export function coverage({ pointer, width, height }: Mask): Uint8Array {
  return bytesAt(pointer, width * height).slice();
}

export function freeMasks(masks: readonly Mask[]): void {
  for (const { pointer } of masks) if (pointer !== 0) kernel().release(pointer);
}
