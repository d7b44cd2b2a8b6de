const ZERO_WIDTH_SPACE = "\u200b";
const WORD_JOINER = "\u2060";
const SOFT_HYPHEN = /\u00ad/g;

/** Scripts that put no spaces between words, of which only a dictionary knows where they end. */
const UNSPACED = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+/gu;
const BETWEEN_HANGUL = /(?<=\p{Script=Hangul})(?=\p{Script=Hangul})/gu;
/** Chinese and Japanese. */
const IDEOGRAPHIC = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]{2,}/gu;
/** `Astroが`: a particle belongs to a foreign word, too. */
const BEFORE_PARTICLE = /(?<=[\p{Script=Latin}\p{N}])(?=\p{Script=Hiragana})/gu;
/** Characters of a phrase at most: what is longer would be set smaller for the sake of its line breaks. */
const LONGEST_PHRASE = 12;
/** Dashes between spaces, and what French sets apart with a space: they stand at the end of a line, not at the beginning. */
const BEFORE_CLOSING = /(?<=\S )(?=[–—―](?: |$)|[»›:;!?]+(?:\s|$))/gu;
const AFTER_OPENING = /(?<=[«‹]) (?=\S)/gu;
/** Names of programs, paths and addresses that are longer than most lines. */
const LONG_NAME = /[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]{28,}/gu;
/** Where the parts of such a name meet: `java.util`, `MAX_SIZE`, `std::vector`, `DataSource`. */
const BETWEEN_PARTS = /(?<=[._:#@/\\])(?=[\p{L}\p{N}])|(?<=\p{Ll})(?=\p{Lu})/gu;

/**
 * A text with invisible characters that say where its lines may break and where not, as satori 0.63.2 breaks by the
 * default rules of https://www.unicode.org/reports/tr14/ alone. They leave Thai and its like to a dictionary, for which
 * here is that of `Intl.Segmenter`; they break Korean between any two syllables, although it has spaces between its words,
 * and Chinese and Japanese within words; and they know no names of programs. A soft hyphen goes, as satori would break the
 * line there and draw no hyphen, which makes two words of one.
 * @param isSpaced whether the letters are set apart: then words stay as they are, as the characters between their letters would be, too
 */
export function markLineBreaks(text: string, isSpaced = false): string {
  const marked = text
    .replace(SOFT_HYPHEN, "")
    .replace(LONG_NAME, (name) => name.replace(BETWEEN_PARTS, ZERO_WIDTH_SPACE))
    .replace(BEFORE_CLOSING, WORD_JOINER)
    .replace(AFTER_OPENING, ` ${WORD_JOINER}`)
    .replace(UNSPACED, (run) => wordsOf(run).join(ZERO_WIDTH_SPACE));
  if (isSpaced) return marked;
  return marked
    .replace(IDEOGRAPHIC, (run) => phrasesOf(run).map(joined).join(""))
    .replace(BEFORE_PARTICLE, WORD_JOINER)
    .replace(BETWEEN_HANGUL, WORD_JOINER);
}

let segmenter: Intl.Segmenter | undefined;

/** The dictionaries of all languages are the same one. */
function wordsOf(run: string): readonly string[] {
  segmenter ??= new Intl.Segmenter("th", { granularity: "word" });
  return Array.from(segmenter.segment(run), ({ segment }) => segment);
}

function joined(phrase: string): string {
  return Array.from(phrase).join(WORD_JOINER);
}

const HIRAGANA = /^\p{Script=Hiragana}+$/u;
const KATAKANA = /^[\p{Script=Katakana}ー]+$/u;
/** `お` and `ご` make the word behind them polite. */
const POLITE = /^[おご]$/u;

/** Words with what belongs to them: particles and endings in Hiragana; the parts of a word of other languages in Katakana. */
function phrasesOf(run: string): readonly string[] {
  const phrases: string[] = [];
  let last = "";
  for (const word of wordsOf(run)) {
    const phrase = phrases.at(-1) ?? "";
    const belongs = POLITE.test(phrase) || (HIRAGANA.test(word) && !POLITE.test(word)) || (KATAKANA.test(word) && KATAKANA.test(last));
    if (phrase !== "" && belongs && phrase.length + word.length <= LONGEST_PHRASE) phrases[phrases.length - 1] = phrase + word;
    else phrases.push(word);
    last = word;
  }
  return phrases;
}
