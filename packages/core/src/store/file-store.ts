import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { messageOf } from "../error.ts";
import type { Store, Warning } from "../types.ts";

/** What an entry's file starts with; another layout gets another number. */
const MAGIC = Buffer.from("OGC1");
const DIGEST_BYTES = 32;
const HEADER_BYTES = MAGIC.length + DIGEST_BYTES;

let temporaryFiles = 0;

/**
 * A folder with a file per key, safe to share between processes: an entry appears whole or not at all. Its header is
 * the SHA-256 of key and bytes, so that a damaged, truncated or swapped entry is noticed, told once, and made again.
 * @param warn is told of damaged entries, and, once, that the folder cannot be written
 */
export function createFileStore(folder: string, warn: (warning: Warning) => void): Store {
  let readOnly = false;
  const fileOf = (key: string) => join(folder, key.slice(0, 2), key);

  return {
    async get(key) {
      const file = fileOf(key);
      let entry: Buffer;
      try {
        entry = await readFile(file);
      } catch (thrown) {
        if (codeOf(thrown) !== "ENOENT" && codeOf(thrown) !== "ENOTDIR") warn(damaged(file, messageOf(thrown)));
        return undefined;
      }
      const bytes = entry.subarray(HEADER_BYTES);
      if (entry.subarray(0, HEADER_BYTES).equals(header(key, bytes))) return bytes;
      warn(damaged(file, "it is not what was stored"));
      return undefined;
    },

    async set(key, bytes) {
      if (readOnly) return;
      const file = fileOf(key);
      const temporary = `${file}.${process.pid}-${temporaryFiles++}.tmp`;
      try {
        await mkdir(join(folder, key.slice(0, 2)), { recursive: true });
        await writeFile(temporary, Buffer.concat([header(key, bytes), bytes]));
        await replace(temporary, file);
      } catch (thrown) {
        await rm(temporary, { force: true }).catch(() => undefined);
        if (readOnly) return;
        readOnly = true;
        warn({
          code: "W_STORE_WRITE",
          message: `Cards cannot be kept in ${folder}: ${messageOf(thrown)}.`,
          hint: "They are made again in the next run. Make the folder writable, or name another as `cacheDir`.",
          file: folder,
        });
      }
    },
  };
}

/** Also where something that is not a file stands in the entry's place. */
async function replace(temporary: string, file: string): Promise<void> {
  try {
    await rename(temporary, file);
  } catch (thrown) {
    if (codeOf(thrown) !== "EISDIR" && codeOf(thrown) !== "ENOTEMPTY" && codeOf(thrown) !== "EEXIST") throw thrown;
    await rm(file, { recursive: true, force: true });
    await rename(temporary, file);
  }
}

function header(key: string, bytes: Uint8Array): Buffer {
  return Buffer.concat([MAGIC, createHash("sha256").update(key).update(bytes).digest()]);
}

function damaged(file: string, why: string): Warning {
  return { code: "W_STORE_ENTRY", message: `A stored card is damaged (${why}); it is made again.`, file };
}

function codeOf(thrown: unknown): unknown {
  return (thrown as { readonly code?: unknown } | undefined)?.code;
}
