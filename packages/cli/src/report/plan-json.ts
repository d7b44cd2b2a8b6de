import type { FailedResult, Plan, PlannedCard, PlannedPage, Reason, SkippedResult } from "@og-gen/core";
import { errorJson, type JsonError, type JsonWarning, runWarningsJson, warningJson } from "./finding-json.ts";
import { fromCwd } from "./paths.ts";

/** One image that a run would make, or leave as it is. */
export interface JsonPlannedCard {
  readonly file: string;
  readonly width: number;
  readonly height: number;
  readonly key: string;
  readonly reason: Reason;
}

/** What a run would do with a page. What describes its primary image is `null` where it would have none. */
export interface JsonPlannedPage {
  readonly id: string;
  readonly status: "planned" | "failed" | "skipped";
  readonly file: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly key: string | null;
  /** Why the primary image would be made (`current`: it would not), or why the page is skipped; `null` where it fails. */
  readonly reason: string | null;
  readonly template: string | null;
  readonly warnings: readonly JsonWarning[];
  /** All images, the primary one first, where the page has several. */
  readonly cards?: readonly (JsonPlannedCard & { readonly variant: string })[];
  /** Of `failed` pages, and of planned ones that would end as `fallback`. */
  readonly error?: JsonError;
}

/** What `--json` gives with `--dry-run` and `--check`. The reasons count images, `failed` and `skipped` count pages. */
export interface JsonPlan extends Readonly<Record<Reason, number>> {
  readonly pages: number;
  readonly failed: number;
  readonly skipped: number;
  /** The number of warnings, `runWarnings` included. */
  readonly warnings: number;
  /** Planned pages in page order, then failed ones, then skipped ones. */
  readonly results: readonly JsonPlannedPage[];
  /** Warnings that belong to no page. */
  readonly runWarnings: readonly JsonWarning[];
}

export function planJson({ pages, planned, failed, skipped, warnings }: Plan, cwd: string): JsonPlan {
  const cards = planned.flatMap((page) => page.cards);
  const number = (reason: Reason) => cards.filter((card) => card.reason === reason).length;
  return {
    pages,
    new: number("new"),
    changed: number("changed"),
    missing: number("missing"),
    forced: number("forced"),
    current: number("current"),
    failed: failed.length,
    skipped: skipped.length,
    warnings: warnings.length,
    results: [
      ...planned.map((page) => plannedJson(page, cwd)),
      ...failed.map((page) => ({ ...cardlessJson(page, cwd), error: errorJson(page.error, cwd) })),
      ...skipped.map((page) => ({ ...cardlessJson(page, cwd), reason: page.reason })),
    ],
    runWarnings: runWarningsJson(warnings, [...planned, ...failed, ...skipped], cwd),
  };
}

const NO_CARD = { file: null, width: null, height: null, key: null, reason: null };

function plannedJson({ page, template, cards, warnings, error }: PlannedPage, cwd: string): JsonPlannedPage {
  const [primary] = cards;
  return {
    id: page.id,
    status: "planned",
    ...(primary ? cardJson(primary, cwd) : NO_CARD),
    template,
    warnings: warnings.map((warning) => warningJson(warning, cwd)),
    ...(cards.length > 1 && { cards: cards.map((card) => ({ variant: card.variant, ...cardJson(card, cwd) })) }),
    ...(error && { error: errorJson(error, cwd) }),
  };
}

function cardlessJson({ page, status, warnings }: FailedResult | SkippedResult, cwd: string): JsonPlannedPage {
  return { id: page.id, status, ...NO_CARD, template: null, warnings: warnings.map((warning) => warningJson(warning, cwd)) };
}

function cardJson({ file, width, height, key, reason }: PlannedCard, cwd: string): JsonPlannedCard {
  return { file: fromCwd(file, cwd), width, height, key, reason };
}
