import LineBreaker from "linebreak";
import type { Size } from "../../types.ts";
import { asMarked, type MarkedGlyph } from "../marker-font.ts";
import { fontFor, graphemesOf, shapedRuns, widthOf, type Setting } from "./shaped-text.ts";
import { NO_BREAK_SPACE, partsOf } from "./word-parts.ts";

/** How a text is set. */
export interface TextStyle extends Setting {
  /** That is asked for, 1 to 1000. */
  readonly weight: number;
  /** A multiple of the font size; `undefined` for what the font says. */
  readonly lineHeight: number | undefined;
  readonly align: "left" | "center" | "right";
  /** Whether a word that is longer than a line is broken, and whether that makes the text's least width smaller. */
  readonly breaksWords: "never" | "lastly" | "always";
  /** Lines of about the same length. */
  readonly isBalanced: boolean;
  /** Lines at most, the last of which ends in an ellipsis where there are more. */
  readonly lineLimit: number;
  /** Whether the text fills its container's width, rather than be as wide as its longest line. */
  readonly fillsWidth: boolean;
}

/** A text that is laid out in lines as satori 0.63.2 does it, step by step: `flow()` in its `text/index.ts`. */
export interface Paragraph {
  /**
   * @param width that its lines may take; `Infinity` for a single line
   * @param isLeast whether the least width is asked for, for which only some texts have their words broken
   */
  measure(width: number, isLeast: boolean): Size;
  /**
   * Its glyphs; `undefined` where only satori knows where they stand.
   * @param box where it is on the card, as wide as the layout made it
   * @param innerWidth that of what it stands in, for the ellipsis
   */
  place(
    box: { readonly left: number; readonly top: number; readonly width: number },
    innerWidth: number,
  ): readonly MarkedGlyph[] | undefined;
}

/**
 * What is not laid out here: right-to-left and astral characters, tabs, forced breaks, controls, and variation selectors, by
 * which a character may be an emoji.
 */
const UNKNOWN =
  /[^\P{Cc}\n]|[\u0590-\u08ff\u200e\u200f\u2028-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff\ud800-\udfff\u{10000}-\u{10ffff}]|\p{Variation_Selector}|\u20e3/u;

const ELLIPSIS = "…";

/** `undefined` for a text that is not laid out here. */
export function paragraphOf(content: string, style: TextStyle): Paragraph | undefined {
  if (UNKNOWN.test(content)) return undefined;
  const text = content.replace(/[ \n]+/g, " ").replace(/^ | $/g, "");
  const words = wordsOf(text);
  if (!words) return undefined;
  const sizes = new Map<number, Size>();
  return {
    measure(width, isLeast) {
      const id = isLeast ? -1 : width;
      const known = sizes.get(id) ?? sizeOf(flow(words, style, width, isLeast));
      sizes.set(id, known);
      return known;
    },
    place(box, innerWidth) {
      const lines = balanced(words, style, box.width);
      const pieces = piecesOf(lines, style);
      return pieces && glyphsOf(pieces, lines, style, box, innerWidth);
    },
  };
}

/** A text is looked at several times for its card, and rarely is on another one. */
const MOST_TEXTS = 500;
const knownWords = new Map<string, readonly string[] | undefined>();

/** What lines may end behind; `undefined` where a line must end. */
function wordsOf(text: string): readonly string[] | undefined {
  if (knownWords.has(text)) return knownWords.get(text);
  const words = findWords(text);
  if (knownWords.size >= MOST_TEXTS) knownWords.clear();
  knownWords.set(text, words);
  return words;
}

function findWords(text: string): readonly string[] | undefined {
  const breaker = new LineBreaker(text);
  const words: string[] = [];
  let from = 0;
  for (let found = breaker.nextBreak(); found; found = breaker.nextBreak()) {
    if (found.required) return undefined;
    words.push(text.slice(from, found.position));
    from = found.position;
  }
  return words;
}

interface Line {
  readonly words: string[];
  /** Without the spaces at its end. */
  width: number;
  /** From the top of the text. */
  readonly top: number;
  height: number;
  /** From the top of the line. */
  baseline: number;
}

