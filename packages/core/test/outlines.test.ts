import { create, type PathCommand } from "fontkitten";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { openOutlines } from "../src/render/outlines.ts";
import { readSfnt, writeSfnt } from "../src/sfnt.ts";

const require = createRequire(import.meta.url);
const KINDS: readonly PathCommand["command"][] = ["moveTo", "lineTo", "quadraticCurveTo", "bezierCurveTo", "closePath"];
const NUMBERS = [2, 2, 4, 6, 0];

/** An outline as commands, without what draws nothing: HarfBuzz has lines back to where a contour began, fontkitten curves that go from there to themselves. */
function commandsOf(outline: Float32Array): readonly string[] {
  const commands: string[] = [];
  let began = "";
  for (let at = 0; at < outline.length;) {
    const kind = outline[at] as number;
    const count = NUMBERS[kind] as number;
    const numbers = outline.subarray(at + 1, at + 1 + count).join(" ");
    at += 1 + count;
    if (kind === 2 && commands.at(-1)?.startsWith("moveTo") && numbers.startsWith(`${began} `)) continue;
    if (kind === 0) began = numbers;
    if (kind === 4 && commands.at(-1) === `lineTo ${began}`) commands.pop();
    commands.push(`${KINDS[kind]} ${numbers}`);
  }
  return commands;
}

describe("HarfBuzz draws what fontkitten draws", () => {
  test.each(["@fontsource/inter", "@fontsource/jetbrains-mono", "@fontsource/noto-sans-hebrew"])("%s", (name) => {
    const folder = join(dirname(require.resolve(`${name}/package.json`)), "files");
    for (const file of readdirSync(folder).filter((file) => file.endsWith("-400-normal.woff"))) {
      const bytes = readFileSync(join(folder, file));
      const plain = writeSfnt("TrueType", readSfnt(bytes).tables);
      const font = create(plain);
      if (font.isCollection) throw new Error("It is a collection.");
      const { outline, has, unitsPerEm } = openOutlines(bytes);
      expect(unitsPerEm).toBe(font.unitsPerEm);
      for (const character of font.characterSet) expect(has(character)).toBe(font.hasGlyphForCodePoint(character));
      for (let glyph = 0; glyph < font.numGlyphs; glyph++) {
        const { commands } = font.getGlyph(glyph).path;
        const theirs = Float32Array.from(commands.flatMap(({ command, args }) => [KINDS.indexOf(command), ...args]));
        expect(commandsOf(outline(glyph))).toEqual(commandsOf(theirs));
      }
    }
  });
});

/** Inter, whose first glyph is a contour of these points, and whose others draw nothing: https://learn.microsoft.com/typography/opentype/spec/glyf */
function withContour(points: readonly (readonly [number, number])[], instructions = 0): Buffer {
  const inter = join(dirname(require.resolve("@fontsource/inter/package.json")), "files/inter-latin-400-normal.woff");
  const { tables } = readSfnt(readFileSync(inter));
  const head = Buffer.from(tables.get("head") as Buffer);
  head.writeInt16BE(1, 50);
  const glyf = Buffer.alloc(10 + 4 + points.length + 4 * points.length);
  glyf.writeInt16BE(1, 0);
  glyf.writeUInt16BE(points.length - 1, 10);
  glyf.writeUInt16BE(instructions, 12);
  // On the curve, with coordinates of two bytes.
  glyf.fill(1, 14, 14 + points.length);
  for (const axis of [0, 1] as const) {
    const at = 14 + points.length + 2 * axis * points.length;
    for (const [index, point] of points.entries()) glyf.writeInt16BE(point[axis] - (points[index - 1]?.[axis] ?? 0), at + 2 * index);
  }
  const loca = Buffer.alloc(4 * ((tables.get("maxp") as Buffer).readUInt16BE(4) + 1));
  for (let at = 4; at < loca.length; at += 4) loca.writeUInt32BE(glyf.length, at);
  return writeSfnt("TrueType", new Map([...tables, ["head", head], ["glyf", glyf], ["loca", loca]]));
}

test("an outline that is larger than most", () => {
  const points = Array.from({ length: 5_000 }, (_point, index) => [index % 2 ? 1_000 : 0, index % 30_000] as const);
  const { outline } = openOutlines(withContour(points));
  const lines = commandsOf(outline(0));
  expect(lines).toHaveLength(points.length + 1);
  // The left side of the outline is where `hmtx` says, as browsers have it.
  expect(lines.at(1)?.split(" ").at(-1)).toBe("1");
  expect(lines.at(-2)?.split(" ").at(-1)).toBe("4999");
  expect(outline(1)).toHaveLength(0);
  expect(commandsOf(outline(0))).toEqual(lines);
});

test("a glyph that is damaged, and one that is not there", () => {
  const { outline } = openOutlines(withContour([[0, 0]], 60_000));
  expect(() => outline(0)).toThrow("The glyph 0 is damaged.");
  expect(() => outline(60_000)).toThrow("The font has no glyph 60000.");
});
