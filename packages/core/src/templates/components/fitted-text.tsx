import { h, type Element } from "../../compose/jsx-runtime.ts";
import type { CssProperties } from "../../compose/css.ts";

/** Scripts whose letters touch: closer together they would overlap. */
const JOINED = /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Nko}\p{Script=Devanagari}\p{Script=Bengali}]/u;
/** Scripts with marks above and below their letters, which need more room between the lines, and how much. */
const TALL =
  /[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Oriya}\p{Script=Sinhala}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u;
const TALL_LINE_HEIGHT = 1.4;

export interface FittedTextProps {
  readonly text: string;
  /** Pixels that a line may take. */
  readonly width: number;
  /** Pixels that all lines together may take. */
  readonly height: number;
  /** The largest font size, in pixels. */
  readonly max: number;
  /** The smallest font size, in pixels. */
  readonly min: number;
  /** Lines at most. Default: as many as `height` takes. */
  readonly lines?: number | undefined;
  /** A multiple of the font size; scripts with marks above and below their letters get at least 1.4. @default 1.12 */
  readonly lineHeight?: number | undefined;
  /** Lines of about the same length, rather than as full as they can be. @default true */
  readonly balanced?: boolean | undefined;
  /** No warning when words are lost: for a summary, which says the same at any length. @default false */
  readonly quiet?: boolean | undefined;
  readonly style?: CssProperties | undefined;
}

/**
 * Text at the largest whole font size from `max` to `min` at which it fits its box, as the layout itself measures it, in
 * lines of about the same length. A word is broken only where it is longer than a line at the smallest size. What does
 * not fit at the smallest size ends in an ellipsis, and that is a warning (`W_TEXT_CUT`) with the words that were lost.
 */
export function FittedText({ text, width, height, max, min, lines, lineHeight = 1.12, balanced, quiet, style }: FittedTextProps): Element {
  return h(
    "fitted-text",
    {
      width,
      height,
      max,
      min,
      lines,
      balanced,
      quiet,
      lineHeight: TALL.test(text) ? Math.max(lineHeight, TALL_LINE_HEIGHT) : lineHeight,
      style: { letterSpacing: JOINED.test(text) ? 0 : "-0.022em", ...style },
    },
    text,
  );
}
