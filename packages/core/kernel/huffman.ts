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
      store<u32>(codes + ((load<u32>(symbols + (rank << 2)) & 511) << 2), length);
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

function reverse(code: u32, length: u32): u32 {
  let reversed: u32 = 0;
  for (let bit: u32 = 0; bit < length; bit++) reversed |= ((code >> bit) & 1) << (length - 1 - bit);
  return reversed;
}

/** Puts the symbols that occur in ascending order, as `frequency << 9 | symbol`; returns how many there are, at least two. */
function sortSymbols(frequencies: usize, size: i32): i32 {
  let used = 0;
  for (let symbol = 0; symbol < size; symbol++) {
    const frequency = load<u32>(frequencies + (symbol << 2));
    if (frequency) store<u32>(symbols + (used++ << 2), (min<u32>(frequency, 0x7fffff) << 9) | symbol);
  }
  for (let symbol = 0; used < 2; symbol++) {
    if (load<u32>(frequencies + (symbol << 2)) == 0) store<u32>(symbols + (used++ << 2), (1 << 9) | symbol);
  }
  for (let gap = 121; gap > 0; gap /= 3) {
    for (let index = gap; index < used; index++) {
      const value = load<u32>(symbols + (index << 2));
      let to = index;
      for (; to >= gap && load<u32>(symbols + ((to - gap) << 2)) > value; to -= gap) {
        store<u32>(symbols + (to << 2), load<u32>(symbols + ((to - gap) << 2)));
      }
      store<u32>(symbols + (to << 2), value);
    }
  }
  return used;
}

function at(index: i32): u32 {
  return load<u32>(work + (index << 2));
}

function set(index: i32, value: u32): void {
  store<u32>(work + (index << 2), value);
}

/** From the sorted symbols the length of each, into `work`. */
function computeLengths(used: i32): void {
  for (let index = 0; index < used; index++) set(index, load<u32>(symbols + (index << 2)) >> 9);
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
