import type { ListedTemplate } from "./compose/list-templates.ts";
import type { OgError } from "./error.ts";
import { checkNode } from "./node-version.ts";
import type { Options } from "./options.ts";
import type { Format, Warning } from "./types.ts";

/** A picture of all templates. */
export interface ContactSheet {
  /** The encoded image. */
  readonly bytes: Uint8Array;
  readonly templates: readonly ListedTemplate[];
  /** The templates that could not draw the sample, and why; the plain card stands in their place. */
  readonly failed: readonly { readonly name: string; readonly error: OgError }[];
  /** Each once, without a page: there is only the sample. */
  readonly warnings: readonly Warning[];
}

/**
 * Paints every template with a sample page, light and dark, from left to right and from right to left, with the theme
 * and the fonts of the configuration, and puts all of it on one picture. The sample from right to left is Arabic or
 * Hebrew where a font for that is installed, and else English on mirrored cards.
 * @param format of the sheet
 * @throws OgError as `generate()` does
 */
export async function contactSheet(options: Omit<Options, "signal">, format: Format = "png"): Promise<ContactSheet> {
  checkNode();
  // Whoever imports the package mostly wants something else.
  const { makeSheet } = await import("./contact-sheet/make.ts");
  return makeSheet(options, format);
}
