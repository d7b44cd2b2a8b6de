/**
 * About how a text wraps. The layout decides; this says where to look for the size at which it lets a text fit, as each look
 * costs a hundred times as much.
 */

/** How wide a character is set, in ems. */
export type AdvanceOf = (character: string) => number;

/** What no line breaks within. */
export interface Piece {
  /** Where it ends in the text, with the spaces behind it. */
  readonly end: number;
  /** Its width in ems, without the spaces behind it. */
  readonly ink: number;
  /** Its width with them. */
  readonly whole: number;
}

/** Scripts in whose texts a line may end after any character. */
const UNSPACED = "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}]";
/** After spaces, also those without a width, and hyphens, and around those scripts' characters; not at a word joiner. */
const BREAK = new RegExp(`(?<=[\\s\\u200b-]|${UNSPACED})(?=[^\\s\\u2060])|(?<=[^\\s\\u2060])(?=${UNSPACED})`, "u");

/** Takes a text apart, about where lines may break. */
export function piecesOf(text: string, advanceOf: AdvanceOf): readonly Piece[] {
  let end = 0;
  return text.split(BREAK).map((piece) => {
    const ink = widthOf(piece.trimEnd(), advanceOf);
    end += piece.length;
    return { end, ink, whole: ink + widthOf(piece.slice(piece.trimEnd().length), advanceOf) };
  });
}

function widthOf(text: string, advanceOf: AdvanceOf): number {
  let width = 0;
  for (const character of text) width += advanceOf(character);
  return width;
}

export interface Lines {
  /** Of a line, in ems. */
  readonly width: number;
  /** How many there are. */
  readonly lines: number;
  /** Whether what is wider than a line is broken; else the text ends before it. */
  readonly breaksWords: boolean;
  /** What stands at the end of the last one, in ems. */
  readonly end: number;
}

/** How much of a text lines take, in characters from its beginning. */
export function reachOf(pieces: readonly Piece[], { width, lines, breaksWords, end }: Lines): number {
  let line = 1;
  let x = 0;
  let reached = 0;
  for (const piece of pieces) {
    const { ink, whole } = piece;
    if (ink > width && !breaksWords) return reached;
    if (x > 0 && x + ink + (line === lines ? end : 0) > width) {
      line++;
      x = 0;
    }
    const further = ink > width ? Math.floor(ink / width) : 0;
    line += further;
    if (line > lines) return reached;
    x += whole - further * width;
    reached = piece.end;
  }
  return reached;
}
