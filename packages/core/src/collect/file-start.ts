import { hash } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";

/**
 * The start of a file: as much of it as the buffer takes. It stands in the buffer until the next one is read. Synchronous:
 * a promise per file takes three times as long.
 * @throws what the system says
 */
export function readStart(file: string, buffer: Buffer): Buffer {
  const descriptor = openSync(file, "r");
  try {
    let length = 0;
    for (let read = -1; read !== 0; length += read) read = readSync(descriptor, buffer, length, buffer.length - length, null);
    return buffer.subarray(0, length);
  } finally {
    closeSync(descriptor);
  }
}

/** SHA-256. */
export function digestOf(start: Uint8Array): Buffer {
  return hash("sha256", start, "buffer");
}
