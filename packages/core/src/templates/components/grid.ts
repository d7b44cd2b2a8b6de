import type { Size } from "../../types.ts";

/** Font sizes in pixels, largest first. At 1200×630, shown 500 px wide in a feed, the smallest is still 11 px. */
export interface TypeScale {
  /** A number or a word that is the picture: 132. */
  readonly display: number;
  /** A title that stands alone: 88. */
  readonly headline: number;
  /** A title that shares the card: 66. */
  readonly title: number;
  /** A sentence under a title: 36. */
  readonly lead: number;
  /** Running text: 31. */
  readonly body: number;
  /** Names, dates, labels: 27. */
  readonly label: number;
}

/** The measure that all templates share: everything is a multiple of `unit`, which is 1 px on a card of 1200×630. */
export interface Grid extends Size {
  readonly unit: number;
  /** Between the edge and the content, in pixels: at least 40, the area that every platform leaves uncut. */
  readonly margin: number;
  /** Between the margins, in pixels. */
  readonly contentWidth: number;
  readonly contentHeight: number;
  /** Whether there is room for two columns; a square or a tall card stacks them. */
  readonly wide: boolean;
  readonly type: TypeScale;
}

/** Measures for a card of any size. */
export function grid({ width, height }: Size): Grid {
  const unit = Math.min(width / 900, height / 560, Math.sqrt((width * height) / (1200 * 630)));
  const margin = Math.min(Math.max(40, Math.round(64 * unit)), Math.round(Math.min(width, height) / 8));
  return {
    width,
    height,
    unit,
    margin,
    contentWidth: width - 2 * margin,
    contentHeight: height - 2 * margin,
    wide: width >= 1.4 * height,
    type: { display: 132 * unit, headline: 88 * unit, title: 66 * unit, lead: 36 * unit, body: 31 * unit, label: 27 * unit },
  };
}
