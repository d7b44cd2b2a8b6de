/**
 * Length-limited prefix codes for deflate.
 *
 * Lengths by Moffat and Katajainen, "In-place calculation of minimum-redundancy codes" (1995), from frequencies in
 * ascending order; those that are too long are cut off, and the Kraft sum is repaired by lengthening others.
 */

const MOST_SYMBOLS = 288;
const LONGEST = 32;

const symbols = memory.data(MOST_SYMBOLS * 4, 16);
const work = memory.data(MOST_SYMBOLS * 4, 16);
const counts = memory.data((LONGEST + 1) * 4, 16);
const nextCodes = memory.data((LONGEST + 1) * 4, 16);
/** An entry is a frequency and, in so many bits, a symbol. */
const SYMBOL_BITS: u32 = 9;
/** Frequencies are sorted by two digits of so many bits. */
const DIGIT_BITS: u32 = 9;
const DIGITS: u32 = 1 << DIGIT_BITS;
/** By digit: where the next entry that has it goes. */
const places = memory.data(512 * 4, 16);

/**
 * Makes the codes of an alphabet.
 * @param frequencies of each symbol, 32 bits
 * @param limit the longest code, in bits
 * @param codes for each symbol `length | code << 8`, the code's bits in the order in which deflate writes them; 0 for a
 *   symbol that does not occur. There are always two codes, as decoders expect.
 */
export function makeCodes(frequencies: usize, size: i32, limit: i32, codes: usize): void {
  const used = sortSymbols(frequencies, size);
  computeLengths(used);
  limitLengths(used, limit);
  memory.fill(codes, 0, (<usize>size) << 2);
  let rank = used;
  for (let length = 1; length <= limit; length++) {
    for (let count = load<u32>(counts + (length << 2)); count > 0; count--) {
      rank--;
      store<u32>(codes + ((load<u32>(symbols + (rank << 2)) & ((1 << SYMBOL_BITS) - 1)) << 2), length);
    }
  }
  let code: u32 = 0;
  for (let length = 1; length <= limit; length++) {
    store<u32>(nextCodes + (length << 2), code);
    code = (code + load<u32>(counts + (length << 2))) << 1;
  }
  for (let symbol = 0; symbol < size; symbol++) {
    const length = load<u32>(codes + (symbol << 2));
    if (length == 0) continue;
    const next = nextCodes + (length << 2);
    const assigned = load<u32>(next);
    store<u32>(next, assigned + 1);
    store<u32>(codes + (symbol << 2), (reverse(assigned, length) << 8) | length);
  }
}

/** The lowest `length` bits, at most 16, in the opposite order. */
function reverse(code: u32, length: u32): u32 {
  let bits = ((code >> 1) & 0x5555) | ((code & 0x5555) << 1);
  bits = ((bits >> 2) & 0x3333) | ((bits & 0x3333) << 2);
  bits = ((bits >> 4) & 0x0f0f) | ((bits & 0x0f0f) << 4);
  bits = (bits >> 8) | ((bits & 0xff) << 8);
  return bits >> (16 - length);
}

/** Puts the symbols that occur in ascending order, as `frequency << SYMBOL_BITS | symbol`; returns how many there are, at least two. */
function sortSymbols(frequencies: usize, size: i32): i32 {
  let used = 0;
  for (let symbol = 0; symbol < size; symbol++) {
    const frequency = load<u32>(frequencies + (symbol << 2));
    if (frequency) store<u32>(symbols + (used++ << 2), (min<u32>(frequency, DIGITS * DIGITS - 1) << SYMBOL_BITS) | symbol);
  }
  for (let symbol = 0; used < 2; symbol++) {
    if (load<u32>(frequencies + (symbol << 2)) == 0) store<u32>(symbols + (used++ << 2), (1 << SYMBOL_BITS) | symbol);
  }
  sortBy(0, symbols, work, used);
  sortBy(DIGIT_BITS, work, symbols, used);
  return used;
}

/** Copies entries in the order of one digit of their frequency; those with the same digit stay as they are. */
function sortBy(shift: u32, from: usize, to: usize, count: i32): void {
  memory.fill(places, 0, DIGITS << 2);
  for (let index = 0; index < count; index++) {
    const place = placeOf(from, index, shift);
    store<u32>(place, load<u32>(place) + 4);
  }
  let next: u32 = 0;
  for (let place = places; place < places + (DIGITS << 2); place += 4) {
    const size = load<u32>(place);
    store<u32>(place, next);
    next += size;
  }
  for (let index = 0; index < count; index++) {
    const place = placeOf(from, index, shift);
    const offset = load<u32>(place);
    store<u32>(to + offset, load<u32>(from + (index << 2)));
    store<u32>(place, offset + 4);
  }
}

function placeOf(entries: usize, index: i32, shift: u32): usize {
  return places + (((load<u32>(entries + (index << 2)) >> (SYMBOL_BITS + shift)) & (DIGITS - 1)) << 2);
}

function at(index: i32): u32 {
  return load<u32>(work + (index << 2));
}

function set(index: i32, value: u32): void {
  store<u32>(work + (index << 2), value);
}

/** From the sorted symbols the length of each, into `work`. */
function computeLengths(used: i32): void {
  for (let index = 0; index < used; index++) set(index, load<u32>(symbols + (index << 2)) >> SYMBOL_BITS);
  // Weights of the inner nodes; a node that is taken gets the index of its parent.
  set(0, at(0) + at(1));
  let root = 0;
  let leaf = 2;
  for (let node = 1; node < used - 1; node++) {
    let weight: u32 = 0;
    for (let child = 0; child < 2; child++) {
      if (leaf >= used || (root < node && at(root) < at(leaf))) {
        weight += at(root);
        set(root++, node);
      } else weight += at(leaf++);
    }
    set(node, weight);
  }
  // Depths of the inner nodes.
  set(used - 2, 0);
  for (let node = used - 3; node >= 0; node--) set(node, at(at(node)) + 1);
  // Depths of the leaves.
  let available = 1;
  let depth: u32 = 0;
  let node = used - 2;
  let next = used - 1;
  while (available > 0) {
    let inner = 0;
    for (; node >= 0 && at(node) == depth; node--) inner++;
    for (; available > inner; available--) set(next--, depth);
    available = 2 * inner;
    depth++;
  }
}

/** Counts the lengths, none above `limit`, so that they make a complete code. */
function limitLengths(used: i32, limit: i32): void {
  memory.fill(counts, 0, (LONGEST + 1) * 4);
  for (let index = 0; index < used; index++) count(min<i32>(at(index), limit), 1);
  let total: u32 = 0;
  for (let length = limit; length > 0; length--) total += load<u32>(counts + (length << 2)) << (limit - length);
  for (; total > (<u32>1) << limit; total--) {
    count(limit, -1);
    let length = limit - 1;
    while (load<u32>(counts + (length << 2)) == 0) length--;
    count(length, -1);
    count(length + 1, 2);
  }
}

function count(length: i32, change: i32): void {
  const counter = counts + (length << 2);
  store<i32>(counter, load<i32>(counter) + change);
}
