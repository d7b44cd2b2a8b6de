import { textOn } from "../../compose/color.ts";
import type { Element } from "../../compose/jsx-runtime.ts";

/** A word on a coloured label. Nothing without a text. */
export function Badge(props: {
  readonly text: string | undefined;
  /** Of the text, in pixels; the label is twice as high. */
  readonly fontSize: number;
  /** Of the label; opaque. */
  readonly color: string;
  /** @default what reads on `color` */
  readonly textColor?: string;
  /** Pixels. @default "100%" */
  readonly maxWidth?: number | string;
  /** `pill` is round at its ends. @default "pill" */
  readonly shape?: "pill" | "tag";
}): Element | null {
  const { text, fontSize, color, textColor = textOn(color), maxWidth = "100%", shape = "pill" } = props;
  if (text === undefined) return null;
  const height = fontSize * (shape === "pill" ? 1.9 : 1.7);
  return (
    <div
      style={{
        display: "flex",
        alignItems: "center",
        alignSelf: "flex-start",
        flexShrink: 0,
        boxSizing: "border-box",
        height,
        maxWidth,
        padding: `0 ${fontSize * (shape === "pill" ? 0.8 : 0.6)}px`,
        borderRadius: shape === "pill" ? height / 2 : fontSize * 0.2,
        backgroundColor: color,
      }}
    >
      <div
        style={{
          display: "block",
          minWidth: 0,
          fontSize,
          lineHeight: 1.25,
          fontWeight: 600,
          color: textColor,
          lineClamp: 1,
          wordBreak: "break-word",
        }}
      >
        {text}
      </div>
    </div>
  );
}
