import { cardWarnings, degradedWarning } from "./card-warnings.ts";
import { toOgError } from "./error.ts";
import { formatOf } from "./format-of.ts";
import type { Painter } from "./painter.ts";
import type { Outcome, Prepared, PreparedCard } from "./prepare.ts";
import { manifestImages, removeManifest, type ManifestPage } from "./publish/manifest.ts";
import { imageSrc } from "./publish/paths.ts";
import { removeFile, writeFileAtomic } from "./publish/write-file.ts";
import type { Session } from "./session.ts";
import type { Card, Format, Page, PageResult, Warning } from "./types.ts";

/** What happened to a page, and what the manifest says of it. */
export interface Published {
  readonly result: PageResult;
  readonly listed?: ManifestPage | undefined;
}

interface PublishedCard {
  readonly card: Card;
  readonly painted: boolean;
  readonly written: boolean;
  readonly degraded: boolean;
  readonly warnings: readonly Warning[];
}

export interface Publisher {
  /** What became of a page for which there is nothing to do. */
  standing(outcome: Outcome): Published | undefined;
  /** Sees to it that the images of a page lie in `outDir`. */
  publish(outcome: Outcome): Promise<Published>;
  /** Resolves when no file is being written any more. */
  atRest(): Promise<unknown>;
}

/** @param ended once it aborts, nothing more is written */
export function createPublisher({ options, manifest }: Session, painter: Painter, ended: AbortSignal): Publisher {
  const writing = new Set<Promise<void>>();
  let ready: Promise<void> | undefined;

  async function publish(outcome: Outcome): Promise<Published> {
    if (outcome.status !== "prepared") return { result: outcome };
    const { page } = outcome;
    try {
      // All of them come to their end before a failed one is replaced, or a late one would replace its replacement.
      const settled = await Promise.allSettled(outcome.cards.map((card) => publishCard(outcome, card)));
      const made = settled.map((card) => {
        if (card.status === "rejected") throw card.reason;
        return card.value;
      });
      return published(outcome, made);
    } catch (thrown) {
      ended.throwIfAborted();
      return publish(await outcome.without(toOgError(thrown, "E_RENDER", { page: page.id, file: page.file })));
    }
  }

  function published(outcome: Prepared, made: readonly PublishedCard[]): Published {
    const { page, template, error, started } = outcome;
    const common = {
      page,
      template,
      cards: made.map(({ card }) => card) as unknown as [Card, ...Card[]],
      written: made.some(({ written }) => written),
      ms: performance.now() - started,
      warnings: [...outcome.warnings, ...made.flatMap(({ warnings }) => warnings)],
    };
    const result: PageResult = error
      ? { status: "fallback", error, ...common }
      : { status: made.some(({ painted }) => painted) ? "rendered" : "cached", ...common };
    const final = !error && !made.some(({ degraded }) => degraded);
    return { result, listed: { alt: common.cards[0].alt, template, images: manifestImages(options.outDir, common.cards, final) } };
  }

  /** A card whose image lies in `outDir` as it should be. */
  function currentCard({ page }: Prepared, prepared: PreparedCard): PublishedCard {
    const { bytes = 0, lost } = manifest.pages[page.id]?.images.find(({ key }) => key === prepared.key) ?? {};
    const format = prepared.known ?? prepared.variant.format;
    const card = { ...cardOf(page, prepared, format, prepared.key), bytes, lost: Array.isArray(lost) ? lost : undefined };
    return { card, painted: false, written: false, degraded: false, warnings: cardWarnings(page, card, prepared.variant.maxBytes) };
  }

  function cardOf(page: Page, { variant: { name, width, height }, files }: PreparedCard, format: Format, key: string): Omit<Card, "bytes"> {
    const file = files[format] as string;
    const src = imageSrc(options.base, options.publicPath, options.outDir, file, key);
    const url = options.site && new URL(src, options.site).href;
    return { variant: name, file, src, url, width, height, type: `image/${format}`, alt: page.card?.alt ?? page.title, key };
  }

  async function publishCard(outcome: Prepared, prepared: PreparedCard): Promise<PublishedCard> {
    const { page } = outcome;
    const { files, known, reason, variant } = prepared;
    if (reason === "current") return currentCard(outcome, prepared);
    // Whoever deletes one image wants another, so it is not taken from the store. (Whoever empties the folder deletes the
    // manifest too, and then nothing is missing: every image is new, and comes from the store.)
    const { key, bytes, painted, degraded, cause, lost } = await painter.paint(prepared, reason === "forced" || reason === "missing");
    const made = formatOf(bytes);
    const format = made && files[made] !== undefined ? made : variant.format;
    const card = { ...cardOf(page, prepared, format, key), bytes: bytes.length, lost: lost.length > 0 ? lost : undefined };
    await write(card.file, bytes, known === format ? undefined : known && files[known]);
    const warnings = [...(degraded ? [degradedWarning(page, cause)] : []), ...cardWarnings(page, card, prepared.variant.maxBytes)];
    return { card, painted, written: true, degraded, warnings };
  }

  /** @param replaced the image that the last run left, where it was of another format */
  async function write(file: string, bytes: Uint8Array, replaced: string | undefined): Promise<void> {
    ended.throwIfAborted();
    const written = (ready ??= removeManifest(options.outDir))
      .then(() => writeFileAtomic(file, bytes, options.outDir))
      .then(() => (replaced === undefined ? undefined : removeFile(replaced)))
      .finally(() => writing.delete(written));
    writing.add(written);
    await written;
  }

  function standing(outcome: Outcome): Published | undefined {
    if (outcome.status !== "prepared") return { result: outcome };
    if (outcome.cards.some(({ reason }) => reason !== "current")) return undefined;
    return published(
      outcome,
      outcome.cards.map((card) => currentCard(outcome, card)),
    );
  }

  return { standing, publish, atRest: () => Promise.allSettled(writing) };
}
