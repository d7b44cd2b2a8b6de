import type { HostElement } from "../types.ts";

/** What of a text's style decides which glyphs it needs. */
export interface TextStyle {
  /** A CSS list. */
  readonly families: string;
  readonly weight: number;
  readonly style: "normal" | "italic";
  /** Whether letters are drawn in the other case. */
  readonly changesCase: boolean;
  readonly direction: "ltr" | "rtl";
  /** Whether its letters are set further apart, or closer together. */
  readonly isSpaced: boolean;
  /** Whether an ellipsis may be drawn. */
  readonly isCutOff: boolean;
}

export const ROOT_TEXT_STYLE: TextStyle = {
  families: "",
  weight: 400,
  style: "normal",
  changesCase: false,
  direction: "ltr",
  isSpaced: false,
  isCutOff: false,
};

/** A `letterSpacing` that sets nothing apart. */
const NO_SPACING = new Set<unknown>([0, "0", "0px", "0em", "normal"]);
/** What satori makes bold and italic by itself, like the style sheet of the HTML standard. */
const BOLD_TAGS = new Set(["b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "th"]);
const ITALIC_TAGS = new Set(["i", "em", "cite", "address", "dfn", "var"]);

/** The style of the text in an element, of which all but `isCutOff` is inherited. */
export function inheritedTextStyle({ type, props: { style = {}, dir } }: HostElement, inherited: TextStyle): TextStyle {
  const families = style["fontFamily"];
  const weight = style["fontWeight"] ?? (BOLD_TAGS.has(type) ? 700 : undefined);
  const slant = style["fontStyle"] ?? (ITALIC_TAGS.has(type) ? "italic" : undefined);
  const direction = style["direction"] ?? dir;
  const spacing = style["letterSpacing"];
  const transform = style["textTransform"] ?? style["fontVariant"];
  return {
    families: typeof families === "string" && families !== "inherit" ? families : inherited.families,
    weight: weight === undefined ? inherited.weight : numericWeight(weight, inherited.weight),
    style: slant === undefined || slant === "inherit" ? inherited.style : slant === "normal" ? "normal" : "italic",
    changesCase: transform === undefined ? inherited.changesCase : transform !== "none",
    direction: direction === "rtl" || direction === "ltr" ? direction : inherited.direction,
    isSpaced: spacing === undefined ? inherited.isSpaced : !NO_SPACING.has(spacing),
    isCutOff:
      type === "fitted-text" ||
      style["lineClamp"] !== undefined ||
      style["WebkitLineClamp"] !== undefined ||
      style["textOverflow"] !== undefined,
  };
}

/** https://www.w3.org/TR/css-fonts-4/#font-weight-prop */
function numericWeight(weight: unknown, inherited: number): number {
  if (weight === "normal") return 400;
  if (weight === "bold") return 700;
  if (weight === "bolder") return inherited < 350 ? 400 : inherited < 550 ? 700 : 900;
  if (weight === "lighter") return inherited < 550 ? 100 : inherited < 750 ? 400 : 700;
  const number = Number(weight);
  return number >= 1 && number <= 1000 ? number : inherited;
}
