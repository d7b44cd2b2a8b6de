import { readFileSync } from "node:fs";
import { crc32 } from "node:zlib";
import type { Size } from "../types.ts";

/** How much of each pixel a glyph covers, one byte a pixel, in the kernel's memory until `freeMasks`. */
export interface Mask extends Size {
  readonly pointer: number;
  /** Where its first pixel is, from the pixel that holds the glyph's origin. */
  readonly left: number;
  readonly top: number;
}

/** A rectangle of a canvas, in whole pixels. */
export interface Part extends Size {
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
   * Lays premultiplied RGBA pixels over the canvas.
   * @param part which part of the canvas they cover; it lies inside of it. Default: all of it
   */
  over(rgba: Uint8Array, part?: Part): void;
  /**
   * Blends a colour where a mask covers.
   * @param x column of the pixel that holds the glyph's origin, a whole number; it may be outside
   * @param y row of the same
   * @param r red of the colour, not premultiplied, 0 to 255
   * @param alpha 0 to 1
   */
  draw(mask: Mask, x: number, y: number, r: number, g: number, b: number, alpha: number): void;
  /** The canvas as a PNG of eight bits a channel: RGB where it is opaque, else RGBA. The same pixels give the same bytes. */
  png(): Uint8Array;
  /** A copy of the pixels, premultiplied. */
  rgba(): Uint8Array;
}

/** What `kernel/index.ts` exports. Pointers are addresses in `memory`, which moves when it grows. */
interface Kernel {
  readonly memory: { readonly buffer: ArrayBuffer };
  allocate(bytes: number): number;
  release(pointer: number): void;
  isOpaque(pixels: number, count: number): number;
  layOver(below: number, above: number, count: number): void;
  drawMask(
    canvas: number,
    width: number,
    height: number,
    mask: number,
    maskWidth: number,
    maskHeight: number,
    x: number,
    y: number,
    colour: number,
    opacity: number,
  ): void;
  beginPng(canvas: number, width: number, height: number, opaque: number): number;
  encodeBand(): number;
  addBand(bits: number, adler: number, kind: number): number;
  endPng(): void;
  readonly bandPointer: { readonly value: number };
  readonly bandAdler: { readonly value: number };
  readonly bandKind: { readonly value: number };
  output(): number;
  outlineBuffer(length: number): number;
  rasterise(length: number, scale: number, phaseX: number, phaseY: number): void;
  readonly maskPointer: { readonly value: number };
  readonly maskWidth: { readonly value: number };
  readonly maskHeight: { readonly value: number };
  readonly maskLeft: { readonly value: number };
  readonly maskTop: { readonly value: number };
}

