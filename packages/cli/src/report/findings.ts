import type { PageResult, Plan, Warning } from "@og-gen/core";
import { OgError } from "@og-gen/core/command";
import { digits } from "./count.ts";

/** Where a finding was made. */
export interface Place {
  readonly page?: string | undefined;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  /** What is particular to this place. */
  readonly detail?: string | undefined;
}

/** One thing to tell, and all places where it holds. */
export interface Finding {
  readonly severity: "error" | "warning";
  /** A permanent name, `E_…` or `W_…`; none for a bug of ours. */
  readonly code: string | undefined;
  readonly message: string;
  readonly hint?: string | undefined;
  /** In page order. */
  readonly places: readonly Place[];
}

/** The errors of a run, in page order. */
export function errorsOf(results: readonly PageResult[]): readonly Finding[] {
  return results.flatMap((result) => ("error" in result ? [errorFinding(result.error, result.page.id)] : []));
}

/** The errors that a run would have, as far as they are known before it. */
export function plannedErrorsOf({ planned, failed }: Plan): readonly Finding[] {
  return [...planned, ...failed].flatMap(({ error, page }) => (error ? [errorFinding(error, page.id)] : []));
}

export function errorFinding(error: OgError, page = error.page): Finding {
  const { code, message, hint, file, line, column } = error;
  return { severity: "error", code, message, hint, places: page === undefined && file === undefined ? [] : [{ page, file, line, column }] };
}

/** With `--strict` a warning is an error. */
export function warningFinding(warning: Warning, strict: boolean): Finding {
  const { code, message, hint, page, file, line, column, detail } = warning;
  const places = page === undefined && file === undefined && detail === undefined ? [] : [{ page, file, line, column, detail }];
  return { severity: strict ? "error" : "warning", code, message, hint, places };
}

/** Says what holds for many places once: errors first, each in the order of its first place. */
export function grouped(findings: readonly Finding[]): readonly Finding[] {
  const groups = Map.groupBy(findings, ({ severity, code, message, hint }) => JSON.stringify([severity, code, message, hint]));
  const merged = [...groups.values()].flatMap(([first, ...others]) =>
    first ? [{ ...first, places: [first, ...others].flatMap(({ places }) => places) }] : [],
  );
  return [...merged.filter(({ severity }) => severity === "error"), ...merged.filter(({ severity }) => severity === "warning")];
}

/** Keeps the first few of each kind of warning, and says how many more there are; errors all stay. */
export function abridged(findings: readonly Finding[], kept: number): readonly Finding[] {
  const errors = findings.filter(({ severity }) => severity === "error");
  const kinds = Map.groupBy(
    findings.filter(({ severity }) => severity === "warning"),
    ({ code }) => code,
  );
  const warnings = [...kinds].flatMap(([code, ofKind]): readonly Finding[] => {
    if (ofKind.length <= kept) return ofKind;
    const message = `There are ${digits(ofKind.length - kept)} more of these (--verbose shows all).`;
    return [...ofKind.slice(0, kept), { severity: "warning", code, message, places: [] }];
  });
  return [...errors, ...warnings];
}
