import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { openCanvas } from "../src/render/canvas.ts";
import { encode as encodeBySharp } from "../src/render/pixels.ts";
import type { Format, Size } from "../src/types.ts";

const SIZE = { width: 24, height: 12 };

/** As the painter does it: PNG by the canvas, the others by sharp. */
async function encode(pixels: Uint8Array, size: Size, format: Format, quality: number): Promise<Uint8Array> {
  if (format !== "png") return encodeBySharp(pixels, size, format, quality);
  const canvas = openCanvas(size.width, size.height);
  canvas.load(pixels);
  return canvas.png();
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
  await expect(encode(filled(1, 2, 3), { width: 999, height: 999 }, "webp", 85)).rejects.toMatchObject({
    name: "OgError",
    code: "E_RENDER",
  });
});
