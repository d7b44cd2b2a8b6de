import { openOutlines } from "../src/render/outlines.ts";
import { readSfnt, writeSfnt } from "../src/sfnt.ts";

/**
 * A font of TrueType outlines as one of CFF outlines, without subroutines, hints and the dropped tables:
 * https://adobe-type-tools.github.io/font-tech-notes/pdfs/5176.CFF.pdf, …/5177.Type2.pdf
 */
export function toCff(file: Buffer, dropped: readonly string[] = []): Buffer {
  const { tables } = readSfnt(file);
  const { outline } = openOutlines(file);
  const count = tables.get("maxp")?.readUInt16BE(4) ?? 0;
  const charStrings = index(Array.from({ length: count }, (_glyph, glyph) => charString(outline(glyph))));
  const privateDict = Buffer.concat([int32(0), Buffer.of(20)]);
  const start = Buffer.concat([Buffer.of(1, 0, 4, 4), index([Buffer.from("Test")])]);
  const topDict = (from: number) =>
    index([Buffer.concat([int32(from), Buffer.of(17), int32(privateDict.length), int32(from + charStrings.length), Buffer.of(18)])]);
  const noStrings = index([]);
  const noSubroutines = index([]);
  const from = start.length + topDict(0).length + noStrings.length + noSubroutines.length;
  const cff = Buffer.concat([start, topDict(from), noStrings, noSubroutines, charStrings, privateDict]);
  const kept = [...tables].filter(([tag]) => !["glyf", "loca", "cvt ", "fpgm", "prep", "gasp", ...dropped].includes(tag));
  return writeSfnt("OpenType", new Map([...kept, ["CFF ", cff]]));
}

function index(items: readonly Buffer[]): Buffer {
  if (items.length === 0) return Buffer.of(0, 0);
  const head = Buffer.alloc(3 + 4 * (items.length + 1));
  head.writeUInt16BE(items.length, 0);
  head.writeUInt8(4, 2);
  let offset = 1;
  for (const [at, { length }] of [...items, Buffer.alloc(0)].entries()) {
    head.writeUInt32BE(offset, 3 + 4 * at);
    offset += length;
  }
  return Buffer.concat([head, ...items]);
}

function int32(value: number): Buffer {
  const bytes = Buffer.of(29, 0, 0, 0, 0);
  bytes.writeInt32BE(value, 1);
  return bytes;
}

function charString(outline: Float32Array): Buffer {
  const bytes: number[] = [];
  let [x, y] = [0, 0];
  let at = 0;
  const next = (): [number, number] => [Math.round(outline[at++] as number), Math.round(outline[at++] as number)];
  const step = (points: readonly (readonly [number, number])[], operator: number) => {
    for (const [toX, toY] of points) {
      for (const value of [toX - x, toY - y]) bytes.push(28, (value >> 8) & 255, value & 255);
      [x, y] = [toX, toY];
    }
    bytes.push(operator);
  };
  const [MOVE, LINE, CURVE, END] = [21, 5, 8, 14];
  while (at < outline.length) {
    const operation = outline[at++];
    if (operation === 0) step([next()], MOVE);
    else if (operation === 1) step([next()], LINE);
    else if (operation === 2) {
      const [controlX, controlY] = next();
      const end = next();
      const first = [Math.round((x + 2 * controlX) / 3), Math.round((y + 2 * controlY) / 3)] as const;
      step([first, [Math.round((end[0] + 2 * controlX) / 3), Math.round((end[1] + 2 * controlY) / 3)], end], CURVE);
    }
  }
  return Buffer.from([...bytes, END]);
}
