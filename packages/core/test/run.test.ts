import { describe, expect, test } from "vitest";
import { startRun, type Reporter } from "../src/run.ts";
import type { Ledger, SkippedResult } from "../src/types.ts";

const LEDGER: Ledger = { pages: 0, rendered: 0, cached: 0, fallback: 0, failed: 0, skipped: 0, written: 0, warnings: [], results: [] };

function result(id: string): SkippedResult {
  return { status: "skipped", page: { id }, reason: "test", ms: 0, warnings: [] };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Work that reports when it is told to. */
function controlled() {
  const { promise, resolve, reject } = Promise.withResolvers<Ledger>();
  let reporter: Reporter | undefined;
  let signal: AbortSignal | undefined;
  const run = startRun((report, left) => {
    reporter = report;
    signal = left;
    return promise;
  });
  return {
    run,
    end: resolve,
    fail: reject,
    report: (id: string) => reporter?.result(result(id)),
    total: (pages: number) => reporter?.total(pages),
    signal: () => signal,
  };
}

async function idsOf(run: AsyncIterable<{ readonly page: { readonly id: string } }>): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const { page } of run) ids.push(page.id);
  return ids;
}

describe("iterating", () => {
  test("gives each result once, in the order of their ends, whenever they come", async () => {
    const { run, report, end } = controlled();
    report("before");
    const ids = idsOf(run);
    await turn();
    report("a");
    report("b");
    await turn();
    report("c");
    report("last");
    end(LEDGER);
    expect(await ids).toEqual(["before", "a", "b", "c", "last"]);
  });

  test("ends although nothing was reported", async () => {
    const { run, end } = controlled();
    end(LEDGER);
    expect(await idsOf(run)).toEqual([]);
  });

  test("can be done twice, and after the end", async () => {
    const { run, report, end } = controlled();
    const [first, second] = [idsOf(run), idsOf(run)];
    report("a");
    await turn();
    report("b");
    end(LEDGER);
    expect(await first).toEqual(["a", "b"]);
    expect(await second).toEqual(["a", "b"]);
    expect(await idsOf(run)).toEqual(["a", "b"]);
  });

  test("throws what ended the work, after the results before it", async () => {
    const { run, report, fail } = controlled();
    const seen: string[] = [];
    report("a");
    fail(new Error("boom"));
    await expect(
      (async () => {
        for await (const { page } of run) seen.push(page.id);
      })(),
    ).rejects.toThrow("boom");
    expect(seen).toEqual(["a"]);
  });

  test("leaving early tells the work to stop", async () => {
    const { run, report, signal, end } = controlled();
    report("a");
    for await (const { page } of run) {
      expect(page.id).toBe("a");
      break;
    }
    expect(signal()?.aborted).toBe(true);
    end(LEDGER);
    await run;
  });

  test("reaching the end does not", async () => {
    const { run, report, signal, end } = controlled();
    report("a");
    end(LEDGER);
    await idsOf(run);
    expect(signal()?.aborted).toBe(false);
  });
});

describe("awaiting", () => {
  test("gives the ledger, with or without iterating", async () => {
    const { run, end } = controlled();
    end(LEDGER);
    expect(await run).toBe(LEDGER);
    expect(await idsOf(run)).toEqual([]);
    expect(await run).toBe(LEDGER);
  });

  test("rejects with what the work threw, each time", async () => {
    const { run, fail } = controlled();
    fail(new Error("boom"));
    await expect(Promise.resolve(run)).rejects.toThrow("boom");
    await expect(Promise.resolve(run)).rejects.toThrow("boom");
  });

  test("a run that nobody looks at is no unhandled rejection", async () => {
    const unhandled: unknown[] = [];
    const listen = (reason: unknown) => void unhandled.push(reason);
    process.on("unhandledRejection", listen);
    const { fail } = controlled();
    fail(new Error("boom"));
    await turn();
    await turn();
    process.off("unhandledRejection", listen);
    expect(unhandled).toEqual([]);
  });
});

test("the total is known once it is told", () => {
  const { run, total } = controlled();
  expect(run.total).toBeUndefined();
  total(7);
  expect(run.total).toBe(7);
});
