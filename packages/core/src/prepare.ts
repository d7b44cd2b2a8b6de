import { statSync } from "node:fs";
import { collect } from "./collect/collect.ts";
import type { EntryMemory } from "./collect/entry-text.ts";
import type { HostElement } from "./compose/jsx-runtime.ts";
import type { LoadedTemplate } from "./compose/template.ts";
import { createDrafter, type Draft, type Recalled } from "./draft.ts";
import { OgError, toOgError } from "./error.ts";
import type { ResolvedVariant } from "./options.ts";
import { lazily } from "./lazily.ts";
import { readAhead } from "./read-ahead.ts";
import { pathBelow, type CardFiles } from "./publish/paths.ts";
import { rememberCards } from "./recall/cards.ts";
import type { ResolvedJob } from "./resolve/job.ts";
import type { Session } from "./session.ts";
import type { FailedResult, Format, Job, Page, Reason, SkippedResult, Warning } from "./types.ts";

/** One image that is ready to be painted, or known to be there. */
export interface PreparedCard {
  readonly variant: ResolvedVariant;
  readonly key: string;
  /** Made when it is asked for, where the key is known from an earlier run. @throws OgError as for any page that has no card */
  readonly job: () => Promise<Job>;
  /** The paths that it may have, absolute. */
  readonly files: CardFiles;
  /** The format in which the last run left it in `outDir`. */
  readonly known?: Format | undefined;
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

const composing = lazily(() => import("./compose/compose.ts"));
const resolving = lazily(() => import("./resolve/job.ts"));

/** Pages that are composed together, under one watchdog. */
const BATCH = 32;
/** Pages that are read ahead: some 10 MB of front matter. */
const MOST_WAITING = 10_000;
const PLAIN: LoadedTemplate = {
  name: "fallback",
  template: async (input) => (await import("./compose/fallback.tsx")).FallbackCard(input),
};

/** Collects, composes and resolves: every page as its jobs with their keys. */
export async function* prepare(session: Session, tellTotal: (pages: number) => void = () => undefined): AsyncGenerator<Outcome> {
  const draft = await createDrafter(session);
  const { source, limits } = session.options;
  for await (const entries of readAhead(collect(source, limits, memoryOf(session)), BATCH, MOST_WAITING, tellTotal)) {
    const drafts = await Promise.all(entries.map(draft));
    yield* await composeAll(session, drafts);
  }
}

function memoryOf({ recall }: Session): EntryMemory {
  return {
    isEmpty: recall.isEmpty("entry"),
    get: (question) => recall.get("entry", question),
    set: (question, text) => recall.set("entry", question, text),
  };
}

async function composeAll(session: Session, drafts: readonly (Draft | SkippedResult)[]): Promise<readonly Outcome[]> {
  const whole = drafts.filter((draft) => !("status" in draft) && !draft.error && !draft.recalled) as readonly Draft[];
  const trees = new Map(zip(whole, await composeDrafts(session, whole)));
  for (const tree of [...trees.values()].flat()) if (!(tree instanceof OgError)) session.images.fetchAhead(tree);
  const outcomes: Outcome[] = [];
  for (const draft of drafts) {
    if ("status" in draft) outcomes.push(draft);
    else if (draft.recalled) outcomes.push(recalled(session, draft, draft.recalled));
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
  if (compositions.length === 0) return [];
  const { compose } = await composing();
  const trees = await compose(compositions, timeout, limits, watchdog);
  return drafts.map((_draft, index) => trees.slice(index * variants.length, (index + 1) * variants.length));
}

/** A page whose cards an earlier run knows; what paints them is only made for those that are to be painted. */
function recalled(session: Session, draft: Draft, { cards, template, load }: Recalled): Prepared {
  let whole: Promise<Draft> | undefined;
  let resolved: Promise<readonly ResolvedJob[]> | undefined;
  const loaded = () => (whole ??= load().then((templates) => ({ ...draft, templates, recalled: undefined })));
  async function make(): Promise<readonly ResolvedJob[]> {
    const loadedDraft = await loaded();
    const [trees = []] = await composeDrafts(session, [loadedDraft]);
    return resolveAll(session, loadedDraft, trees);
  }
  const jobs = () => (resolved ??= make());
  const ready = cards.map(({ key, warnings }, index) => ({
    key,
    warnings,
    job: async () => ((await jobs())[index] as ResolvedJob).job,
  }));
  const loadedIfPossible = () => loaded().catch(() => draft);
  return prepared(session, draft, template, ready, async (error) => without(session, await loadedIfPossible(), error));
}

async function resolve(session: Session, draft: Draft, trees: readonly (HostElement | OgError)[]): Promise<Outcome> {
  const { page, templates, question } = draft;
  try {
    const resolved = await resolveAll(session, draft, trees);
    if (question !== undefined && !draft.error) rememberCards(session.recall, question, resolved);
    const ready = resolved.map(({ job, warnings }) => ({ key: job.key, warnings, job: async () => job }));
    return prepared(session, draft, templates[0]?.name ?? PLAIN.name, ready, (error) =>
      without(session, draft, draft.error ?? error, error),
    );
  } catch (thrown) {
    const error = toOgError(thrown, "E_PAGE", { page: page.id, file: page.file });
    return without(session, draft, draft.error ?? error, error);
  }
}

/** @throws OgError */
async function resolveAll(session: Session, { page }: Draft, trees: readonly (HostElement | OgError)[]): Promise<readonly ResolvedJob[]> {
  const { variants, quality, optimize, limits } = session.options;
  const { resolveJob } = await resolving();
  const resolver = await session.resolver();
  const resolved: ResolvedJob[] = [];
  for (const [index, variant] of variants.entries()) {
    const tree = trees[index];
    if (tree instanceof OgError) throw tree;
    if (tree === undefined) throw new OgError("E_LEDGER", "A variant has no tree.", { hint: "Report this." });
    resolved.push(await resolveJob(resolver, tree, page, { ...variant, quality, optimize, textCharacters: limits.textCharacters }));
  }
  return resolved;
}

/** @throws OgError */
function prepared(
  session: Session,
  { page, files, warnings, error, started }: Draft,
  template: string,
  ready: readonly (Pick<PreparedCard, "key" | "job"> & Pick<ResolvedJob, "warnings">)[],
  without: Prepared["without"],
): Prepared {
  const cards = session.options.variants.map((variant, index): PreparedCard => {
    const card = ready[index];
    const paths = files[index];
    if (card === undefined || paths === undefined)
      throw new OgError("E_LEDGER", "A variant has neither a key nor a path.", { hint: "Report this." });
    return { variant, key: card.key, job: card.job, files: paths, ...standingOf(session, page, paths, card.key) };
  });
  const all = [...warnings, ...ready.flatMap((card) => card.warnings)];
  return {
    status: "prepared",
    page,
    template,
    cards: cards as unknown as [PreparedCard, ...PreparedCard[]],
    warnings: all.length < 2 ? all : [...new Map(all.map((warning) => [`${warning.code} ${warning.message}`, warning])).values()],
    error,
    started,
    without,
  };
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

/** What the last run's manifest says of a card, and why it has to be made, by that and by what lies in `outDir`. */
function standingOf({ options, manifest }: Session, page: Page, files: CardFiles, key: string): Pick<PreparedCard, "known" | "reason"> {
  const images = Object.hasOwn(manifest.pages, page.id) ? (manifest.pages[page.id]?.images ?? []) : [];
  for (const [known, file] of Object.entries(files) as readonly [Format, string][]) {
    const path = pathBelow(options.outDir, file);
    const image = images.find((image) => image.file === path);
    if (!image) continue;
    if (options.force) return { known, reason: "forced" };
    if (sizeOf(file) !== image.bytes) return { known, reason: "missing" };
    return { known, reason: image.key === key ? "current" : "changed" };
  }
  return { reason: options.force ? "forced" : "new" };
}

/** Bytes of a file; `undefined` where it is not there, or may not be looked at. */
function sizeOf(file: string): number | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false })?.size;
  } catch {
    return undefined;
  }
}

function zip<A, B>(as: readonly A[], bs: readonly B[]): readonly (readonly [A, B])[] {
  return as.map((a, index) => [a, bs[index] as B] as const);
}
