import type { Element } from "../../compose/jsx-runtime.ts";

/** The small line above a headline: the first of the page's tags. */
export function Section(props: {
  readonly text: string | undefined;
  readonly fontSize: number;
  readonly color: string;
  readonly gap: number;
}): Element | null {
  const { text, fontSize, color, gap } = props;
  if (text === undefined) return null;
  return (
    <div style={{ display: "block", marginBottom: gap, fontSize, fontWeight: 600, color, lineClamp: 1, wordBreak: "break-word" }}>
      {text}
    </div>
  );
}
