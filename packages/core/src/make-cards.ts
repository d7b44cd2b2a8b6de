import pLimit from "p-limit";
import { reasonOf } from "./error.ts";
import type { LazyRenderer } from "./lazy-renderer.ts";
import { createLedger } from "./ledger.ts";
import type { ResolvedOptions } from "./options.ts";
import { createPainter } from "./painter.ts";
import { prepare, type Outcome } from "./prepare.ts";
import { writeManifest, type ManifestPage } from "./publish/manifest.ts";
import { createPublisher, type Published } from "./publisher.ts";
import type { Reporter } from "./run.ts";
import { openSession, type Session } from "./session.ts";
import type { Ledger } from "./types.ts";
import { sweep } from "./whole-file.ts";

/** Pages under way for each renderer process: enough that the pool starts all of them, few enough that jobs do not pile up. */
const PAGES_PER_PROCESS = 60;

/**
 * The story of a run: each page from its source to its image, and the ledger at the end.
 * @param renderer is closed at the end
 * @throws OgError as `generate()` does; `signal`'s reason when it aborts
 */
export async function makeCards(options: ResolvedOptions, renderer: LazyRenderer, report: Reporter, signal: AbortSignal): Promise<Ledger> {
  const session = await unlessAborted(openSession(options), signal);
  const painter = createPainter(session.store, renderer);
  const over = new AbortController();
  const { standing, publish, atRest } = createPublisher(session, painter, AbortSignal.any([signal, over.signal]));
  const ledger = createLedger();
  const manifest = new Map<string, ManifestPage>();
  const limit = pLimit(session.options.concurrency * PAGES_PER_PROCESS);

  async function finish(outcome: Outcome, index: number): Promise<void> {
    signal.throwIfAborted();
    const published = await publish(outcome);
    signal.throwIfAborted();
    tell(published, index);
  }

  function tell({ result, listed }: Published, index: number): void {
    if (listed) manifest.set(result.page.id, listed);
    ledger.add(index, result);
    report.result(result);
  }

  async function all(): Promise<Ledger> {
    const running = new Set<Promise<void>>();
    let pages = 0;
    for await (const outcome of prepare(session, report.total)) {
      signal.throwIfAborted();
      const index = pages++;
      const finished = standing(outcome);
      if (finished) {
        tell(finished, index);
        continue;
      }
      // One that rejects stays, to be awaited below.
      const page = limit(() => finish(outcome, index)).then(() => void running.delete(page));
      page.catch(() => undefined);
      running.add(page);
      if (limit.pendingCount > 0) await Promise.race(running);
    }
    await Promise.all(running);
    // The renderers end while the rest is written.
    void painter.close();
    const isListed = manifest.size > 0 || Object.keys(session.manifest.pages).length > 0;
    if (isListed) await tellManifest(session, manifest);
    await session.recall.save();
    return ledger.close(pages, session.warnings);
  }

  try {
    return await unlessAborted(all(), signal);
  } finally {
    over.abort();
    session.watchdog.close();
    await Promise.all([painter.close(), atRest(), sweepFolders(session)]);
  }
}

/** The work's end, or the signal: a source or a renderer that never answers is not waited for. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener("abort", abort);
  if (signal.aborted) abort();
  work.catch(() => undefined);
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", abort);
    signal.throwIfAborted();
  }
}

/** Also what the runs left that were killed while this one was under way. */
async function sweepFolders({ options: { outDir, cacheDir } }: Session): Promise<void> {
  await Promise.all([outDir, cacheDir].map((folder) => folder && sweep(folder)));
}

async function tellManifest({ options, warnings, manifest }: Session, pages: ReadonlyMap<string, ManifestPage>): Promise<void> {
  try {
    await writeManifest(options.outDir, pages, manifest);
  } catch (thrown) {
    warnings.push({
      code: "W_MANIFEST_WRITE",
      message: `The manifest cannot be written: ${reasonOf(thrown)}.`,
      hint: "Without it the next run takes every image for a new one.",
      file: options.outDir,
    });
  }
}
