import type { HostElement } from "../compose/jsx-runtime.ts";
import type { Format, Job, Page, Size, Warning } from "../types.ts";
import type { FontBook } from "./fonts.ts";
import type { ImageFinder } from "./images.ts";
import { keyOf } from "./key.ts";

export interface Resolver {
  readonly fonts: FontBook;
  readonly images: ImageFinder;
}

/**
 * Everything that painting an element tree needs, and its key.
 * @throws OgError `E_IMAGE`, `E_FONT`
 */
export async function resolveJob(
  { fonts, images }: Resolver,
  composed: HostElement,
  page: Page,
  output: Size & { readonly format: Format; readonly quality: number },
): Promise<{ readonly job: Job; readonly warnings: readonly Warning[] }> {
  const withImages = await images.resolve(composed, page.file);
  const { tree, faces, missing, unknownFamilies } = fonts.choose(withImages.tree);
  const { width, height, format, quality } = output;
  const job = { tree, faces, images: withImages.images, width, height, format, quality };
  return { job: { ...job, key: keyOf(job) }, warnings: fontWarnings(page, missing, unknownFamilies) };
}

const MOST_SHOWN = 8;

function fontWarnings(page: Page, missing: readonly number[], unknownFamilies: readonly string[]): readonly Warning[] {
  const where = { page: page.id, file: page.file };
  const warnings: Warning[] = unknownFamilies.map((family) => ({
    ...where,
    code: "W_FONT_FAMILY",
    message: `The font family "${family}" is not known; Inter stands in for it.`,
    hint: "List its files under `fonts`.",
  }));
  if (missing.length > 0) {
    const shown = missing.slice(0, MOST_SHOWN).map((codePoint) => `U+${codePoint.toString(16).toUpperCase().padStart(4, "0")} ${String.fromCodePoint(codePoint)}`);
    const more = missing.length > MOST_SHOWN ? ` and ${missing.length - MOST_SHOWN} more` : "";
    warnings.push({
      ...where,
      code: "W_GLYPH",
      message: `No font has a glyph for ${shown.join(", ")}${more}.`,
      hint: "Add a font file for this script under `fonts`.",
    });
  }
  return warnings;
}
