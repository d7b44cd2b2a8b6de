import type { Job } from "../types.ts";
import type { Canvas } from "./canvas.ts";
import type { Encoding } from "./pixels.ts";

/**
 * What is tried of JPEG for a PNG that is too large, and how JPEG and WebP fall. All photographs that were measured fit into
 * 300 KB at 90 (1200×630: 82 to 260 KB, as PNG 90 to 1,090 KB), where no edge of a letter shows it; below 50 the blocks show.
 */
const HIGHEST_QUALITY = 90;
const LOWEST_QUALITY = 50;
const STEP = 10;

/**
 * The least that filters and a higher level of zlib leave of the canvas' own PNG: 0.69 of a drawing with many gradients, 0.88 to
 * 1.14 of photographs. What cannot fit that way is not tried, as it takes 40 to 110 ms, and a JPEG 12 ms.
 */
const LEAST_SHARE = 0.68;

/** zlib's levels: 6 takes a fifth of the time of 9, which saves another 2 to 8 %. */
const USUAL_LEVEL = 6;
const HIGHEST_LEVEL = 9;
/** Pixels for which there is time for the highest level, which takes up to 1.1 s for a million. */
const MOST_PIXELS = 1_500_000;

/**
 * The file of a card: as it is asked for where it has `maxBytes` at most, and then it costs nothing more. A larger PNG is packed
 * harder; where that is not enough, it becomes a JPEG, or stays what it is where something shines through it. JPEG and WebP
 * fall in quality. What is too large even then is the smallest that there is.
 *
 * The canvas is read before anything is waited for. The same pixels and job give the same file.
 * @param spareCore whether another thread may help
 * @throws OgError `E_RENDER`
 */
export async function toFile(canvas: Canvas, job: Job, spareCore = false): Promise<Uint8Array> {
  const { format, quality, maxBytes = Infinity, optimize } = job;
  if (format !== "png") return falling(canvas.rgba(), job, { format, quality, optimize });
  const png = canvas.png(spareCore);
  if (png.length <= maxBytes && !optimize) return png;
  const pixels = canvas.rgba();
  const smaller = await smallerPng(png, pixels, job);
  if (smaller.length <= maxBytes) return smaller;
  const { isOpaque } = await import("./pixels.ts");
  if (!isOpaque(pixels)) return smaller;
  const jpeg = await falling(pixels, job, { format: "jpeg", quality: HIGHEST_QUALITY, optimize });
  return jpeg.length < smaller.length ? jpeg : smaller;
}

/** The smallest PNG of those that may be small enough. */
async function smallerPng(png: Uint8Array, pixels: Uint8Array, job: Job): Promise<Uint8Array> {
  // sharp takes 50 ms to load.
  const { repack } = await import("./pixels.ts");
  const { hasFewColors, unseenPalette } = await import("./palette.ts");
  const { width, height, maxBytes = Infinity, optimize } = job;
  const isFlat = hasFewColors(pixels);
  if (!isFlat && png.length * LEAST_SHARE > maxBytes) return png;
  const level = optimize && width * height <= MOST_PIXELS ? HIGHEST_LEVEL : USUAL_LEVEL;
  const candidates = [png, await repack(png, level, true)];
  if (isFlat || optimize) candidates.push(await repack(png, HIGHEST_LEVEL, false));
  if (isFlat) candidates.push((await unseenPalette(png, job)) ?? png);
  return candidates.reduce(smallest);
}

/** The file of the highest quality that has `maxBytes` at most, or the smallest. */
async function falling(pixels: Uint8Array, job: Job, highest: Encoding): Promise<Uint8Array> {
  const { encode } = await import("./pixels.ts");
  const { maxBytes = Infinity } = job;
  let file = await encode(pixels, job, highest);
  for (let quality = highest.quality - STEP; file.length > maxBytes && quality >= LOWEST_QUALITY; quality -= STEP) {
    file = smallest(file, await encode(pixels, job, { ...highest, quality }));
  }
  return file;
}

function smallest(one: Uint8Array, other: Uint8Array): Uint8Array {
  return other.length < one.length ? other : one;
}
