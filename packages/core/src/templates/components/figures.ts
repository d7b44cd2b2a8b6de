import type { CssProperties } from "../../compose/css.ts";
import { RTL_LETTER } from "../../compose/direction.ts";

/**
 * How a number or a version is set: in figures that stand on the line, all as high as capitals, where a font has them; and
 * on a card from right to left, too, in its own order where it has no letter from right to left. `<1 s` would be `1 s>` there.
 */
export function figures(text: string, dir: "ltr" | "rtl"): CssProperties {
  const ownOrder = dir === "rtl" && !RTL_LETTER.test(text) ? ({ direction: "ltr", textAlign: "right" } as const) : {};
  return { fontFeatureSettings: '"lnum"', ...ownOrder };
}
