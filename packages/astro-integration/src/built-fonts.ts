import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { FontOption } from "@og-gen/core";
import type { ConfiguredFont } from "./configured-fonts.ts";
import { htmlFiles } from "./html-files.ts";

/** A configured font as the built site has it. */
export interface BuiltFont extends ConfiguredFont {
  /** Absolute; none where no page has the font, or Astro found no files for it. */
  readonly files: readonly FontOption[];
  /** A page has the font's `<Font />`. */
  readonly isOnPage: boolean;
}

/**
 * Finds the files of the configured fonts in the pages below `dir`: `<Font />` leaves `@font-face` rules there, and Astro has put what they
 * name into the site, from whichever provider. Both are what every browser reads, so it does not matter how Astro came by them.
 */
export async function builtFonts(dir: string, fonts: readonly ConfiguredFont[]): Promise<readonly BuiltFont[]> {
  if (fonts.length === 0) return [];
  const { fontStyles } = await import("./font-faces.ts");
  const found = new Map<string, readonly FontOption[]>();
  const seen = new Set<string>();
  for (const path of htmlFiles(dir)) {
    const css = fontCss(readFileSync(join(dir, path), "utf8"), fonts);
    if (css === "" || seen.has(css)) continue;
    seen.add(css);
    const { faces, variables } = fontStyles(css);
    for (const { cssVariable } of fonts) {
      const family = variables.get(cssVariable);
      if (family === undefined || found.get(cssVariable)?.length) continue;
      const ofFamily = faces.filter((face) => face.family === family);
      found.set(
        cssVariable,
        withoutRepeats(ofFamily.flatMap(({ urls, weight, style }) => fileOf(dir, urls).map((file) => ({ file, weight, style })))),
      );
    }
    if (fonts.every(({ cssVariable }) => found.get(cssVariable)?.length)) break;
  }
  return fonts.map((font) => ({
    ...font,
    files: (found.get(font.cssVariable) ?? []).map((file) => ({ ...file, family: font.name })),
    isOnPage: found.has(font.cssVariable),
  }));
}

const STYLES = /<style\b[^>]*>([^]*?)<\/style/gi;

/** The style sheets in a page that set one of the fonts' variables. */
function fontCss(html: string, fonts: readonly ConfiguredFont[]): string {
  if (!fonts.some(({ cssVariable }) => html.includes(cssVariable))) return "";
  const sheets = [...html.matchAll(STYLES)].map(([, css = ""]) => css);
  return sheets.filter((css) => fonts.some(({ cssVariable }) => css.includes(`${cssVariable}:`))).join("\n");
}

/** The first address that is a file of the site. Its path may begin with the site's base, or with what a CDN puts in front. */
function fileOf(dir: string, urls: readonly string[]): readonly string[] {
  for (const url of urls) {
    const segments = pathSegments(url);
    const files = segments.map((_, index) => join(dir, ...segments.slice(index)));
    const file = files.find((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
    if (file !== undefined) return [file];
  }
  return [];
}

/** None for an address that leads out of the site. */
function pathSegments(url: string): readonly string[] {
  const path = URL.parse(url, "https://site.invalid")?.pathname ?? "";
  try {
    const segments = path.split("/").slice(1).map(decodeURIComponent);
    return segments.some((segment) => segment === ".." || /[/\\\0]/.test(segment)) ? [] : segments;
  } catch {
    return [];
  }
}

/** A variable file may stand in a rule for each of its weights: it is one file, which knows its weights. */
function withoutRepeats(files: readonly FontOption[]): readonly FontOption[] {
  return [...Map.groupBy(files, ({ file, style }) => JSON.stringify([file, style])).values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    return others.some(({ weight }) => weight !== first.weight) ? { ...first, weight: undefined } : first;
  });
}
