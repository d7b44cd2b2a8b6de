import type { HostElement, Size } from "../types.ts";
import type { Sizes } from "./layout.ts";
import { piecesOf, reachOf, type AdvanceOf } from "./wrap.ts";

export type Style = Readonly<Record<string, unknown>>;

/** A text in a style: what the layout measures. */
export interface Sample {
  readonly text: string;
  readonly style: Style;
}

/** What a `fitted-text` element asks for (see `FittedText`). */
export interface Box {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Font sizes in pixels. */
  readonly max: number;
  readonly min: number;
  /** Lines at most. */
  readonly lines: number;
  readonly lineHeight: number;
  /** Lines of about the same length, rather than as full as they can be. */
  readonly balanced: boolean;
  /** What is lost of it is not told: a summary says the same at any length. */
  readonly quiet: boolean;
  /** What else decides how wide the text is: its own and its ancestors' styles. */
  readonly style: Style;
}

/** How a text is set. */
export interface Setting {
  readonly text: string;
  readonly fontSize: number;
  /** Whether a word may be broken. */
  readonly breaksWords: boolean;
}

export interface Fitted extends Setting {
  readonly lost: string;
}

/** A setting that is tried. */
export type Probe = Setting & Sample;

/** A search that asks for measurements and is told of all that were made. */
type Search<T> = Generator<readonly Probe[], T, Sizes>;

/** A text, and what is known of it before anything is measured. */
export interface TextToFit {
  readonly node: HostElement;
  readonly box: Box;
  readonly whole: string;
  /** As much of it as may be shown. */
  readonly text: string;
  /** The font sizes of its range, the largest first. */
  readonly sizes: readonly number[];
  /** Where it may be cut off, the last place first. */
  readonly cuts: () => readonly number[];
  /** How many of its characters fit the box at a font size, about: in all, or before an ellipsis. */
  readonly reachAt: (fontSize: number, breaksWords: boolean, isCut?: boolean) => number;
  /** The same probe for the same setting. */
  readonly probe: (text: string, fontSize: number, breaksWords: boolean) => Probe;
}

/** The setting that a search is expected to find, and those that must not fit if it is right. */
export interface Guess {
  readonly probe: Probe;
  readonly tooLarge: readonly Probe[];
}

export function textToFit(node: HostElement, box: Box, advanceOf: AdvanceOf, most: number): TextToFit {
  const whole = (node.props.children ?? []).filter((child) => typeof child === "string").join("");
  const text = beginning(whole, most);
  const pieces = piecesOf(text, advanceOf);
  const probes = new Map<string, Probe>();
  let cuts: readonly number[] | undefined;
  return {
    node,
    box,
    whole,
    text,
    sizes: Array.from({ length: box.max - box.min + 1 }, (_size, step) => box.max - step),
    cuts: () => (cuts ??= cutsOf(text)),
    reachAt(fontSize, breaksWords, isCut = false) {
      // The layout rounds the height of a line.
      const lines = Math.min(box.lines, Math.floor((box.height + ROUNDING) / Math.round(fontSize * box.lineHeight)));
      return reachOf(pieces, { width: box.width / fontSize, lines, breaksWords, end: isCut ? advanceOf("…") : 0 });
    },
    probe(text, fontSize, breaksWords) {
      const id = `${fontSize} ${breaksWords} ${text}`;
      const probe = probes.get(id) ?? { text, fontSize, breaksWords, style: sampleStyle(fontSize, breaksWords, box) };
      probes.set(id, probe);
      return probe;
    },
  };
}

function sampleStyle(fontSize: number, breaksWords: boolean, { width, lineHeight, style }: Box): Style {
  const wrap = breaksWords ? { wordBreak: "break-word" } : { wordBreak: "normal", minWidth: "min-content" };
  return { ...style, display: "block", width, fontSize, lineHeight, ...wrap };
}

/** What is expected of a text; `undefined` where words must be broken, as more has to be measured to know that. */
export function guessOf(toFit: TextToFit): Guess | undefined {
  const { box, whole, text, sizes, cuts, reachAt, probe } = toFit;
  if (text === whole) {
    const expected = expectedSize(toFit, sizes, false);
    const [before, size] = [sizes[expected - 1], sizes[expected]];
    if (size !== undefined) return { probe: probe(text, size, false), tooLarge: before === undefined ? [] : [probe(text, before, false)] };
    if (reachAt(box.min, true) >= text.length) return undefined;
  }
  const expected = expectedCut(toFit);
  const [before, cut] = [cuts()[expected - 1], cuts()[expected]];
  if (cut === undefined) return undefined;
  return {
    probe: probe(cutOff(text, cut), box.min, true),
    tooLarge: [
      ...(text === whole ? [probe(text, box.min, false)] : []),
      ...(before === undefined ? [] : [probe(cutOff(text, before), box.min, true)]),
    ],
  };
}

/** The place of the first size at which all of a text is expected to fit; -1 for none. */
function expectedSize({ text, reachAt }: TextToFit, sizes: readonly number[], breaksWords: boolean): number {
  return sizes.findIndex((size) => reachAt(size, breaksWords) >= text.length);
}

/** The place of the first cut before which all is expected to fit; -1 for none. */
function expectedCut({ box, cuts, reachAt }: TextToFit): number {
  const reach = reachAt(box.min, true, true);
  return cuts().findIndex((cut) => cut <= reach);
}

/**
 * Runs searches side by side: one measurement serves a step of each.
 * @param known sizes that were measured before; grows
 */
