import { resolveOptions, type Options } from "./options.ts";
import { prepare } from "./prepare.ts";
import { openSession, type Session } from "./session.ts";
import type { FailedResult, Plan, PlannedPage, SkippedResult, Warning } from "./types.ts";

/**
 * Everything that `generate()` does but painting and writing: what would be made, and why.
 * @throws OgError as `generate()` does
 */
export async function plan(options: Options): Promise<Plan> {
  const session = await openSession(resolveOptions(options));
  try {
    return await planAll(session, options.signal);
  } finally {
    session.watchdog.close();
  }
}

async function planAll(session: Session, signal: AbortSignal | undefined): Promise<Plan> {
  const planned: PlannedPage[] = [];
  const skipped: SkippedResult[] = [];
  const failed: FailedResult[] = [];
  const warnings: Warning[] = [];
  for await (const outcome of prepare(session)) {
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
  return { pages: planned.length + skipped.length + failed.length, planned, skipped, failed, warnings: [...warnings, ...session.warnings] };
}
