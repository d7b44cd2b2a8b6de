/** Rows of a canvas as PNG wants them: https://www.w3.org/TR/png-3/#9Filters */

/** The red, green and blue of `count` pixels. */
export function packRgb(from: usize, to: usize, count: i32): void {
  let left = count;
  for (; left >= 8; left -= 4, from += 16, to += 12) {
    v128.store(to, i8x16.swizzle(v128.load(from), i8x16(0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 16, 16, 16, 16)));
  }
  for (; left > 0; left--, from += 4, to += 3) {
    const pixel = load<u32>(from);
    store<u16>(to, pixel);
    store<u8>(to, pixel >> 16, 2);
  }
}

/** `count` pixels without premultiplication. */
export function packRgba(from: usize, to: usize, count: i32): void {
  for (const end = to + ((<usize>count) << 2); to < end; from += 4, to += 4) {
    const pixel = load<u32>(from);
    const alpha = pixel >> 24;
    if (alpha == 255) store<u32>(to, pixel);
    else if (alpha == 0) store<u32>(to, 0);
    else {
      const red = straight(pixel & 0xff, alpha);
      const green = straight((pixel >> 8) & 0xff, alpha);
      const blue = straight((pixel >> 16) & 0xff, alpha);
      store<u32>(to, red | (green << 8) | (blue << 16) | (alpha << 24));
    }
  }
}

function straight(value: u32, alpha: u32): u32 {
  return min<u32>(255, (value * 255 + (alpha >> 1)) / alpha);
}

function distance(a: v128, b: v128): v128 {
  return v128.or(i8x16.sub_sat_u(a, b), i8x16.sub_sat_u(b, a));
}

/**
 * Each byte less that of the pixel to the left, above, or above to the left, whichever is next to left + above − above
 * left. The distances are taken in bytes: that to the last is the sum of the others or, where those lie on different
 * sides, their difference; a sum above 255 is not the smallest.
 * @param row, above rows of `bytes` bytes with a pixel of zeros before them
 * @param pixel bytes of a pixel
 */
export function filterPaeth(row: usize, above: usize, to: usize, bytes: usize, pixel: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    const a = v128.load(row + at - pixel);
    const b = v128.load(above + at);
    const c = v128.load(above + at - pixel);
    const toA = distance(b, c);
    const toB = distance(a, c);
    const sameSide = i8x16.eq(i8x16.ge_u(b, c), i8x16.ge_u(a, c));
    const toC = v128.bitselect(i8x16.add_sat_u(toA, toB), distance(toA, toB), sameSide);
    const isA = v128.and(i8x16.le_u(toA, toB), i8x16.le_u(toA, toC));
    const isB = i8x16.le_u(toB, toC);
    const predicted = v128.bitselect(a, v128.bitselect(b, c, isB), isA);
    v128.store(to + at, i8x16.sub(v128.load(row + at), predicted));
  }
}

/** How many of a row's pixels, from the second, are neither like the one to the left nor like the one above. */
export function countNew(row: usize, above: usize, width: i32): u32 {
  let counts = i32x4.splat(0);
  let x = 1;
  for (; x + 4 <= width; x += 4) {
    const pixels = v128.load(row + (x << 2));
    const known = v128.or(i32x4.eq(pixels, v128.load(row + (x << 2) - 4)), i32x4.eq(pixels, v128.load(above + (x << 2))));
    counts = i32x4.sub(counts, v128.not(known));
  }
  return i32x4.extract_lane(counts, 0) + i32x4.extract_lane(counts, 1) + i32x4.extract_lane(counts, 2) + i32x4.extract_lane(counts, 3);
}
