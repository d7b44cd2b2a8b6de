import { createHash } from "node:crypto";
import { isWhole } from "../format-of.ts";
import type { Store } from "../types.ts";

/** What is kept of a card. */
export interface KeptCard {
  /** The encoded image. */
  readonly bytes: Uint8Array;
  /** The words that did not fit, of each text that was cut off. */
  readonly lost: readonly string[];
}

/**
 * Cards in a store. Most are kept as their bytes. One that lost words is kept with them, in one entry under a key of its
 * own, so that it never comes from the store without its warning.
 */
export function keptCards(store: Store) {
  return {
    async get(key: string): Promise<KeptCard | undefined> {
      const bytes = await store.get(key);
      if (bytes) return { bytes, lost: [] };
      const entry = await store.get(keyWithWords(key));
      return entry && unpack(entry);
    },
    async set(key: string, { bytes, lost }: KeptCard): Promise<void> {
      if (lost.length === 0) await store.set(key, bytes);
      else await store.set(keyWithWords(key), pack(bytes, lost));
    },
  };
}

/** Whether an entry is a whole card, with or without words. */
export function isWholeCard(entry: Uint8Array): boolean {
  return isWhole(entry) || isWhole(unpack(entry)?.bytes ?? entry);
}

function keyWithWords(key: string): string {
  return createHash("sha256").update(`with lost words: ${key}`).digest("hex");
}

/** The words as JSON, on a line before the bytes. */
function pack(bytes: Uint8Array, lost: readonly string[]): Uint8Array {
  return Buffer.concat([Buffer.from(`${JSON.stringify(lost)}\n`), bytes]);
}

/** `undefined` for what `pack` has not made. */
function unpack(entry: Uint8Array): KeptCard | undefined {
  const end = entry.indexOf(0x0a);
  try {
    const lost: unknown = JSON.parse(Buffer.from(entry.subarray(0, Math.max(end, 0))).toString("utf8"));
    return Array.isArray(lost) ? { bytes: entry.subarray(end + 1), lost: lost.map(String) } : undefined;
  } catch {
    return undefined;
  }
}
