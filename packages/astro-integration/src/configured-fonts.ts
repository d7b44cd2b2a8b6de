import type { AstroConfig } from "astro";

/** A font as the Astro configuration has it: `fonts`, or `experimental.fonts` in Astro 5. */
export interface ConfiguredFont {
  readonly name: string;
  /** Such as `--font-body`. */
  readonly cssVariable: string;
  /** Not for code, and no icons. */
  readonly isForText: boolean;
}

/** Which font is for what; what is left out is core's to choose. */
export interface FontRoles<Font extends ConfiguredFont> {
  readonly heading: Font | undefined;
  readonly body: Font | undefined;
}

/** The part that is the same in all versions of Astro that have fonts, from 5.7 on. */
interface FontFamily {
  readonly name: string;
  readonly cssVariable: string;
  readonly provider?: string | { readonly name?: string };
  readonly fallbacks?: readonly string[];
}

const FOR_HEADINGS = new Set(["heading", "headings", "headline", "title", "titles", "display"]);
const FOR_BODY = new Set(["body", "text", "base", "sans"]);
const NOT_FOR_TEXT = new Set(["mono", "monospace", "code", "icon", "icons", "symbol", "symbols", "emoji", "googleicons"]);

/** The fonts of the Astro configuration, in its order. */
export function configuredFonts(config: AstroConfig): readonly ConfiguredFont[] {
  const { fonts, experimental } = config as { readonly fonts?: readonly FontFamily[]; readonly experimental?: AstroFiveFonts };
  return (fonts ?? experimental?.fonts ?? []).map(({ name, cssVariable, provider, fallbacks = [] }) => {
    const providerName = typeof provider === "string" ? provider : provider?.name;
    const said = [name, cssVariable, providerName ?? "", fallbacks.at(-1) ?? ""].flatMap(wordsOf);
    return { name: name.trim().replace(/^["']|["']$/g, ""), cssVariable, isForText: !said.some((word) => NOT_FOR_TEXT.has(word)) };
  });
}

interface AstroFiveFonts {
  readonly fonts?: readonly FontFamily[];
}

/**
 * Headings: the first font whose variable says heading, headline, title or display, else that of the body. Body: the first whose variable
 * says body, text, base or sans, else the first that is not one for headings. Fonts for code and icons have no part in it.
 */
export function fontRoles<Font extends ConfiguredFont>(fonts: readonly Font[]): FontRoles<Font> {
  const candidates = fonts.filter(({ isForText }) => isForText);
  const says = (words: ReadonlySet<string>) => (font: Font) => wordsOf(font.cssVariable).some((word) => words.has(word));
  const heading = candidates.find(says(FOR_HEADINGS));
  const body = candidates.find(says(FOR_BODY)) ?? candidates.find((font) => !says(FOR_HEADINGS)(font));
  return { heading: heading ?? body, body };
}

/** `--fontCode` and `JetBrains Mono` in words, lower case. */
function wordsOf(name: string): readonly string[] {
  return name
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}]+/u);
}
