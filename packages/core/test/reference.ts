/** A card as satori and resvg alone draw it, to compare with: real fonts, whole images, one SVG. */

import { readFileSync } from "node:fs";
import { Resvg } from "@resvg/resvg-js";
import sharp from "sharp";
import { fitTexts } from "../src/render/fit.ts";
import { inkOf } from "../src/render/glyphs.ts";
import { layout, satoriLayoutOf } from "../src/render/layout.ts";
import { paint } from "../src/render/paint.ts";
import { readParts } from "../src/render/parts.ts";
import { placeholder } from "../src/render/placeholder.ts";
import { simplify } from "../src/render/simplify.ts";
import { findRuns } from "../src/render/text.ts";
import type { Job } from "../src/types.ts";

export interface Comparison {
  /** How far a channel of a pixel is off at most, where there is no edge of a letter. */
  readonly most: number;
  /** Root mean square of the errors against a picture of eight times the resolution: the painter's, and resvg's. */
  readonly error: number;
  readonly resvgError: number;
  /** How many of the card's texts are drawn by glyphs. */
  readonly runs: number;
}

const ZOOM = 8;

export async function compareWithReference(job: Job): Promise<Comparison> {
  const images = await Promise.all(
    job.images.map(async (image) => [image.digest, await wholeImage(image.bytes ?? readFileSync(image.file ?? ""))] as const),
  );
  const uri = (digest: string) => new Map(images).get(digest) ?? "";
  const { tree } = await fitTexts(
    job.tree,
    satoriLayoutOf(job, (digest) => placeholder(1, 1, digest)),
  );
  const { svg } = await layout({ ...job, tree }, uri);
  const marked = await layout({ ...job, tree }, uri, "markers");
  const runs = [...findRuns(readParts(simplify(marked.svg))).values()];
  const plain = opaque(new Resvg(svg, { font: { loadSystemFonts: false } }).render().pixels);
  const { bytes } = await paint({ ...job, format: "png" });
  const actual = opaque(await premultiplied(bytes));
  const large = average(new Resvg(svg, { font: { loadSystemFonts: false }, fitTo: { mode: "zoom", value: ZOOM } }).render().pixels, job);
  return {
    most: mostApart(
      actual,
      plain,
      job,
      runs.flatMap(({ glyphs }) => inkOf(glyphs) ?? []),
    ),
    error: rms(actual, large),
    resvgError: rms(plain, large),
    runs: runs.length,
  };
}

async function wholeImage(bytes: Uint8Array): Promise<string> {
  return `data:image/png;base64,${(await sharp(bytes, { density: 300 }).autoOrient().png().toBuffer()).toString("base64")}`;
}

async function premultiplied(file: Uint8Array): Promise<Uint8Array> {
  const pixels = await sharp(file).ensureAlpha().raw().toBuffer();
  for (let pixel = 0; pixel < pixels.length; pixel += 4)
    for (let channel = pixel; channel < pixel + 3; channel++)
      pixels[channel] = Math.round(((pixels[channel] as number) * (pixels[pixel + 3] as number)) / 255);
  return pixels;
}

/** On grey, so that alpha counts, too. */
function opaque(pixels: Uint8Array): Float32Array {
  const values = new Float32Array((pixels.length / 4) * 3);
  for (let pixel = 0; pixel < pixels.length / 4; pixel++)
    for (let channel = 0; channel < 3; channel++)
      values[3 * pixel + channel] = (pixels[4 * pixel + channel] as number) + ((255 - (pixels[4 * pixel + 3] as number)) * 128) / 255;
  return values;
}

function average(pixels: Uint8Array, { width, height }: Job): Float32Array {
  const sums = new Float32Array(width * height * 3);
  for (let y = 0; y < height * ZOOM; y++) {
    for (let x = 0; x < width * ZOOM; x++) {
      const from = (y * width * ZOOM + x) * 4;
      const to = (Math.floor(y / ZOOM) * width + Math.floor(x / ZOOM)) * 3;
      const grey = ((255 - (pixels[from + 3] as number)) * 128) / 255;
      for (let channel = 0; channel < 3; channel++)
        sums[to + channel] = (sums[to + channel] as number) + (pixels[from + channel] as number) + grey;
    }
  }
  return sums.map((sum) => sum / ZOOM ** 2);
}

type Box = NonNullable<ReturnType<typeof inkOf>>;

function mostApart(actual: Float32Array, expected: Float32Array, { width, height }: Job, texts: readonly Box[]): number {
  let most = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const isText = texts.some((box) => x >= box.left && x < box.right && y >= box.top && y < box.bottom);
      if (isText && !isFlat(expected, x, y, width, height)) continue;
      for (let channel = 0; channel < 3; channel++) {
        const at = (y * width + x) * 3 + channel;
        most = Math.max(most, Math.abs((actual[at] as number) - (expected[at] as number)));
      }
    }
  }
  return most;
}

function isFlat(pixels: Float32Array, x: number, y: number, width: number, height: number): boolean {
  for (let channel = 0; channel < 3; channel++) {
    let [least, most] = [Infinity, -Infinity];
    for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
      for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
        const value = pixels[(row * width + column) * 3 + channel] as number;
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    if (most - least > 8) return false;
  }
  return true;
}

function rms(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += ((a[index] as number) - (b[index] as number)) ** 2;
  return Math.sqrt(sum / a.length);
}
