import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { openCanvas } from "../src/render/canvas.ts";
import { toFile } from "../src/render/encode.ts";
import { looksTheSame } from "../src/render/palette.ts";
import { encode as encodePixels } from "../src/render/pixels.ts";
import type { Format, Job, Size } from "../src/types.ts";
import { expectWholePng } from "./png.ts";

const SIZE = { width: 24, height: 12 };

async function encode(pixels: Uint8Array, size: Size, format: Format, quality: number, more: Partial<Job> = {}): Promise<Uint8Array> {
  const canvas = openCanvas(size.width, size.height);
  canvas.load(pixels);
  const job: Job = { key: "", tree: { type: "div", props: {} }, faces: [], images: [], graphemes: {}, ...size, format, quality, ...more };
  return toFile(canvas, job);
}

/** A picture of one colour: straight red, green, blue and alpha, as resvg gives it (premultiplied). */
function filled(red: number, green: number, blue: number, alpha = 255): Uint8Array {
  const share = alpha / 255;
  const pixel = [Math.round(red * share), Math.round(green * share), Math.round(blue * share), alpha];
  return Uint8Array.from({ length: SIZE.width * SIZE.height * 4 }, (_, index) => pixel[index % 4] as number);
}

/** The first pixel of a file, straight. */
async function firstPixel(file: Uint8Array): Promise<readonly number[]> {
  const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
  return [...data.subarray(0, info.channels)];
}

function expectNear(actual: readonly number[], expected: readonly number[], tolerance: number): void {
  expect(actual).toHaveLength(expected.length);
  for (const [index, value] of expected.entries()) expect(Math.abs((actual[index] as number) - value)).toBeLessThanOrEqual(tolerance);
}

describe.each<Format>(["png", "jpeg", "webp"])("%s", (format) => {
  test("is of that format and size", async () => {
    const { format: found, width, height } = await sharp(await encode(filled(200, 100, 50), SIZE, format, 85)).metadata();
    expect({ format: found, width, height }).toEqual({ format, ...SIZE });
  });

  test("opaque pixels have no alpha, and their colour", async () => {
    const file = await encode(filled(200, 100, 50), SIZE, format, 90);
    expect((await sharp(file).metadata()).hasAlpha).toBe(false);
    expectNear(await firstPixel(file), [200, 100, 50], format === "png" ? 0 : 4);
  });

  test("the same pixels are the same bytes", async () => {
    const pixels = filled(10, 20, 30, 128);
    expect(await encode(pixels, SIZE, format, 80)).toEqual(await encode(pixels.slice(), SIZE, format, 80));
  });

  test("the pixels that were given are not changed", async () => {
    const pixels = filled(10, 20, 30, 128);
    await encode(pixels, SIZE, format, 80);
    expect(pixels).toEqual(filled(10, 20, 30, 128));
  });
});

describe("transparency", () => {
  test.each([
    [200, 100, 50, 128],
    [255, 255, 255, 64],
    [0, 0, 0, 200],
    [255, 0, 0, 254],
  ])("PNG keeps %i, %i, %i at alpha %i", async (...colour) => {
    // Premultiplied bytes hold less of the colour, the fainter it is.
    expectNear(await firstPixel(await encode(filled(...colour), SIZE, "png", 85)), colour, Math.ceil(128 / colour[3]));
  });

  test("WebP keeps it too", async () => {
    expectNear(await firstPixel(await encode(filled(200, 100, 50, 128), SIZE, "webp", 100)), [200, 100, 50, 128], 6);
  });

  test("nothing at all is nothing", async () => {
    expect(await firstPixel(await encode(filled(0, 0, 0, 0), SIZE, "png", 85))).toEqual([0, 0, 0, 0]);
  });

  test("one pixel that is not opaque is enough", async () => {
    const pixels = filled(200, 100, 50);
    pixels[pixels.length - 1] = 254;
    expect((await sharp(await encode(pixels, SIZE, "png", 85)).metadata()).hasAlpha).toBe(true);
  });

  test("JPEG is laid on white", async () => {
    expectNear(await firstPixel(await encode(filled(0, 0, 0, 0), SIZE, "jpeg", 90)), [255, 255, 255], 2);
    expectNear(await firstPixel(await encode(filled(0, 0, 0, 128), SIZE, "jpeg", 90)), [127, 127, 127], 4);
  });
});

