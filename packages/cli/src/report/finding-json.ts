import type { OgError, Warning } from "@og-gen/core";
import { fromCwd } from "./paths.ts";

/** A warning; what is not known is `null`. */
export interface JsonWarning {
  /** A permanent name, `W_…`, or `E_…` of an error. */
  readonly code: string;
  readonly message: string;
  /** What is particular to this page, such as the code points that no font has. */
  readonly detail: string | null;
  readonly hint: string | null;
  /** The page's id. */
  readonly page: string | null;
  /** Relative to the working directory, with forward slashes, as all paths in the JSON. */
  readonly file: string | null;
  /** 1-based. */
  readonly line: number | null;
  /** 1-based. */
  readonly column: number | null;
}

export type JsonError = Omit<JsonWarning, "detail">;

export function warningJson(warning: Warning, cwd: string): JsonWarning {
  return { ...errorJson(warning, cwd), detail: warning.detail ?? null };
}

export function errorJson({ code, message, hint, page, file, line, column }: Warning | OgError, cwd: string): JsonError {
  return {
    code,
    message,
    hint: hint ?? null,
    page: page ?? null,
    file: file === undefined ? null : fromCwd(file, cwd),
    line: line ?? null,
    column: column ?? null,
  };
}

/** The warnings that belong to no page: core lists them after those of the pages. */
export function runWarningsJson(
  all: readonly Warning[],
  pages: readonly { readonly warnings: readonly Warning[] }[],
  cwd: string,
): readonly JsonWarning[] {
  const ofPages = new Set(pages.flatMap(({ warnings }) => warnings));
  return all.filter((warning) => !ofPages.has(warning)).map((warning) => warningJson(warning, cwd));
}
