/** Widths in ems, the first that matches: about those of Inter Bold, which is wide. */
const WIDTHS: readonly (readonly [characters: RegExp, width: number])[] = [
  [/[\p{M}\u200b]/u, 0],
  [/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}%@mwMW—…]/u, 1],
  [/[\s.,:;'’"!|()[\]/fijlrtI-]/u, 0.36],
  [/[\p{Lu}\p{S}]/u, 0.7],
];
const OTHERS = 0.61;

/** About how wide a text is set on one line, in ems: for what must be known before the layout measures it. */
export function roughWidth(text: string): number {
  let width = 0;
  for (const character of text) width += WIDTHS.find(([characters]) => characters.test(character))?.[1] ?? OTHERS;
  return width;
}

/** In about how many lines of so many ems. */
export function roughLines(text: string, ems: number): number {
  let lines = 1;
  let x = 0;
  for (const word of text.split(/(?<=\s)/)) {
    const width = roughWidth(word);
    if (x > 0 && x + roughWidth(word.trimEnd()) > ems) {
      lines++;
      x = 0;
    }
    x += width;
    // What is longer than a line: writing without spaces.
    lines += Math.max(0, Math.ceil(x / ems) - 1);
    x %= ems;
  }
  return lines;
}
