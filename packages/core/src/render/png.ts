import { crc32 } from "node:zlib";
import type { Size } from "../types.ts";
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
 */
export function encodePng({ pointer, width, height, opaque, name }: Pixels): Uint8Array {
  const { beginPng, addBand, endPng, output } = kernel();
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, opaque ? RGB : RGBA, 0, 0, 0], 8);
  const rows = beginPng(pointer, width, height, opaque ? 1 : 0);
  const names = name && bandNames(name, Math.ceil(height / rows), rows);
  const data: Uint8Array[] = [];
  let above = -1;
  for (let index = 0; index * rows < height; index++) {
    const band = compress(names && `${width}×${height} ${opaque} ${above} ${index} ${names[index]}`);
    data.push(bytesAt(output(), addBand(band.bits, band.adler, band.kind)).slice());
    above = band.kind;
  }
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

/** What each band is made of: its own rows, and the one above, which they may repeat. */
function bandNames({ background, strokes }: PixelsName, count: number, rows: number): readonly string[] {
  const names = Array.from({ length: count }, () => background);
  for (const { top, bottom, name } of strokes) {
    const last = Math.min(count - 1, Math.floor(bottom / rows));
    for (let index = Math.max(0, Math.floor(top / rows)); index <= last; index++) names[index] += name;
  }
  return names;
}

/** Rows of a PNG, compressed by themselves: see `kernel/png.ts`. */
interface Band {
  readonly bits: number;
  readonly adler: number;
  /** Whether it is a photograph. */
  readonly kind: number;
}

interface KnownBand extends Band {
  readonly bytes: Uint8Array;
}

/** Those of the background, and of what stands on every card: a label, a name, a site. */
const known = new Map<string, KnownBand>();
const MOST_KNOWN_BYTES = 8 * 1024 * 1024;
let knownBytes = 0;
/** Bands that came once. Most are a page's own, and are not worth keeping. */
const seen = new Set<string>();
const MOST_SEEN = 1_000;

/** Compresses the next band, or takes it as it was compressed before; its bytes are then where `addBand` takes them from. */
function compress(name: string | undefined): Band {
  const { encodeBand, bandPointer, bandAdler, bandKind } = kernel();
  const before = name === undefined ? undefined : known.get(name);
  if (before) {
    bytesAt(bandPointer.value, before.bytes.length).set(before.bytes);
    keep(name as string, before);
    return before;
  }
  const bits = encodeBand();
  const band = { bits, adler: bandAdler.value, kind: bandKind.value };
  if (name === undefined) return band;
  if (seen.delete(name)) keep(name, { ...band, bytes: bytesAt(bandPointer.value, Math.ceil(bits / 8)).slice() });
  else {
    seen.add(name);
    if (seen.size > MOST_SEEN) seen.delete(seen.values().next().value as string);
  }
  return band;
}

/** Keeps a band; those that were not used for longest make room. */
function keep(name: string, band: KnownBand): void {
  if (known.delete(name)) knownBytes -= band.bytes.length;
  known.set(name, band);
  knownBytes += band.bytes.length;
  for (const [oldest, { bytes }] of known) {
    if (knownBytes <= MOST_KNOWN_BYTES) break;
    known.delete(oldest);
    knownBytes -= bytes.length;
  }
}
