import { Resvg } from "@resvg/resvg-js";
import { messageOf, OgError, reasonOf } from "../error.ts";

/**
 * Paints an SVG that has passed the gate.
 * @returns RGBA, four bytes a pixel, premultiplied, rows from the top
 * @throws OgError `E_RENDER`; some trees do not throw but end the process
 */
export function raster(svg: string): Uint8Array {
  try {
    return new Resvg(svg, { font: { loadSystemFonts: false } }).render().pixels;
  } catch (thrown) {
    throw new OgError("E_RENDER", `The card cannot be painted: ${reasonOf(thrown)}.`, { cause: messageOf(thrown) });
  }
}
