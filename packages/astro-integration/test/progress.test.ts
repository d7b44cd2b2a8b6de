import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startProgress } from "../src/progress.ts";
import { summary } from "../src/summary.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a long run says how far it is before Astro says that it waits, and is silent once it is over", () => {
  const lines: string[] = [];
  const progress = startProgress(9, (line) => lines.push(line));
  progress.step();
  vi.advanceTimersByTime(2500);
  progress.step();
  progress.step();
  vi.advanceTimersByTime(2500);
  progress.stop();
  vi.advanceTimersByTime(9000);
  expect(lines).toEqual(["1 of 9 pages…", "3 of 9 pages…"]);
});

test("the summary names what there was", () => {
  const ledger = { pages: 218, rendered: 3, cached: 215, fallback: 0, failed: 0, skipped: 0, written: 3, warnings: [], results: [] };
  expect(summary(ledger, 1234)).toBe("218 pages: 3 rendered, 215 cached in 1.2s");
  expect(summary({ ...ledger, pages: 1, rendered: 0, cached: 0, failed: 1 }, 40)).toBe("1 page: 1 failed in 0.0s");
});
