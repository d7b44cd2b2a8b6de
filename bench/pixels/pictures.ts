import { Resvg } from "@resvg/resvg-js";
import sharp from "sharp";
import type { Size } from "../../packages/core/dist/internals.js";

/** Pixels as RGBA rows, not premultiplied. */
export interface Picture extends Size {
  readonly data: Uint8Array;
}

export async function decode(png: Uint8Array): Promise<Picture> {
  const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** As resvg draws an SVG at its own size. */
export function rasterise(svg: string): Promise<Picture> {
  return decode(new Resvg(svg, { font: { loadSystemFonts: false } }).render().asPng());
}

const ZOOM = 8;

/**
 * What an SVG would look like with exact anti-aliasing: drawn by resvg at eight times its size, and averaged. Takes 400 MB;
 * in strips it would be less, but resvg ends the process over what lies outside of one.
 * @returns RGB rows
 */
export function reference(svg: string, { width, height }: Size): Float32Array {
  const { pixels } = new Resvg(svg, { font: { loadSystemFonts: false }, fitTo: { mode: "zoom", value: ZOOM } }).render();
  const sums = new Uint16Array(width * height * 3);
  for (let y = 0, from = 0; y < height * ZOOM; y++) {
    const row = Math.floor(y / ZOOM) * width * 3;
    for (let x = 0; x < width * ZOOM; x++, from += 4) {
      const to = row + Math.floor(x / ZOOM) * 3;
      for (let channel = 0; channel < 3; channel++) (sums[to + channel] as number) += pixels[from + channel] as number;
    }
  }
  return Float32Array.from(sums, (sum) => sum / ZOOM ** 2);
}
