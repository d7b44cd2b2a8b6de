/** Pictures and fonts of the designs, in files. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import sharp, { type Sharp } from "sharp";
import { toSfnt } from "../packages/core/dist/internals.js";
import { HEIGHT, WIDTH } from "./designs.ts";
import type { Assets, FontFile } from "./engines/engine.ts";

/** More covers than any engine keeps decoded. */
const COVERS = 64;
const WEIGHTS = [400, 600, 700] as const;

/**
 * Makes the pictures: an avatar, a cover for all pages, and covers for one page each.
 * @param folder gets the files; it is made
 */
export async function makeAssets(folder: string): Promise<Assets> {
  mkdirSync(folder, { recursive: true });
  const avatar = join(folder, "avatar.png");
  await noise(256, 256, 11).png().toFile(avatar);
  const large = await noise(WIDTH * 2, HEIGHT * 2, 7)
    .png()
    .toBuffer();
  const covers = await Promise.all(
    Array.from({ length: COVERS }, async (_cover, index) => {
      const file = join(folder, `cover-${index}.jpg`);
      const [left, top] = [(index % 8) * 150, Math.floor(index / 8) * 78];
      const crop = sharp(large).extract({ left, top, width: WIDTH, height: HEIGHT });
      await crop
        .modulate({ hue: index * 5 })
        .jpeg({ quality: 82 })
        .toFile(file);
      return file;
    }),
  );
  const fonts = await Promise.all(WEIGHTS.map((weight) => fontFile(weight, folder)));
  return { avatar, covers, fonts };
}

async function fontFile(weight: FontFile["weight"], folder: string): Promise<FontFile> {
  const [woff, woff2] = ["woff", "woff2"].map((form) =>
    fileURLToPath(import.meta.resolve(`@fontsource/inter/files/inter-latin-${weight}-normal.${form}`)),
  ) as [string, string];
  const ttf = join(folder, `inter-${weight}.ttf`);
  writeFileSync(ttf, await toSfnt(readFileSync(woff)));
  return { weight, woff, woff2, ttf };
}

/** Something that compresses like a photograph: smooth noise in four sizes, and a little grain. */
function noise(width: number, height: number, seed: number): Sharp {
  let state = seed;
  const random = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  const octaves = [7, 23, 61, 151].map((cells, octave) => {
    const stride = cells + 2;
    return { cells, stride, weight: 0.55 / 2 ** octave, values: Float32Array.from({ length: stride * stride * 3 }, random) };
  });
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const grain = random() * 8;
      for (let channel = 0; channel < 3; channel++, at++) {
        let value = 0;
        for (const { cells, stride, weight, values } of octaves) {
          const [column, row] = [(x / width) * cells, (y / height) * cells];
          const [left, top] = [Math.floor(column), Math.floor(row)];
          const corner = (top * stride + left) * 3 + channel;
          const value00 = values[corner] as number;
          const value01 = values[corner + 3] as number;
          const value10 = values[corner + stride * 3] as number;
          const value11 = values[corner + stride * 3 + 3] as number;
          const upper = value00 + (value01 - value00) * (column - left);
          const lower = value10 + (value11 - value10) * (column - left);
          value += weight * (upper + (lower - upper) * (row - top));
        }
        pixels[at] = Math.min(255, value * 235 + grain);
      }
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}
