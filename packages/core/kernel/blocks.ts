/**
 * Literals and matches as deflate blocks with codes of their own: https://www.rfc-editor.org/rfc/rfc1951#section-3.2.7
 *
 * A block is a list of sequences, each some literals and the match after them, as zstd keeps them: literals are copied and
 * counted many at a time, and need no token of their own. A block ends when there is no room for more.
 */
import { makeCodes } from "./huffman";
import {
  DISTANCE_SYMBOLS,
  distanceExtraBits,
  distanceSymbol,
  END_OF_BLOCK,
  lengthExtra,
  lengthExtraBits,
  lengthSymbol,
  LITERAL_SYMBOLS,
  LONGEST_MATCH,
} from "./symbols";

/** Of deflate's matches. */
const SHORTEST_MATCH: usize = 3;
const MOST_LITERALS: i32 = 98304;
const MOST_SEQUENCES: i32 = 16384;
/** Four of them, and the bits of a byte that is not full, fit into 64 bits. */
const LONGEST_LITERAL_CODE: i32 = 12;
const LONGEST_DISTANCE_CODE: i32 = 15;
/** Codes of code lengths: a length, or 16 to repeat the last, or 17 and 18 for zeros. */
const RUN_SYMBOLS: i32 = 19;
const LONGEST_RUN_CODE: i32 = 7;
const RUN_ORDER = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);

/** With room for a reader of 8 bytes at the end. */
const literals = memory.data(MOST_LITERALS + 8, 16);
/** 64 bits: the number of literals << 32, the match's distance - 1 << 16, its distance's symbol << 9, its length. */
const sequences = memory.data(MOST_SEQUENCES * 8, 16);
const literalCounts = memory.data(LITERAL_SYMBOLS * 4, 16);
const distanceCounts = memory.data(DISTANCE_SYMBOLS * 4, 16);
const runCounts = memory.data(RUN_SYMBOLS * 4, 16);
const literalCodes = memory.data(LITERAL_SYMBOLS * 4, 16);
const distanceCodes = memory.data(DISTANCE_SYMBOLS * 4, 16);
const runCodes = memory.data(RUN_SYMBOLS * 4, 16);
/** By length of a match: number of bits, the code and its extra value << 8. */
const lengthCodes = memory.data(259 * 4, 16);
const codeLengths = memory.data(LITERAL_SYMBOLS + DISTANCE_SYMBOLS);
/** Symbol, extra value << 5. */
const runs = memory.data((LITERAL_SYMBOLS + DISTANCE_SYMBOLS) * 2, 16);
/** Counts of literals by four counters in turn, so that the same value twice does not wait for itself. */
const fourCounts = memory.data(4 * 256 * 4, 16);

let literalCount: i32 = 0;
let sequenceCount: i32 = 0;
/** Literals that come after the last sequence. */
let waiting: i32 = 0;
let start: usize = 0;
/** Where the next byte goes, the bits that make less than a byte, and their number. */
let output: usize = 0;
let bits: u64 = 0;
let bitCount: u64 = 0;

/** The most bytes that what may be waiting, and `bytes` more, can become. */
export function mostOutput(bytes: usize): usize {
  return 2 * (bytes + MOST_LITERALS + 6 * MOST_SEQUENCES) + 4096;
}

/** Begins blocks; they go to `to`. */
export function beginBlocks(to: usize): void {
  beginBlock();
  start = to;
  output = to;
  bits = 0;
  bitCount = 0;
}

/**
 * Ends the blocks.
 * @param last whether they are the last ones of their stream
 * @returns how many bits they take
 */
export function endBlocks(last: bool): u32 {
  writeBlock(last);
  const count = <u32>((output - start) << 3) + <u32>bitCount;
  store<u64>(output, bits);
  return count;
}

/** `count` literals. */
export function addLiterals(from: usize, count: i32): void {
  let left = count;
  while (literalCount + left > MOST_LITERALS) {
    const fitting = MOST_LITERALS - literalCount;
    copyLiterals(from, fitting);
    from += fitting;
    left -= fitting;
    writeBlock(false);
  }
  copyLiterals(from, left);
}

function copyLiterals(from: usize, count: i32): void {
  const to = literals + literalCount;
  if (count <= 8) store<u64>(to, load<u64>(from));
  else memory.copy(to, from, count);
  literalCount += count;
  waiting += count;
}

/**
 * `count` literals, and a repetition after them, as one match or several.
 * @returns where what has been said ends: one or two bytes that are too few for a match are not
 */
export function addMatch(from: usize, count: i32, length: usize, distance: u32): usize {
  addLiterals(from, count);
  const symbol = distanceSymbol(distance);
  const told = ((<u64>(distance - 1)) << 16) | ((<u64>symbol) << 9);
  let left = length;
  for (; left >= SHORTEST_MATCH; left -= min(left, LONGEST_MATCH)) {
    const part = min(left, LONGEST_MATCH);
    countOne(literalCounts, lengthSymbol(part));
    countOne(distanceCounts, symbol);
    store<u64>(sequences + (sequenceCount << 3), ((<u64>waiting) << 32) | told | <u64>part);
    waiting = 0;
    if (++sequenceCount == MOST_SEQUENCES) writeBlock(false);
  }
  return from + count + length - left;
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
  return load<u32>(codes + (symbol << 2)) & 0xff;
}

