/**
 * The image data of a PNG, band by band: a zlib stream of filtered rows, of which only a band and the 32 KB before it are
 * in memory.
 *
 * Per band one of two ways: drawings are not filtered, since their rows repeat, and repetitions are sought; photographs
 * are filtered (Paeth) and only runs are sought, since the rest is noise. The wrong way makes files of up to three times the
 * size. Filters chosen row by row would make photographs 1 % smaller.
 */
import { beginBlocks, endBlocks, mostOutput, writeTo, written } from "./blocks";
import { adler32 } from "./checksum";
import { Scratch } from "./heap";
import { beginMatches, FIRST_POSITION, matchRepetitions, matchRuns } from "./matches";
import { estimateBits, filteredBits, filterPaeth, forgetBits, packRgb, packRgba, plainBits } from "./rows";
import { FARTHEST_MATCH } from "./symbols";

const BAND_BYTES: i32 = 65536;
const KEPT_SCRATCH: usize = 1 << 20;
/** Bits are estimated by one row in so many: two of a card's band. */
const SAMPLED_ROW: i32 = 9;
const FILTER_NONE: u8 = 0;
const FILTER_PAETH: u8 = 4;
/** Before and after a row, for readers of 16 bytes. */
const MARGIN: usize = 16;

const rowsScratch = new Scratch();
const windowScratch = new Scratch();
const outputScratch = new Scratch();

let pixels: usize = 0;
let width: i32 = 0;
let height: i32 = 0;
let opaque: bool = false;
/** The next row. */
let y: i32 = 0;
let pixelBytes: usize = 0;
let rowBytes: usize = 0;
let bandRows: i32 = 0;
/** Two packed rows, the one above and the current. */
let above: usize = 0;
let current: usize = 0;
/** Filtered rows: the last bytes of the bands before, then the band. */
let window: usize = 0;
let historyBytes: usize = 0;
let position: usize = 0;
let adler: u32 = 1;
/** What the rows would take in either way, by estimates, of which older ones count less. */
let plain: u32 = 0;
let filtered: u32 = 0;
let out: usize = 0;

/** Begins the encoding of premultiplied RGBA pixels, as RGB when `isOpaque`. */
export function beginPng(canvas: usize, canvasWidth: i32, canvasHeight: i32, isOpaque: bool): void {
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
  window = windowScratch.take(FARTHEST_MATCH + bandBytes);
  historyBytes = 0;
  position = FIRST_POSITION;
  adler = 1;
  plain = 0;
  filtered = 0;
  out = outputScratch.take(mostOutput(bandBytes));
  writeTo(out);
  beginBlocks();
  beginMatches(pixelBytes, rowBytes + 1);
}

/** Where the bytes are that `nextPng` has made. */
export function output(): usize {
  return out;
}

/**
 * Encodes the next band.
 * @returns how many bytes that made, which may be none; -1 when there was no band left
 */
export function nextPng(): i32 {
  if (y >= height) {
    rowsScratch.trim(KEPT_SCRATCH);
    windowScratch.trim(KEPT_SCRATCH);
    outputScratch.trim(KEPT_SCRATCH);
    return -1;
  }
  if (y > 0) writeTo(out);
  const count = min(bandRows, height - y);
  const photograph = isPhotograph(count);
  const band = window + historyBytes;
  const end = writeRows(count, band, photograph);
  adler = adler32(adler, band, end - band);
  if (photograph) matchRuns(band, end, window);
  else matchRepetitions(band, end, window, band - position);
  position += end - band;
  historyBytes = min(FARTHEST_MATCH, end - window);
  memory.copy(window, end - historyBytes, historyBytes);
  y += count;
  if (y == height) endBlocks(adler);
  return <i32>(written() - out);
}

/** By what filtering would save in this band and those before: repetitions are of no use across a change. */
function isPhotograph(count: i32): bool {
  const stride = (<usize>width) << 2;
  forgetBits();
  for (let row = max(1, y); row < y + count; row += SAMPLED_ROW) {
    const at = pixels + <usize>row * stride;
    estimateBits(at, at - stride, width);
  }
  plain += plainBits - plain / 8;
  filtered += filteredBits - filtered / 8;
  return plain > 0 && filtered <= plain;
}

/** Packs and filters the next `count` rows; returns where they end. */
function writeRows(count: i32, band: usize, photograph: bool): usize {
  let to = band;
  if (photograph && y > 0) pack(y - 1, above);
  for (let row = y; row < y + count; row++) {
    store<u8>(to, photograph ? FILTER_PAETH : FILTER_NONE);
    if (photograph) {
      pack(row, current);
      filterPaeth(current, above, to + 1, rowBytes, pixelBytes);
      const packed = current;
      current = above;
      above = packed;
    } else pack(row, to + 1);
    to += rowBytes + 1;
  }
  return to;
}

function pack(row: i32, to: usize): void {
  const from = pixels + ((<usize>row * width) << 2);
  if (opaque) packRgb(from, to, width);
  else packRgba(from, to, width);
}
