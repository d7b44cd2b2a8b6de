import { createHash } from "node:crypto";
import type { Store } from "../types.ts";

/**
 * The words that did not fit a card, kept beside it under a key of their own, so that a card that comes from the store
 * still has its warning. Most cards have none, and nothing is kept for them.
 */
export function createLostWords(store: Store) {
  return {
    async get(key: string): Promise<readonly string[]> {
      const bytes = await store.get(keyOfWords(key));
      return bytes ? (JSON.parse(Buffer.from(bytes).toString("utf8")) as readonly string[]) : [];
    },
    async set(key: string, lost: readonly string[]): Promise<void> {
      await store.set(keyOfWords(key), Buffer.from(JSON.stringify(lost)));
    },
  };
}

function keyOfWords(key: string): string {
  return createHash("sha256").update(`lost words of ${key}`).digest("hex");
}
