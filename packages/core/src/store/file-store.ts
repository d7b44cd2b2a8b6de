import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { readFile, rm, stat, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { reasonOf } from "../error.ts";
import { withFile } from "../open-files.ts";
import type { Store, Warning } from "../types.ts";
import { codeOf, writeWhole } from "../whole-file.ts";

/** What an entry's file starts with; another layout gets another number. */
const MAGIC = Buffer.from("OGC1");
const DIGEST_BYTES = 32;
const HEADER_BYTES = MAGIC.length + DIGEST_BYTES;

/** There is no entry: no file, or no folder where its folder should be. */
const MISSING = new Set<unknown>(["ENOENT", "ENOTDIR"]);
/** Something that is not an entry stands in its place, or in that of its folder. */
const IN_THE_WAY = new Set<unknown>(["EISDIR", "ENOTEMPTY", "EEXIST", "ENOTDIR"]);

/** What stood in the place of a folder is not there any more; macOS says EPERM where others say EISDIR. */
const GONE = new Set<unknown>(["ENOENT", "EISDIR", "EPERM"]);

/**
 * A folder with a file per key, safe to share between processes: an entry appears whole or not at all. Its header is
 * the SHA-256 of key and bytes, so that a damaged, truncated or swapped entry is noticed, told once, and made again.
 * @param warn is told of each damaged entry, and, once for a cause, that the folder cannot be read or written
 */
export function createFileStore(folder: string, warn: (warning: Warning) => void): Store {
  const told = new Set<string>();
  let readOnly = false;
  const fileOf = (key: string) => join(folder, key.slice(0, 2), key);

  function tell(about: string, warning: Warning): void {
    if (told.has(about)) return;
    told.add(about);
    warn(warning);
  }

  return {
    async get(key) {
      const file = fileOf(key);
      if (isMissing(file)) return undefined;
      let entry: Buffer;
      try {
        entry = await withFile(() => readFile(file));
      } catch (thrown) {
        const code = codeOf(thrown);
        if (code === "EISDIR") tell(file, damaged(file, "there is a folder in its place"));
        else if (!MISSING.has(code)) tell(String(code), unreadable(folder, thrown));
        return undefined;
      }
      const bytes = entry.subarray(HEADER_BYTES);
      if (entry.subarray(0, HEADER_BYTES).equals(header(key, bytes))) return bytes;
      tell(file, damaged(file, "it is not what was stored"));
      return undefined;
    },

    async set(key, bytes) {
      if (readOnly) return;
      const file = fileOf(key);
      const entry = [header(key, bytes), bytes];
      try {
        await writeWhole(file, entry, folder).catch(async (thrown: unknown) => {
          if (!IN_THE_WAY.has(codeOf(thrown))) throw thrown;
          await clear(file);
          await writeWhole(file, entry, folder);
        });
      } catch (thrown) {
        readOnly = true;
        tell(String(codeOf(thrown)), unwritable(folder, thrown));
      }
    },
  };

  /** Takes away what stands in the place of an entry, or of its folder; the store's own folder is not touched. */
  async function clear(file: string): Promise<void> {
    const parent = dirname(file);
    const [atFile, atParent] = await Promise.all([file, parent].map((path) => stat(path).catch(() => undefined)));
    if (atFile?.isDirectory()) await rm(file, { recursive: true, force: true });
    if (!atParent?.isFile()) return;
    tell(parent, damaged(parent, "there is a file in the place of its folder"));
    // `rm` would empty the folder that another entry has made in the meantime.
    await unlink(parent).catch((thrown: unknown) => {
      if (!GONE.has(codeOf(thrown))) throw thrown;
    });
  }
}

/** Most cards of a first run are, and another thread that opens a file takes ten times as long to say so. */
function isMissing(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false }) === undefined;
  } catch {
    // Whoever reads it says what is wrong.
    return false;
  }
}

function header(key: string, bytes: Uint8Array): Buffer {
  return Buffer.concat([MAGIC, createHash("sha256").update(key).update(bytes).digest()]);
}

function damaged(file: string, why: string): Warning {
  return { code: "W_STORE_ENTRY", message: `A stored card is damaged (${why}); it is made again.`, file };
}

function unreadable(folder: string, thrown: unknown): Warning {
  return {
    code: "W_STORE_READ",
    message: `Cards that are kept in ${folder} cannot be read: ${reasonOf(thrown)}.`,
    hint: "They are made again. Make the folder and all that is in it readable, or name another as `cacheDir`.",
    file: folder,
  };
}

function unwritable(folder: string, thrown: unknown): Warning {
  return {
    code: "W_STORE_WRITE",
    message: `Cards cannot be kept in ${folder}: ${reasonOf(thrown)}.`,
    hint: "They are made again in the next run. Make the folder writable, or name another as `cacheDir`.",
    file: folder,
  };
}
