import { OgError } from "./error.ts";
import type { Ledger, PageResult, Status, Warning } from "./types.ts";

/** Counts what happens to every page. */
export function createLedger() {
  const results: PageResult[] = [];
  return {
    /** @param index the page's place in the source */
    add(index: number, result: PageResult): void {
      results[index] = result;
    },
    /** @throws OgError `E_LEDGER` when a page is in none of the counts */
    close(pages: number, ofTheRun: readonly Warning[]): Ledger {
      const counts: Record<Status, number> = { rendered: 0, cached: 0, fallback: 0, failed: 0, skipped: 0 };
      let written = 0;
      for (const result of results) {
        counts[result.status]++;
        if ("written" in result && result.written) written++;
      }
      const sum = Object.values(counts).reduce((total, count) => total + count, 0);
      if (sum !== pages)
        throw new OgError("E_LEDGER", `${pages} pages were found, but ${sum} are accounted for.`, {
          hint: "This is a bug in og-gen; please report it.",
        });
      return { pages, ...counts, written, warnings: [...results.flatMap((result) => result.warnings), ...ofTheRun], results };
    },
  };
}
