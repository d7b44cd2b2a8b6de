import { expect, test } from "vitest";
import { createPainter, type Paintable } from "../src/painter.ts";
import type { Job, Rendering, Store } from "../src/types.ts";

const [OLD, NEW] = [Uint8Array.of(1), Uint8Array.of(2)];

/** A painter whose store has a card already, and whose renderer answers in turn. */
function painterWith(...answers: readonly (Rendering | Error)[]) {
  const kept = new Map<string, Uint8Array>([["key", OLD]]);
  const store: Store = { get: async (key) => kept.get(key), set: async (key, bytes) => void kept.set(key, bytes) };
  const left = [...answers];
  const render = async (): Promise<Rendering> => {
    const answer = left.shift() ?? new Error("nothing is left to answer");
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const renderer = { render, close: async () => undefined };
  return createPainter(store, { open: async () => renderer, close: async () => undefined });
}

const CARD: Paintable = { key: "key", job: async () => ({ key: "key" }) as Job };
const rendering = { bytes: NEW, lost: [], degraded: false };

test("what the store has is not painted", async () => {
  expect(await painterWith().paint(CARD, false)).toMatchObject({ bytes: OLD, painted: false });
});

test("painted anew once for all pages that look the same", async () => {
  const painter = painterWith(rendering);
  for (let page = 0; page < 3; page++) expect((await painter.paint(CARD, true)).painted).toBe(true);
});

test("a page that is to be painted anew gets no old card because another one failed", async () => {
  const painter = painterWith(new Error("broken"), { ...rendering, degraded: true }, rendering);
  await expect(painter.paint(CARD, true)).rejects.toThrow("broken");
  expect(await painter.paint(CARD, true)).toMatchObject({ bytes: NEW, degraded: true });
  expect(await painter.paint(CARD, true)).toMatchObject({ bytes: NEW, degraded: false, painted: true });
});
