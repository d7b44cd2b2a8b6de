import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { type Canvas, coverage, freeMasks, type Mask, openCanvas, rasterise } from "../src/render/canvas.ts";
import * as plain from "./plain-canvas.ts";

const COVERS = new URL("../../../fixtures/covers/", import.meta.url);

/** Numbers that look random and are the same in every run, 0 to 1. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

type Paint = (x: number, y: number, random: () => number) => readonly [r: number, g: number, b: number, a: number];

const PAINTS: Record<string, Paint> = {
  flat: () => [18, 52, 86, 255],
  noise: (_x, _y, random) => [random() * 256, random() * 256, random() * 256, 255],
  "a gradient": (x, y) => [x + y, (x + y) / 3, 255 - y / 4, 255],
  "a drawing with a photo": (x, y, random) => (y % 90 < 40 ? [x & 64, 90, 120, 255] : [128 + random() * 60, x + random() * 20, y, 255]),
  "soft noise": (x, y, random) => [x / 4 + random() * 16, y / 4 + random() * 16, 99 + random() * 16, 255],
  "letters on a gradient": (x, y) =>
    (x * 7 + (y % 40) * 3) % 29 < 6 ? [240, 240, 240 - (x & 3), 255] : [(x + y) / 9, 90, (x + y) / 7, 255],
  "a dithered drawing": (_x, y, random) => [30, 60 + (random() < 0.02 ? 1 : 0), y / 8, 255],
  transparent: () => [0, 0, 0, 0],
  "half transparent": (x, y) => [x, y, 80, x * 3],
  "transparent noise": (_x, _y, random) => [random() * 256, random() * 256, random() * 256, random() * 256],
};

/** Premultiplied pixels. */
function pixelsOf(width: number, height: number, paint: Paint): Uint8Array {
  const random = numbers(width * 7919 + height);
  const pixels = new Uint8Array(width * height * 4);
  for (let index = 0; index < width * height; index++) {
    const [r, g, b, a] = paint(index % width, Math.floor(index / width), random).map((value) => Math.floor(value) & 255) as [
      number,
      number,
      number,
      number,
    ];
    pixels.set([r, g, b].map((value) => Math.round((value * a) / 255)).concat(a), index * 4);
  }
  return pixels;
}

async function decode(png: Uint8Array): Promise<{ readonly data: Buffer; readonly channels: number }> {
  const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
  return { data, channels: info.channels };
}

function loaded(width: number, height: number, pixels: Uint8Array): { readonly canvas: Canvas; readonly expected: Canvas } {
  const canvas = openCanvas(width, height);
  const expected = plain.openCanvas(width, height);
  canvas.load(pixels);
  expected.load(pixels);
  return { canvas, expected };
}

const SIZES = [
  [1, 1],
  [1, 7],
  [1, 700],
  [2, 2],
  [3, 5],
  [5, 3],
  [17, 31],
  [129, 64],
  [333, 201],
  [1200, 120],
  [700, 1],
  [4099, 3],
  [22_000, 2],
  [3, 4099],
] as const;

