import type { Element } from "../../compose/jsx-runtime.ts";
import type { CssProperties } from "../../compose/css.ts";
import { fitText } from "./fit.ts";

/** Scripts whose letters touch: closer together they would overlap. */
const JOINED = /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Nko}\p{Script=Devanagari}\p{Script=Bengali}]/u;

/** Text at the largest size of its range that fits its box; what does not fit at the smallest ends in an ellipsis. */
export function FittedText(props: {
  readonly text: string;
  readonly width: number;
  readonly height: number;
  readonly max: number;
  readonly min: number;
  readonly lineHeight?: number;
  readonly style?: CssProperties;
}): Element {
  const { text, width, height, max, min, lineHeight = 1.12, style } = props;
  const fitted = fitText(text, { width, height, max, min, lineHeight });
  const { fontSize, lines } = fitted;
  return (
    <div
      style={{
        display: "block",
        width: fitted.width,
        fontSize,
        lineHeight,
        letterSpacing: JOINED.test(text) ? 0 : -fontSize * 0.022,
        lineClamp: lines,
        wordBreak: "break-word",
        ...style,
      }}
    >
      {text}
    </div>
  );
}
