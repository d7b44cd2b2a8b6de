import { tableOf } from "../sfnt.ts";

/** Platform and encoding of the tables that fontkitten takes for Unicode, the first one there is: those with all planes first. */
const UNICODE = ["3 10", "0 6", "0 4", "3 1", "0 3", "0 2", "0 1", "0 0"];
/** Of what Unicode has room for. */
const MOST = 0x110000;

/**
 * The code points that a font maps, as fontkitten reads them, without loading that, which takes 20 ms. There are good fonts that
 * it does not read: of Fontsource's Chinese ones it finds no character in one file of a hundred.
 * https://learn.microsoft.com/typography/opentype/spec/cmap
 * @returns `undefined` for a font that must be read by fontkitten: any that has its characters otherwise than most
 */
export function charactersByRange(file: Buffer): ReadonlySet<number> | undefined {
  try {
    const cmap = tableOf(file, "cmap");
    const ranges = cmap && rangesOf(cmap);
    const count = ranges?.reduce((sum, [from, to]) => sum + to - from + 1, 0) ?? Infinity;
    if (!ranges || count > MOST) return undefined;
    const characters = new Set<number>();
    for (const [from, to] of ranges) for (let character = from; character <= to; character++) characters.add(character);
    return characters;
  } catch {
    // Whoever reads all of it says what is wrong.
    return undefined;
  }
}

type Range = readonly [from: number, to: number];

function rangesOf(cmap: Buffer): readonly Range[] | undefined {
  const records = Array.from({ length: cmap.readUInt16BE(2) }, (_record, index) => {
    const at = 4 + 8 * index;
    return { encoding: `${cmap.readUInt16BE(at)} ${cmap.readUInt16BE(at + 2)}`, offset: cmap.readUInt32BE(at + 4) };
  });
  const first = UNICODE.flatMap((encoding) => records.find((record) => record.encoding === encoding) ?? [])[0];
  if (!first) return undefined;
  const table = cmap.subarray(first.offset);
  const format = table.readUInt16BE(0);
  if (format === 4) return segments(table);
  if (format === 12) return groups(table);
  return undefined;
}

function segments(table: Buffer): readonly Range[] {
  const double = table.readUInt16BE(6);
  return Array.from({ length: double / 2 }, (_segment, index) => {
    const end = 14 + 2 * index;
    // Behind the ends there is an unused number.
    return [table.readUInt16BE(end + double + 2), table.readUInt16BE(end)] as const;
  });
}

function groups(table: Buffer): readonly Range[] {
  return Array.from({ length: table.readUInt32BE(12) }, (_group, index) => {
    const at = 16 + 12 * index;
    return [table.readUInt32BE(at), table.readUInt32BE(at + 4)] as const;
  });
}
