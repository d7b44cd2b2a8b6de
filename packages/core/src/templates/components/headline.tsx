import type { Element } from "../../compose/jsx-runtime.ts";
import type { TemplateInput } from "../../types.ts";
import { FittedText } from "./fitted-text.tsx";

/** Below how many characters a title may be how much larger; Han and the like count double. */
const EMPHASIS: readonly (readonly [characters: number, factor: number])[] = [
  [6, 1.9],
  [12, 1.5],
  [20, 1.2],
];
/** Its letters have next to no space at their right side, where a line that is set tightly ends too far out by the tightening. */
const HEBREW = /\p{Script=Hebrew}/u;
const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;

/** From so many characters on, lines stand further apart. */
const LONG = 100;
export const LONG_LINE_HEIGHT = 1.2;

/**
 * A title in the theme's heading font, as large as its box allows; one of few characters may be larger than `max`. It hangs out of its box
 * by the space that a glyph has at its side, so that its first letter stands above that of smaller text.
 */
export function Headline(props: {
  readonly input: TemplateInput;
  /** @default the page's title */
  readonly text?: string | undefined;
  /** Lines at most. @default as many as `height` takes */
  readonly lines?: number;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Font sizes in pixels. */
  readonly max: number;
  readonly min: number;
  /** @default the theme's foreground */
  readonly color?: string;
  /** Of short titles, a multiple of the font size. @default 1.1 */
  readonly lineHeight?: number;
  /** @default "start" */
  readonly align?: "start" | "center";
}): Element {
  const { input, width, height, max, min, lineHeight = 1.1, align = "start" } = props;
  const { page, theme, dir } = input;
  const text = props.text ?? page.title;
  const leading = text.length > LONG ? Math.max(lineHeight, LONG_LINE_HEIGHT) : lineHeight;
  const hang = dir === "ltr" ? { marginLeft: "-0.045em" } : { marginRight: HEBREW.test(text) ? "0.022em" : "-0.045em" };
  return (
    <FittedText
      text={text}
      width={width}
      height={height}
      max={Math.min(max * emphasis(text), Math.max(max, height / leading))}
      min={min}
      lines={props.lines}
      lineHeight={leading}
      style={{
        fontFamily: theme.font.heading,
        fontWeight: 700,
        color: props.color ?? theme.colors.foreground,
        ...(align === "center" ? { textAlign: "center" } : hang),
      }}
    />
  );
}

/** How long a text is: Han and the like count double. */
export function charactersOf(text: string): number {
  return Array.from(text).length + (text.match(WIDE)?.length ?? 0);
}

function emphasis(text: string): number {
  const characters = charactersOf(text);
  return EMPHASIS.find(([most]) => characters <= most)?.[1] ?? 1;
}
