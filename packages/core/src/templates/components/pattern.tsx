import { alpha } from "../../compose/color.ts";
import type { CssProperties } from "../../compose/css.ts";
import type { Element } from "../../compose/jsx-runtime.ts";

/** A quiet pattern that fades out towards one side. Put it under the text: it is placed absolutely. */
export function Pattern(props: {
  readonly kind: "dots" | "grid" | "lines";
  /** Of the strokes or dots; opaque, near `background`. */
  readonly color: string;
  /** What it fades into; opaque. */
  readonly background: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Pixels from one dot or line to the next. @default 32 */
  readonly step?: number;
  /** Thickness of a line, radius of a dot, in pixels. @default 2 */
  readonly stroke?: number;
  /** Where it ends in the background: at the page's start or end, below, or nowhere. @default "start" */
  readonly fade?: "start" | "end" | "bottom" | "none";
  /** The direction of the page. @default "ltr" */
  readonly dir?: "ltr" | "rtl";
  /** Where it lies: `left` or `right`, `top` or `bottom`, in pixels. */
  readonly style?: CssProperties;
}): Element {
  const { kind, color, background, width, height, step = 32, stroke = 2, fade = "start", dir = "ltr", style } = props;
  const side = (fade === "end") === (dir === "ltr") ? "right" : "left";
  const box = { position: "absolute", width, height } as const;
  const clear = alpha(background, 0);
  return (
    <div style={{ ...box, display: "flex", ...style }}>
      <div style={{ ...box, left: 0, top: 0, backgroundImage: image(kind, color, stroke, step), backgroundSize: `${step}px ${step}px` }} />
      {fade === "none" ? null : (
        <div
          style={{
            ...box,
            left: 0,
            top: 0,
            backgroundImage: `linear-gradient(to ${fade === "bottom" ? "bottom" : side}, ${clear} 0%, ${background} 96%)`,
          }}
        />
      )}
    </div>
  );
}

/** One tile. Its stops are percentages: satori takes those in pixels for parts of the whole box. */
function image(kind: "dots" | "grid" | "lines", color: string, stroke: number, step: number): string {
  const clear = alpha(color, 0);
  const percent = (pixels: number, whole: number) => `${((100 * pixels) / whole).toFixed(2)}%`;
  const line = (angle: string) =>
    `linear-gradient(${angle}, ${color} 0%, ${color} ${percent(stroke, step)}, ${clear} ${percent(stroke, step)}, ${clear} 100%)`;
  const corner = step * Math.SQRT1_2;
  if (kind === "dots")
    return `radial-gradient(circle at 50% 50%, ${color} 0%, ${color} ${percent(stroke, corner)}, ${clear} ${percent(stroke + 1, corner)}, ${clear} 100%)`;
  return kind === "lines" ? line("180deg") : `${line("90deg")}, ${line("180deg")}`;
}
