import { brotliDecompressSync, inflateSync } from "node:zlib";

/** The tables of a font by their tags, as they are in a TrueType or OpenType file. */
export type Tables = ReadonlyMap<string, Buffer>;

export interface Sfnt {
  readonly tables: Tables;
  /** The tables that WOFF2 has rewritten to pack them better: `glyf`, `loca`, `hmtx`. */
  readonly transformed: ReadonlySet<string>;
}

/**
 * Reads the tables of a TTF, OTF, WOFF or WOFF2 file: https://learn.microsoft.com/typography/opentype/spec/otff,
 * https://www.w3.org/TR/WOFF/, https://www.w3.org/TR/WOFF2/
 * @throws RangeError, Error for what is not a font of one of these formats or is damaged
 */
export function readSfnt(file: Buffer): Sfnt {
  const signature = file.toString("latin1", 0, 4);
  if (signature === "wOFF") return { tables: woffTables(file), transformed: new Set() };
  if (signature === "wOF2") return woff2Tables(file);
  if (!["\0\u0001\0\0", "OTTO", "true"].includes(signature)) throw new Error("The format of the font is not known.");
  const tables = new Map<string, Buffer>();
  for (let index = 0; index < file.readUInt16BE(4); index++) {
    const record = 12 + 16 * index;
    tables.set(tagAt(file, record), slice(file, file.readUInt32BE(record + 8), file.readUInt32BE(record + 12)));
  }
  return { tables, transformed: new Set() };
}

/**
 * One table of a font file, without unpacking the others where that is possible.
 * @throws RangeError, Error as `readSfnt()` does
 */
export function tableOf(file: Buffer, tag: string): Buffer | undefined {
  return file.toString("latin1", 0, 4) === "wOFF" ? woffTables(file, tag).get(tag) : readSfnt(file).tables.get(tag);
}

/** Writes a font file of these tables. The checksums, which nobody here reads, are 0. */
export function writeSfnt(flavour: "TrueType" | "OpenType", tables: Tables): Buffer {
  const sorted = [...tables].sort(([a], [b]) => (a < b ? -1 : 1));
  const entrySelector = Math.floor(Math.log2(sorted.length));
  const head = Buffer.alloc(12 + 16 * sorted.length);
  if (flavour === "OpenType") head.write("OTTO", 0, "latin1");
  else head.writeUInt32BE(0x00010000, 0);
  head.writeUInt16BE(sorted.length, 4);
  head.writeUInt16BE(2 ** entrySelector * 16, 6);
  head.writeUInt16BE(entrySelector, 8);
  head.writeUInt16BE((sorted.length - 2 ** entrySelector) * 16, 10);
  const parts: Uint8Array[] = [head];
  let offset = head.length;
  for (const [index, [tag, data]] of sorted.entries()) {
    const record = 12 + 16 * index;
    head.write(tag, record, "latin1");
    head.writeUInt32BE(offset, record + 8);
    head.writeUInt32BE(data.length, record + 12);
    const padding = -data.length & 3;
    parts.push(data, new Uint8Array(padding));
    offset += data.length + padding;
  }
  return Buffer.concat(parts, offset);
}

/**
 * A font file unpacked to tables as they are.
 * @throws Error for a WOFF or WOFF2 file that is damaged
 */
export async function toSfnt(bytes: Buffer): Promise<Buffer> {
  const kind = bytes.toString("latin1", 0, 4);
  if (kind !== "wOFF" && kind !== "wOF2") return bytes;
  try {
    if (kind === "wOF2") return Buffer.from(await (await import("woff2-encoder/decompress")).default(bytes));
    return toPlain(woffTables(bytes));
  } catch (thrown) {
    throw new Error("it cannot be unpacked", { cause: thrown });
  }
}

const unpacked = new WeakMap<Buffer, Buffer>();

/**
 * A WOFF file unpacked, once for all who read it; any other font as it is. fontkitten inflates the table of all glyphs again for
 * each glyph of a WOFF file.
 * @throws Error for one that is damaged
 */
export function withoutWoff(file: Buffer): Buffer {
  if (file.toString("latin1", 0, 4) !== "wOFF") return file;
  const known = unpacked.get(file) ?? toPlain(woffTables(file));
  unpacked.set(file, known);
  return known;
}

function toPlain(tables: Tables): Buffer {
  return writeSfnt(tables.has("CFF ") ? "OpenType" : "TrueType", tables);
}

