import type { CssProperties } from "../../compose/css.ts";
import type { Element } from "../../compose/jsx-runtime.ts";
import { FittedText } from "./fitted-text.tsx";

/** A paragraph may be so much smaller before it loses words. */
const SMALLER = 0.86;
export const LINE_HEIGHT = 1.4;

/**
 * Secondary text, which ends in an ellipsis after so many lines: one line in the middle of a word, a paragraph after a
 * word, and only when it does not fit a little smaller either. Nothing without a text or without a line.
 */
export function Text(props: {
  readonly children: string | undefined;
  /** Pixels. */
  readonly fontSize: number;
  readonly color: string;
  /** @default 1 */
  readonly lines?: number;
  /** A paragraph needs a `width` in pixels. */
  readonly style?: CssProperties;
}): Element | null {
  const { children, fontSize, color, lines = 1, style } = props;
  if (children === undefined || lines < 1) return null;
  const width = style?.width;
  if (lines > 1 && typeof width === "number") {
    const lineHeight = typeof style?.lineHeight === "number" ? style.lineHeight : LINE_HEIGHT;
    return (
      <FittedText
        text={children}
        width={width}
        height={lines * lineHeight * fontSize}
        lines={lines}
        max={fontSize}
        min={fontSize * SMALLER}
        lineHeight={lineHeight}
        balanced={false}
        quiet
        style={{ letterSpacing: 0, ...style, color }}
      />
    );
  }
  return (
    <div style={{ display: "block", fontSize, lineHeight: 1.25, color, lineClamp: lines, wordBreak: "break-word", ...style }}>
      {children}
    </div>
  );
}
