import type { Store } from "../types.ts";

/** Keeps nothing. */
export const noStore: Store = {
  get: async () => undefined,
  set: async () => undefined,
};
