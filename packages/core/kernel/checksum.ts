import { sumOf } from "./lanes";

const MODULUS: u32 = 65521;
/** Of 16 bytes: so many keep the sums of sums of a column below 2¹⁵. */
const STEPS: usize = 16;
/** So many blocks of 16 steps keep the sums below 2³². */
const MOST_BLOCKS: usize = 21;

/**
 * Adler-32, continued: https://www.rfc-editor.org/rfc/rfc1950#section-8
 *
 * Sixteen columns of sixteen bytes are summed, and their sums so far are summed too; only then is anything multiplied: a byte
 * counts for the second sum as often as there are bytes after it, itself included.
 */
export function adler32(adler: u32, bytes: usize, count: usize): u32 {
  let a = adler & 0xffff;
  let b = adler >> 16;
  const weightsLow = i16x8(16, 15, 14, 13, 12, 11, 10, 9);
  const weightsHigh = i16x8(8, 7, 6, 5, 4, 3, 2, 1);
  const ones = i16x8.splat(1);
  while (count >= 16 * STEPS) {
    const blocks = min<usize>(count / (16 * STEPS), MOST_BLOCKS);
    count -= blocks * 16 * STEPS;
    b += a * <u32>(blocks * 16 * STEPS);
    let sums = i32x4.splat(0);
    let earlierBlocks = i32x4.splat(0);
    let earlierSteps = i32x4.splat(0);
    let weighted = i32x4.splat(0);
    for (let block: usize = 0; block < blocks; block++) {
      let low = i16x8.splat(0);
      let high = i16x8.splat(0);
      let earlierLow = i16x8.splat(0);
      let earlierHigh = i16x8.splat(0);
      for (const end = bytes + 16 * STEPS; bytes < end; bytes += 16) {
        earlierLow = i16x8.add(earlierLow, low);
        earlierHigh = i16x8.add(earlierHigh, high);
        low = i16x8.add(low, v128.load_ext<u8>(bytes));
        high = i16x8.add(high, v128.load_ext<u8>(bytes, 8));
      }
      earlierBlocks = i32x4.add(earlierBlocks, sums);
      sums = i32x4.add(sums, i32x4.dot_i16x8_s(i16x8.add(low, high), ones));
      earlierSteps = i32x4.add(earlierSteps, i32x4.add(i32x4.dot_i16x8_s(earlierLow, ones), i32x4.dot_i16x8_s(earlierHigh, ones)));
      weighted = i32x4.add(weighted, i32x4.add(i32x4.dot_i16x8_s(low, weightsLow), i32x4.dot_i16x8_s(high, weightsHigh)));
    }
    const steps = i32x4.add(earlierSteps, i32x4.shl(earlierBlocks, 4));
    a = (a + sumOf(sums)) % MODULUS;
    b = (b + sumOf(i32x4.add(weighted, i32x4.shl(steps, 4)))) % MODULUS;
  }
  for (; count > 0; count--, bytes++) {
    a += load<u8>(bytes);
    b += a;
  }
  return ((b % MODULUS) << 16) | (a % MODULUS);
}

/** The Adler-32 of two pieces, the second of `count` bytes, from that of each. */
export function joinAdler32(first: u32, second: u32, count: usize): u32 {
  const a = first & 0xffff;
  const length = <u32>(count % MODULUS);
  const sum = (a + (second & 0xffff) + MODULUS - 1) % MODULUS;
  const sums = <u32>((<u64>(first >> 16) + (second >> 16) + <u64>length * a + MODULUS - length) % MODULUS);
  return (sums << 16) | sum;
}
