/**
 * Literals and matches as deflate blocks with codes of their own: https://www.rfc-editor.org/rfc/rfc1951#section-3.2.7
 *
 * Tokens are 32 bits: a match is `1 << 31 | distance - 1 << 9 | length`; literals are up to three bytes, and how many
 * `<< 24`. A block ends when the buffer of tokens is full.
 */
import { makeCodes } from "./huffman";
import {
  DISTANCE_SYMBOLS,
  distanceExtra,
  distanceExtraBits,
  distanceSymbol,
  END_OF_BLOCK,
  lengthExtra,
  lengthExtraBits,
  lengthSymbol,
  LITERAL_SYMBOLS,
  LONGEST_MATCH,
} from "./symbols";

const MOST_TOKENS: i32 = 32768;
const MATCH: u32 = 0x80000000;
const LONGEST_CODE: i32 = 15;
/** Codes of code lengths: a length, or 16 to repeat the last, or 17 and 18 for zeros. */
const RUN_SYMBOLS: i32 = 19;
const LONGEST_RUN_CODE: i32 = 7;
const RUN_ORDER = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);

const tokens = memory.data(MOST_TOKENS * 4, 16);
const literalCounts = memory.data(LITERAL_SYMBOLS * 4, 16);
const distanceCounts = memory.data(DISTANCE_SYMBOLS * 4, 16);
const runCounts = memory.data(RUN_SYMBOLS * 4, 16);
const literalCodes = memory.data(LITERAL_SYMBOLS * 4, 16);
const distanceCodes = memory.data(DISTANCE_SYMBOLS * 4, 16);
const runCodes = memory.data(RUN_SYMBOLS * 4, 16);
/** By length of a match: code and extra value, number of bits << 24. */
const lengthCodes = memory.data(259 * 4, 16);
const codeLengths = memory.data(LITERAL_SYMBOLS + DISTANCE_SYMBOLS);
/** Symbol, extra value << 5. */
const runs = memory.data((LITERAL_SYMBOLS + DISTANCE_SYMBOLS) * 2, 16);

let tokenCount: i32 = 0;
/** Where the next byte goes, the bits that make less than a byte, and their number. */
let output: usize = 0;
let bits: u64 = 0;
let bitCount: u64 = 0;

/** The most bytes that tokens which may be waiting, and `bytes` more, can become. */
export function mostOutput(bytes: usize): usize {
  return 2 * (bytes + 3 * MOST_TOKENS) + 4096;
}

/** Begins a zlib stream. */
export function beginBlocks(): void {
  tokenCount = 0;
  bits = 0;
  bitCount = 0;
  memory.fill(literalCounts, 0, LITERAL_SYMBOLS * 4);
  memory.fill(distanceCounts, 0, DISTANCE_SYMBOLS * 4);
  // Deflate, a window of 32 KB, "fastest algorithm": https://www.rfc-editor.org/rfc/rfc1950#section-2.2
  write(0x0178, 16);
}

/** From here on bytes go to `pointer`. */
export function writeTo(pointer: usize): void {
  output = pointer;
}

export function written(): usize {
  return output;
}

/** Ends the stream. */
export function endBlocks(adler: u32): void {
  writeBlock(true);
  if (bitCount > 0) write(0, 8 - bitCount);
  store<u32>(output, bswap(adler));
  output += 4;
}

export function addMatch(length: usize, distance: u32): void {
  countOne(literalCounts, lengthSymbol(length));
  countOne(distanceCounts, distanceSymbol(distance));
  addToken(MATCH | ((distance - 1) << 9) | <u32>length);
}

export function addLiteral(value: u32): void {
  countOne(literalCounts, value);
  addToken((1 << 24) | value);
}

/** The three low bytes of `values`, the lowest first. */
export function addLiterals(values: u32): void {
  countOne(literalCounts, values & 0xff);
  countOne(literalCounts, (values >> 8) & 0xff);
  countOne(literalCounts, (values >> 16) & 0xff);
  addToken((3 << 24) | (values & 0xffffff));
}

function addToken(token: u32): void {
  store<u32>(tokens + (tokenCount << 2), token);
  if (++tokenCount == MOST_TOKENS) writeBlock(false);
}

function countOne(counts: usize, symbol: u32): void {
  store<u32>(counts + (symbol << 2), load<u32>(counts + (symbol << 2)) + 1);
}

/** At most 56 bits. */
function write(value: u64, count: u64): void {
  bits |= value << bitCount;
  bitCount += count;
  store<u64>(output, bits);
  output += <usize>(bitCount >> 3);
  bits >>= bitCount & ~7;
  bitCount &= 7;
}

function codeLength(codes: usize, symbol: i32): u32 {
  return load<u32>(codes + (symbol << 2)) >> 16;
}

function writeCode(codes: usize, symbol: u32): void {
  const code = load<u32>(codes + (symbol << 2));
  write(code & 0xffff, code >> 16);
}

