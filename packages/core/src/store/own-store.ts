import { types } from "node:util";
import { reasonOf } from "../error.ts";
import type { Store, Warning } from "../types.ts";
import { isWholeCard } from "./kept-cards.ts";

/** Said in place of an answer that did not come. */
const LATE = Symbol("late");

/**
 * A user's own store as one that never fails: what cannot be read counts as not there, what cannot be kept is made again,
 * and each trouble is told once. Where an answer does not come within `ms`, that side of the store (reading or writing) is
 * not asked again, so that it costs a run that long and not each card.
 * @param ms what one `get` or `set` may take
 * @param signal once it aborts, nothing is asked or waited for any more
 */
export function createOwnStore(store: Store, ms: number, warn: (warning: Warning) => void, signal?: AbortSignal): Store {
  const told = new Set<string>();

  function tell(warning: Warning): void {
    if (told.has(warning.code)) return;
    told.add(warning.code);
    warn(warning);
  }

  /** What `ask` resolves with; `undefined` where it fails, which is told. */
  function asker(trouble: (reason: string) => Warning) {
    let isSilent = false;
    return async <T>(ask: () => Promise<T>): Promise<T | undefined> => {
      if (isSilent || signal?.aborted) return undefined;
      try {
        const answer = await inTime(ask(), ms, signal);
        if (answer !== LATE) return answer;
        if (signal?.aborted) return undefined;
        isSilent = true;
        tell(trouble(`no answer within ${ms} ms`));
      } catch (thrown) {
        tell(trouble(reasonOf(thrown)));
      }
      return undefined;
    };
  }

  const read = asker(unreadable);
  const write = asker(unwritable);
  return {
    async get(key) {
      const bytes: unknown = await read(() => store.get(key));
      if (bytes === undefined || bytes === null) return undefined;
      if (types.isUint8Array(bytes) && isWholeCard(bytes)) return bytes;
      tell(wrongEntry(types.isUint8Array(bytes) ? "what is no whole image" : `not a Uint8Array, but ${kindOf(bytes)}`));
      return undefined;
    },
    async set(key, bytes) {
      await write(() => store.set(key, bytes));
    },
  };
}

async function inTime<T>(answer: Promise<T>, ms: number, signal: AbortSignal | undefined): Promise<T | typeof LATE> {
  const late = Promise.withResolvers<typeof LATE>();
  const end = () => late.resolve(LATE);
  const timer = setTimeout(end, ms);
  signal?.addEventListener("abort", end);
  try {
    return await Promise.race([answer, late.promise]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", end);
  }
}

function kindOf(value: unknown): string {
  return typeof value === "object" ? Object.prototype.toString.call(value).slice("[object ".length, -1) : `a ${typeof value}`;
}

function unreadable(reason: string): Warning {
  return {
    code: "W_STORE_READ",
    message: `The project's own \`store\` cannot be read: ${reason}.`,
    hint: "The cards are made again. Look at its `get`.",
  };
}

function unwritable(reason: string): Warning {
  return {
    code: "W_STORE_WRITE",
    message: `Cards cannot be kept in the project's own \`store\`: ${reason}.`,
    hint: "They are made again in the next run. Look at its `set`.",
  };
}

function wrongEntry(what: string): Warning {
  return {
    code: "W_STORE_ENTRY",
    message: `The project's own \`store\` gave ${what}; the card is made again.`,
    hint: "Its `get` resolves with the bytes that were set, or with undefined where there are none.",
  };
}
