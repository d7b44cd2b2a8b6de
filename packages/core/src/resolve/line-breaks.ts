const ZERO_WIDTH_SPACE = "\u200b";
const WORD_JOINER = "\u2060";

/** Scripts that put no spaces between words, of which only a dictionary knows where they end. */
const UNSPACED = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+/gu;
const BETWEEN_HANGUL = /(?<=\p{Script=Hangul})(?=\p{Script=Hangul})/gu;
/** What either looks at; most texts have none. */
const NEITHER = /^[^\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Hangul}]*$/u;

/**
 * A text with invisible characters that say where its lines may break and where not, as satori 0.63.2 breaks by the
 * default rules of https://www.unicode.org/reports/tr14/ alone. They leave Thai and its like to a dictionary, for which
 * here is that of `Intl.Segmenter`; and they break Korean between any two syllables, although it has spaces between its words.
 * @param isSpaced whether the letters are set apart: then Korean stays as it is, as the characters between them would be, too
 */
export function markLineBreaks(text: string, isSpaced = false): string {
  if (NEITHER.test(text)) return text;
  const inWords = text.replace(UNSPACED, (run) => wordsOf(run).join(ZERO_WIDTH_SPACE));
  return isSpaced ? inWords : inWords.replace(BETWEEN_HANGUL, WORD_JOINER);
}

let segmenter: Intl.Segmenter | undefined;

function wordsOf(run: string): readonly string[] {
  segmenter ??= new Intl.Segmenter("th", { granularity: "word" });
  return Array.from(segmenter.segment(run), ({ segment }) => segment);
}
