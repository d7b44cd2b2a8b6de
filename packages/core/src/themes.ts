import type { Recall } from "./recall/recall.ts";
import type { Theme, ThemeOptions, Warning } from "./types.ts";

/** A theme, and what a person should know of its colours. */
export interface CheckedTheme {
  readonly theme: Theme;
  /** The theme as text: the same for the same theme. */
  readonly text: string;
  readonly warnings: readonly Warning[];
}

/**
 * What themes lead to, each resolved once; those of an earlier run without the code for colours.
 * @throws OgError `E_OPTION` for a colour that is none
 */
export type Themes = (...parts: readonly (ThemeOptions | undefined)[]) => Promise<CheckedTheme>;

export function createThemes(recall: Recall): Themes {
  const themes = new Map<string, Promise<CheckedTheme>>();

  async function resolve(question: string, parts: readonly (ThemeOptions | undefined)[]): Promise<CheckedTheme> {
    const known = recall.get("theme", question);
    if (known !== undefined) return checked(known);
    const { contrastWarnings, resolveTheme } = await import("./compose/theme.ts");
    const theme = resolveTheme(...parts);
    const text = JSON.stringify([theme, contrastWarnings(theme)]);
    recall.set("theme", question, text);
    return checked(text);
  }

  return (...parts) => {
    const question = JSON.stringify(parts.filter((part) => part !== undefined));
    const theme = themes.get(question) ?? resolve(question, parts);
    themes.set(question, theme);
    return theme;
  };
}

function checked(text: string): CheckedTheme {
  const [theme, warnings] = JSON.parse(text) as [Theme, Warning[]];
  return { theme: copyOf(theme), text: JSON.stringify(theme), warnings };
}

/** A theme of a page's own, which a template of the project may change. */
export function copyOf({ mode, colors, logo, font, siteName }: Theme): Theme {
  return { mode, colors: { ...colors }, logo, font: { ...font }, siteName };
}
