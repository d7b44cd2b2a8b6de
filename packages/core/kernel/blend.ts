/**
 * Source-over for premultiplied RGBA, and glyph masks in one colour, as resvg blends: on the sRGB values.
 * https://www.w3.org/TR/compositing-1/#porterduffcompositingoperators_srcover
 */

export function isOpaque(pixels: usize, count: usize): bool {
  let at = pixels;
  const end = pixels + (count << 2);
  for (; at + 64 <= end; at += 64) {
    const all = v128.and(v128.and(v128.load(at), v128.load(at, 16)), v128.and(v128.load(at, 32), v128.load(at, 48)));
    // The alphas are the top bytes: with the rest set, all bits must be.
    if (!i32x4.all_true(i32x4.eq(v128.or(all, i32x4.splat(0x00ffffff)), i32x4.splat(-1)))) return false;
  }
  for (; at < end; at += 4) if (load<u8>(at, 3) != 255) return false;
  return true;
}

/** `value / 255`, rounded, in each lane; for 0 to 255². */
function divideBy255(value: v128): v128 {
  const biased = i16x8.add(value, i16x8.splat(128));
  return i16x8.shr_u(i16x8.add(biased, i16x8.shr_u(biased, 8)), 8);
}

function over4(below: v128, above: v128): v128 {
  const alpha = i8x16.swizzle(above, i8x16(3, 3, 3, 3, 7, 7, 7, 7, 11, 11, 11, 11, 15, 15, 15, 15));
  const through = v128.not(alpha);
  const low = divideBy255(i16x8.extmul_low_i8x16_u(below, through));
  const high = divideBy255(i16x8.extmul_high_i8x16_u(below, through));
  return i8x16.add_sat_u(above, i8x16.narrow_i16x8_u(low, high));
}

/** Lays `count` pixels over others, in place. */
export function layOver(below: usize, above: usize, count: usize): void {
  const end = above + (count << 2);
  while (above + 64 <= end) {
    const a = v128.load(above);
    const b = v128.load(above, 16);
    const c = v128.load(above, 32);
    const d = v128.load(above, 48);
    if (v128.any_true(v128.or(v128.or(a, b), v128.or(c, d)))) {
      v128.store(below, over4(v128.load(below), a));
      v128.store(below, over4(v128.load(below, 16), b), 16);
      v128.store(below, over4(v128.load(below, 32), c), 32);
      v128.store(below, over4(v128.load(below, 48), d), 48);
    }
    above += 64;
    below += 64;
  }
  for (; above < end; above += 4, below += 4) {
    store<u32>(below, i32x4.extract_lane(over4(v128.load32_zero(below), v128.load32_zero(above)), 0));
  }
}

/** Blends four pixels with a colour, by four coverages of 0 to 255. */
function blend4(pixels: v128, colour: v128, coverages: v128): v128 {
  const k = i8x16.swizzle(coverages, i8x16(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3));
  const through = v128.not(k);
  const low = i16x8.add(i16x8.extmul_low_i8x16_u(colour, k), i16x8.extmul_low_i8x16_u(pixels, through));
  const high = i16x8.add(i16x8.extmul_high_i8x16_u(colour, k), i16x8.extmul_high_i8x16_u(pixels, through));
  return i8x16.narrow_i16x8_u(divideBy255(low), divideBy255(high));
}

/**
 * Blends a colour where a mask covers, cut off at the canvas's edges.
 * @param x column of the canvas in which the mask's first column is
 * @param colour red in the lowest byte, green, blue, and 255
 * @param opacity 0 to 255
 */
export function drawMask(
  canvas: usize,
  width: i32,
  height: i32,
  mask: usize,
  maskWidth: i32,
  maskHeight: i32,
  x: i32,
  y: i32,
  colour: u32,
  opacity: u32,
): void {
  const firstColumn = max(0, -x);
  const endColumn = min(maskWidth, width - x);
  const firstRow = max(0, -y);
  const endRow = min(maskHeight, height - y);
  const colours = i32x4.splat(colour);
  for (let row = firstRow; row < endRow; row++) {
    let coverage = mask + row * maskWidth + firstColumn;
    const end = mask + row * maskWidth + endColumn;
    let pixel = canvas + ((<usize>(y + row) * width + x + firstColumn) << 2);
    for (; coverage + 4 <= end; coverage += 4, pixel += 16) {
      let coverages = v128.load32_zero(coverage);
      if (i32x4.extract_lane(coverages, 0) == 0) continue;
      if (opacity != 255) coverages = fade(coverages, opacity);
      v128.store(pixel, blend4(v128.load(pixel), colours, coverages));
    }
    for (; coverage < end; coverage++, pixel += 4) {
      let coverages = i32x4.splat(load<u8>(coverage));
      if (opacity != 255) coverages = fade(coverages, opacity);
      store<u32>(pixel, i32x4.extract_lane(blend4(v128.load32_zero(pixel), colours, coverages), 0));
    }
  }
}

function fade(coverages: v128, opacity: u32): v128 {
  const faded = divideBy255(i16x8.extmul_low_i8x16_u(coverages, i8x16.splat(<i8>opacity)));
  return i8x16.narrow_i16x8_u(faded, faded);
}

/**
 * Adds what a mask covers to a larger one that holds all of it or a part, where both cover up to all.
 * @param x column of the larger one in which the mask's first column is
 */
export function addMask(into: usize, width: i32, height: i32, mask: usize, maskWidth: i32, maskHeight: i32, x: i32, y: i32): void {
  const firstColumn = max(0, -x);
  const endColumn = min(maskWidth, width - x);
  const endRow = min(maskHeight, height - y);
  for (let row = max(0, -y); row < endRow; row++) {
    const from = mask + row * maskWidth;
    const to = into + (y + row) * width + x;
    for (let column = firstColumn; column < endColumn; column++) {
      store<u8>(to + column, <u8>min(255, <u32>load<u8>(to + column) + load<u8>(from + column)));
    }
  }
}