export async function searchTogether<T>(
  searches: readonly Search<T>[],
  known: Map<unknown, Size>,
  measure: (probes: readonly Probe[]) => Promise<Sizes>,
): Promise<readonly T[]> {
  let steps = searches.map((search) => search.next());
  while (steps.some((step) => !step.done)) {
    const unknown = steps.flatMap((step) => (step.done ? [] : step.value.filter((probe) => !known.has(probe))));
    if (unknown.length > 0) for (const [probe, size] of await measure(unknown)) known.set(probe, size);
    steps = steps.map((step, index) => (step.done ? step : (searches[index] as Search<T>).next(known)));
  }
  return steps.map((step) => step.value as T);
}

/** Measures a text until it is known how it is set. */
export function* search(toFit: TextToFit): Search<Fitted> {
  const { box, whole, text, cuts } = toFit;
  if (text === whole) {
    const unbroken = yield* largestThatFits(toFit, toFit.sizes, false);
    if (unbroken.fontSize !== undefined) return { text, fontSize: unbroken.fontSize, lost: "", breaksWords: false };
    const { width } = unbroken.smallest;
    if (width > box.width + ROUNDING) {
      // A word in as few parts as at the smallest size; each line may be short of it by a letter.
      const parts = Math.ceil(width / (box.width - box.min));
      const few = toFit.sizes.filter((size) => (size * width) / box.min <= (box.width - size) * parts);
      const broken = yield* largestThatFits(toFit, few, true);
      if (broken.fontSize !== undefined) return { text, fontSize: broken.fontSize, lost: "", breaksWords: true };
    }
  }
  const at = (index: number) => toFit.probe(cutOff(text, cuts()[index]), box.min, true);
  const { first } = yield* firstThatFits(cuts().length, at, box, expectedCut(toFit));
  return { text: cutOff(text, cuts()[first]), fontSize: box.min, lost: whole.slice(cuts()[first] ?? 0).trim(), breaksWords: true };
}

function* largestThatFits(toFit: TextToFit, sizes: readonly number[], breaksWords: boolean) {
  const { text, box, probe } = toFit;
  const at = (index: number) => probe(text, sizes[index] as number, breaksWords);
  const { first, last } = yield* firstThatFits(sizes.length, at, box, expectedSize(toFit, sizes, breaksWords));
  return { fontSize: sizes[first], smallest: last };
}

/**
 * The first of `count` samples, each easier to fit than the one before, that fits the box; `count` where none does, and then
 * the size of the last one.
 *
 * All up to `lastTooLarge` are too large, and all from `first` on fit. Until both are samples that were measured, the search
 * steps away from what is expected, twice as far each time; then it splits what is between them in four.
 * @param expected about which one that is, -1 for none
 */
function* firstThatFits(
  count: number,
  at: (index: number) => Probe,
  box: Box,
  expected: number,
): Search<{ readonly first: number; readonly last: Size }> {
  let lastTooLarge = -1;
  let first = count;
  let last: Size = box;
  let next: readonly number[] = expected < 0 ? [count - 1] : [expected - 1, expected];
  for (let far = 2; first - lastTooLarge > 1; far *= 2) {
    const probes = next.filter((index) => index > lastTooLarge && index < first).map((index) => ({ index, probe: at(index) }));
    const sizes = yield probes.map(({ probe }) => probe);
    first = probes.find(({ probe }) => isInside(sizes.get(probe), probe, box))?.index ?? first;
    for (const { index, probe } of probes) {
      if (index >= first) continue;
      lastTooLarge = index;
      last = sizes.get(probe) ?? last;
    }
    if (lastTooLarge < 0) next = [first - far, first - 1];
    else if (first === count) next = [lastTooLarge + 1, lastTooLarge + far];
    else next = spread(lastTooLarge + 1, first - lastTooLarge - 1);
  }
  return { first, last };
}

/** Of `count` numbers from `from` on, three that leave equal gaps, or all. */
function spread(from: number, count: number): readonly number[] {
  const parts = Math.min(count, 3);
  return Array.from({ length: parts }, (_part, step) => from + Math.floor(((step + 1) * count) / (parts + 1)));
}

/** The layout rounds a box up to whole pixels. */
const ROUNDING = 1;

function isInside(size: Size | undefined, { fontSize }: { readonly fontSize: number }, { width, height, lines, lineHeight }: Box): boolean {
  if (!size || size.width > width + ROUNDING || size.height > height + ROUNDING) return false;
  return Math.round(size.height / (fontSize * lineHeight)) <= lines;
}

/** The beginning of a text that a card may show, whole graphemes of it. */
function beginning(text: string, most: number): string {
  if (text.length <= most) return text;
  const { index = 0 } = new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text.slice(0, most + 1)).containing(most) ?? {};
  return text.slice(0, index);
}

/** Where a text may be cut off, the last place first: after words, and inside of a first word that fills the card. */
function cutsOf(text: string): readonly number[] {
  const places = (granularity: "word" | "grapheme", from: string): readonly number[] =>
    Array.from(new Intl.Segmenter(undefined, { granularity }).segment(from), ({ index, segment }) => index + segment.length);
  const words = places("word", text);
  return [...new Set([...places("grapheme", text.slice(0, words[0])), ...words])].toReversed();
}

function cutOff(text: string, at = 0): string {
  return `${text.slice(0, at).replace(/[\s\p{Pd}\p{Ps}\p{Pi},;:.،؛。、，；：]+$/u, "")}…`;
}
