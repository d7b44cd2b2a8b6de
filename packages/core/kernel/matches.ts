/**
 * Finds what deflate can say shorter, in one pass: for drawings (flat colours, gradients, text) repetitions, for
 * photographs only runs of one value.
 */
import { addLiterals, addMatch } from "./blocks";
import { FARTHEST_MATCH, LONGEST_MATCH } from "./symbols";

const SHORTEST_MATCH: usize = 4;
/** All pixels inside a repetition of up to this length are remembered, of a longer one the second and the last. */
const REMEMBERED_MATCH: usize = 7;
/** After so many pixels without a repetition every other one is passed over. */
const PATIENCE: i32 = 24;
/** Two pixels: a hash of fewer bytes finds more matches, shorter ones, at far distances, and makes larger files. */
const HASHED_BYTES: u64 = 6;
const HASH_BITS: i32 = 12;
/** A prime, from zstd's hash of six bytes. */
const SPREAD: u64 = 227718039650203;
/** Hashes are of 8 bytes from where they are. */
const TAIL: usize = 8;
const BUCKET_BITS: i32 = 5;

/**
 * By hash: where the bytes were the last four times, as positions in the stream, the last one first, and the first four
 * bytes of each. Four places are compared at once, and most that are of no use without a look at them.
 */
const buckets = memory.data(1 << (BUCKET_BITS + HASH_BITS), 16);

let lastDistance: usize = 0;
let pixelBytes: usize = 0;
let rowBytes: usize = 0;
let rowDistance: usize = 0;

/**
 * @param pixel bytes of a pixel
 * @param row bytes of a row
 */
export function beginMatches(pixel: usize, row: usize): void {
  memory.fill(buckets, 0, 1 << (BUCKET_BITS + HASH_BITS));
  lastDistance = pixel;
  pixelBytes = pixel;
  rowBytes = row;
  rowDistance = row <= FARTHEST_MATCH ? row : pixel;
}

/** The first position of a stream: what is in an empty bucket is then too far away. */
export const FIRST_POSITION: usize = FARTHEST_MATCH + 1;

function bucketOf(at: usize): usize {
  const hash = ((load<u64>(at) << (64 - 8 * HASHED_BYTES)) * SPREAD) >> (64 - HASH_BITS);
  return buckets + ((<usize>hash) << BUCKET_BITS);
}

function remember(at: usize, shift: usize): void {
  put(bucketOf(at), <u32>(at - shift), load<u32>(at));
}

function put(bucket: usize, position: u32, bytes: u32): void {
  v128.store(bucket, v128.shuffle<u32>(v128.load(bucket), i32x4.splat(position), 4, 0, 1, 2));
  v128.store(bucket, v128.shuffle<u32>(v128.load(bucket, 16), i32x4.splat(bytes), 4, 0, 1, 2), 16);
}

/** How many bytes are the same at two places, at most `most`. */
function common(at: usize, earlier: usize, most: usize): usize {
  for (let length: usize = 0; length < most; length += 16) {
    const same = i8x16.bitmask(i8x16.eq(v128.load(at + length), v128.load(earlier + length)));
    if (same != 0xffff) return min(most, length + <usize>ctz(~same));
  }
  return most;
}

let foundDistance: usize = 0;

/**
 * The longest repetition: of the pixel before, at the distance of the match before, at the places where the same bytes
 * were last, or of the row above. Its distance is then in `foundDistance`.
 */
