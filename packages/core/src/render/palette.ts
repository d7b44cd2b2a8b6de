import type { Size } from "../types.ts";
import { decode, toPalette } from "./pixels.ts";

/**
 * How far a pixel may be off in a channel, in levels of 255: only single ones at the edges of letters are, where the contrast
 * hides it.
 */
const MOST_OFF = 12;
/**
 * How far a block of 8×8 pixels may be off in a channel, as the mean of its pixels: one level, which is the smallest step
 * that the picture itself can make. A gradient that becomes bands is off by more, as is a small photograph.
 *
 * Measured on the built-in templates: flat ones have 0.2 to 0.9 and at most 10 in a pixel; the others 3 to 25, and what is
 * between (1.2, a gradient in a portrait's place) can be seen when one looks for it.
 */
const MOST_OFF_IN_BLOCK = 1;
const BLOCK = 8;

/**
 * A PNG with a palette, where nobody sees the difference: not dithered, as noise on a flat colour is seen before anything else.
 * @returns `undefined` where it would be seen
 */
export async function unseenPalette(png: Uint8Array, size: Size): Promise<Uint8Array | undefined> {
  const palette = await toPalette(png, 0);
  return looksTheSame(await decode(png), await decode(palette), size) ? palette : undefined;
}

/**
 * What a picture may have for a palette to be tried: finding 256 colours for a photograph takes seconds, and never goes unseen.
 * The flat ones of the built-in templates have 370 to 3,700, those with a gradient or a picture 9,500 and more.
 */
const FEW_COLORS = 8192;

/** @param pixels RGBA */
export function hasFewColors(pixels: Uint8Array): boolean {
  const colors = new Set<number>();
  let last: number | undefined;
  for (const color of new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.length / 4)) {
    if (color === last) continue;
    last = color;
    colors.add(color);
    if (colors.size > FEW_COLORS) return false;
  }
  return true;
}

/** Whether nobody can tell one picture from the other. Both are RGBA, rows from the top. */
export function looksTheSame(one: Uint8Array, other: Uint8Array, { width, height }: Size): boolean {
  for (let top = 0; top < height; top += BLOCK) {
    for (let left = 0; left < width; left += BLOCK) {
      const bottom = Math.min(top + BLOCK, height);
      const right = Math.min(left + BLOCK, width);
      for (let channel = 0; channel < 4; channel++) {
        let sum = 0;
        for (let y = top; y < bottom; y++) {
          for (let index = (y * width + left) * 4 + channel; index < (y * width + right) * 4; index += 4) {
            const off = Math.abs((one[index] as number) - (other[index] as number));
            if (off > MOST_OFF) return false;
            sum += off;
          }
        }
        if (sum > MOST_OFF_IN_BLOCK * (bottom - top) * (right - left)) return false;
      }
    }
  }
  return true;
}
