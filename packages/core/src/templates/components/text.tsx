import type { CssProperties } from "../../compose/css.ts";
import type { Element } from "../../compose/jsx-runtime.ts";

/** Text that ends in an ellipsis after so many lines; long words are broken. Nothing without a text. */
export function Text(props: {
  readonly children: string | undefined;
  /** Pixels. */
  readonly fontSize: number;
  readonly color: string;
  /** @default 1 */
  readonly lines?: number;
  readonly style?: CssProperties;
}): Element | null {
  const { children, fontSize, color, lines = 1, style } = props;
  if (children === undefined) return null;
  return (
    <div
      style={{ display: "block", fontSize, lineHeight: lines > 1 ? 1.4 : 1.25, color, lineClamp: lines, wordBreak: "break-word", ...style }}
    >
      {children}
    </div>
  );
}
