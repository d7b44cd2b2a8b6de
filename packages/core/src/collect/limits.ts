/** UTF-16 code units of a front matter. A longer one is refused before it is parsed: a hostile one takes its parser a millisecond per 250. */
export const MAX_FRONT_MATTER = 64 * 1024;

/** Maps and lists within each other, as they are written. */
export const MAX_DEPTH = 100;

/** Values in one front matter, counted again wherever an alias repeats them. */
export const MAX_VALUES = 20_000;
