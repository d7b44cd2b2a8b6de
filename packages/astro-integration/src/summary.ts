import type { Ledger } from "@og-gen/core";

const STATUSES = ["rendered", "cached", "fallback", "failed", "skipped"] as const;

/** `218 pages: 3 rendered, 215 cached in 1.2s`. */
export function summary(ledger: Ledger, ms: number): string {
  const counts = STATUSES.flatMap((status) => (ledger[status] > 0 ? [`${ledger[status]} ${status}`] : []));
  return `${ledger.pages} ${ledger.pages === 1 ? "page" : "pages"}: ${counts.join(", ")} in ${(ms / 1000).toFixed(1)}s`;
}