test("quality counts where the format has one", async () => {
  const noise = Uint8Array.from({ length: SIZE.width * SIZE.height * 4 }, (_, index) => (index % 4 === 3 ? 255 : (index * 7919) % 256));
  for (const format of ["jpeg", "webp"] as const) {
    expect((await encode(noise, SIZE, format, 20)).length).toBeLessThan((await encode(noise, SIZE, format, 95)).length);
  }
  expect(await encode(noise, SIZE, "png", 1)).toEqual(await encode(noise, SIZE, "png", 100));
});

test("pixels of another size are refused", async () => {
  await expect(encodePixels(filled(1, 2, 3), { width: 999, height: 999 }, { format: "webp", quality: 85 })).rejects.toMatchObject({
    name: "OgError",
    code: "E_RENDER",
  });
});

const CARD = { width: 320, height: 168 };

/** A card's pixels: noise of this strength over a slope of colours, with a bar of one colour. */
function photo(noise: number, alpha = 255): Uint8Array {
  let seed = 1;
  const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647 - 0.5;
  return Uint8Array.from({ length: CARD.width * CARD.height * 4 }, (_, index) => {
    const [x, y, channel] = [(index >> 2) % CARD.width, Math.floor(index / 4 / CARD.width), index % 4];
    if (channel === 3) return alpha;
    const value = y > 60 && y < 80 ? 20 : 40 + (x * (channel + 1)) / 8 + y / 4 + random() * noise;
    return Math.min(alpha, Math.max(0, Math.round(value)));
  });
}

/** Text-like: two colours, and edges of the colours between them. */
function flat(): Uint8Array {
  return Uint8Array.from({ length: CARD.width * CARD.height * 4 }, (_, index) => {
    const [x, y, channel] = [(index >> 2) % CARD.width, Math.floor(index / 4 / CARD.width), index % 4];
    if (channel === 3) return 255;
    const covered = Math.min(1, Math.max(0, Math.sin(x / 3.7 + y / 9.1) + Math.sin(x / 5.3 - y / 4.3)));
    return Math.round(250 - covered * (200 + channel * 10));
  });
}

const formatIn = async (file: Uint8Array) => (await sharp(file).metadata()).format;
const pixelsIn = async (file: Uint8Array) => sharp(file).toColorspace("srgb").ensureAlpha().raw().toBuffer();

describe("maxBytes", () => {
  test("what is small enough is as it would be without", async () => {
    for (const format of ["png", "jpeg", "webp"] as const) {
      const file = await encode(photo(40), CARD, format, 85);
      expect(await encode(photo(40), CARD, format, 85, { maxBytes: file.length })).toEqual(file);
    }
  });

  test("a PNG that is a little too large is packed harder, and its pixels stay", async () => {
    const png = await encode(flat(), CARD, "png", 85);
    const smaller = await encode(flat(), CARD, "png", 85, { maxBytes: png.length - 1 });
    expect(smaller.length).toBeLessThan(png.length);
    await expectWholePng(smaller, CARD);
    expect(looksTheSame(await pixelsIn(smaller), flat(), CARD)).toBe(true);
  });

  test("one that is far too large is a JPEG, the better the more room there is", async () => {
    const pixels = photo(90);
    const png = await encode(pixels, CARD, "png", 85);
    const errors: number[] = [];
    for (const maxBytes of [45_000, 30_000, 15_000, 8500]) {
      const file = await encode(pixels, CARD, "png", 85, { maxBytes });
      expect(await formatIn(file)).toBe("jpeg");
      expect(file.length).toBeLessThanOrEqual(maxBytes);
      const off = (await pixelsIn(file)).reduce((sum, value, index) => sum + Math.abs(value - (pixels[index] as number)), 0);
      errors.push(off / pixels.length);
    }
    expect(png.length).toBeGreaterThan(100_000);
    expect(errors).toEqual(errors.toSorted((a, b) => a - b));
    expect(new Set(errors).size).toBeGreaterThan(2);
  });

  test("what shines through is never a JPEG", async () => {
    const pixels = photo(90);
    pixels.set([0, 0, 0, 0], 0);
    const file = await encode(pixels, CARD, "png", 85, { maxBytes: 8000 });
    expect(file.length).toBeGreaterThan(8000);
    await expectWholePng(file, CARD);
    expect(await pixelsIn(file)).toEqual(await pixelsIn(await encode(pixels, CARD, "png", 85)));
  });

  test.each(["jpeg", "webp"] as const)("%s falls in quality", async (format) => {
    const file = await encode(photo(90), CARD, format, 90);
    const smaller = await encode(photo(90), CARD, format, 90, { maxBytes: Math.round(file.length * 0.6) });
    expect(smaller.length).toBeLessThanOrEqual(file.length * 0.6);
    expect(await formatIn(smaller)).toBe(format);
  });

  test("a quality that is low as it is does not fall", async () => {
    expect(await encode(photo(90), CARD, "jpeg", 30, { maxBytes: 1000 })).toEqual(await encode(photo(90), CARD, "jpeg", 30));
  });

  test("where nothing is small enough, it is the smallest", async () => {
    const file = await encode(photo(250), CARD, "png", 85, { maxBytes: 1000 });
    expect(await formatIn(file)).toBe("jpeg");
    expect(file).toEqual(await encode(photo(250), CARD, "jpeg", 50));
  });

  test("the same pixels are the same bytes, also of cards that are made at the same time", async () => {
    const make = (noise: number) => encode(photo(noise), CARD, "png", 85, { maxBytes: 20_000 });
    const alone = [await make(30), await make(90), await make(160)];
    expect(await Promise.all([make(30), make(90), make(160)])).toEqual(alone);
    expect(await Promise.all([make(160), make(30), make(90)].toReversed())).toEqual([alone[1], alone[0], alone[2]]);
  });
});

