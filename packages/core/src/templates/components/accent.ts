import { contrast, oklch, readable } from "../../compose/color.ts";
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
