import { setImmediate } from "node:timers/promises";
import type { Size } from "../types.ts";
import type { CardImages } from "./images.ts";
import { isKept, paintLayer, splitLayers, type Layer, type PaintedLayer } from "./layers.ts";
import type { Document, Part } from "./parts.ts";

/** The layers of a card, painted by other threads while its text is set. */
export interface LayersAhead {
  /** Begins with what a card will be made of. After one that satori had to lay out it does not: these layers would be of no use. */
  begin(parts: readonly Part[]): Promise<void>;
  /**
   * The layers of a card, those that are begun or others.
   * @param isDirect whether it was laid out without satori
   * @throws OgError as `paintLayer()` does
   */
  layersOf(document: Document, isDirect: boolean): Promise<readonly PaintedLayer[]>;
}

let isWorthIt = true;

export function layersAhead(size: Size, images: CardImages): LayersAhead {
  let begun: { readonly parts: readonly Part[]; readonly layers: Promise<readonly PaintedLayer[]> } | undefined;

  const paintAll = (layers: readonly Layer[]) => Promise.all(layers.map((layer) => paintLayer(layer, images)));

  return {
    async begin(parts) {
      if (!isWorthIt) return;
      const layers = splitLayers(documentOf(parts, size), size);
      const isNew = !layers.every(isKept);
      begun = { parts, layers: paintAll(layers) };
      // Whoever asks for them is told; nobody may.
      begun.layers.catch(() => undefined);
      // A turn of the loop, in which what other threads do is given to them.
      if (isNew) await setImmediate();
    },
    layersOf(document, isDirect) {
      isWorthIt = isDirect;
      return begun?.parts === document.parts ? begun.layers : paintAll(splitLayers(document, size));
    },
  };
}

/** What was laid out without satori as a whole card. */
export function documentOf(parts: readonly Part[], { width, height }: Size): Document {
  return { frame: `<svg width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" xmlns="http://www.w3.org/2000/svg">`, parts };
}