/** Node has it, but its types do not. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

let loaded: Kernel | undefined;

function kernel(): Kernel {
  // The path is the same from src/render and from dist/render: there is one kernel, and the build makes it.
  loaded ??= new WebAssembly.Instance(new WebAssembly.Module(readFileSync(new URL("../../dist/render/kernel.wasm", import.meta.url))))
    .exports as Kernel;
  return loaded;
}

function bytesAt(pointer: number, length: number): Uint8Array {
  return new Uint8Array(kernel().memory.buffer, pointer, length);
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
  /** What was loaded last, whether it is opaque, and the rows that differ from it. */
  let loaded: Uint8Array | undefined;
  const bandsOf = new WeakMap<Uint8Array, (Band | undefined)[]>();
  let opaque = false;
  const painted = new Uint8Array(height);
  const pixels = () => {
    if (pointer === 0) throw new Error(`The canvas of ${width}×${height} pixels has been freed.`);
    return pointer;
  };
  const check = (size: number) => {
    if (size !== length) throw new RangeError(`A canvas of ${width}×${height} pixels takes ${length} bytes, not ${size}.`);
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
        if (!bandsOf.has(rgba)) bandsOf.set(rgba, []);
      }
      painted.fill(0);
    },
    over(rgba, part) {
      if (!part || (part.width === width && part.height === height)) {
        check(rgba.length);
        painted.fill(1);
        lay(rgba, 0);
        return;
      }
      painted.fill(1, part.top, part.top + part.height);
      const row = part.width * 4;
      for (let y = 0; y < part.height; y++) lay(rgba.subarray(y * row, (y + 1) * row), ((part.top + y) * width + part.left) * 4);
    },
    draw(mask, x, y, r, g, b, alpha) {
      const colour = r | (g << 8) | (b << 16) | 0xff000000;
      const opacity = Math.round(alpha * 255);
      painted.fill(1, Math.max(0, y + mask.top), Math.max(0, y + mask.top + mask.height));
      drawMask(pixels(), width, height, mask.pointer, mask.width, mask.height, x + mask.left, y + mask.top, colour, opacity);
    },
    png() {
      const isOpaqueNow = opaque || isOpaque(pixels(), count) !== 0;
      // What was painted may have made it opaque: then no band is that of the background.
      const bands = (loaded && isOpaqueNow === opaque && bandsOf.get(loaded)) || [];
      const isUntouched = (from: number, to: number) => !painted.subarray(from, to).includes(1);
      return encodePng(pixels(), { width, height }, isOpaqueNow, bands, isUntouched);
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

/** A copy of what a mask covers, one byte a pixel. */
export function coverage({ pointer, width, height }: Mask): Uint8Array {
  return bytesAt(pointer, width * height).slice();
}

export function freeMasks(masks: readonly Mask[]): void {
  for (const { pointer } of masks) if (pointer !== 0) kernel().release(pointer);
}

const SIGNATURE = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10);
const RGB = 2;
const RGBA = 6;

/** Rows of a PNG, compressed by themselves: see `kernel/png.ts`. */
interface Band {
  readonly bytes: Uint8Array;
  readonly bits: number;
  readonly adler: number;
  /** Whether it is a photograph, and whether the band above is. */
  readonly kind: number;
  readonly above: number;
}

/**
 * https://www.w3.org/TR/png-3/#5DataRep
 * @param known bands of the background, which those that are found out here join
 * @param isUntouched whether the rows from one to before another are the background's
 */
function encodePng(
  pixels: number,
  { width, height }: Size,
  opaque: boolean,
  known: (Band | undefined)[],
  isUntouched: (from: number, to: number) => boolean,
): Uint8Array {
  const { beginPng, encodeBand, addBand, endPng, output, bandPointer, bandAdler, bandKind } = kernel();
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, opaque ? RGB : RGBA, 0, 0, 0], 8);
  const rows = beginPng(pixels, width, height, opaque ? 1 : 0);
  const data: Uint8Array[] = [];
  let above = -1;
  for (let y = 0; y < height; y += rows) {
    const reusable = isUntouched(Math.max(0, y - 1), y + rows);
    let band = reusable ? known[y / rows] : undefined;
    if (band?.above === above) bytesAt(bandPointer.value, band.bytes.length).set(band.bytes);
    else {
      const bits = encodeBand();
      const [adler, kind] = [bandAdler.value, bandKind.value];
      band = { bytes: reusable ? bytesAt(bandPointer.value, Math.ceil(bits / 8)).slice() : NOTHING, bits, adler, kind, above };
      if (reusable) known[y / rows] = band;
    }
    data.push(bytesAt(output(), addBand(band.bits, band.adler, band.kind)).slice());
    above = band.kind;
  }
  endPng();
  return Buffer.concat([SIGNATURE, ...chunk("IHDR", [header]), ...chunk("IDAT", data), ...chunk("IEND", [])]);
}

const NOTHING = new Uint8Array(0);

function chunk(type: string, data: readonly Uint8Array[]): readonly Uint8Array[] {
  const start = Buffer.alloc(8);
  start.writeUInt32BE(data.reduce((sum, { length }) => sum + length, 0));
  start.write(type, 4, "latin1");
  const end = Buffer.alloc(4);
  end.writeUInt32BE(data.reduce((sum, part) => crc32(part, sum), crc32(type)));
  return [start, ...data, end];
}