function findRepetition(at: usize, end: usize, oldest: usize, shift: usize): usize {
  const four = load<u32>(at);
  let length: usize = 0;
  foundDistance = pixelBytes;
  if (at - pixelBytes >= oldest && load<u32>(at - pixelBytes) == four) {
    // A long run of one colour needs the fewest bits, since near distances do. What is too little for one more match may be
    // the beginning of a longer repetition.
    length = common(at, at - pixelBytes, end - at);
    if (length >= LONGEST_MATCH) return length - (length % LONGEST_MATCH);
  }
  const most = min(LONGEST_MATCH, end - at);
  if (at - lastDistance >= oldest && load<u32>(at - lastDistance) == four) {
    const found = common(at, at - lastDistance, most);
    if (found > length) {
      length = found;
      foundDistance = lastDistance;
      if (length == LONGEST_MATCH) return length;
    }
  }
  const bucket = bucketOf(at);
  const position = at - shift;
  const first = <u32>max(oldest - shift, position - FARTHEST_MATCH);
  const near = i32x4.ge_s(v128.load(bucket), i32x4.splat(first));
  let places = i32x4.bitmask(v128.and(near, i32x4.eq(v128.load(bucket, 16), i32x4.splat(four))));
  for (; places != 0; places &= places - 1) {
    const earlier = <usize>load<u32>(bucket + ((<usize>ctz(places)) << 2)) + shift;
    if (load<u8>(earlier + length) != load<u8>(at + length)) continue;
    const found = common(at, earlier, most);
    if (found > length) {
      length = found;
      foundDistance = at - earlier;
      if (length == LONGEST_MATCH) break;
    }
  }
  put(bucket, <u32>position, four);
  if (length < LONGEST_MATCH && at - rowDistance >= oldest && load<u32>(at - rowDistance) == four) {
    const found = common(at, at - rowDistance, most);
    if (found > length) {
      length = found;
      foundDistance = rowDistance;
    }
  }
  return length;
}

/** Remembers every other pixel of whole rows, to be repeated by what follows. */
function rememberRows(from: usize, end: usize, shift: usize): void {
  for (let row = from; row < end; row += rowBytes) {
    for (let at = row + 1; at < row + rowBytes; at += 2 * pixelBytes) remember(at, shift);
  }
}

/**
 * Says whole rows from `from` to `end` as literals and repetitions. Repetitions are sought where pixels begin, and then
 * lengthened byte by byte to both sides.
 * @param oldest the first byte that may be repeated: there whole rows begin that have been said before
 * @param shift what is added to a position in the stream to get its address
 */
export function matchRepetitions(from: usize, end: usize, oldest: usize, shift: usize): void {
  const last = end - from > TAIL ? end - TAIL : from;
  rememberRows(oldest, from, shift);
  lastDistance = pixelBytes;
  /** What has not been said yet begins here. */
  let open = from;
  let row = from;
  let at = from + 1;
  let failures = 0;
  while (at < last) {
    let length = findRepetition(at, end, oldest, shift);
    if (length < SHORTEST_MATCH) {
      at += ++failures > PATIENCE ? 2 * pixelBytes : pixelBytes;
    } else {
      const distance = foundDistance;
      const next = at + length;
      if (next < last) {
        if (length <= REMEMBERED_MATCH) {
          for (let inside = at + pixelBytes; inside < next; inside += pixelBytes) remember(inside, shift);
        } else {
          remember(at + pixelBytes, shift);
          remember(next - (length % pixelBytes) - pixelBytes, shift);
        }
      }
      while (at > open && length < LONGEST_MATCH && at - distance > oldest && load<u8>(at - 1) == load<u8>(at - distance - 1)) {
        at--;
        length++;
      }
      open = addMatch(open, <i32>(at - open), length, <u32>distance);
      lastDistance = distance;
      failures = 0;
      at = next;
    }
    // To where the next pixel begins.
    while (at >= row + rowBytes) row += rowBytes;
    const past = at - row;
    if (past == 0) at++;
    else {
      const part = <u32>(past - 1) % <u32>pixelBytes;
      if (part) at += pixelBytes - part;
      if (at == row + rowBytes) at++;
    }
  }
  if (open < end) addLiterals(open, <i32>(end - open));
}

/** A run of fewer takes no less than its values by themselves, where the most are small. */
const SHORTEST_RUN: usize = 8;

/** Runs of one value. */
export function matchRuns(from: usize, end: usize): void {
  let open = from;
  let at = from + 1;
  while (at + 16 < end) {
    // One bit for each byte that is like the one before it; then for each with which 8 such begin.
    let same = <u32>i8x16.bitmask(i8x16.eq(v128.load(at), v128.load(at - 1)));
    same &= same >> 1;
    same &= same >> 2;
    same &= same >> 4;
    if (same == 0) {
      at += 16 - SHORTEST_RUN + 1;
      continue;
    }
    at += <usize>ctz(same);
    const length = common(at, at - 1, end - at);
    open = addMatch(open, <i32>(at - open), length, 1);
    at += length;
  }
  if (open < end) addLiterals(open, <i32>(end - open));
}
