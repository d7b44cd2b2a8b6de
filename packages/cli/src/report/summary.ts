import type { Ledger, Plan, Reason, Status } from "@og-gen/core";
import { count, digits, duration } from "./count.ts";
import type { Paint } from "./writer.ts";

const STATUSES: readonly (readonly [Status, Parameters<Paint>[0]])[] = [
  ["rendered", "green"],
  ["cached", "dim"],
  ["fallback", "yellow"],
  ["failed", "red"],
  ["skipped", "dim"],
];

/** Why a card would be made, in the order of the counts. */
const REASONS = ["new", "changed", "missing", "forced"] as const satisfies readonly Reason[];

/** `2,569 pages: 3 rendered, 2,566 cached in 1.4 s → public/og`. */
export function runSummary(
  ledger: Ledger,
  { ms, outDir, paint }: { readonly ms: number; readonly outDir: string; readonly paint: Paint },
): string {
  const parts = STATUSES.flatMap(([status, colour]) => (ledger[status] > 0 ? [paint(colour, `${digits(ledger[status])} ${status}`)] : []));
  const counts = parts.length > 0 ? `: ${parts.join(", ")}` : "";
  return `${count(ledger.pages, "page")}${counts} in ${duration(ms)} → ${outDir}`;
}

/** `Would make 3 of 2,569 images (2 new, 1 changed).` */
export function planSummary(plan: Plan): string {
  const { outdated, total, reasons } = counted(plan);
  return outdated === 0 ? `Nothing to do: ${upToDate(total)}` : `Would make ${digits(outdated)} of ${count(total, "image")} (${reasons}).`;
}

/** `3 of 2,569 images are missing or out of date (2 new, 1 changed).` */
export function checkSummary(plan: Plan): string {
  const { outdated, total, reasons } = counted(plan);
  return outdated === 0 ? upToDate(total) : `${digits(outdated)} of ${count(total, "image")} missing or out of date (${reasons}).`;
}

function counted({ planned }: Plan) {
  const cards = planned.flatMap((page) => page.cards);
  const numbers = REASONS.map((reason) => ({ reason, number: cards.filter((card) => card.reason === reason).length }));
  return {
    total: cards.length,
    outdated: numbers.reduce((sum, { number }) => sum + number, 0),
    reasons: numbers.flatMap(({ reason, number }) => (number > 0 ? [`${digits(number)} ${reason}`] : [])).join(", "),
  };
}

function upToDate(total: number): string {
  return `${count(total, "image")} up to date.`;
}
