import { statSync } from "node:fs";
import { collect } from "./collect/collect.ts";
import { compose } from "./compose/compose.ts";
import { FallbackCard } from "./compose/fallback.tsx";
import type { HostElement } from "./compose/jsx-runtime.ts";
import type { LoadedTemplate } from "./compose/template.ts";
import { createDrafter, type Draft } from "./draft.ts";
import { OgError, toOgError } from "./error.ts";
import type { ResolvedVariant } from "./options.ts";
import { readAhead } from "./read-ahead.ts";
import { pathBelow } from "./publish/paths.ts";
import { resolveJob } from "./resolve/job.ts";
import type { Session } from "./session.ts";
import type { FailedResult, Job, Page, Reason, SkippedResult, Warning } from "./types.ts";

/** One image that is ready to be painted, or known to be there. */
export interface PreparedCard {
  readonly variant: ResolvedVariant;
  readonly job: Job;
  /** Absolute path. */
  readonly file: string;
  readonly reason: Reason;
}

/** A page with its jobs and keys. */
export interface Prepared {
  readonly status: "prepared";
  readonly page: Page;
  readonly template: string;
  readonly cards: readonly [PreparedCard, ...PreparedCard[]];
  readonly warnings: readonly Warning[];
  /** Why these are not the cards that were asked for. */
  readonly error?: OgError | undefined;
  /** `performance.now()` when the page's turn began. */
  readonly started: number;
  /** What becomes of the page when one of its cards cannot be painted. */
  readonly without: (error: OgError) => Promise<Outcome>;
}

/** A page that is ready to be painted, or has already come to its end. */
export type Outcome = Prepared | SkippedResult | FailedResult;

/** Pages that are composed together, under one watchdog. */
const BATCH = 32;
/** Pages that are read ahead: some 10 MB of front matter. */
const MOST_WAITING = 10_000;
const PLAIN: LoadedTemplate = { name: "fallback", template: FallbackCard };

/** Collects, composes and resolves: every page as its jobs with their keys. */
export async function* prepare(session: Session, tellTotal: (pages: number) => void = () => undefined): AsyncGenerator<Outcome> {
  const draft = createDrafter(session);
  for await (const entries of readAhead(collect(session.options.source, session.options.limits), BATCH, MOST_WAITING, tellTotal)) {
    const drafts = await Promise.all(entries.map(draft));
    yield* await composeAll(session, drafts);
  }
}

async function composeAll(session: Session, drafts: readonly (Draft | SkippedResult)[]): Promise<readonly Outcome[]> {
  const whole = drafts.filter((draft) => !("status" in draft) && !draft.error) as readonly Draft[];
  const trees = new Map(zip(whole, await composeDrafts(session, whole)));
  const outcomes: Outcome[] = [];
  for (const draft of drafts) {
    if ("status" in draft) outcomes.push(draft);
    else outcomes.push(draft.error ? await without(session, draft, draft.error) : await resolve(session, draft, trees.get(draft) ?? []));
  }
  return outcomes;
}

/** The element trees of each draft, one per variant. */
async function composeDrafts(
  { options, watchdog }: Session,
  drafts: readonly Draft[],
): Promise<readonly (readonly (HostElement | OgError)[])[]> {
  const { variants, timeout, limits } = options;
  const compositions = drafts.flatMap(({ page, theme, templates }) =>
    variants.map((variant, index) => ({ page, theme, size: variant, variant: variant.name, template: templates[index] ?? PLAIN })),
  );
  const trees = await compose(compositions, timeout, limits, watchdog);
  return drafts.map((_draft, index) => trees.slice(index * variants.length, (index + 1) * variants.length));
}

async function resolve(session: Session, draft: Draft, trees: readonly (HostElement | OgError)[]): Promise<Outcome> {
  const { page, templates, files, started } = draft;
  const { variants, quality, limits } = session.options;
  try {
    const warnings = new Map(draft.warnings.map((warning) => [`${warning.code} ${warning.message}`, warning]));
    const cards: PreparedCard[] = [];
    for (const [index, variant] of variants.entries()) {
      const tree = trees[index];
      const file = files[index];
      if (tree instanceof OgError) throw tree;
      if (tree === undefined || file === undefined)
        throw new OgError("E_LEDGER", "A variant has neither a tree nor a path.", { hint: "Report this." });
      const resolved = await resolveJob(session.resolver, tree, page, { ...variant, quality, textCharacters: limits.textCharacters });
      for (const warning of resolved.warnings) warnings.set(`${warning.code} ${warning.message}`, warning);
      cards.push({ variant, job: resolved.job, file, reason: reasonFor(session, page, file, resolved.job.key) });
    }
    return {
      status: "prepared",
      page,
      template: templates[0]?.name ?? PLAIN.name,
      cards: cards as [PreparedCard, ...PreparedCard[]],
      warnings: [...warnings.values()],
      error: draft.error,
      started,
      without: (error) => without(session, draft, draft.error ?? error, error),
    };
  } catch (thrown) {
    const error = toOgError(thrown, "E_PAGE", { page: page.id, file: page.file });
    return without(session, draft, draft.error ?? error, error);
  }
}

/**
 * The page's next best card, one rung down: its own template without images where an image was at fault, then the plain
 * card; or its end, where `onError` or the error leaves no card.
 * @param error what the page reports
 * @param latest what stopped the rung above
 */
async function without(session: Session, draft: Draft, error: OgError, latest = error): Promise<Outcome> {
  const { page, warnings, started } = draft;
  const ms = performance.now() - started;
  const failed: FailedResult = { status: "failed", page, error, ms, warnings };
  const isPlain = draft.templates.includes(PLAIN);
  if (draft.files.length === 0 || latest.code === "E_WRITE" || isPlain || session.options.onError === "fail") return failed;
  if (session.options.onError === "skip") {
    const { code, message, hint, file, line, column } = error;
    const warning = { code, message, hint, page: page.id, file, line, column };
    return { status: "skipped", page, reason: `its card cannot be made (${code})`, ms, warnings: [...warnings, warning] };
  }
  const bare: Draft = {
    ...draft,
    page: { ...page, image: undefined, author: page.author && { name: page.author.name } },
    theme: { ...draft.theme, logo: undefined },
    templates: latest.code === "E_IMAGE" && !isBare(draft) ? draft.templates : draft.files.map(() => PLAIN),
    error,
  };
  const [trees = []] = await composeDrafts(session, [bare]);
  return resolve(session, bare, trees);
}

function isBare({ page, theme }: Draft): boolean {
  return page.image === undefined && page.author?.avatar === undefined && theme.logo === undefined;
}

/** Why a card has to be made, by what the last run's manifest says and what lies in `outDir`. */
function reasonFor({ options, manifest }: Session, page: Page, file: string, key: string): Reason {
  if (options.force) return "forced";
  const path = pathBelow(options.outDir, file);
  const known = Object.hasOwn(manifest.pages, page.id) ? manifest.pages[page.id]?.images.find((image) => image.file === path) : undefined;
  if (!known) return "new";
  if (statSync(file, { throwIfNoEntry: false })?.size !== known.bytes) return "missing";
  return known.key === key ? "current" : "changed";
}

function zip<A, B>(as: readonly A[], bs: readonly B[]): readonly (readonly [A, B])[] {
  return as.map((a, index) => [a, bs[index] as B] as const);
}
