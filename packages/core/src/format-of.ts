import type { Format } from "./types.ts";

/** The format that an image's first bytes tell; `undefined` for any other file. */
export function formatOf(bytes: Uint8Array): Format | undefined {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 12)).toString("latin1");
  // https://www.w3.org/TR/png-3/#5PNG-file-signature
  if (start.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  // https://www.w3.org/Graphics/JPEG/itu-t81.pdf, B.2.1: the marker SOI, and the first byte of the next
  if (start.startsWith("\xff\xd8\xff")) return "jpeg";
  // https://www.rfc-editor.org/rfc/rfc9649#section-2.4
  return start.startsWith("RIFF") && start.slice(8) === "WEBP" ? "webp" : undefined;
}

/** Whether an image has its beginning and its end: what was cut off while it was copied has not. */
export function isWhole(bytes: Uint8Array): boolean {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const format = formatOf(bytes);
  // https://www.w3.org/TR/png-3/#11IEND
  if (format === "png") return data.subarray(-8).toString("latin1") === "IEND\xae\x42\x60\x82";
  // The marker EOI, as above.
  if (format === "jpeg") return data.subarray(-2).toString("latin1") === "\xff\xd9";
  // The size that it says, after the eight bytes that say it, as above.
  return format === "webp" && data.readUInt32LE(4) + 8 === data.length;
}