interface Flow {
  readonly lines: readonly Line[];
  readonly width: number;
  readonly height: number;
}

function sizeOf({ width, height }: Flow): Size {
  return { width: Math.ceil(width), height };
}

/** Fills lines with words. One more line than there may be says that there is more. */
function flow(text: readonly string[], style: TextStyle, width: number, isLeast: boolean): Flow {
  const breaksWords = style.breaksWords === "always" || (style.breaksWords === "lastly" && !isLeast);
  const words = [...text];
  const lines: Line[] = [];
  let line: Line = { words: [], width: 0, top: 0, height: 0, baseline: 0 };
  let widest = 0;
  /** The width of the spaces behind the last word. */
  let spaces = 0;
  const end = () => {
    lines.push({ ...line, width: line.width - spaces });
    line = { words: [], width: 0, top: line.top + line.height, height: 0, baseline: 0 };
  };
  for (let index = 0; index < words.length && lines.length < style.lineLimit; index++) {
    const word = words[index] as string;
    const wordWidth = widthOf(word, style);
    const trimmed = word.trimEnd();
    const wordSpaces = trimmed === word ? 0 : wordWidth - (trimmed === "" ? 0 : widthOf(trimmed, style));
    const wraps = index > 0 && line.width + wordWidth > width + wordSpaces;
    if (breaksWords && wordWidth > width && (line.width === 0 || wraps)) {
      const graphemes = graphemesOf(word);
      if (graphemes.length > 1) {
        words.splice(index, 1, ...graphemes);
        if (line.width > 0) end();
        spaces = wordSpaces;
        index--;
        continue;
      }
    }
    if (wraps) {
      end();
      widest = Math.max(widest, width);
    }
    line.words.push(word);
    line.width += word === " " && wraps ? 0 : wordWidth;
    const height = Math.round(heightOf(word, style));
    if (height > line.height && (!wraps || line.width > 0)) {
      line.height = height;
      line.baseline = Math.round(baselineOf(word, style));
    }
    widest = Math.max(widest, line.width);
    spaces = wordSpaces;
  }
  const height = lines.length < style.lineLimit ? line.top + line.height : line.top;
  if (line.width > 0) lines.push(line);
  return { lines, width: widest, height };
}

/** As satori balances lines: the narrowest that are not more, found by halves to within a pixel. */
function balanced(words: readonly string[], style: TextStyle, width: number): Flow {
  const whole = flow(words, style, width, false);
  if (!style.isBalanced) return whole;
  let low = whole.width / 2;
  let high = whole.width;
  while (low + 1 < high) {
    const middle = (low + high) / 2;
    if (flow(words, style, middle, false).height > whole.height) low = middle;
    else high = middle;
  }
  return flow(words, style, high, false);
}

function heightOf(text: string, { stack, fontSize, lineHeight }: TextStyle): number {
  if (lineHeight !== undefined) return fontSize * lineHeight;
  const { ascender, descender, unitsPerEm } = fontFor(text, stack);
  return (ascender / unitsPerEm) * fontSize - (descender / unitsPerEm) * fontSize;
}

/** Ascent and descent are whole pixels, and so is half of what a line has more. */
function baselineOf(text: string, style: TextStyle): number {
  const { ascender, descender, unitsPerEm } = fontFor(text, style.stack);
  const above = Math.round((ascender / unitsPerEm) * style.fontSize);
  const below = Math.round((-descender / unitsPerEm) * style.fontSize);
  return above + Math.floor((heightOf(text, style) - above - below) / 2);
}

/** A part of a word in its place in the text. */
interface Piece {
  readonly text: string;
  readonly line: number;
  readonly x: number;
  readonly width: number;
}

/** `undefined` for lines without a height, and words without a width, which satori counts in one of its lists, but not in another. */
function piecesOf({ lines }: Flow, style: TextStyle): readonly Piece[] | undefined {
  const pieces: Piece[] = [];
  for (const [line, { words, height }] of lines.entries()) {
    if (height === 0) return undefined;
    let x = 0;
    for (const word of words) {
      if (widthOf(word, style) === 0 || (word === " " && x === 0)) return undefined;
      let end = x;
      for (const text of partsOf(word)) {
        const width = widthOf(text, style);
        pieces.push({ text, line, x: end, width });
        end += width;
      }
      x += widthOf(word, style);
    }
  }
  return pieces;
}

