import { contrast, hex, oklch, textOn } from "../../compose/color.ts";
import type { CssProperties } from "../../compose/css.ts";
import type { Child, Element } from "../../compose/jsx-runtime.ts";

/** Colours for a gradient that starts from one brand colour, and the text that reads on all of them. */
export interface GradientColors {
  /** Along the gradient, opaque; neighbours are near enough for a gradient between them not to turn grey. */
  readonly stops: readonly string[];
  readonly text: string;
}

/** Degrees of hue, and how much lighter or darker, from the first stop to the last. */
const PATH: readonly (readonly [hue: number, lightness: number])[] = [
  [-20, -0.1],
  [-10, -0.05],
  [0, 0],
  [18, 0.02],
  [38, 0.05],
];
/** A stop is never so light that it is lost on a white card. */
const LIGHTEST = 0.95;
/** A little over WCAG AA, as what lies between two stops can be a little darker than both. */
const RATIO = 4.7;

/** Five colours around the brand's hue. A grey, black or white brand gives greys, of one hue: another would look like dirt. */
export function gradientColors(brand: string): GradientColors {
  const { l, c, h } = oklch(brand);
  const white = contrast("#ffffff", brand) >= 2.9;
  const colourful = c > 0.025;
  const chroma = colourful ? Math.max(c, 0.1) : c;
  const stops = PATH.map(([hue, lightness]) => {
    const spread = colourful ? 1 : 2.2;
    const start = white ? Math.max(l, 0.2) : Math.min(l, 0.93);
    return legible({ l: Math.min(LIGHTEST, start + lightness * spread * (white ? 1 : -1)), c: chroma, h: colourful ? h + hue : h }, white);
  });
  return { stops, text: white ? "#ffffff" : textOn(hex({ l: 0.9, c: Math.min(c, 0.1), h })) };
}

/** The colour moved away from its text until that reads. */
function legible({ l, c, h }: { readonly l: number; readonly c: number; readonly h: number }, white: boolean): string {
  const text = white ? "#ffffff" : hex({ l: 0.2, c: Math.min(c, 0.03), h });
  let lightness = l;
  while (contrast(text, hex({ l: lightness, c, h })) < RATIO && lightness > 0 && lightness < 1) lightness += white ? -0.01 : 0.01;
  return hex({ l: lightness, c, h });
}

/** A box filled with a gradient of colours around the brand's hue; `gradientColors` tells what reads on it. */
export function Gradient(props: {
  readonly brand: string;
  /** The direction of the page: the gradient mirrors. @default "ltr" */
  readonly dir?: "ltr" | "rtl";
  /** Degrees, clockwise from upwards, in a page from left to right. @default 120 */
  readonly angle?: number;
  readonly style?: CssProperties;
  readonly children?: Child;
}): Element {
  const { brand, dir = "ltr", angle = 120, style, children } = props;
  const { stops } = gradientColors(brand);
  return (
    <div
      style={{
        display: "flex",
        backgroundImage: `linear-gradient(${dir === "rtl" ? 360 - angle : angle}deg, ${stops.join(", ")})`,
        ...style,
      }}
    >
      {children}
    </div>
  );
}