describe("png", () => {
  describe.each(Object.entries(PAINTS))("of %s", (_name, paint) => {
    test.each(SIZES)("%i×%i", async (width, height) => {
      const { canvas, expected } = loaded(width, height, pixelsOf(width, height, paint));
      const [actual, wanted] = await Promise.all([decode(canvas.png()), decode(expected.png())]);
      expect(actual.channels).toBe(wanted.channels);
      expect(actual.data.equals(wanted.data)).toBe(true);
    });
  });

  test("of a photograph is the photograph, and no larger than a twentieth more than sharp makes it", async () => {
    const { data, info } = await sharp(new URL("hills.jpg", COVERS).pathname).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    const { canvas } = loaded(info.width, info.height, data);
    const png = canvas.png();
    expect((await decode(png)).data.equals(await sharp(data, { raw: info }).removeAlpha().raw().toBuffer())).toBe(true);
    const bySharp = await sharp(data, { raw: info }).removeAlpha().png({ compressionLevel: 4 }).toBuffer();
    expect(png.length).toBeLessThan(bySharp.length * 1.05);
  });

  test("of a smooth cover is less than sharp makes it", async () => {
    const { data, info } = await sharp(new URL("bright-portrait.jpg", COVERS).pathname)
      .resize(1200, 630)
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const bySharp = await sharp(data, { raw: info }).removeAlpha().png({ compressionLevel: 6 }).toBuffer();
    expect(loaded(info.width, info.height, data).canvas.png().length).toBeLessThan(bySharp.length * 0.8);
  });

  test("of one colour takes little", () => {
    const { canvas } = loaded(1200, 630, pixelsOf(1200, 630, PAINTS["flat"] as Paint));
    expect(canvas.png().length).toBeLessThan(4_000);
  });

  test("of noise is hardly larger than the pixels", () => {
    const { canvas } = loaded(1200, 630, pixelsOf(1200, 630, PAINTS["noise"] as Paint));
    expect(canvas.png().length).toBeLessThan(1200 * 630 * 3 * 1.01);
  });

  test("has the same bytes whatever was encoded before", () => {
    const first = loaded(333, 201, pixelsOf(333, 201, PAINTS["soft noise"] as Paint)).canvas.png();
    loaded(700, 9, pixelsOf(700, 9, PAINTS["noise"] as Paint)).canvas.png();
    loaded(333, 201, pixelsOf(333, 201, PAINTS["transparent noise"] as Paint)).canvas.png();
    const again = loaded(333, 201, pixelsOf(333, 201, PAINTS["soft noise"] as Paint)).canvas.png();
    expect(Buffer.compare(first, again)).toBe(0);
  });

  test.each(Object.entries(PAINTS))("has the same bytes whether its bands were encoded before: %s", (_name, paint) => {
    const background = pixelsOf(700, 315, paint);
    const patch = pixelsOf(90, 40, PAINTS["noise"] as Paint);
    const strip = pixelsOf(600, 1, PAINTS["letters on a gradient"] as Paint);
    const masks = [0.06, 0.05].map((scale) => rasterise(LETTER, scale, 0.3, 0.7));
    const random = numbers(9);
    const canvas = openCanvas(700, 315);
    /** What some cards share, and what each has in the rows between, at edges of bands, and outside. */
    const strokesOf = (card: number): readonly (() => void)[] => {
      const [first, second] = masks as [Mask, Mask];
      const own = Array.from({ length: card % 4 }, () => [Math.floor(random() * 700), Math.floor(random() * 380) - 30] as const);
      return [
        () => canvas.draw(first, 40, 60, 20, 90, 200, 1),
        () => canvas.draw(card % 2 ? first : second, 80, 60, 20, 90, 200, 1),
        () => canvas.draw(first, 120, 60 + (card % 3 === 1 ? 1 : 0), 20, 90, card % 3 === 2 ? 201 : 200, card % 5 === 4 ? 0.5 : 1),
        ...(card % 3 === 2 ? [() => canvas.over(patch, { left: 300, top: 20 * card, width: 90, height: 40 })] : []),
        // The last row of a band of opaque pixels, of one of others, and the rows after them.
        () => canvas.over(strip, { left: 50, top: [22, 23, 30, 31][card % 4] as number, width: 600, height: 1 }),
        ...own.map(
          ([x, y]) =>
            () =>
              canvas.draw(first, x, y, 20, 90, 200, 1),
        ),
      ];
    };
    const png = (pixels: Uint8Array, strokes: readonly (() => void)[]) => {
      canvas.load(pixels);
      for (const stroke of strokes) stroke();
      return canvas.png();
    };
    const cards = Array.from({ length: 12 }, (_value, card) => strokesOf(card));
    // Of a copy of the background nothing is known.
    const expected = cards.map((strokes) => png(background.slice(), strokes));
    for (let round = 0; round < 4; round++) {
      for (const [card, strokes] of cards.entries()) {
        expect(Buffer.compare(png(background, strokes), expected[card] as Uint8Array)).toBe(0);
        if (card % 5 === 3) png(background, strokes.toReversed());
      }
    }
    freeMasks(masks);
  });

  test("has no alpha once everything is covered", async () => {
    const canvas = openCanvas(20, 10);
    canvas.load(new Uint8Array(800));
    expect((await decode(canvas.png())).channels).toBe(4);
    canvas.over(pixelsOf(20, 10, PAINTS["flat"] as Paint));
    expect((await decode(canvas.png())).channels).toBe(3);
  });
});

