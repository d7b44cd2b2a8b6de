import { openSession, prepare, resolveOptions, type Job, type Options, type Page, type Warning } from "../packages/core/dist/internals.js";

export interface PreparedJob {
  readonly page: Page;
  readonly job: Job;
  readonly warnings: readonly Warning[];
}

/**
 * All jobs of a source, in order.
 * @throws OgError the first page's that cannot have the card that it asks for
 */
export async function jobsOf(options: Options): Promise<readonly PreparedJob[]> {
  const session = await openSession(resolveOptions({ cacheDir: false, ...options, force: true }));
  const jobs: PreparedJob[] = [];
  try {
    for await (const outcome of prepare(session)) {
      if (outcome.status === "skipped") continue;
      if (outcome.status === "failed" || outcome.error) throw outcome.error;
      const { page, cards, warnings } = outcome;
      for (const { job } of cards) jobs.push({ page, job: await job(), warnings });
    }
  } finally {
    session.watchdog.close();
  }
  return jobs;
}
