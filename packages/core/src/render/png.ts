import { crc32 } from "node:zlib";
import type { Size } from "../types.ts";
import { compressAhead, stopAhead, type EncodedBand, type OpenBand } from "./bands-ahead.ts";
import { createKept } from "./kept.ts";
import { bytesAt, kernel } from "./kernel.ts";

/** Pixels in the kernel's memory. */
export interface Pixels extends Size {
  /** RGBA, four bytes a pixel, premultiplied, rows from the top. */
  readonly pointer: number;
  readonly opaque: boolean;
  /** By what the same pixels are known again. */
  readonly name: PixelsName | undefined;
}

/** What was painted, said so that the same words mean the same pixels. */
export interface PixelsName {
  /** All pixels before the strokes. */
  readonly background: string;
  readonly strokes: readonly Stroke[];
}

/** Something that was painted on rows of the background. */
export interface Stroke {
  /** The first row that it may change, and the one after the last; they may lie outside. */
  readonly top: number;
  readonly bottom: number;
  /** What it does to these rows. */
  readonly name: string;
}

const SIGNATURE = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10);
const RGB = 2;
const RGBA = 6;

/**
 * A PNG of eight bits a channel: RGB where the pixels are opaque, else RGBA. The same pixels give the same bytes.
 * Format: https://www.w3.org/TR/png-3/#5DataRep
 * @param spareCore whether another thread may help
 */
export function encodePng(picture: Pixels, spareCore: boolean): Uint8Array {
  const { pointer, width, height, opaque } = picture;
  const { beginPng, addBand, endPng, output } = kernel();
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, opaque ? RGB : RGBA, 0, 0, 0], 8);
  const bandRows = beginPng(pointer, width, height, opaque ? 1 : 0);
  const count = Math.ceil(height / bandRows);
  const bands = plan(count, bandNames(picture, count, bandRows));
  const open = bands.filter(({ known }) => !known);
  const pixels = bytesAt(pointer, width * height * 4);
  const ahead = spareCore ? compressAhead(open, { pixels, width, height, opaque, bandRows }) : stopAhead();
  const data: Uint8Array[] = [];
  let place = 0;
  for (const band of bands) {
    const { bits, adler } = compress(band, band.known ?? ahead?.at(place++));
    data.push(bytesAt(output(), addBand(bits, adler)).slice());
  }
  ahead?.close();
  endPng();
  return Buffer.concat([SIGNATURE, ...chunk("IHDR", [header]), ...chunk("IDAT", data), ...chunk("IEND", [])]);
}

function chunk(type: string, data: readonly Uint8Array[]): readonly Uint8Array[] {
  const start = Buffer.alloc(8);
  start.writeUInt32BE(data.reduce((sum, { length }) => sum + length, 0));
  start.write(type, 4, "latin1");
  const end = Buffer.alloc(4);
  end.writeUInt32BE(data.reduce((sum, part) => crc32(part, sum), crc32(type)));
  return [start, ...data, end];
}

/** What each band is made of: its own rows, and the one above, which they may repeat. `undefined` where that has no name. */
function bandNames({ width, height, opaque, name: picture }: Pixels, count: number, rows: number): readonly string[] | undefined {
  if (!picture) return undefined;
  const names = Array.from({ length: count }, () => `${width}×${height} ${opaque} ${picture.background}`);
  for (const { top, bottom, name } of picture.strokes) {
    const last = Math.min(count - 1, Math.floor(bottom / rows));
    for (let index = Math.max(0, Math.floor(top / rows)); index <= last; index++) names[index] += name;
  }
  return names;
}

/** Rows of a PNG, compressed by themselves (see `kernel/png.ts`), now or before. */
interface Band extends OpenBand {
  readonly name: string | undefined;
  readonly known: KnownBand | undefined;
}

interface KnownBand extends EncodedBand {
  /** As the kernel's `kindOfBand` tells it. */
  readonly kind: number;
  readonly bytes: Uint8Array;
}

/** Those of the background, and of what stands on every card: a label, a name, a site. */
const MOST_KNOWN_BYTES = 8 * 1024 * 1024;
const known = createKept<KnownBand>(MOST_KNOWN_BYTES, ({ bytes }) => bytes.length);
/** Bands that came once. Most are a page's own, and are not worth keeping. */
const seen = new Set<string>();
const MOST_SEEN = 1_000;

/** What the bands are, from the first one on, and which of them are known. */
function plan(count: number, names: readonly string[] | undefined): readonly Band[] {
  const { kindOfBand } = kernel();
  const bands: Band[] = [];
  let kindAbove = NOTHING;
  for (let index = 0; index < count; index++) {
    const name = names && `${index} ${kindAbove} ${names[index]}`;
    const before = name === undefined ? undefined : known.get(name);
    const kind = before ? before.kind : kindOfBand(index);
    bands.push({ index, kind, kindAbove, name, known: before });
    kindAbove = kind;
  }
  return bands;
}

/** The kind of what is above the first band. */
const NOTHING = -1;

/** Compresses a band unless that has been done, keeps it if it came before, and puts its bits where `addBand` takes them from. */
function compress(band: Band, done: EncodedBand | undefined): EncodedBand {
  const { encodeBand, bandPointer, bandAdler } = kernel();
  const { index, kind, kindAbove, name } = band;
  if (done?.bytes) bytesAt(bandPointer.value, done.bytes.length).set(done.bytes);
  const encoded = done ?? { bits: encodeBand(index, kind, kindAbove), adler: bandAdler.value };
  if (name === undefined) return encoded;
  if (band.known) known.keep(name, band.known);
  else if (seen.delete(name)) {
    const { bits, adler } = encoded;
    known.keep(name, { bits, adler, kind, bytes: bytesAt(bandPointer.value, Math.ceil(bits / 8)).slice() });
  } else {
    seen.add(name);
    if (seen.size > MOST_SEEN) seen.delete(seen.values().next().value as string);
  }
  return encoded;
}
