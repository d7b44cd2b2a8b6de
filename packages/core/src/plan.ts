import { checkNode } from "./node-version.ts";
import { resolveOptions, type Options } from "./options.ts";
import type { Outcome } from "./prepare.ts";
import type { FailedResult, Plan, PlannedPage, SkippedResult, Warning } from "./types.ts";

/**
 * Everything that `generate()` does but painting and writing: what would be made, and why.
 * @throws OgError as `generate()` does
 */
export async function plan(options: Options = {}): Promise<Plan> {
  checkNode();
  const resolved = resolveOptions(options);
  // A command line loads this module for every run, and the rest only to look.
  const [{ openSession }, { prepare }] = await Promise.all([import("./session.ts"), import("./prepare.ts")]);
  const session = await openSession(resolved);
  try {
    const planned = await planAll(prepare(session), options.signal);
    return { ...planned, warnings: [...planned.warnings, ...session.warnings] };
  } finally {
    session.watchdog.close();
  }
}

async function planAll(outcomes: AsyncIterable<Outcome>, signal: AbortSignal | undefined): Promise<Plan> {
  const planned: PlannedPage[] = [];
  const skipped: SkippedResult[] = [];
  const failed: FailedResult[] = [];
  const warnings: Warning[] = [];
  for await (const outcome of outcomes) {
    signal?.throwIfAborted();
    warnings.push(...outcome.warnings);
    if (outcome.status === "skipped") skipped.push(outcome);
    else if (outcome.status === "failed") failed.push(outcome);
    else {
      const { page, template, error } = outcome;
      const cards = outcome.cards.map(({ variant, key, files, known, reason }) => ({
        variant: variant.name,
        file: files[known ?? variant.format] as string,
        key,
        width: variant.width,
        height: variant.height,
        reason,
      }));
      planned.push({ page, template, cards, error, warnings: outcome.warnings });
    }
  }
  return { pages: planned.length + skipped.length + failed.length, planned, skipped, failed, warnings };
}
