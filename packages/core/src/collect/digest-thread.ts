/** The other thread of `digests-ahead.ts`. */
import { workerData } from "node:worker_threads";
import { DIGEST_BYTES, DONE, type Shared, TURN } from "./digests-ahead.ts";
import { digestOf, readStart } from "./file-start.ts";

const { files, most, places, digests } = workerData as Shared;
const buffer = Buffer.allocUnsafe(most);

for (let index = files.length - 1; index > Atomics.load(places, TURN); index--) {
  try {
    digests.set(digestOf(readStart(files[index] as string, buffer)), index * DIGEST_BYTES);
  } catch {
    // Whoever has its turn finds out why it cannot be read.
  }
  Atomics.store(places, DONE, index);
}
