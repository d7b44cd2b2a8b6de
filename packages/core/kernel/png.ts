/**
 * The image data of a PNG, band by band: a zlib stream of filtered rows.
 *
 * Per band one of two ways: drawings are not filtered, since their rows repeat, and repetitions are sought; photographs
 * are filtered (Paeth) and only runs are sought, since the rest is noise. The wrong way makes files of up to three times the
 * size. Filters chosen row by row would make photographs 1 % smaller.
 *
 * A band is compressed by itself. What that gives follows from its rows, the row above, and the kind of the band above,
 * and from nothing else: bands that are the same on many cards (no text touches them, or always the same) need compressing
 * once. Repetitions may begin in the row above, which is most of what a longer memory would find; and each band has codes of
 * its own, which fit it better: files are even a fiftieth smaller than with one stream from top to bottom.
 */
import { beginBlocks, endBlocks, mostOutput } from "./blocks";
import { adler32, joinAdler32 } from "./checksum";
import { Scratch } from "./heap";
import { beginMatches, FIRST_POSITION, matchRepetitions, matchRuns } from "./matches";
import { estimateBits, filteredBits, filterPaeth, forgetBits, packRgb, packRgba, plainBits } from "./rows";
import { appendBits, beginStream, endStream, streamed, streamTo } from "./stream";

const BAND_BYTES: i32 = 65536;
const KEPT_SCRATCH: usize = 1 << 20;
/** Bits are estimated by one row in so many: two of a card's band. */
const SAMPLED_ROW: i32 = 9;
const FILTER_NONE: u8 = 0;
const FILTER_PAETH: u8 = 4;
/** Before and after a row, for readers of 16 bytes. */
const MARGIN: usize = 16;

const DRAWING: i32 = 0;
const PHOTOGRAPH: i32 = 1;

const rowsScratch = new Scratch();
const windowScratch = new Scratch();
const bandScratch = new Scratch();
const outputScratch = new Scratch();

let pixels: usize = 0;
let width: i32 = 0;
let height: i32 = 0;
let opaque: bool = false;
/** The first row that has not been added. */
let y: i32 = 0;
let pixelBytes: usize = 0;
let rowBytes: usize = 0;
let bandRows: i32 = 0;
/** Two packed rows, the one above and the current. */
let above: usize = 0;
let current: usize = 0;
/** Filtered rows: the one above the band, then the band. */
let window: usize = 0;
/** Where the band is in all that has been sought through. */
let position: usize = 0;
let adler: u32 = 1;
let out: usize = 0;

/** Where a band's bits are, and its checksum. */
export let bandPointer: usize = 0;
export let bandAdler: u32 = 0;

/**
 * Begins the encoding of premultiplied RGBA pixels, as RGB when `isOpaque`.
 * @returns how many rows a band has; the last one may have fewer
 */
export function beginPng(canvas: usize, canvasWidth: i32, canvasHeight: i32, isOpaque: bool): i32 {
  pixels = canvas;
  width = canvasWidth;
  height = canvasHeight;
  opaque = isOpaque;
  y = 0;
  pixelBytes = opaque ? 3 : 4;
  rowBytes = <usize>width * pixelBytes;
  bandRows = min(height, max(1, BAND_BYTES / <i32>(rowBytes + 1)));
  const bandBytes = <usize>bandRows * (rowBytes + 1);
  const spaced = rowBytes + 2 * MARGIN;
  above = rowsScratch.take(2 * spaced) + MARGIN;
  current = above + spaced;
  memory.fill(above - MARGIN, 0, 2 * spaced);
  window = windowScratch.take(rowBytes + 1 + bandBytes);
  position = FIRST_POSITION;
  adler = 1;
  bandPointer = bandScratch.take(mostOutput(bandBytes));
  out = outputScratch.take(mostOutput(bandBytes));
  beginStream(out);
  beginMatches(pixelBytes, rowBytes + 1);
  return bandRows;
}

/** Takes the pixels from elsewhere from here on; only the rows that are asked for need to be there. */
export function movePixels(canvas: usize): void {
  pixels = canvas;
}

/** Where the bytes are that `addBand` has made. */
export function output(): usize {
  return out;
}

/** Whether a band is a drawing or a photograph, by what filtering would save. */
export function kindOfBand(index: i32): i32 {
  const first = index * bandRows;
  const stride = (<usize>width) << 2;
  forgetBits();
  for (let row = max(1, first); row < first + rowsFrom(first); row += SAMPLED_ROW) {
    const at = pixels + <usize>row * stride;
    estimateBits(at, at - stride, width);
  }
  return plainBits > 0 && filteredBits <= plainBits ? PHOTOGRAPH : DRAWING;
}

/**
 * Compresses a band into `bandPointer`.
 * @param kind what it is, by `kindOfBand`
 * @param kindAbove what the band above is; for the first one it does not matter
 * @returns how many bits that takes
 */
export function encodeBand(index: i32, kind: i32, kindAbove: i32): u32 {
  const first = index * bandRows;
  const count = rowsFrom(first);
  // Of a photograph, a drawing cannot repeat anything: its rows are filtered.
  const repeatsAbove = first > 0 && kind == DRAWING && kindAbove == DRAWING;
  const band = repeatsAbove ? window + rowBytes + 1 : window;
  if (repeatsAbove) writeRows(kind, first - 1, 1, window);
  const end = writeRows(kind, first, count, band);
  bandAdler = adler32(1, band, end - band);
  beginBlocks(bandPointer);
  if (kind == PHOTOGRAPH) matchRuns(band, end);
  else matchRepetitions(band, end, window, window - position);
  position += end - window;
  return endBlocks(first + count == height);
}

/**
 * Adds the next band to the image, whose bits are at `bandPointer`: one that `encodeBand` has just compressed, or has before.
 * @param bits how many they are
 * @param checksum `bandAdler` of the band
 * @returns how many bytes there are in `output`
 */
export function addBand(bits: u32, checksum: u32): i32 {
  if (y > 0) streamTo(out);
  const count = rowsFrom(y);
  appendBits(bandPointer, bits);
  adler = joinAdler32(adler, checksum, <usize>count * (rowBytes + 1));
  y += count;
  if (y == height) endStream(adler);
  return <i32>(streamed() - out);
}

/** Gives large scratch memory back. */
export function endPng(): void {
  rowsScratch.trim(KEPT_SCRATCH);
  windowScratch.trim(KEPT_SCRATCH);
  bandScratch.trim(KEPT_SCRATCH);
  outputScratch.trim(KEPT_SCRATCH);
}

function rowsFrom(first: i32): i32 {
  return min(bandRows, height - first);
}

/** Packs and filters `count` rows from `first` on; returns where they end. */
function writeRows(kind: i32, first: i32, count: i32, to: usize): usize {
  if (kind == PHOTOGRAPH) {
    if (first > 0) pack(first - 1, above);
    else memory.fill(above, 0, rowBytes);
  }
  for (let row = first; row < first + count; row++, to += rowBytes + 1) {
    if (kind == PHOTOGRAPH) {
      store<u8>(to, FILTER_PAETH);
      pack(row, current);
      filterPaeth(current, above, to + 1, rowBytes, pixelBytes);
      const packed = current;
      current = above;
      above = packed;
    } else {
      store<u8>(to, FILTER_NONE);
      pack(row, to + 1);
    }
  }
  return to;
}

function pack(row: i32, to: usize): void {
  const from = pixels + ((<usize>row * width) << 2);
  if (opaque) packRgb(from, to, width);
  else packRgba(from, to, width);
}
