import { renderAsync, Resvg } from "@resvg/resvg-js";
import { messageOf, OgError, reasonOf } from "../error.ts";

/**
 * Paints an SVG that has passed the gate.
 * @returns RGBA, four bytes a pixel, premultiplied, rows from the top
 * @throws OgError `E_RENDER`; some trees do not throw but end the process
 */
export function raster(svg: string): Uint8Array {
  try {
    return new Resvg(svg, OPTIONS).render().pixels;
  } catch (thrown) {
    throw rasterError(thrown);
  }
}

/** The same in a thread of its own. */
export async function rasterBeside(svg: string): Promise<Uint8Array> {
  try {
    return (await renderAsync(svg, OPTIONS)).pixels;
  } catch (thrown) {
    throw rasterError(thrown);
  }
}

const OPTIONS = { font: { loadSystemFonts: false } };

function rasterError(thrown: unknown): OgError {
  return new OgError("E_RENDER", `The card cannot be painted: ${reasonOf(thrown)}.`, { cause: messageOf(thrown) });
}