const SQUARE = new Float32Array([0, 0, 0, 1, 10, 0, 1, 10, 10, 1, 0, 10, 4]);
/** Somewhat like a b: curves of both kinds and a hole. */
const LETTER = new Float32Array(
  [
    [0, 50, 0, 1, 50, 1000, 1, 250, 1000, 1, 250, 600, 3, 400, 720, 800, 700, 800, 350, 3, 800, 0, 400, -20, 250, 100, 1, 250, 0, 4],
    [0, 280, 350, 2, 280, 200, 440, 200, 2, 600, 200, 600, 350, 2, 600, 500, 440, 500, 2, 280, 500, 280, 350, 4],
  ].flat(),
);
/** Two strokes that overlap and share a part of an edge, as variable fonts draw them. */
const STROKES = new Float32Array(
  [
    [0, 100, 0, 1, 300, 0, 1, 300, 905, 1, 100, 905, 4],
    [0, 100, 705, 1, 800, 705, 1, 800, 905, 1, 100, 905, 4],
  ].flat(),
);
/** Two contours of opposite directions of which neither holds the other. */
const OPPOSITE = new Float32Array(
  [
    [0, 100, 100, 1, 600, 100, 1, 600, 600, 1, 100, 600, 4],
    [0, 300, 300, 1, 300, 900, 1, 900, 900, 1, 900, 300, 4],
  ].flat(),
);

describe("blending", () => {
  const paints = ["a gradient", "half transparent", "transparent noise"];
  test("lays pixels that are brighter than their alpha allows over others", () => {
    const canvas = openCanvas(20, 3);
    canvas.load(new Uint8Array(20 * 3 * 4).fill(255));
    canvas.over(new Uint8Array(20 * 3 * 4).map((_byte, index) => (index % 4 === 3 ? 120 : 130)));
    expect(new Set(canvas.rgba())).toEqual(new Set([255]));
  });

  test.each(paints)("lays pixels over %s", (name) => {
    const { canvas, expected } = loaded(333, 201, pixelsOf(333, 201, PAINTS[name] as Paint));
    for (const above of ["transparent noise", "half transparent", "transparent"]) {
      canvas.over(pixelsOf(333, 201, PAINTS[above] as Paint));
      expected.over(pixelsOf(333, 201, PAINTS[above] as Paint));
    }
    expect(Buffer.compare(canvas.rgba(), expected.rgba())).toBe(0);
  });

  test.each(paints)("draws a glyph on %s, cut off at the edges", (name) => {
    const { canvas, expected } = loaded(61, 43, pixelsOf(61, 43, PAINTS[name] as Paint));
    const mask = rasterise(LETTER, 0.03, 0.3, 0.7);
    const same = plain.maskOf(coverage(mask), mask);
    const random = numbers(5);
    for (let count = 0; count < 300; count++) {
      const [x, y, r, g, b] = [100, 100, 256, 256, 256].map((range) => Math.floor(random() * range)) as [
        number,
        number,
        number,
        number,
        number,
      ];
      const alpha = count % 2 ? random() : 1;
      canvas.draw(mask, x - 20, y - 20, r, g, b, alpha);
      expected.draw(same, x - 20, y - 20, r, g, b, alpha);
    }
    expect(Buffer.compare(canvas.rgba(), expected.rgba())).toBe(0);
    freeMasks([mask]);
  });

  test("is as it was after the same pixels are loaded again, whatever was painted in between", () => {
    const background = pixelsOf(61, 43, PAINTS["half transparent"] as Paint);
    const { canvas } = loaded(61, 43, background);
    const mask = rasterise(LETTER, 0.03, 0.3, 0.7);
    const part = { left: 3, top: 30, width: 20, height: 13 };
    const paints: readonly (() => void)[] = [
      () => canvas.over(pixelsOf(61, 43, PAINTS["noise"] as Paint)),
      () => canvas.over(pixelsOf(part.width, part.height, PAINTS["noise"] as Paint), part),
      () => canvas.draw(mask, 10, 12, 200, 20, 20, 1),
      () => canvas.draw(mask, -3, -3, 200, 20, 20, 0.5),
      () => canvas.draw(mask, 55, 60, 200, 20, 20, 1),
    ];
    const before = canvas.png();
    for (const paint of paints) {
      paint();
      canvas.load(background);
      expect(Buffer.compare(canvas.rgba(), background)).toBe(0);
      expect(Buffer.compare(canvas.png(), before)).toBe(0);
    }
    freeMasks([mask]);
  });

  test("refuses pixels of another size, and a canvas that had to make room", () => {
    const canvas = openCanvas(20, 10);
    expect(() => canvas.load(new Uint8Array(804))).toThrow("takes 800 bytes, not 804");
    expect(() => canvas.over(new Uint8Array(796))).toThrow("takes 800 bytes, not 796");
    openCanvas(4096, 4096);
    expect(() => canvas.rgba()).toThrow("has been freed");
    expect(openCanvas(20, 10).rgba()).toEqual(new Uint8Array(800));
  });
});

