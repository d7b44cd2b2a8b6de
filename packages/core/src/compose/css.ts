import type { Properties } from "csstype";

/**
 * The style of an element: CSS in camelCase, a number where CSS has a length (pixels) or a plain number. A misspelt
 * name does not compile.
 */
export type CssProperties = Readonly<Properties<string | number>> & {
  /** Lines after which text is cut off with an ellipsis. */
  readonly lineClamp?: number | string | undefined;
  readonly textWrap?: "wrap" | "nowrap" | "balance" | "pretty" | undefined;
};
