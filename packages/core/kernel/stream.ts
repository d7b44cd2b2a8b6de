/** The zlib stream of an image, put together from bands that were compressed each by itself. */

let output: usize = 0;
/** Bits that make less than a byte, and their number. */
let pending: u64 = 0;
let pendingBits: u64 = 0;

/** Begins a stream; bytes go to `to`. */
export function beginStream(to: usize): void {
  pending = 0;
  pendingBits = 0;
  // Deflate, a window of 32 KB, "fastest algorithm": https://www.rfc-editor.org/rfc/rfc1950#section-2.2
  store<u16>(to, 0x0178);
  output = to + 2;
}

/** From here on bytes go to `to`. */
export function streamTo(to: usize): void {
  output = to;
}

/** Where the next byte goes. */
export function streamed(): usize {
  return output;
}

/** Appends `count` bits, the lowest of a byte first; up to three bytes after them are read. */
export function appendBits(from: usize, count: u32): void {
  let left = count;
  for (; left >= 32; left -= 32, from += 4) {
    pending |= (<u64>load<u32>(from)) << pendingBits;
    store<u32>(output, <u32>pending);
    output += 4;
    pending >>= 32;
  }
  pending |= (<u64>(load<u32>(from) & ((1 << left) - 1))) << pendingBits;
  for (pendingBits += left; pendingBits >= 8; pendingBits -= 8) {
    store<u8>(output++, <u8>pending);
    pending >>= 8;
  }
}

/** Ends the stream with the checksum of what was compressed. */
export function endStream(adler: u32): void {
  if (pendingBits > 0) store<u8>(output++, <u8>pending);
  store<u32>(output, bswap(adler));
  output += 4;
}
