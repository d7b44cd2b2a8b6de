/**
 * Estimated widths in em of one character of Inter Bold; wide ones (Han, kana, Hangul, emoji) are one em by design. Of
 * 1,500 titles in eight European languages, nine in ten are estimated at 0.99 to 1.06 of their real width.
 */
const NARROW = /[\s.,:;'’!|()[\]{}\-ijltfrI]/;
const BROAD = /[MWmw@%ШЩЮЖЫωΩ—…]/;
const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}\u3000-\u303f\uff00-\uff60]/u;

export interface FitOptions {
  /** Pixels that a line may take. */
  readonly width: number;
  /** Pixels that all lines together may take. */
  readonly height: number;
  /** Font sizes in pixels. */
  readonly max: number;
  readonly min: number;
  readonly lineHeight: number;
}

export interface Fitted {
  readonly fontSize: number;
  /** As many as the box takes at this size: where to clamp. */
  readonly lines: number;
  /** Pixels: as narrow as makes the lines equally long. satori's own balancing cuts lines off when it also clamps. */
  readonly width: number;
}

const SIZES = 10;
/** What an estimate may be short of. */
const SLACK = 1.07;

/** The largest of ten sizes at which the text is expected to fit its box. */
export function fitText(text: string, { width, height, max, min, lineHeight }: FitOptions): Fitted {
  let fontSize = max;
  let lines = 1;
  for (let step = 0; step <= SIZES; step++) {
    fontSize = Math.round(max - ((max - min) * step) / SIZES);
    lines = Math.max(1, Math.floor(height / (fontSize * lineHeight)));
    if (estimateLines(text, width / fontSize) <= lines) return { fontSize, lines, width: balancedWidth(text, width / fontSize) * fontSize };
  }
  return { fontSize, lines, width };
}

/** The narrowest width, in em, that takes no more lines than `width` does. */
function balancedWidth(text: string, width: number): number {
  const lines = estimateLines(text, width);
  if (lines === 1) return width;
  let narrow = width / 2;
  let wide = width;
  while (wide - narrow > 0.2) {
    const middle = (narrow + wide) / 2;
    if (estimateLines(text, middle) <= lines) wide = middle;
    else narrow = middle;
  }
  return Math.min(width, wide * SLACK);
}

/** Greedy line breaking over estimated widths, in em. */
function estimateLines(text: string, width: number): number {
  const space = emWidth(" ");
  let lines = 1;
  let used = 0;
  for (const word of text.split(/\s+/).flatMap(breakable)) {
    const wide = emWidth(word);
    if (used > 0 && used + space + wide > width) {
      lines++;
      used = 0;
    }
    used += (used > 0 ? space : 0) + wide;
    while (used > width) {
      lines++;
      used -= width;
    }
  }
  return lines;
}

/** Between wide characters a line may break anywhere. */
function breakable(word: string): readonly string[] {
  return WIDE.test(word) ? Array.from(word) : [word];
}

function emWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    width += WIDE.test(character)
      ? 1
      : NARROW.test(character)
        ? 0.31
        : BROAD.test(character)
          ? 0.9
          : /\p{Lu}/u.test(character)
            ? 0.7
            : 0.585;
  }
  return width;
}
