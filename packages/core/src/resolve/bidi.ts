import bidiModule from "bidi-js";

/** It is typed as an ES module, and is a CommonJS one whose only export is this function. */
const bidiFactory = bidiModule as unknown as typeof bidiModule.default;

const LEFT_TO_RIGHT_MARK = "\u200e";
/** Punctuation and symbols, which have no direction of their own. */
const DIRECTIONLESS = /^(?!\p{Extended_Pictographic})[\p{P}\p{S}]/u;
const LETTER = /\p{L}/u;
/** Only these can be on the wrong side: most texts have none, and the algorithm is never loaded. */
const DIRECTIONLESS_BESIDE_OTHERS = /[\p{N}\p{Script=Latin}][\p{P}\p{S}]|[\p{P}\p{S}][\p{N}\p{Script=Latin}]/u;

let bidi: ReturnType<typeof bidiFactory> | undefined;

/**
 * A text of a card from right to left, in which what belongs to a number or to Latin words stays with them: `18:30`,
 * `50%`, `$5`, `(v1.2)`. satori 0.63.2 places words by a part of the Unicode Bidirectional Algorithm, in which
 * punctuation between numbers and in brackets goes from right to left (`30:18`); a mark after each such character tells
 * it what the whole algorithm says: https://www.unicode.org/reports/tr9/
 */
export function markLeftToRight(text: string): string {
  if (!DIRECTIONLESS_BESIDE_OTHERS.test(text)) return text;
  bidi ??= bidiFactory();
  const { levels } = bidi.getEmbeddingLevels(text, "rtl");
  let marked = "";
  let index = 0;
  let before = "";
  for (const character of text) {
    const insideWord = LETTER.test(before) && LETTER.test(text.charAt(index + character.length));
    const needsMark = (levels[index] as number) % 2 === 0 && DIRECTIONLESS.test(character) && !insideWord;
    marked += needsMark ? character + LEFT_TO_RIGHT_MARK : character;
    before = character;
    index += character.length;
  }
  return marked;
}
