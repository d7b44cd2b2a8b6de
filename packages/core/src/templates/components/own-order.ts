import type { CssProperties } from "../../compose/css.ts";
import { RTL_LETTER } from "../../compose/direction.ts";

/**
 * How a number or a version is set: on a card from right to left, too, one without a letter from right to left keeps its
 * own order. `<1 s` would be `1 s>` there.
 */
export function ownOrder(text: string, dir: "ltr" | "rtl"): CssProperties {
  return dir === "rtl" && !RTL_LETTER.test(text) ? { direction: "ltr", textAlign: "right" } : {};
}
