/** The tables of https://www.rfc-editor.org/rfc/rfc1951#section-3.2.5, turned round: from lengths and distances to symbols. */

export const LONGEST_MATCH: usize = 258;
export const FARTHEST_MATCH: usize = 32768;
export const END_OF_BLOCK: u32 = 256;
export const LITERAL_SYMBOLS: i32 = 286;
export const DISTANCE_SYMBOLS: i32 = 30;

const LENGTH_SYMBOLS: i32 = 29;

// prettier-ignore
const LENGTH_BASES = memory.data<u16>([3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258]);
// prettier-ignore
const LENGTH_BITS = memory.data<u8>([0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]);
// prettier-ignore
const DISTANCE_BASES = memory.data<u16>([1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577]);
// prettier-ignore
const DISTANCE_BITS = memory.data<u8>([0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13]);

/** By length: symbol, extra value << 16, number of extra bits << 24. */
const lengths = memory.data(259 * 4, 16);
/** The symbol of a distance less one: below 256 by itself, above by its value / 128. */
const nearDistances = memory.data(256);
const farDistances = memory.data(256);

for (let symbol = 0; symbol < LENGTH_SYMBOLS; symbol++) {
  const base = <u32>load<u16>(LENGTH_BASES + (symbol << 1));
  const bits = <u32>load<u8>(LENGTH_BITS + symbol);
  // 258 has a symbol of its own, which comes last, although the one before reaches it.
  for (let extra: u32 = 0; extra < (<u32>1) << bits; extra++) {
    store<u32>(lengths + ((base + extra) << 2), (257 + symbol) | (extra << 16) | (bits << 24));
  }
}
for (let symbol = 0; symbol < DISTANCE_SYMBOLS; symbol++) {
  const base = <u32>load<u16>(DISTANCE_BASES + (symbol << 1)) - 1;
  const end = base + ((<u32>1) << (<u32>load<u8>(DISTANCE_BITS + symbol)));
  for (let less = base; less < end; less++) {
    if (less < 256) store<u8>(nearDistances + less, symbol);
    else store<u8>(farDistances + (less >> 7), symbol);
  }
}

export function lengthSymbol(length: usize): u32 {
  return load<u32>(lengths + (length << 2)) & 0xffff;
}

export function lengthExtra(length: usize): u32 {
  return (load<u32>(lengths + (length << 2)) >> 16) & 0xff;
}

export function lengthExtraBits(length: usize): u32 {
  return load<u32>(lengths + (length << 2)) >> 24;
}

export function distanceSymbol(distance: u32): u32 {
  const less = distance - 1;
  return less < 256 ? load<u8>(nearDistances + less) : load<u8>(farDistances + (less >> 7));
}

export function distanceExtraBits(symbol: u32): u32 {
  return load<u8>(DISTANCE_BITS + symbol);
}
