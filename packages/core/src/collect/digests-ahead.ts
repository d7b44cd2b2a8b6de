import { availableParallelism } from "node:os";
import { tryToStartThread } from "../other-thread.ts";

/** What both threads have. */
export interface Shared {
  readonly files: readonly string[];
  /** Bytes of a file that are read at most. */
  readonly most: number;
  /** See `TURN` and `DONE`. */
  readonly places: Int32Array<SharedArrayBuffer>;
  /** `DIGEST_BYTES` for each file; nothing but zeros for one that cannot be read. */
  readonly digests: Uint8Array<SharedArrayBuffer>;
}

export const DIGEST_BYTES = 32;
/** Where the file is whose turn it is, and the first one from which on all are done. */
export const [TURN, DONE] = [0, 1];

/** A thread takes 30 ms to start, by which time so many files have been read. */
const FEWEST_FILES = 1_500;

/** Digests of the starts of files, made by another thread. */
export interface DigestsAhead {
  /** That of a file whose turn has come, base64url, if the thread has come to it. Turns come in the order of the files. */
  at(index: number): string | undefined;
  /** To be called at the end. */
  close(): void;
}

/**
 * Starts a thread that digests files from the last one back, while the caller goes from the first one on: neither ever waits
 * for the other, and the work is shared as the two are fast. `undefined` where that gains nothing: few files, a single core.
 * @param most bytes of a file that count
 */
export function digestAhead(files: readonly string[], most: number): DigestsAhead | undefined {
  if (files.length < FEWEST_FILES || availableParallelism() === 1) return undefined;
  const places = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  const digests = new Uint8Array(new SharedArrayBuffer(files.length * DIGEST_BYTES));
  places[DONE] = files.length;
  const shared: Shared = { files, most, places, digests };
  // One that fails has not come to any further file, and that is all.
  if (!tryToStartThread("collect/digest-thread", shared)) return undefined;
  const bytes = Buffer.from(digests.buffer);
  return {
    at(index) {
      Atomics.store(places, TURN, index);
      if (index < Atomics.load(places, DONE)) return undefined;
      return bytes.toString("base64url", index * DIGEST_BYTES, (index + 1) * DIGEST_BYTES);
    },
    close: () => void Atomics.store(places, TURN, files.length),
  };
}
