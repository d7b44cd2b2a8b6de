import type { Element } from "../../compose/jsx-runtime.ts";

/** The small line above a headline, such as the first of the page's tags. Nothing without a text. */
export function Section(props: {
  readonly text: string | undefined;
  /** Pixels. */
  readonly fontSize: number;
  readonly color: string;
  /** Pixels below it. @default 0 */
  readonly gap?: number;
}): Element | null {
  const { text, fontSize, color, gap = 0 } = props;
  if (text === undefined) return null;
  return (
    <div
      style={{
        display: "block",
        marginBottom: gap,
        fontSize,
        lineHeight: 1.25,
        fontWeight: 600,
        color,
        lineClamp: 1,
        wordBreak: "break-word",
      }}
    >
      {text}
    </div>
  );
}
