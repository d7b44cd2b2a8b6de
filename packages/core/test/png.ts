import { crc32 } from "node:zlib";
import sharp from "sharp";
import { expect } from "vitest";
import type { Size } from "../src/types.ts";

const SIGNATURE = "89504e470d0a1a0a";

/** A PNG from its signature to its IEND and not a byte more, every chunk sound, which decodes to the size that was promised. */
export async function expectWholePng(bytes: Uint8Array, { width, height }: Size): Promise<void> {
  const png = Buffer.from(bytes);
  expect(png.subarray(0, 8).toString("hex")).toBe(SIGNATURE);
  const names: string[] = [];
  let offset = 8;
  while (offset < png.length) {
    const end = offset + 12 + png.readUInt32BE(offset);
    expect(end).toBeLessThanOrEqual(png.length);
    names.push(png.toString("latin1", offset + 4, offset + 8));
    expect(png.readUInt32BE(end - 4)).toBe(crc32(png.subarray(offset + 4, end - 4)));
    offset = end;
  }
  expect([names[0], names.at(-1), names.indexOf("IEND")]).toEqual(["IHDR", "IEND", names.length - 1]);
  const { info } = await sharp(png, { failOn: "warning" }).raw().toBuffer({ resolveWithObject: true });
  expect(info).toMatchObject({ width, height });
}

/** How many pixels differ from the most frequent colour: what is drawn on the background. */
export async function inkIn(bytes: Uint8Array): Promise<number> {
  const { data } = await sharp(bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const words = new Uint32Array(data.buffer, data.byteOffset, data.length / 4);
  const counts = new Map<number, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return words.length - [...counts.values()].reduce((most, count) => Math.max(most, count));
}
