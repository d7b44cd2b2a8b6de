/**
 * Finds what deflate can say shorter, in one pass: for drawings (flat colours, gradients, text) repetitions, for
 * photographs only runs of one value.
 */
import { addLiteral, addLiterals, addMatch } from "./blocks";
import { FARTHEST_MATCH, LONGEST_MATCH } from "./symbols";

const SHORTEST_MATCH: usize = 4;
/** A match of the distance before, when it is this long, is taken without a look at others. */
const GOOD_MATCH: usize = 32;
/** When it is shorter than this, a longer one at the next byte is taken instead. */
const SHORT_MATCH: usize = 16;
/** All places inside a match of up to this length are remembered, of a longer one three. */
const REMEMBERED_MATCH: usize = 24;
/** After so many steps without a match three bytes at a time are passed over. */
const PATIENCE: i32 = 24;
/** Two pixels: a hash of fewer bytes finds more matches, shorter ones, at far distances, and makes larger files. */
const HASHED_BYTES: u64 = 6;
const HASH_BITS: u64 = 14;
/** A prime, from zstd's hash of six bytes. */
const SPREAD: u64 = 227718039650203;
/** The loops read 8 bytes from where they are. */
const TAIL: usize = 8;

/** By hash: where the bytes were last, as a position in the stream. */
const heads = memory.data(1 << (2 + 14), 16);

let lastDistance: usize = 0;
let pixelDistance: usize = 0;
let rowDistance: usize = 0;

/**
 * @param pixel bytes of a pixel
 * @param row bytes of a row
 */
export function beginMatches(pixel: usize, row: usize): void {
  memory.fill(heads, 0, (<usize>1) << (2 + 14));
  lastDistance = pixel;
  pixelDistance = pixel;
  rowDistance = row <= FARTHEST_MATCH ? row : pixel;
}

/** The first position of a stream: what is in an empty head is then too far away. */
export const FIRST_POSITION: usize = FARTHEST_MATCH + 1;

function hash(at: usize): usize {
  return (<usize>(((load<u64>(at) << (64 - 8 * HASHED_BYTES)) * SPREAD) >> (64 - HASH_BITS))) << 2;
}

function remember(at: usize, shift: usize): void {
  store<u32>(heads + hash(at), <u32>(at - shift));
}

/** How many bytes are the same at two places, at most `most`. */
function common(at: usize, earlier: usize, most: usize): usize {
  let length: usize = 0;
  for (; length + 8 <= most; length += 8) {
    const difference = load<u64>(at + length) ^ load<u64>(earlier + length);
    if (difference) return length + <usize>(ctz(difference) >> 3);
  }
  while (length < most && load<u8>(at + length) == load<u8>(earlier + length)) length++;
  return length;
}

let foundDistance: usize = 0;

/**
 * The longest repetition: of the pixel before, at the distance of the match before, at the place where the same bytes
 * were last, or of the row above. Its distance is then in `foundDistance`.
 */
function findRepetition(at: usize, end: usize, oldest: usize, shift: usize): usize {
  const four = load<u32>(at);
  const most = min(LONGEST_MATCH, end - at);
  let length: usize = 0;
  foundDistance = pixelDistance;
  if (at - pixelDistance >= oldest && load<u32>(at - pixelDistance) == four) {
    // A whole run of one colour needs the fewest bits, since near distances do.
    if (common(at, at - pixelDistance, most) == LONGEST_MATCH) return LONGEST_MATCH;
  }
  foundDistance = lastDistance;
  if (at - lastDistance >= oldest && load<u32>(at - lastDistance) == four) length = common(at, at - lastDistance, most);
  if (length >= GOOD_MATCH) return length;
  const head = heads + hash(at);
  const earlier = <usize>load<u32>(head) + shift;
  store<u32>(head, <u32>(at - shift));
  if (<isize>(at - earlier) <= <isize>FARTHEST_MATCH && <isize>(earlier - oldest) >= 0 && load<u32>(earlier) == four) {
    const found = common(at, earlier, most);
    if (found > length) {
      length = found;
      foundDistance = at - earlier;
    }
  }
  if (length < GOOD_MATCH && at - rowDistance >= oldest && load<u32>(at - rowDistance) == four) {
    const found = common(at, at - rowDistance, most);
    if (found > length) {
      length = found;
      foundDistance = rowDistance;
    }
  }
  return length;
}

/**
 * Says the bytes from `from` to `end` as literals and repetitions.
 * @param oldest the first byte that may be repeated
 * @param shift what is added to a position in the stream to get its address
 */
export function matchRepetitions(from: usize, end: usize, oldest: usize, shift: usize): void {
  const last = end - from > TAIL ? end - TAIL : from;
  let at = from;
  let failures = 0;
  while (at < last) {
    let length = findRepetition(at, end, oldest, shift);
    let distance = foundDistance;
    if (length >= SHORTEST_MATCH && length < SHORT_MATCH && at + 1 < last) {
      const next = findRepetition(at + 1, end, oldest, shift);
      if (next > length) {
        addLiteral(load<u8>(at));
        at++;
        length = next;
        distance = foundDistance;
      }
    }
    if (length >= SHORTEST_MATCH) {
      addMatch(length, <u32>distance);
      lastDistance = distance;
      failures = 0;
      const next = at + length;
      if (next < last) {
        if (length <= REMEMBERED_MATCH) {
          for (let inside = at + 1; inside < next; inside++) remember(inside, shift);
        } else {
          remember(at + 1, shift);
          remember(next - 2, shift);
          remember(next - 1, shift);
        }
      }
      at = next;
    } else if (++failures > PATIENCE) {
      addLiterals(load<u32>(at));
      at += 3;
    } else {
      addLiteral(load<u8>(at));
      at++;
    }
  }
  for (; at < end; at++) addLiteral(load<u8>(at));
}

/** Runs of one value. */
export function matchRuns(from: usize, end: usize, oldest: usize): void {
  const last = end - from > TAIL ? end - TAIL : from;
  let at = from;
  if (at == oldest && at < last) addLiteral(load<u8>(at++));
  while (at < last) {
    const four = load<u32>(at);
    if (load<u32>(at - 1) == four) {
      const length = common(at, at - 1, min(LONGEST_MATCH, end - at));
      addMatch(length, 1);
      at += length;
    } else {
      addLiterals(four);
      at += 3;
    }
  }
  for (; at < end; at++) addLiteral(load<u8>(at));
}
