import type { OgError, Warning } from "@og-gen/core";
import { fromCwd } from "./paths.ts";

/** A warning; what is not known is `null`. */
export interface JsonWarning {
  /** A permanent name, `W_…`, or `E_…` of an error. */
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  /** The page's id. */
  readonly page: string | null;
  /** Relative to the working directory, with forward slashes, as all paths in the JSON. */
  readonly file: string | null;
  /** 1-based. */
  readonly line: number | null;
}

export interface JsonError extends JsonWarning {
  /** 1-based. */
  readonly column: number | null;
}

export function warningJson({ code, message, hint, page, file, line }: Warning | OgError, cwd: string): JsonWarning {
  return {
    code,
    message,
    hint: hint ?? null,
    page: page ?? null,
    file: file === undefined ? null : fromCwd(file, cwd),
    line: line ?? null,
  };
}

export function errorJson(error: OgError, cwd: string): JsonError {
  return { ...warningJson(error, cwd), column: error.column ?? null };
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
