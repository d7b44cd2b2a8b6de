import { roomFor } from "./fitted-text.tsx";
import { charactersOf, LONG_LINE_HEIGHT } from "./headline.tsx";
import { LINE_HEIGHT } from "./text.tsx";

/** Of a character of a title, in ems, and how many a line is short of at its end: about, and rather too many. */
const ADVANCE = 0.54;
const LEFT_OVER = 3;

/**
 * How many lines of a summary there is room for under a title, and how high they are together. The title comes first: where it is so long
 * that it needs the room at its smallest size, the summary has fewer lines, or none.
 */
export function summaryUnder(
  title: string,
  props: {
    /** Nothing is needed without it. */
    readonly summary: string | undefined;
    /** Pixels that a line of the title may take, and both texts together. */
    readonly width: number;
    readonly height: number;
    /** The smallest font size of the title. */
    readonly min: number;
    /** Of the summary, in pixels. */
    readonly fontSize: number;
    /** Of the summary, at most. */
    readonly lines: number;
    /** Pixels that are free above the summary. */
    readonly gap: number;
  },
): { readonly lines: number; readonly height: number } {
  const { summary, width, height, min, fontSize, lines, gap } = props;
  const perLine = Math.max(1, width / (min * ADVANCE) - LEFT_OVER);
  const needed = Math.ceil(charactersOf(title) / perLine) * min * Math.max(LONG_LINE_HEIGHT, roomFor(title));
  const line = fontSize * LINE_HEIGHT;
  const left = summary === undefined ? 0 : Math.max(0, Math.min(lines, Math.floor((height - needed - gap) / line)));
  return { lines: left, height: left > 0 ? gap + left * line : 0 };
}
