import { inflateSync } from "node:zlib";

/**
 * A font file unpacked to tables as they are: https://learn.microsoft.com/typography/opentype/spec/otff
 * @throws Error for a WOFF or WOFF2 file that is damaged
 */
export async function toSfnt(bytes: Buffer): Promise<Buffer> {
  const kind = bytes.toString("latin1", 0, 4);
  if (kind !== "wOFF" && kind !== "wOF2") return bytes;
  try {
    return kind === "wOFF" ? fromWoff(bytes) : Buffer.from(await (await import("woff2-encoder/decompress")).default(bytes));
  } catch (thrown) {
    throw new Error("it cannot be unpacked", { cause: thrown });
  }
}

/** https://www.w3.org/TR/WOFF/#OverallStructure */
function fromWoff(woff: Buffer): Buffer {
  const tables = Array.from({ length: woff.readUInt16BE(12) }, (_, index) => {
    const entry = 44 + index * 20;
    const [offset, packed, length] = [4, 8, 12].map((field) => woff.readUInt32BE(entry + field)) as [number, number, number];
    const data = woff.subarray(offset, offset + packed);
    return {
      tag: woff.subarray(entry, entry + 4),
      checksum: woff.readUInt32BE(entry + 16),
      data: packed < length ? inflateSync(data, { maxOutputLength: length }) : data,
    };
  });
  const header = Buffer.alloc(12 + tables.length * 16);
  woff.copy(header, 0, 4, 8);
  header.writeUInt16BE(tables.length, 4);
  const parts: Buffer[] = [header];
  let position = header.length;
  for (const [index, { tag, checksum, data }] of tables.entries()) {
    const entry = 12 + index * 16;
    tag.copy(header, entry);
    for (const [field, value] of [checksum, position, data.length].entries()) header.writeUInt32BE(value, entry + 4 + field * 4);
    const padding = Buffer.alloc(-data.length & 3);
    parts.push(data, padding);
    position += data.length + padding.length;
  }
  return Buffer.concat(parts);
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