/** After these, a text is drawn anew: satori's `wordSeparators`. */
const SEPARATORS = new Set([" ", NO_BREAK_SPACE, "\u1361", "\u1039", "\u1091"]);

function glyphsOf(
  pieces: readonly Piece[],
  { lines }: Flow,
  style: TextStyle,
  box: { readonly left: number; readonly top: number; readonly width: number },
  innerWidth: number,
): readonly MarkedGlyph[] | undefined {
  const glyphs: MarkedGlyph[] = [];
  const isPlaced = lines.length > 1 || (style.fillsWidth && style.align !== "left");
  const leftOf = ({ x, line }: Piece) => {
    const room = box.width - (lines[line] as Line).width;
    const left = style.align === "right" ? x + room : style.align === "center" ? x + room / 2 : x;
    return isPlaced ? Math.round(left) : x;
  };
  const draw = (text: string, left: number, line: number): boolean => {
    const { top, baseline } = lines[line] as Line;
    return addGlyphs(glyphs, text, style, box.left + left, box.top + top + baseline);
  };
  /** What is drawn together, and where it begins. */
  let together = "";
  let from = 0;
  for (const [index, piece] of pieces.entries()) {
    const next = pieces[index + 1];
    const left = leftOf(piece);
    const cut = isCutOff(piece, next, left, lines, style, innerWidth) ? cutOff(piece, left, style, innerWidth) : undefined;
    if (together === "") from = left;
    together += cut ?? piece.text;
    if (cut === undefined && next?.line === piece.line && !SEPARATORS.has(piece.text)) continue;
    if (!draw(together, from, piece.line)) return undefined;
    if (cut !== undefined) break;
    together = "";
  }
  return glyphs;
}

/** Whether a text ends at a piece with an ellipsis. */
function isCutOff(
  { line, width }: Piece,
  next: Piece | undefined,
  left: number,
  lines: readonly Line[],
  style: TextStyle,
  innerWidth: number,
): boolean {
  if (line + 1 !== style.lineLimit) return false;
  if (line === lines.length - 1 && (lines[line] as Line).width <= innerWidth) return false;
  return left + width + ellipsisWidth(style) > innerWidth || (next !== undefined && next.line !== line);
}

/** As much of a piece as there is room for before an ellipsis; of the first one, a character at least. */
function cutOff({ text, x }: Piece, left: number, style: TextStyle, innerWidth: number): string {
  let kept = "";
  for (const grapheme of graphemesOf(text.replace(/\s+$/, ""))) {
    const width = left + widthOf(kept + grapheme, style);
    if ((kept !== "" || x > 0) && width + ellipsisWidth(style) > innerWidth) break;
    kept += grapheme;
  }
  return `${kept}${ELLIPSIS}`;
}

function ellipsisWidth(style: TextStyle): number {
  return widthOf(ELLIPSIS, style);
}

/** From here on, satori takes a font for bold. */
const BOLD = 600;

/** @returns whether all of them can be drawn as glyphs */
function addGlyphs(into: MarkedGlyph[], text: string, style: TextStyle, left: number, baseline: number): boolean {
  let x = left;
  for (const { font, glyphs } of shapedRuns(text, style)) {
    // satori makes it bolder itself.
    if (style.weight >= BOLD && font.weight < BOLD) return false;
    const scale = style.fontSize / font.unitsPerEm;
    for (const [index, { glyph, cluster, advance, right, up }] of glyphs.entries()) {
      const marked = asMarked(font.face, glyph, x + right * scale, baseline - up * scale, scale);
      if (!marked) return false;
      into.push(marked);
      x += advance * scale;
      if (glyphs[index + 1]?.cluster !== cluster) x += style.letterSpacing;
    }
  }
  return true;
}
