import { availableParallelism } from "node:os";
import { setTimeout } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { compressAhead, stopAhead, type Banded, type EncodedBand, type OpenBand } from "../src/render/bands-ahead.ts";
import { openCanvas } from "../src/render/canvas.ts";
import { bytesAt, kernel } from "../src/render/kernel.ts";

const WIDTH = 600;
const HEIGHT = 400;

afterEach(stopAhead);

/** Stripes, colours as in a photograph below them, and both once more: bands of both kinds, above each other in all ways. */
function picture(seed: number, alpha = 255): Uint8Array {
  const pixels = new Uint8Array(WIDTH * HEIGHT * 4);
  for (let y = 0, at = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++, at += 4) {
      const stripe = (x + seed * (y >> 4)) & 32;
      const colour =
        y % (HEIGHT / 2) < HEIGHT / 4 ? [stripe, stripe, stripe] : [(5 * x + seed) >> 3, (5 * y + x) >> 3, (3 * x + 2 * y) >> 3];
      pixels.set([...colour.map((value) => ((value & 255) * alpha) >> 8), alpha], at);
    }
  }
  return pixels;
}

/** Each band as this thread compresses it. */
function bandsOf(pixels: Uint8Array, opaque: boolean) {
  const { allocate, release, beginPng, kindOfBand, encodeBand, endPng, bandPointer, bandAdler } = kernel();
  const pointer = allocate(pixels.length);
  bytesAt(pointer, pixels.length).set(pixels);
  const bandRows = beginPng(pointer, WIDTH, HEIGHT, Number(opaque));
  const open: OpenBand[] = [];
  const encoded: Required<EncodedBand>[] = [];
  for (let index = 0; index * bandRows < HEIGHT; index++) {
    const kind = kindOfBand(index);
    const kindAbove = open.at(-1)?.kind ?? -1;
    const bits = encodeBand(index, kind, kindAbove);
    open.push({ index, kind, kindAbove });
    encoded.push({ bits, adler: bandAdler.value, bytes: bytesAt(bandPointer.value, Math.ceil(bits / 8)).slice() });
  }
  endPng();
  release(pointer);
  const banded: Banded = { pixels, width: WIDTH, height: HEIGHT, opaque, bandRows };
  return { open, encoded, banded };
}

/** What the thread has come to when it has so much time before the first turn. */
async function compressedAfter(ms: number, open: readonly OpenBand[], banded: Banded) {
  const ahead = compressAhead(open, banded);
  if (!ahead) return undefined;
  await setTimeout(ms);
  const bands = open.map((_band, place) => {
    const band = ahead.at(place);
    return band && { ...band, bytes: band.bytes?.slice() };
  });
  ahead.close();
  return bands;
}

/** The same once the thread has started and has come to something: this machine may be busy. */
async function compressed(open: readonly OpenBand[], banded: Banded) {
  for (let ms = 20; ; ms *= 2) {
    const bands = await compressedAfter(ms, open, banded);
    if (bands?.at(-1) !== undefined || ms > 10_000) return bands ?? [];
    await setTimeout(ms);
  }
}

describe.runIf(availableParallelism() > 1)("bands by another thread", () => {
  test.each([
    { opaque: true, alpha: 255 },
    { opaque: false, alpha: 200 },
  ])("are those of this one, from some band on to the last: opaque $opaque", async ({ opaque, alpha }) => {
    const { open, encoded, banded } = bandsOf(picture(7, alpha), opaque);
    expect(new Set(open.map(({ kind }) => kind)).size).toBe(2);
    const bands = await compressed(open, banded);
    const first = bands.findIndex((band) => band !== undefined);
    expect(first).toBeGreaterThanOrEqual(Math.floor(open.length / 2));
    expect(bands.slice(first)).toEqual(encoded.slice(first));
  });

  test("are those of each card, one after the other, also where some bands are known", async () => {
    for (const seed of [1, 2, 3, 4]) {
      const { open, encoded, banded } = bandsOf(picture(seed), true);
      const some = open.filter(({ index }) => index % 3 !== seed % 3);
      const bands = await compressed(some, banded);
      expect(bands.at(-1)).toEqual(encoded[some.at(-1)?.index ?? -1]);
      const done = bands.flatMap((band, place) => (band ? [[band, encoded[some[place]?.index ?? -1]]] : []));
      for (const [band, wanted] of done) expect(band).toEqual(wanted);
    }
  });

  test("the thread leaves all to a caller that has come to the end before it has woken up", async () => {
    const { open, encoded, banded } = bandsOf(picture(9), true);
    await compressed(open, banded);
    const bands = (await compressedAfter(0, open, banded)) ?? [];
    for (const [place, band] of bands.entries()) if (band) expect(band).toEqual(encoded[place]);
    expect(await compressed(open, banded)).toContainEqual(encoded.at(-1));
  });

  test("the first card, few bands, and rows that are too long, are not for it", async () => {
    const { open, banded } = bandsOf(picture(5), true);
    expect(compressAhead(open.slice(0, 3), banded)).toBeUndefined();
    expect(compressAhead(open, { ...banded, width: 20_000, bandRows: 3 })).toBeUndefined();
    expect(compressAhead(open, banded)).toBeUndefined();
    expect((await compressed(open, banded)).length).toBe(open.length);
  });

  test("a thread that was ended is started again", async () => {
    const { open, encoded, banded } = bandsOf(picture(6), true);
    await compressed(open, banded);
    stopAhead();
    expect(compressAhead(open, banded)).toBeUndefined();
    expect((await compressed(open, banded)).at(-1)).toEqual(encoded.at(-1));
  });

  test("a canvas has the same PNG with and without it", async () => {
    const canvas = openCanvas(WIDTH, HEIGHT);
    for (let seed = 20; seed < 40; seed++) {
      canvas.load(picture(seed));
      const alone = canvas.png(false);
      canvas.load(picture(seed));
      canvas.png(true);
      await setTimeout(5);
      canvas.load(picture(seed));
      expect(Buffer.compare(canvas.png(true), alone)).toBe(0);
    }
  });
});
