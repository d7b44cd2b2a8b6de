import type { Box } from "../../packages/core/test/ink.ts";
import type { Picture } from "./pictures.ts";

/** What is where in a picture, pixel by pixel. */
export const PLAIN = 0;
export const TEXT = 1;
export const IMAGE = 2;
export type Content = Uint8Array;

/** How two pictures of one size differ, in levels of 0 to 255. */
export interface Difference {
  /** The most, by what is there. */
  readonly maxIn: readonly [plain: number, text: number, image: number];
  /** Shares of all channels, 0 to 1. */
  readonly over8: number;
  readonly over16: number;
}

/** Boxes are a pixel wider on each side, for their anti-aliasing; a text over an image is text. */
export function contentOf({ width, height }: Pick<Picture, "width" | "height">, texts: readonly Box[], images: readonly Box[]): Content {
  const content = new Uint8Array(width * height);
  const fill = (boxes: readonly Box[], what: number) => {
    for (const { left, top, right, bottom } of boxes) {
      const [from, to] = [Math.max(0, Math.floor(left) - 1), Math.min(width, Math.ceil(right) + 1)];
      for (let y = Math.max(0, Math.floor(top) - 1); y < Math.min(height, Math.ceil(bottom) + 1) && from < to; y++) {
        content.fill(what, y * width + from, y * width + to);
      }
    }
  };
  fill(images, IMAGE);
  fill(texts, TEXT);
  return content;
}

/** @throws Error where the sizes differ */
export function compare(a: Picture, b: Picture, content: Content): Difference {
  if (a.width !== b.width || a.height !== b.height) throw new Error(`${a.width}×${a.height} pixels are not ${b.width}×${b.height}.`);
  const maxIn: [number, number, number] = [0, 0, 0];
  let [over8, over16] = [0, 0];
  for (let at = 0; at < a.data.length; at++) {
    const by = Math.abs((a.data[at] as number) - (b.data[at] as number));
    const what = content[at >> 2] as 0 | 1 | 2;
    if (by > maxIn[what]) maxIn[what] = by;
    if (by > 8) over8++;
    if (by > 16) over16++;
  }
  return { maxIn, over8: over8 / a.data.length, over16: over16 / a.data.length };
}

/** Root of the mean squared distance from the reference's RGB where there is text. */
export function textError({ data }: Picture, reference: Float32Array, content: Content): number {
  let [sum, count] = [0, 0];
  for (let pixel = 0; pixel < content.length; pixel++) {
    if (content[pixel] !== TEXT) continue;
    for (let channel = 0; channel < 3; channel++) {
      sum += ((data[pixel * 4 + channel] as number) - (reference[pixel * 3 + channel] as number)) ** 2;
      count++;
    }
  }
  return Math.sqrt(sum / count);
}
