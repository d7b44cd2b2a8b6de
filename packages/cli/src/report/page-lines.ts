import type { PageResult, Plan, PlannedPage } from "@og-gen/core";
import { duration } from "./count.ts";
import { fromCwd, pageName } from "./paths.ts";
import { printable } from "./printable.ts";

/** Width of the longest status or reason. */
const LABEL = "rendered".length;

/** What happened to a page: `rendered blog/hello → public/og/blog/hello.png (84 KB, 31 ms)`. */
export function resultLine(result: PageResult, cwd: string): string {
  const page = printable(pageName(result.page.id));
  if (result.status === "skipped") return line(result.status, `${page} (${printable(result.reason)})`);
  if (result.status === "failed") return line(result.status, page);
  const files = result.cards.map(({ file }) => printable(fromCwd(file, cwd))).join(", ");
  const bytes = result.cards.reduce((sum, card) => sum + card.bytes, 0);
  return line(result.status, `${page} → ${files} (${Math.round(bytes / 1000)} KB, ${duration(result.ms)})`);
}

/**
 * What a run would do, a line per image: `changed  blog/hello → public/og/blog/hello.png (article)`.
 * @param all also what would stay as it is: current images and skipped pages
 */
export function planLines(
  { planned, failed, skipped }: Plan,
  { cwd, all }: { readonly cwd: string; readonly all: boolean },
): readonly string[] {
  return [
    ...planned.flatMap((page) => plannedLines(page, cwd, all)),
    ...failed.map((result) => resultLine(result, cwd)),
    ...(all ? skipped.map((result) => resultLine(result, cwd)) : []),
  ];
}

function plannedLines({ page, cards, template }: PlannedPage, cwd: string, all: boolean): readonly string[] {
  const shown = all ? cards : cards.filter(({ reason }) => reason !== "current");
  return shown.map(({ reason, file }) =>
    line(reason, `${printable(pageName(page.id))} → ${printable(fromCwd(file, cwd))} (${printable(template)})`),
  );
}

function line(label: string, text: string): string {
  return `${label.padEnd(LABEL)} ${text}`;
}
