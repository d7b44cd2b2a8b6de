// The package as one file: its modules, one by one, take 65 ms to load.
import culori from "culori/require";

const { clampChroma, converter, formatHex, formatHex8, interpolate, parse, wcagContrast } = culori;
const toOklch = converter("oklch");

/** WCAG AA for text below 24 px: https://www.w3.org/TR/WCAG22/#contrast-minimum */
export const AA = 4.5;
const STEP = 0.01;

/** Lightness 0 to 1, chroma 0 to about 0.4, hue in degrees: https://www.w3.org/TR/css-color-4/#ok-lab */
export interface Oklch {
  readonly l: number;
  readonly c: number;
  readonly h: number;
}

/** Whether `color` is a colour that CSS knows; culori would also take `ff0000`. */
export function isColor(color: string): boolean {
  return !/^[0-9a-f]{3,8}$/i.test(color.trim()) && parse(color) !== undefined;
}

/** @throws RangeError for what is not a CSS colour */
export function oklch(color: string): Oklch {
  const { l, c, h = 0 } = toOklch(parsed(color));
  return { l, c, h };
}

/** The colour as `#rrggbb`, its chroma lowered until a screen can show it. */
export function hex({ l, c, h }: Oklch): string {
  return formatHex(clampChroma({ mode: "oklch", l, c, h }, "oklch"));
}

/** `share` (0 to 1) of `color` over `background`, both opaque: what a transparent layer would give, without its banding. */
export function mix(color: string, background: string, share: number): string {
  return formatHex(interpolate([background, color], "rgb")(share));
}

/** The colour with this much alpha (0 to 1). A gradient that fades out ends in the same colour with none. */
export function alpha(color: string, amount: number): string {
  return formatHex8({ ...parsed(color), alpha: amount });
}

/** What is seen of a colour that may be transparent, over an opaque one. */
export function flatten(color: string, background: string): string {
  const { alpha = 1 } = parsed(color);
  return alpha >= 1 ? color : mix(formatHex(parsed(color)), background, alpha);
}

/** The colour moved to another lightness, and to another chroma if it is given. */
export function shade(color: string, l: number, c = oklch(color).c): string {
  return hex({ ...oklch(color), l, c });
}

/** WCAG 2.2 contrast ratio, 1 to 21: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrast(a: string, b: string): number {
  return wcagContrast(a, b);
}

/** White where it reads on `color`, else a dark shade of it that does. */
export function textOn(color: string): string {
  return contrast("#ffffff", color) >= AA ? "#ffffff" : readable(shade(color, 0.2, Math.min(oklch(color).c, 0.03)), color);
}

/**
 * `color` itself where it reads on `background`, else its nearest lightness that does.
 * @param ratio WCAG AA asks 4.5, and 3 from 24 px
 */
export function readable(color: string, background: string, ratio = AA): string {
  if (contrast(color, background) >= ratio) return color;
  const { l } = oklch(color);
  for (let away = STEP; away <= 1; away += STEP) {
    for (const lightness of [l - away, l + away]) {
      if (lightness < 0 || lightness > 1) continue;
      const candidate = shade(color, lightness);
      if (contrast(candidate, background) >= ratio) return candidate;
    }
  }
  return contrast("#ffffff", background) > contrast("#000000", background) ? "#ffffff" : "#000000";
}

function parsed(color: string) {
  const value = parse(color);
  if (value === undefined) throw new RangeError(`"${color}" is not a CSS colour`);
  return value;
}