describe("rasterise", () => {
  test("knows what a square covers of each pixel", () => {
    const mask = rasterise(SQUARE, 0.25, 0.5, 0.25);
    expect(mask).toMatchObject({ width: 3, height: 4, left: 0, top: -3 });
    expect([...coverage(mask)]).toEqual([32, 64, 64, 128, 255, 255, 128, 255, 255, 32, 64, 64]);
    freeMasks([mask]);
  });

  // Where edges of different contours cross a pixel, which opposite directions make worst, the area is not exact.
  test.each([
    ["curves and a hole", LETTER, { rms: 1.3, most: 8 }],
    ["overlapping strokes", STROKES, { rms: 5.5, most: 36 }],
    ["contours of opposite directions", OPPOSITE, { rms: 12, most: 110 }],
  ])("is close to an exact drawing of %s", (_name, outline, allowed) => {
    for (const scale of [0.008, 0.02, 0.033, 0.064, 0.25]) {
      for (const phase of [0, 0.3, 0.55]) {
        const { rms, most } = difference(rasterise(outline, scale, phase, 1 - phase), plain.rasterise(outline, scale, phase, 1 - phase));
        expect({ scale, phase, rms, most, close: rms <= allowed.rms && most <= allowed.most }).toMatchObject({ close: true });
      }
    }
  });

  test("gives no pixels for no area", () => {
    for (const outline of [[], [0, 5, 5, 4], [0, 0, 0, 1, 10, 0, 4], [4]]) {
      const mask = rasterise(new Float32Array(outline), 1, 0, 0);
      expect([mask.width, mask.height]).toEqual([0, 0]);
      openCanvas(9, 9).draw(mask, 4, 4, 1, 2, 3, 1);
      freeMasks([mask]);
    }
  });
});

/** Over the pixels of both masks, in levels. */
function difference(a: Mask, b: Mask): { readonly rms: number; readonly most: number } {
  const [first, second] = [coverage(a), plain.coverage(b)];
  const at = (mask: Mask, bytes: Uint8Array, x: number, y: number) => {
    const [column, row] = [x - mask.left, y - mask.top];
    return column < 0 || row < 0 || column >= mask.width || row >= mask.height ? 0 : (bytes[row * mask.width + column] as number);
  };
  let [squares, most, count] = [0, 0, 0];
  for (let y = Math.min(a.top, b.top); y < Math.max(a.top + a.height, b.top + b.height); y++) {
    for (let x = Math.min(a.left, b.left); x < Math.max(a.left + a.width, b.left + b.width); x++) {
      const off = Math.abs(at(a, first, x, y) - at(b, second, x, y));
      squares += off * off;
      most = Math.max(most, off);
      count++;
    }
  }
  freeMasks([a]);
  return { rms: Math.sqrt(squares / count), most };
}

describe("memory", () => {
  let highest = 0;
  const work = (times: number) => {
    const canvas = openCanvas(40, 20);
    for (let time = 0; time < times; time++) {
      const masks = [rasterise(LETTER, 0.01 + (time % 9) / 1000, 0, 0), rasterise(STROKES, 0.02, 0, 0)];
      for (const mask of masks) canvas.draw(mask, 5, 15, time & 255, 2, 3, 1);
      canvas.png();
      highest = Math.max(highest, ...masks.map(({ pointer }) => pointer));
      freeMasks(masks);
    }
  };

  beforeAll(() => work(50));

  test("is used again over 10,000 images", () => {
    const before = highest;
    work(10_000);
    expect(highest).toBe(before);
  });
});
