import type { Format } from "../types.ts";

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
