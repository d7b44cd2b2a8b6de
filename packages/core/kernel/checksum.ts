const MODULUS: u32 = 65521;
/** So many steps of 16 bytes keep the sums below 2³². */
const MOST_STEPS: usize = 345;

/** Adler-32, continued: https://www.rfc-editor.org/rfc/rfc1950#section-8 */
export function adler32(adler: u32, bytes: usize, count: usize): u32 {
  let a = adler & 0xffff;
  let b = adler >> 16;
  const weightsLow = i16x8(16, 15, 14, 13, 12, 11, 10, 9);
  const weightsHigh = i16x8(8, 7, 6, 5, 4, 3, 2, 1);
  while (count >= 16) {
    const steps = min<usize>(count >> 4, MOST_STEPS);
    count -= steps << 4;
    let sums = i32x4.splat(0);
    let earlier = i32x4.splat(0);
    let weighted = i32x4.splat(0);
    b += a * <u32>(steps << 4);
    for (let step: usize = 0; step < steps; step++, bytes += 16) {
      const block = v128.load(bytes);
      earlier = i32x4.add(earlier, sums);
      sums = i32x4.add(sums, i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(block)));
      weighted = i32x4.add(weighted, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(block), weightsLow));
      weighted = i32x4.add(weighted, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(block), weightsHigh));
    }
    a = (a + total(sums)) % MODULUS;
    b = (b + total(i32x4.add(weighted, i32x4.shl(earlier, 4)))) % MODULUS;
  }
  for (; count > 0; count--, bytes++) {
    a += load<u8>(bytes);
    b += a;
  }
  return ((b % MODULUS) << 16) | (a % MODULUS);
}

function total(lanes: v128): u32 {
  return i32x4.extract_lane(lanes, 0) + i32x4.extract_lane(lanes, 1) + i32x4.extract_lane(lanes, 2) + i32x4.extract_lane(lanes, 3);
}
