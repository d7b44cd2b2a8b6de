import { expect, test } from "vitest";
import { keptCards } from "../src/store/kept-cards.ts";
import type { Store } from "../src/types.ts";

function mapStore() {
  const entries = new Map<string, Uint8Array>();
  const store: Store = { get: async (key) => entries.get(key), set: async (key, bytes) => void entries.set(key, bytes) };
  return { entries, cards: keptCards(store) };
}

const BYTES = Buffer.from([0x89, 0x0a, 0, 0x0a, 255]);

test("a card is kept as its bytes", async () => {
  const { entries, cards } = mapStore();
  await cards.set("a".repeat(64), { bytes: BYTES, lost: [] });
  expect([...entries]).toEqual([["a".repeat(64), BYTES]]);
  expect(await cards.get("a".repeat(64))).toEqual({ bytes: BYTES, lost: [] });
  expect(await cards.get("b".repeat(64))).toBeUndefined();
});

test("one that lost words comes back with them, or not at all", async () => {
  const { entries, cards } = mapStore();
  const lost = ["words\nthat “did” not fit", "日本"];
  await cards.set("a".repeat(64), { bytes: BYTES, lost });
  expect(await cards.get("a".repeat(64))).toEqual({ bytes: BYTES, lost });
  expect(entries.size).toBe(1);
  entries.clear();
  expect(await cards.get("a".repeat(64))).toBeUndefined();
});

test.each(["", "\n", "not JSON\n", '{"a":1}\n', "[", '["words"]'])(
  "an entry with words that is none of ours is not there: %j",
  async (entry) => {
    const { entries, cards } = mapStore();
    await cards.set("a".repeat(64), { bytes: BYTES, lost: ["words"] });
    for (const key of entries.keys()) entries.set(key, Buffer.from(entry));
    expect(await cards.get("a".repeat(64))).toBeUndefined();
  },
);
