import { h, type Element } from "../../compose/jsx-runtime.ts";
import type { CssProperties } from "../../compose/css.ts";

/** Scripts whose letters touch, and would overlap closer together; and those whose lines would break inside of words. */
const UNTIGHTENED =
  /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Nko}\p{Script=Devanagari}\p{Script=Bengali}]/u;
/** Scripts with marks above and below their letters. */
const TALL =
  /[\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Oriya}\p{Script=Sinhala}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u;
/** Which decomposed texts need how much room between their lines, the highest first: with less, marks touch the line above. */
const ROOM: readonly (readonly [letters: RegExp, lineHeight: number])[] = [
  [/\p{Script=Arabic}/u, 1.5],
  [TALL, 1.4],
  // Ẩ and ễ.
  [/\p{L}\p{Mn}{2}/u, 1.3],
  // Å and É.
  [/\p{Lu}\p{Mn}/u, 1.16],
];

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
  /** A multiple of the font size; more where marks above or below the letters need it, up to 1.5 for Arabic. @default 1.12 */
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
      lineHeight: Math.max(lineHeight, roomFor(text)),
      style: { letterSpacing: UNTIGHTENED.test(text) ? 0 : "-0.022em", ...style },
    },
    text,
  );
}

/** The line height that marks above and below the letters of a text need; 0 where they need none. */
export function roomFor(text: string): number {
  const decomposed = text.normalize("NFD");
  return ROOM.find(([letters]) => letters.test(decomposed))?.[1] ?? 0;
}
