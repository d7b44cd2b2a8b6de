import type { Element } from "../../compose/jsx-runtime.ts";
import { FittedText, roomFor } from "./fitted-text.tsx";
import { Icon } from "./icon.tsx";
import { roughLines } from "./rough-width.ts";

/** In ems of the texts. */
const ICON = 1.16;
const INDENT = ICON + 0.58;
const GAP = 0.84;
const LINE_HEIGHT = 1.25;
/** How wide a regular letter is, where a bold one is 1. */
const REGULAR = 0.96;

const MOST_LINES = 2;
/** How much smaller the texts may be before words are lost. */
const SMALLER = [1, 0.93, 0.86, 0.8];
const SMALLEST = 0.8;

/** A list as large as its room allows: see `checkList`. */
export interface SizedList {
  readonly items: readonly string[];
  /** Of each item, about how many lines it has, and how many it may take. */
  readonly rows: readonly { readonly lines: number; readonly most: number }[];
  /** Pixels. */
  readonly fontSize: number;
  readonly lineHeight: number;
  readonly width: number;
  readonly height: number;
}

/**
 * The size of a list of short texts that is to be drawn as a `CheckList`: all in one font size, which is smaller than
 * `fontSize` where the list would be higher than `height`; all in one line where that is not enough.
 */
export function checkList(
  items: readonly string[],
  { width, height, fontSize }: { readonly width: number; readonly height: number; readonly fontSize: number },
): SizedList {
  const lineHeight = Math.max(LINE_HEIGHT, roomFor(items.join(" ")));
  const sized = (share: number, most: number): SizedList => {
    // As the layout does, which has whole font sizes and whole heights of lines.
    const size = Math.max(1, Math.floor(fontSize * share));
    const rows = items.map((text) => {
      const lines = roughLines(text, (width / size - INDENT) / REGULAR);
      return { lines, most: Math.min(lines, most) };
    });
    const total = rows.reduce((sum, row) => sum + row.most * Math.round(size * lineHeight), 0);
    return { items, rows, fontSize: size, lineHeight, width, height: total + Math.max(0, items.length - 1) * GAP * size };
  };
  const fitting = SMALLER.map((share) => sized(share, MOST_LINES)).filter((list) => list.height <= height);
  return fitting.find(({ rows }) => rows.every(({ lines, most }) => lines <= most)) ?? fitting[0] ?? sized(SMALLEST, 1);
}

/** Short texts, each with a tick. One that does not fit its lines loses words, which is a warning (`W_TEXT_CUT`). */
export function CheckList(props: { readonly list: SizedList; readonly color: string; readonly tickColor: string }): Element {
  const { list, color, tickColor } = props;
  const { items, rows, fontSize, lineHeight, width } = list;
  return (
    <div style={{ display: "flex", flexDirection: "column", width, gap: GAP * fontSize }}>
      {items.map((text, index) => {
        const { lines, most } = rows[index] ?? { lines: 1, most: 1 };
        return (
          <div style={{ display: "flex", width, gap: (INDENT - ICON) * fontSize }}>
            <Icon name="check" size={ICON * fontSize} color={tickColor} stroke={3} />
            <FittedText
              text={text}
              width={width - INDENT * fontSize}
              height={most * Math.round(fontSize * lineHeight)}
              lines={most}
              max={fontSize}
              // What loses words in any case is as large as the others; a font that is wider than most costs size, not words.
              min={lines > most ? fontSize : fontSize * SMALLEST}
              lineHeight={lineHeight}
              balanced={false}
              style={{ letterSpacing: 0, color }}
            />
          </div>
        );
      })}
    </div>
  );
}
