export const NO_BREAK_SPACE = "\u00a0";

const MOST_WORDS = 5_000;
const knownParts = new Map<string, readonly string[]>();

/** A word in words without spaces and marks, and these, as satori takes it apart; a no-break space joins what is around it. */
export function partsOf(word: string): readonly string[] {
  const known = knownParts.get(word);
  if (known) return known;
  const parts: string[] = [];
  let joins = false;
  for (const segment of segmentsOf(word)) {
    const isJoint: boolean = segment === NO_BREAK_SPACE && !joins;
    if (isJoint || joins) parts.push(`${parts.pop() ?? ""}${segment}`);
    else parts.push(segment);
    joins = isJoint;
  }
  if (knownParts.size >= MOST_WORDS) knownParts.clear();
  knownParts.set(word, parts);
  return parts;
}

/** Latin letters, digits, and marks of which it is known what they do between these. A colon between letters is not. */
const PLAIN = /^(?!.*\p{L}:\p{L})[ -~À-ÖØ-öø-ɏ·–—…‘’“”«»¡¿]*$/u;
const WORD = /[\p{L}\d_]+(?:(?:(?<=\p{L})[.'‘’·](?=\p{L})|(?<=\d)[.,;'‘’](?=\d))[\p{L}\d_]+)*| +|./gu;
let words: Intl.Segmenter | undefined;

/** By https://unicode.org/reports/tr29/#Word_Boundaries. The first segmenter takes 12 ms to make, and most cards need none. */
function segmentsOf(word: string): readonly string[] {
  if (PLAIN.test(word)) return word.match(WORD) ?? [];
  words ??= new Intl.Segmenter(undefined, { granularity: "word" });
  return Array.from(words.segment(word), ({ segment }) => segment);
}
