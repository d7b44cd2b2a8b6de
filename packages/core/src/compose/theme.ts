import { OgError } from "../error.ts";
import type { Theme, ThemeColors, ThemeOptions } from "../types.ts";
import { hex, isColor, oklch, readable } from "./color.ts";

const DEFAULT_BRAND = "#4f46e5";
const DEFAULT_FONT = "Inter";

/**
 * A complete theme: the colours that were not given follow from the brand colour's hue and the mode.
 * @throws OgError `E_OPTION` for a colour that is none
 */
export function resolveTheme(...parts: readonly (ThemeOptions | undefined)[]): Theme {
  const given = parts.filter((part) => part !== undefined);
  const last = <T>(pick: (part: ThemeOptions) => T | undefined): T | undefined => given.map(pick).findLast((value) => value !== undefined);
  const colors = Object.assign({}, ...given.map((part) => definedOnly(part.colors ?? {}))) as Partial<ThemeColors>;
  for (const [name, color] of Object.entries(colors)) {
    if (color !== undefined && !isColor(color)) {
      throw new OgError("E_OPTION", `The option \`theme.colors.${name}\` is "${color}"; it must be a CSS colour.`, {
        hint: 'Write it as "#4f46e5", "rgb(79 70 229)" or "rebeccapurple".',
      });
    }
  }
  const mode = last((part) => part.mode) ?? (colors.background !== undefined && oklch(colors.background).l < 0.5 ? "dark" : "light");
  const brand = colors.brand ?? DEFAULT_BRAND;
  const derived = palette(brand, mode);
  const background = colors.background ?? derived.background;
  const fonts = given.map(({ font }) => (typeof font === "string" ? { heading: font, body: font } : font));
  const body = fonts.findLast((font) => font?.body)?.body ?? DEFAULT_FONT;
  return {
    mode,
    colors: {
      brand,
      background,
      foreground: colors.foreground ?? readable(derived.foreground, background),
      muted: colors.muted ?? readable(derived.muted, background),
    },
    logo: last((part) => part.logo),
    font: { heading: fonts.findLast((font) => font?.heading)?.heading ?? body, body },
    siteName: last((part) => part.siteName),
  };
}

/** Neutrals with a breath of the brand's hue. */
function palette(brand: string, mode: Theme["mode"]): Omit<ThemeColors, "brand"> {
  const { c, h } = oklch(brand);
  const tint = (l: number, most: number) => hex({ l, c: Math.min(c, most), h });
  return mode === "light"
    ? { background: tint(0.985, 0.006), foreground: tint(0.22, 0.03), muted: tint(0.47, 0.03) }
    : { background: tint(0.19, 0.03), foreground: tint(0.97, 0.008), muted: tint(0.76, 0.025) };
}

function definedOnly<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}
