import bidiModule from "bidi-js";

/** It is typed as an ES module, and is a CommonJS one whose only export is this function. */
const bidiFactory = bidiModule as unknown as typeof bidiModule.default;

const LEFT_TO_RIGHT_MARK = "\u200e";
/** Punctuation and symbols, which have no direction of their own. */
const DIRECTIONLESS = /^(?!\p{Extended_Pictographic})[\p{P}\p{S}]/u;
const LETTER = /\p{L}/u;
const NUMBER = /\p{N}/u;
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
  const characters = Array.from(text);
  const before = lastWords(characters);
  const after = lastWords(characters.toReversed()).toReversed();
  let marked = "";
  let index = 0;
  for (const [position, character] of characters.entries()) {
    const isBetweenWords = before[position] === "letter" && after[position] === "letter";
    const needsMark = (levels[index] as number) % 2 === 0 && DIRECTIONLESS.test(character) && !isBetweenWords;
    marked += needsMark ? character + LEFT_TO_RIGHT_MARK : character;
    index += character.length;
  }
  return marked;
}

/** What the last letter or number up to each character is. Between two words, satori places punctuation right by itself. */
function lastWords(characters: readonly string[]): ("letter" | "number" | undefined)[] {
  let last: "letter" | "number" | undefined;
  return characters.map((character) => (last = LETTER.test(character) ? "letter" : NUMBER.test(character) ? "number" : last));
}