function writeBlock(last: bool): void {
  countOne(literalCounts, END_OF_BLOCK);
  makeCodes(literalCounts, LITERAL_SYMBOLS, LONGEST_CODE, literalCodes);
  makeCodes(distanceCounts, DISTANCE_SYMBOLS, LONGEST_CODE, distanceCodes);
  write(last ? 5 : 4, 3);
  writeCodes();
  writeTokens();
  writeCode(literalCodes, END_OF_BLOCK);
  memory.fill(literalCounts, 0, LITERAL_SYMBOLS * 4);
  memory.fill(distanceCounts, 0, DISTANCE_SYMBOLS * 4);
  tokenCount = 0;
}

function writeCodes(): void {
  const literals = used(literalCodes, LITERAL_SYMBOLS, 257);
  const distances = used(distanceCodes, DISTANCE_SYMBOLS, 1);
  for (let symbol = 0; symbol < literals; symbol++) store<u8>(codeLengths + symbol, codeLength(literalCodes, symbol));
  for (let symbol = 0; symbol < distances; symbol++) store<u8>(codeLengths + literals + symbol, codeLength(distanceCodes, symbol));
  const runCount = findRuns(literals + distances);
  makeCodes(runCounts, RUN_SYMBOLS, LONGEST_RUN_CODE, runCodes);
  let ordered = RUN_SYMBOLS;
  while (ordered > 4 && codeLength(runCodes, load<u8>(RUN_ORDER + ordered - 1)) == 0) ordered--;
  write(literals - 257, 5);
  write(distances - 1, 5);
  write(ordered - 4, 4);
  for (let index = 0; index < ordered; index++) write(codeLength(runCodes, load<u8>(RUN_ORDER + index)), 3);
  for (let index = 0; index < runCount; index++) {
    const run = <u32>load<u16>(runs + (index << 1));
    const symbol = run & 31;
    writeCode(runCodes, symbol);
    if (symbol >= 16) write(run >> 5, symbol == 16 ? 2 : symbol == 17 ? 3 : 7);
  }
}

/** How many codes must be told, at least `least`. */
function used(codes: usize, size: i32, least: i32): i32 {
  let count = size;
  while (count > least && codeLength(codes, count - 1) == 0) count--;
  return count;
}

/** Writes `count` code lengths as runs, and counts their symbols. */
function findRuns(count: i32): i32 {
  memory.fill(runCounts, 0, RUN_SYMBOLS * 4);
  let found = 0;
  for (let index = 0; index < count;) {
    const value = <u32>load<u8>(codeLengths + index);
    let length = 1;
    while (index + length < count && load<u8>(codeLengths + index + length) == value) length++;
    index += length;
    if (value != 0) {
      found = addRun(found, value, 0);
      length--;
    }
    const shortest = 3;
    const longest = value == 0 ? 138 : 6;
    while (length >= shortest) {
      const taken = min(length, longest);
      if (value != 0) found = addRun(found, 16, taken - 3);
      else found = taken < 11 ? addRun(found, 17, taken - 3) : addRun(found, 18, taken - 11);
      length -= taken;
    }
    for (; length > 0; length--) found = addRun(found, value, 0);
  }
  return found;
}

function addRun(index: i32, symbol: u32, extra: u32): i32 {
  countOne(runCounts, symbol);
  store<u16>(runs + (index << 1), symbol | (extra << 5));
  return index + 1;
}

function writeTokens(): void {
  for (let length: usize = 3; length <= LONGEST_MATCH; length++) {
    const code = load<u32>(literalCodes + (lengthSymbol(length) << 2));
    const size = code >> 16;
    store<u32>(lengthCodes + (length << 2), (code & 0xffff) | (lengthExtra(length) << size) | ((size + lengthExtraBits(length)) << 24));
  }
  // The bit writer once more, with its state where it is fastest: this loop is a third of the time of a photo.
  let to = output;
  let pending = bits;
  let count = bitCount;
  const end = tokens + (tokenCount << 2);
  for (let at = tokens; at < end; at += 4) {
    const token = load<u32>(at);
    if (token & MATCH) {
      const length = <u64>load<u32>(lengthCodes + ((token & 511) << 2));
      pending |= (length & 0xffffff) << count;
      count += length >> 24;
      const distance = ((token & ~MATCH) >> 9) + 1;
      const symbol = distanceSymbol(distance);
      const code = <u64>load<u32>(distanceCodes + (symbol << 2));
      pending |= (code & 0xffff) << count;
      count += code >> 16;
      pending |= (<u64>distanceExtra(distance, symbol)) << count;
      count += distanceExtraBits(symbol);
    } else {
      const first = <u64>load<u32>(literalCodes + ((token & 0xff) << 2));
      pending |= (first & 0xffff) << count;
      count += first >> 16;
      if (token >> 24 == 3) {
        const second = <u64>load<u32>(literalCodes + (((token >> 8) & 0xff) << 2));
        pending |= (second & 0xffff) << count;
        count += second >> 16;
        const third = <u64>load<u32>(literalCodes + (((token >> 16) & 0xff) << 2));
        pending |= (third & 0xffff) << count;
        count += third >> 16;
      }
    }
    store<u64>(to, pending);
    to += <usize>(count >> 3);
    pending >>= count & ~7;
    count &= 7;
  }
  output = to;
  bits = pending;
  bitCount = count;
}