/** @param only of the tables, where not all are asked for */
function woffTables(file: Buffer, only?: string): Tables {
  const tables = new Map<string, Buffer>();
  for (let index = 0; index < file.readUInt16BE(12); index++) {
    const record = 44 + 20 * index;
    if (only !== undefined && tagAt(file, record) !== only) continue;
    const length = file.readUInt32BE(record + 12);
    const stored = slice(file, file.readUInt32BE(record + 4), file.readUInt32BE(record + 8));
    tables.set(tagAt(file, record), stored.length < length ? inflateSync(stored, { maxOutputLength: length }) : stored);
  }
  return tables;
}

/** https://www.w3.org/TR/WOFF2/#table_dir_format */
const KNOWN_TAGS =
  "cmap head hhea hmtx maxp name OS/2 post cvt_ fpgm glyf loca prep CFF_ VORG EBDT EBLC gasp hdmx kern LTSH PCLT VDMX vhea vmtx BASE GDEF GPOS GSUB EBSC JSTF MATH CBDT CBLC COLR CPAL SVG_ sbix acnt avar bdat bloc bsln cvar fdsc feat fmtx fvar gvar hsty just lcar mort morx opbd prop trak Zapf Silf Glat Gloc Feat Sill"
    .split(" ")
    .map((tag) => tag.replace("_", " "));

function woff2Tables(file: Buffer): Sfnt {
  if (file.toString("latin1", 4, 8) === "ttcf") throw new Error("A collection of fonts is not one font.");
  let at = 48;
  /** https://www.w3.org/TR/WOFF2/#DataTypes */
  const uintBase128 = (): number => {
    let value = 0;
    for (let count = 0; count < 5; count++) {
      const byte = file.readUInt8(at++);
      value = value * 128 + (byte & 127);
      if (byte < 128) return value;
    }
    throw new RangeError("The font is damaged.");
  };
  const entries = Array.from({ length: file.readUInt16BE(12) }, () => {
    const flags = file.readUInt8(at++);
    let tag = KNOWN_TAGS[flags & 63];
    if (tag === undefined) {
      tag = tagAt(file, at);
      at += 4;
    }
    const length = uintBase128();
    // For these two, version 3 says that nothing was done to them; for all others it is version 0.
    const isTransformed = flags >> 6 !== (tag === "glyf" || tag === "loca" ? 3 : 0);
    return { tag, isTransformed, length: isTransformed ? uintBase128() : length };
  });
  const total = entries.reduce((sum, { length }) => sum + length, 0);
  const data = brotliDecompressSync(slice(file, at, file.readUInt32BE(20)), { maxOutputLength: Math.max(1, total) });
  const tables = new Map<string, Buffer>();
  let offset = 0;
  for (const { tag, length } of entries) {
    tables.set(tag, slice(data, offset, length));
    offset += length;
  }
  return { tables, transformed: new Set(entries.filter(({ isTransformed }) => isTransformed).map(({ tag }) => tag)) };
}

function tagAt(bytes: Buffer, offset: number): string {
  return bytes.toString("latin1", offset, offset + 4);
}

function slice(bytes: Buffer, offset: number, length: number): Buffer {
  if (offset + length > bytes.length) throw new RangeError("The font is cut off.");
  return bytes.subarray(offset, offset + length);
}

/**
 * Writes into a font what it is. satori thickens and slants letters where the font does not say itself that it is bold or
 * italic. `OS/2`: https://learn.microsoft.com/typography/opentype/spec/os2, `head`: https://learn.microsoft.com/typography/opentype/spec/head
 */
export function describeAs(font: Buffer, weight: number, style: "normal" | "italic"): void {
  const [os2, head] = [tableStart(font, "OS/2", 64), tableStart(font, "head", 46)];
  if (os2 !== undefined) {
    font.writeUInt16BE(weight, os2 + 4);
    setBit(font, os2 + 62, 0b01, style === "italic");
  }
  if (head !== undefined) setBit(font, head + 44, 0b10, style === "italic");
}

function setBit(font: Buffer, position: number, bit: number, on: boolean): void {
  const flags = font.readUInt16BE(position);
  font.writeUInt16BE(on ? flags | bit : flags & ~bit, position);
}

/** Where a table is that has at least `bytes`. */
function tableStart(font: Buffer, tag: string, bytes: number): number | undefined {
  for (let entry = 12; entry < 12 + font.readUInt16BE(4) * 16; entry += 16) {
    if (font.toString("latin1", entry, entry + 4) !== tag) continue;
    const start = font.readUInt32BE(entry + 8);
    return start + bytes <= font.length ? start : undefined;
  }
  return undefined;
}
