import type { Card, Ledger, PageResult, Status } from "@og-gen/core";
import { errorJson, type JsonError, type JsonWarning, runWarningsJson, warningJson } from "./finding-json.ts";
import { fromCwd } from "./paths.ts";

/** One image. */
export interface JsonCard {
  readonly file: string;
  readonly width: number;
  readonly height: number;
  /** `image/png`, `image/jpeg` or `image/webp`. */
  readonly type: string;
  /** Size of the file. */
  readonly bytes: number;
  readonly key: string;
}

/** What happened to a page. What describes its primary image is `null` where it has none. */
export interface JsonResult {
  readonly id: string;
  readonly status: Status;
  readonly file: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly type: string | null;
  readonly bytes: number | null;
  readonly key: string | null;
  /** Time from the start of the page's turn to its end, in milliseconds; pages overlap. */
  readonly ms: number;
  readonly warnings: readonly JsonWarning[];
  /** All images, the primary one first, where the page has several. */
  readonly cards?: readonly (JsonCard & { readonly variant: string })[];
  /** Of `fallback` and `failed` pages. */
  readonly error?: JsonError;
  /** Of `skipped` pages. */
  readonly reason?: string;
}

/** What `--json` gives for a run: `pages = rendered + cached + fallback + failed + skipped`. */
export interface JsonReport extends Readonly<Record<Status, number>> {
  readonly pages: number;
  /** The number of warnings, `runWarnings` included. */
  readonly warnings: number;
  /** In page order. */
  readonly results: readonly JsonResult[];
  /** Warnings that belong to no page. */
  readonly runWarnings: readonly JsonWarning[];
}

export function ledgerJson(ledger: Ledger, cwd: string): JsonReport {
  const { pages, rendered, cached, fallback, failed, skipped, warnings, results } = ledger;
  return {
    pages,
    rendered,
    cached,
    fallback,
    failed,
    skipped,
    warnings: warnings.length,
    results: results.map((result) => resultJson(result, cwd)),
    runWarnings: runWarningsJson(warnings, results, cwd),
  };
}

const NO_CARD = { file: null, width: null, height: null, type: null, bytes: null, key: null };

function resultJson(result: PageResult, cwd: string): JsonResult {
  const { page, status, ms, warnings } = result;
  const cards = "cards" in result ? result.cards : [];
  const [primary] = cards;
  return {
    id: page.id,
    status,
    ...(primary ? cardJson(primary, cwd) : NO_CARD),
    ms: Math.round(ms),
    warnings: warnings.map((warning) => warningJson(warning, cwd)),
    ...(cards.length > 1 && { cards: cards.map((card) => ({ variant: card.variant, ...cardJson(card, cwd) })) }),
    ...("error" in result && { error: errorJson(result.error, cwd) }),
    ...("reason" in result && { reason: result.reason }),
  };
}

function cardJson({ file, width, height, type, bytes, key }: Card, cwd: string): JsonCard {
  return { file: fromCwd(file, cwd), width, height, type, bytes, key };
}
