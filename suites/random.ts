/** What happens at random can happen again: `SUITES_SEED=<the number that was printed>`. */
export const SEED = Number(process.env["SUITES_SEED"] ?? Date.now() % 1_000_000);

/** Numbers from 0 to 1, the same for the same seed: mulberry32, Tommy Ettinger, public domain. */
export function randomNumbers(seed = SEED): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  return items
    .map((item) => ({ item, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
