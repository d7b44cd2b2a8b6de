import { type Options, plan, toOgError, type Warning } from "@og-gen/core";
import type { BuiltFont } from "./built-fonts.ts";
import { fontRoles } from "./configured-fonts.ts";

/** Options that know the site's own fonts, and what there is to tell of these. */
export interface WithSiteFonts {
  readonly options: Options;
  readonly warnings: readonly Warning[];
}

/** Core bundles it, in all weights and in more scripts than a site serves. */
const BUNDLED = "Inter";

/**
 * Adds the site's fonts to the options, as the theme's where it names none. What the options say themselves stands: their `theme.font`,
 * and their files of a family.
 */
export async function withSiteFonts(options: Options, built: readonly BuiltFont[]): Promise<WithSiteFonts> {
  if (built.length === 0) return { options, warnings: [] };
  const own = options.fonts ?? [];
  const there = new Set([BUNDLED, ...own.flatMap((font) => (typeof font === "string" ? [] : (font.family ?? [])))].map(lowerCase));
  const { fonts, reasons } = await readableFonts(
    built.filter(({ name, files }) => files.length > 0 && !there.has(lowerCase(name))),
    options.root,
  );
  const isThere = (font: BuiltFont) => there.has(lowerCase(font.name)) || fonts.includes(font);

  const given = options.theme?.font;
  const all = [...own, ...fonts.flatMap(({ files }) => files)];
  if (typeof given === "string" || given?.body !== undefined) return { options: { ...options, fonts: all }, warnings: [] };
  const roles = fontRoles(built);
  const heading = given?.heading === undefined ? roles.heading : undefined;
  const wanted = [...new Set([heading, roles.body])].filter((font) => font !== undefined);
  const nameOf = (font: BuiltFont | undefined) => (font && isThere(font) ? font.name : undefined);
  const font = { heading: given?.heading ?? nameOf(heading), body: nameOf(roles.body) };
  return {
    options: { ...options, fonts: all, theme: { ...options.theme, font } },
    warnings: wanted.filter((font) => !isThere(font)).map((font) => missing(font, reasons.get(font))),
  };
}

/** The fonts that core can read, and of the others why it cannot. */
async function readableFonts(built: readonly BuiltFont[], root: string | undefined) {
  let fonts = built;
  const reasons = new Map<BuiltFont, string>();
  for (;;) {
    try {
      await plan({ root, source: [], cacheDir: false, fonts: fonts.flatMap(({ files }) => files) });
      return { fonts, reasons };
    } catch (thrown) {
      const { file, message } = toOgError(thrown, "E_FONT");
      const broken = fonts.find(({ files }) => files.some((font) => font.file === file));
      if (!broken) throw thrown;
      reasons.set(broken, message);
      fonts = fonts.filter((font) => font !== broken);
    }
  }
}

function missing({ name, cssVariable, isOnPage }: BuiltFont, reason: string | undefined): Warning {
  const keepInter = 'Or set `theme: { font: "Inter" }`, and it stays like this.';
  const what = `The font "${name}" of the Astro configuration is not on the cards; `;
  if (reason !== undefined) return { code: "W_SITE_FONT", message: `${what}${reason}`, hint: keepInter };
  return isOnPage
    ? {
        code: "W_SITE_FONT",
        message: `${what}Astro has put no file of it into the site.`,
        hint: `Look at its name, weights, styles and subsets there. ${keepInter}`,
      }
    : {
        code: "W_SITE_FONT",
        message: `${what}its files are found by the pages, and no page has it.`,
        hint: `Put \`<Font cssVariable="${cssVariable}" />\` into the head of the pages. ${keepInter}`,
      };
}

function lowerCase(name: string): string {
  return name.toLowerCase();
}