describe("optimize", () => {
  test("flat colours are a palette that nobody sees, in half of the bytes", async () => {
    const png = await encode(flat(), CARD, "png", 85);
    const file = await encode(flat(), CARD, "png", 85, { optimize: true });
    expect(await sharp(file).metadata()).toMatchObject({ format: "png", isPalette: true });
    expect(file.length).toBeLessThan(png.length * 0.6);
    const [before, after] = [flat(), await pixelsIn(file)];
    const off = before.map((value, index) => Math.abs(value - (after[index] as number)));
    expect(off.reduce((most, value) => Math.max(most, value), 0)).toBeLessThanOrEqual(12);
    expect(off.reduce((sum, value) => sum + value, 0) / off.length).toBeLessThan(0.5);
  });

  test.each<[string, Uint8Array]>([
    ["a photograph", photo(60)],
    ["a slope of many colours", photo(0)],
  ])("%s keeps each of its pixels", async (_, pixels) => {
    const png = await encode(pixels, CARD, "png", 85);
    const file = await encode(pixels, CARD, "png", 85, { optimize: true });
    expect(file.length).toBeLessThanOrEqual(png.length);
    expect(await pixelsIn(file)).toEqual(Buffer.from(pixels));
  });

  test("transparency stays", async () => {
    const pixels = filled(200, 100, 50, 128);
    expectNear(await firstPixel(await encode(pixels, SIZE, "png", 85, { optimize: true })), [200, 100, 50, 128], 2);
  });

  test.each(["jpeg", "webp"] as const)("%s has fewer bytes", async (format) => {
    const usual = await encode(photo(40), CARD, format, 85);
    const file = await encode(photo(40), CARD, format, 85, { optimize: true });
    expect(file.length).toBeLessThan(usual.length);
    expect(await formatIn(file)).toBe(format);
  });

  test("and `maxBytes` is kept", async () => {
    const file = await encode(photo(90), CARD, "png", 85, { optimize: true, maxBytes: 20_000 });
    expect(await formatIn(file)).toBe("jpeg");
    expect(file.length).toBeLessThanOrEqual(20_000);
  });
});

describe("what looks the same", () => {
  const changed = (change: (x: number, y: number) => number) =>
    flat().map((value, index) => value + (index % 4 === 1 ? change((index >> 2) % CARD.width, Math.floor(index / 4 / CARD.width)) : 0));

  test.each<[string, boolean, (x: number, y: number) => number]>([
    ["nothing is changed", true, () => 0],
    ["a level everywhere", true, () => -1],
    ["an edge here and there", true, (x, y) => (x % 8 === 3 && y % 8 === 3 ? -12 : 0)],
    ["two levels everywhere", false, () => -2],
    ["two levels in a block", false, (x, y) => (x >= 160 && x < 168 && y >= 80 && y < 88 ? -2 : 0)],
    ["one pixel, for all to see", false, (x, y) => (x === 319 && y === 167 ? -20 : 0)],
  ])("%s: %s", (_, same, change) => {
    expect(looksTheSame(flat(), changed(change), CARD)).toBe(same);
  });
});
