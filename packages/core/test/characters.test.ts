import { create } from "fontkitten";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { charactersByRange } from "../src/resolve/characters.ts";
import { charactersOf } from "../src/resolve/font-file.ts";
import { readSfnt, writeSfnt } from "../src/sfnt.ts";

const require = createRequire(import.meta.url);

function filesOf(name: string, kind: RegExp): readonly string[] {
  const folder = join(dirname(require.resolve(`${name}/package.json`)), "files");
  return readdirSync(folder)
    .filter((file) => kind.test(file))
    .map((file) => join(folder, file));
}

test.each(["@fontsource/inter", "@fontsource/jetbrains-mono", "@fontsource/noto-sans-hebrew"])("the characters of %s", (name) => {
  for (const file of filesOf(name, /-400-normal\.woff2?$/)) {
    const bytes = readFileSync(file);
    const font = create(bytes);
    if (font.isCollection) throw new Error("It is a collection.");
    expect([...(charactersByRange(bytes) ?? [])].toSorted((a, b) => a - b)).toEqual(font.characterSet.toSorted((a, b) => a - b));
  }
});

const INTER = join(dirname(require.resolve("@fontsource/inter/package.json")), "files/inter-latin-400-normal.woff");

/** Inter with a table of characters of its own. */
function withCmap(encoding: readonly [platform: number, encoding: number], table: Buffer): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt16BE(1, 2);
  head.writeUInt16BE(encoding[0], 4);
  head.writeUInt16BE(encoding[1], 6);
  head.writeUInt32BE(12, 8);
  return writeSfnt("TrueType", new Map([...readSfnt(readFileSync(INTER)).tables, ["cmap", Buffer.concat([head, table])]]));
}

/** Format 12: groups of code points, all from glyph 1. */
function groups(...ranges: readonly (readonly [number, number])[]): Buffer {
  const table = Buffer.alloc(16 + 12 * ranges.length);
  table.writeUInt16BE(12, 0);
  table.writeUInt32BE(table.length, 4);
  table.writeUInt32BE(ranges.length, 12);
  for (const [index, [from, to]] of ranges.entries()) {
    table.writeUInt32BE(from, 16 + 12 * index);
    table.writeUInt32BE(to, 20 + 12 * index);
    table.writeUInt32BE(1, 24 + 12 * index);
  }
  return table;
}

test("characters beyond the first plane", () => {
  const font = withCmap([3, 10], groups([65, 67], [0x1f600, 0x1f601]));
  expect(charactersByRange(font)).toEqual(new Set([65, 66, 67, 0x1f600, 0x1f601]));
});

test.each([
  ["a format that few fonts have", withCmap([0, 3], Buffer.from([0, 6, 0, 14, 0, 0, 0, 65, 0, 2, 0, 1, 0, 2]))],
  ["an encoding that is not Unicode", withCmap([1, 0], Buffer.from([0, 6, 0, 14, 0, 0, 0, 65, 0, 2, 0, 1, 0, 2]))],
])("%s is left to fontkitten", (_what, font) => {
  expect(charactersByRange(font)).toBeUndefined();
  expect(charactersOf(font).has(65)).toBe(true);
});

test.each([
  ["more than there can be", withCmap([3, 10], groups([0, 0xffff_ffff]))],
  ["a table that is cut off", withCmap([3, 10], groups([65, 67]).subarray(0, 20))],
  ["no font", Buffer.from("hello")],
])("%s: nothing is read here", (_what, font) => {
  expect(charactersByRange(font)).toBeUndefined();
});