function writeCode(codes: usize, symbol: u32): void {
  const code = load<u32>(codes + (symbol << 2));
  write(code >> 8, code & 0xff);
}

function beginBlock(): void {
  literalCount = 0;
  sequenceCount = 0;
  waiting = 0;
  memory.fill(literalCounts, 0, LITERAL_SYMBOLS * 4);
  memory.fill(distanceCounts, 0, DISTANCE_SYMBOLS * 4);
}

function writeBlock(last: bool): void {
  countLiterals();
  countOne(literalCounts, END_OF_BLOCK);
  makeCodes(literalCounts, LITERAL_SYMBOLS, LONGEST_LITERAL_CODE, literalCodes);
  makeCodes(distanceCounts, DISTANCE_SYMBOLS, LONGEST_DISTANCE_CODE, distanceCodes);
  write(last ? 5 : 4, 3);
  writeCodes();
  writeSequences();
  writeCode(literalCodes, END_OF_BLOCK);
  beginBlock();
}

function countLiterals(): void {
  memory.fill(fourCounts, 0, 4 * 256 * 4);
  const end = literals + literalCount;
  let at = literals;
  for (; at + 4 <= end; at += 4) {
    const four = load<u32>(at);
    const first = (four << 2) & 0x3fc;
    const second = (four >> 6) & 0x3fc;
    const third = (four >> 14) & 0x3fc;
    const fourth = (four >> 22) & 0x3fc;
    store<u32>(first, load<u32>(first, fourCounts) + 1, fourCounts);
    store<u32>(second, load<u32>(second, fourCounts + 1024) + 1, fourCounts + 1024);
    store<u32>(third, load<u32>(third, fourCounts + 2048) + 1, fourCounts + 2048);
    store<u32>(fourth, load<u32>(fourth, fourCounts + 3072) + 1, fourCounts + 3072);
  }
  for (; at < end; at++) countOne(fourCounts, load<u8>(at));
  for (let symbol: usize = 0; symbol < 1024; symbol += 16) {
    const half = i32x4.add(v128.load(fourCounts + symbol), v128.load(fourCounts + 1024 + symbol));
    const other = i32x4.add(v128.load(fourCounts + 2048 + symbol), v128.load(fourCounts + 3072 + symbol));
    v128.store(literalCounts + symbol, i32x4.add(half, other));
  }
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

/**
 * The bit writer once more, with its state where it is fastest: this is a third of the time of a photo. Codes are added to
 * `count` whole, of which a shift takes the low six bits; what the codes themselves leave above is cut off with the full bytes.
 */
function writeSequences(): void {
  for (let length: usize = 3; length <= LONGEST_MATCH; length++) {
    const code = load<u32>(literalCodes + (lengthSymbol(length) << 2));
    const size = code & 0xff;
    store<u32>(lengthCodes + (length << 2), (code + lengthExtraBits(length)) | (lengthExtra(length) << (8 + size)));
  }
  let to = output;
  let pending = bits;
  let count = bitCount;
  let from = literals;
  const end = sequences + (sequenceCount << 3);
  for (let at = sequences; at <= end; at += 8) {
    const sequence = load<u64>(at);
    let left = at == end ? waiting : <i32>(sequence >> 32);
    for (; left >= 4; left -= 4, from += 4) {
      const four = load<u32>(from);
      const first = <u64>load<u32>((four << 2) & 0x3fc, literalCodes);
      const second = <u64>load<u32>((four >> 6) & 0x3fc, literalCodes);
      const third = <u64>load<u32>((four >> 14) & 0x3fc, literalCodes);
      const fourth = <u64>load<u32>((four >> 22) & 0x3fc, literalCodes);
      pending |= (first >> 8) << count;
      count += first;
      pending |= (second >> 8) << count;
      count += second;
      pending |= (third >> 8) << count;
      count += third;
      pending |= (fourth >> 8) << count;
      count += fourth;
      store<u64>(to, pending);
      to += <usize>((count >> 3) & 7);
      pending >>= count & 56;
      count &= 7;
    }
    if (left > 0) {
      for (; left > 0; left--, from++) {
        const code = <u64>load<u32>(literalCodes + ((<usize>load<u8>(from)) << 2));
        pending |= (code >> 8) << count;
        count += code;
      }
      store<u64>(to, pending);
      to += <usize>((count >> 3) & 7);
      pending >>= count & 56;
      count &= 7;
    }
    if (at == end) break;
    const length = <u64>load<u32>(lengthCodes + ((<usize>sequence & 511) << 2));
    pending |= (length >> 8) << count;
    count += length & 0xff;
    const symbol = <u32>(sequence >> 9) & 31;
    const code = <u64>load<u32>(distanceCodes + (symbol << 2));
    pending |= (code >> 8) << count;
    count += code & 0xff;
    const extraBits = <u64>distanceExtraBits(symbol);
    pending |= ((sequence >> 16) & 0xffff & (((<u64>1) << extraBits) - 1)) << count;
    count += extraBits;
    store<u64>(to, pending);
    to += <usize>(count >> 3);
    pending >>= count & 56;
    count &= 7;
  }
  output = to;
  bits = pending;
  bitCount = count;
}
