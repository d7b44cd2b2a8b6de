/** Made-up posts, the same ones in each run. */

export interface Post {
  readonly index: number;
  readonly category: string;
  /** Two lines on a card, about 45 characters. */
  readonly title: string;
  /** Two lines, about 95 characters. */
  readonly description: string;
  readonly author: string;
  readonly date: string;
}

const CATEGORIES = ["Engineering", "Field notes", "Open source", "Performance", "Releases", "Tutorial", "Typography"];
const AUTHORS = ["Ada Quill", "Bruno Hartog", "Chiara Lovell", "Dmitri Vance", "Elif Sandoval", "Farid Okoye"];
const MONTHS = ["January", "February", "March", "April", "May", "June"];
const WORDS =
  "a quiet garden keeps every page honest while layout engines measure kerning ligatures and margins before anyone waits for pictures that travel faster than words through static sites written with patience deployed twice daily cached carefully shared widely and read on small screens across many time zones without servers".split(
    " ",
  );

export function postAt(index: number): Post {
  const random = seeded(index);
  const oneOf = (list: readonly string[]) => list[Math.floor(random() * list.length)] as string;
  const phrase = (length: number) => {
    let text = oneOf(WORDS);
    while (text.length < length) text += ` ${oneOf(WORDS)}`;
    return text.charAt(0).toUpperCase() + text.slice(1);
  };
  return {
    index,
    category: oneOf(CATEGORIES),
    title: phrase(40),
    description: phrase(90),
    author: oneOf(AUTHORS),
    date: `${1 + Math.floor(random() * 28)} ${oneOf(MONTHS)} 2026`,
  };
}

/** Numbers from 0 to 1: mulberry32, by Tommy Ettinger, in the public domain. */
function seeded(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
