import type { Size } from "../../types.ts";

/** The measure that all templates share: everything is a multiple of `unit`, which is 1 px on a card of 1200×630. */
export interface Grid extends Size {
  readonly unit: number;
  /** Between the edge and the content: at least 40 px, the area that every platform leaves uncut. */
  readonly margin: number;
  /** Between the margins. */
  readonly contentWidth: number;
  readonly contentHeight: number;
}

export function grid({ width, height }: Size): Grid {
  const unit = Math.min(width / 900, height / 560, Math.sqrt((width * height) / (1200 * 630)));
  const margin = Math.min(Math.max(40, Math.round(64 * unit)), Math.round(Math.min(width, height) / 8));
  return { width, height, unit, margin, contentWidth: width - 2 * margin, contentHeight: height - 2 * margin };
}
