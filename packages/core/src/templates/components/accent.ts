import { contrast, mix, oklch, readable } from "../../compose/color.ts";
import type { Theme } from "../../types.ts";

/**
 * The brand colour for something on `background`: as it is where it can be seen, else its nearest lightness that can. A grey that cannot
 * be seen gives way to the foreground, as another grey would look faded.
 * @param ratio WCAG AA asks 4.5 of text, and 3 of text from 24 px and of shapes. @default 4.5
 */
export function accent({ colors: { brand, foreground } }: Theme, background: string, ratio = 4.5): string {
  const grey = oklch(brand).c < 0.025 && contrast(brand, background) < ratio;
  return readable(grey ? foreground : brand, background, ratio);
}

/** Of neighbouring areas, below which they look like one. */
const EDGE = 1.16;

/** The brand colour for an area on `background`: as it is where its edge can be seen, else a tint of the foreground. Opaque. */
export function surface({ colors: { brand, foreground } }: Theme, background: string): string {
  return contrast(brand, background) < EDGE ? mix(foreground, background, 0.2) : brand;
}
