import pLimit from "p-limit";
import { toOgError } from "./error.ts";
import { createLedger } from "./ledger.ts";
import { resolveOptions, type Options } from "./options.ts";
import { prepare, type Outcome, type Prepared, type PreparedCard } from "./prepare.ts";
import { manifestImages, writeManifest, type ManifestPage } from "./publish/manifest.ts";
import { imageSrc } from "./publish/paths.ts";
import { writeFileAtomic } from "./publish/write-file.ts";
import { startRun, type Run } from "./run.ts";
import { openSession, type Session } from "./session.ts";
import { createPainter, type Painter } from "./painter.ts";
import type { Card, Page, PageResult, Warning } from "./types.ts";

/** Pages under way for each renderer process: enough that none waits, few enough that their jobs do not pile up. */
const PAGES_PER_PROCESS = 16;

/**
 * Makes the cards of all pages: collect → compose → resolve → render → publish. Pages that look as they did keep their
 * images. A page that fails never costs another; what fails all of them (a wrong option, a template that does not
 * load, a folder that is not there) rejects.
 * @throws OgError `E_OPTION`, `E_SOURCE`, `E_TEMPLATE`, `E_FONT`, `E_WRITE` (the manifest)
 */
export function generate(options: Options): Run {
  return startRun(async (report, left) => {
    const session = await openSession(resolveOptions(options));
    const signal = AbortSignal.any([left, ...(options.signal ? [options.signal] : [])]);
    const painter = createPainter(session);
    const ledger = createLedger();
    const limit = pLimit(session.options.concurrency * PAGES_PER_PROCESS);
    const published = new Map<string, ManifestPage>();
    const onAbort = () => void painter.close();
    signal.addEventListener("abort", onAbort);

    async function finish(outcome: Outcome, index: number): Promise<void> {
      const result = await publish(session, painter, outcome);
      signal.throwIfAborted();
      if ("cards" in result) published.set(result.page.id, manifestPage(session, result));
      ledger.add(index, result);
      report.result(result);
    }

    try {
      const running = new Set<Promise<void>>();
      let pages = 0;
      for await (const outcome of prepare(session)) {
        signal.throwIfAborted();
        const index = pages++;
        const page = limit(() => finish(outcome, index)).finally(() => running.delete(page));
        running.add(page);
        page.catch(() => undefined);
        if (limit.pendingCount > 0) await Promise.race(running);
      }
      report.total(pages);
      await Promise.all(running);
      if (pages > 0) await writeManifest(session.options.outDir, published);
      return ledger.close(pages, session.warnings);
    } catch (thrown) {
      signal.throwIfAborted();
      throw thrown;
    } finally {
      signal.removeEventListener("abort", onAbort);
      await painter.close();
    }
  });
}

/** Sees to it that a page's images lie in `outDir`. */
async function publish(session: Session, painter: Painter, outcome: Outcome): Promise<PageResult> {
  if (outcome.status !== "prepared") return outcome;
  const { page, template, error, started } = outcome;
  try {
    const made = await Promise.all(outcome.cards.map((card) => publishCard(session, painter, outcome, card)));
    const common = {
      page,
      template,
      cards: made.map(({ card }) => card) as [Card, ...Card[]],
      written: made.some(({ written }) => written),
      ms: performance.now() - started,
      warnings: [...outcome.warnings, ...made.flatMap(({ warnings }) => warnings)],
    };
    if (error) return { status: "fallback", error, ...common };
    return { status: made.some(({ painted }) => painted) ? "rendered" : "cached", ...common };
  } catch (thrown) {
    return publish(session, painter, await outcome.without(toOgError(thrown, "E_RENDER", { page: page.id, file: page.file })));
  }
}

interface Published {
  readonly card: Card;
  readonly painted: boolean;
  readonly written: boolean;
  readonly warnings: readonly Warning[];
}

async function publishCard({ options, manifest }: Session, painter: Painter, { page }: Prepared, { variant, job, file, reason }: PreparedCard): Promise<Published> {
  const src = imageSrc(options.base, options.publicPath, options.outDir, file, job.key);
  const url = options.site && new URL(src, options.site).href;
  const { width, height, format, key } = job;
  const describe = (bytes: number): Card => ({ variant: variant.name, file, src, url, width, height, type: `image/${format}`, alt: page.card?.alt ?? page.title, bytes, key });
  if (reason === "current") {
    const card = describe(manifest.pages[page.id]?.images.find((image) => image.key === key)?.bytes ?? 0);
    return { card, painted: false, written: false, warnings: sizeWarnings(page, card) };
  }
  const { bytes, painted, warnings } = await painter.paint(job, page, reason === "forced");
  await writeFileAtomic(file, bytes);
  const card = describe(bytes.length);
  return { card, painted, written: true, warnings: [...warnings, ...sizeWarnings(page, card)] };
}

/** WhatsApp shows no picture above 600 KB. */
const MOST_BYTES = 600_000;

function sizeWarnings(page: Page, { bytes, type }: Card): readonly Warning[] {
  if (bytes <= MOST_BYTES) return [];
  return [
    {
      code: "W_BYTES",
      message: `The image is larger than ${MOST_BYTES / 1000} KB, the most that WhatsApp shows.`,
      hint: type === "image/png" ? 'Photographs are smaller with format "jpeg".' : "Lower `quality`, or use a calmer cover.",
      page: page.id,
      file: page.file,
    },
  ];
}

function manifestPage({ options }: Session, result: Extract<PageResult, { readonly cards: unknown }>): ManifestPage {
  return { alt: result.cards[0].alt, template: result.template, images: manifestImages(options.outDir, result.cards, result.status === "fallback") };
}
