import type { Ledger, PageResult } from "./types.ts";

/**
 * A run that is under way: iterate it for each page's result as it ends, await it for the ledger, or both. Leaving the
 * loop early ends the run.
 */
export interface Run extends AsyncIterable<PageResult>, PromiseLike<Ledger> {
  /** The number of pages, as soon as the source has been read to its end. */
  readonly total: number | undefined;
}

/** How the work tells of itself. */
export interface Reporter {
  result(result: PageResult): void;
  total(pages: number): void;
}

/** Starts the work, and gives out what it reports. */
export function startRun(work: (reporter: Reporter, signal: AbortSignal) => Promise<Ledger>): Run {
  const results: PageResult[] = [];
  const stop = new AbortController();
  let total: number | undefined;
  let wake = Promise.withResolvers<void>();
  let ended = false;

  const report: Reporter = {
    result(result) {
      results.push(result);
      wake.resolve();
      wake = Promise.withResolvers();
    },
    total(pages) {
      total = pages;
    },
  };
  const ledger = work(report, stop.signal).finally(() => {
    ended = true;
    wake.resolve();
  });
  // Whoever iterates or awaits learns of a failure there; it is not an unhandled rejection until then.
  ledger.catch(() => undefined);

  return {
    get total() {
      return total;
    },
    then: (onFulfilled, onRejected) => ledger.then(onFulfilled, onRejected),
    async *[Symbol.asyncIterator]() {
      let next = 0;
      try {
        for (;;) {
          const awake = wake.promise;
          for (; next < results.length; next++) yield results[next] as PageResult;
          if (ended && next === results.length) break;
          await awake;
        }
        await ledger;
      } finally {
        if (!ended) stop.abort(new Error("The run was left before its end."));
      }
    },
  };
}
