import { OgError } from "../error.ts";
import type { Theme, ThemeColors, ThemeOptions, Warning } from "../types.ts";
import { AA, contrast, flatten, hex, isColor, oklch, readable } from "./color.ts";

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
  const derived = palette(colors.brand ?? DEFAULT_BRAND, mode);
  const background = flatten(colors.background ?? derived.background, mode === "light" ? "#ffffff" : "#000000");
  const seen = (color: string) => flatten(color, background);
  const fonts = given.map(({ font }) => (typeof font === "string" ? { heading: font, body: font } : font));
  const body = fonts.findLast((font) => font?.body)?.body ?? DEFAULT_FONT;
  return {
    mode,
    colors: {
      brand: seen(colors.brand ?? DEFAULT_BRAND),
      background,
      foreground: seen(colors.foreground ?? readable(derived.foreground, background)),
      muted: seen(colors.muted ?? readable(derived.muted, background)),
    },
    logo: last((part) => part.logo),
    font: { heading: fonts.findLast((font) => font?.heading)?.heading ?? body, body },
    siteName: last((part) => part.siteName),
  };
}

/** A warning for each text colour of a theme that is too close to its background; only one that was given can be. */
export function contrastWarnings({ colors }: Theme): readonly Warning[] {
  return (["foreground", "muted"] as const).flatMap((name) => {
    const ratio = contrast(colors[name], colors.background);
    if (ratio >= AA) return [];
    // Rounded down: 4.496 is not 4.5.
    const shown = (Math.floor(ratio * 100) / 100).toFixed(2);
    return {
      code: "W_CONTRAST",
      message: `The theme's \`${name}\` ${colors[name]} on its \`background\` ${colors.background} has a contrast of ${shown}:1; text needs ${AA}:1 to be read (WCAG AA).`,
      hint: `${readable(colors[name], colors.background)} is the nearest that has it; left out, \`${name}\` follows from the background.`,
    };
  });
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
