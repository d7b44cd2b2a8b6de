import { OgError } from "../error.ts";
import { LIMITS } from "../limits.ts";
import type { HostElement, Size } from "../types.ts";
import { MEASURED, type Layout } from "./layout.ts";

/** A text in a style: what the layout measures. */
export interface Sample {
  readonly text: string;
  readonly style: Style;
}

export interface LayoutOf {
  /** Lays a card out with the given tree. */
  readonly tree: (tree: HostElement) => Promise<Layout>;
  /** The sizes in pixels at which the layout sets texts. */
  readonly samples: (samples: readonly Sample[]) => Promise<readonly Size[]>;
}

export interface FittedCard {
  /** The element tree with plain blocks in place of the fitted texts. */
  readonly tree: HostElement;
  /** Its layout, as SVG. */
  readonly svg: string;
  /** The words that did not fit, of each text that was cut off. */
  readonly lost: readonly string[];
}

type Style = Readonly<Record<string, unknown>>;

/** What a `fitted-text` element asks for (see `FittedText`). */
interface Box {
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

interface Fitted {
  readonly fontSize: number;
  readonly text: string;
  readonly lost: string;
  /** Whether a word had to be broken. */
  readonly breaksWords: boolean;
}

/** A search that asks for measurements and is told of them. */
type Search<T> = Generator<readonly Sample[], T, readonly Size[]>;

/** The inherited properties that decide how wide and how high a text is. */
const INHERITED = /^(font(?!Size)\w*|letterSpacing|wordSpacing|textTransform|direction|whiteSpace|tabSize|textIndent)$/;

/**
 * Lays a card out with each fitted text at the largest whole font size of its range at which it fits its box: first without
 * breaking a word, else with long words broken; what does not fit at the smallest size ends in an ellipsis. Since most texts
 * fit as they are, the card is first laid out as if all did. Otherwise they are measured, all together, since each layout has
 * a cost of its own.
 * @param most UTF-16 code units of a text that may be shown
 */
export async function fitTexts(tree: HostElement, layoutOf: LayoutOf, most = LIMITS.textCharacters): Promise<FittedCard> {
  const nodes = new Map<HostElement, Box>();
  findFittedTexts(tree, {}, nodes);
  const found = [...nodes];
  const withBlocks = (blockAt: (node: HostElement, box: Box, index: number) => HostElement) =>
    replaced(tree, new Map(found.map(([node, box], index) => [node, blockAt(node, box, index)])));

  if (found.every(([node, box]) => mayFitAsItIs(node, box, most))) {
    const { svg, sizes } = await layoutOf.tree(withBlocks((node, box, index) => measuredBlock(node, box, asItIs(node, box), index)));
    if (found.every(([node, box], index) => isInside(sizes[index], asItIs(node, box), box)))
      return { tree: withBlocks((node, box) => block(node, box, asItIs(node, box))), svg, lost: [] };
  }

  const fitted = await searchTogether(
    found.map(([node, box]) => fit(textOf(node), box, most)),
    layoutOf.samples,
  );
  const settled = withBlocks((node, box, index) => block(node, box, fitted[index] as Fitted));
  const { svg } = await layoutOf.tree(settled);
  const lost = fitted.filter((text, index) => text.lost !== "" && !found[index]?.[1].quiet).map((text) => text.lost);
  return { tree: settled, svg, lost };
}

function findFittedTexts(node: HostElement, inherited: Style, found: Map<HostElement, Box>): void {
  const own = Object.entries(node.props.style ?? {}).filter(([name]) => INHERITED.test(name));
  const style = { ...inherited, ...Object.fromEntries(own) };
  if (node.type === "fitted-text") {
    found.set(node, boxOf(node, style));
    return;
  }
  for (const child of node.props.children ?? []) if (typeof child !== "string") findFittedTexts(child, style, found);
}

function boxOf({ props }: HostElement, style: Style): Box {
  const number = (name: string): number => {
    const value = props[name];
    if (typeof value === "number" && Number.isFinite(value)) return value;
    throw new OgError("E_LAYOUT", `The \`${name}\` of a <FittedText> is ${String(value)}; it must be a number.`);
  };
  const max = Math.max(1, Math.round(number("max")));
  const min = Math.min(max, Math.max(1, Math.round(number("min"))));
  const lineHeight = number("lineHeight");
  return {
    width: Math.max(number("width"), 1),
    // One line at the smallest size is drawn in any case.
    height: Math.max(number("height"), min * lineHeight),
    max,
    min,
    lines: props["lines"] === undefined ? Number.POSITIVE_INFINITY : Math.max(1, Math.floor(number("lines"))),
    lineHeight,
    balanced: props["balanced"] !== false,
    quiet: props["quiet"] === true,
    style,
  };
}

function textOf({ props }: HostElement): string {
  return (props.children ?? []).filter((child) => typeof child === "string").join("");
}

/** The block that takes a fitted text's place. */
function block({ props }: HostElement, box: Box, { text, fontSize, breaksWords }: Fitted): HostElement {
  const style = {
    ...props.style,
    display: "block",
    flexShrink: 0,
    width: box.width,
    fontSize,
    lineHeight: box.lineHeight,
    // Balanced lines may be narrower than a word, which may then reach beyond them, but not beyond the box; one that is
    // broken would be broken more often.
    wordBreak: breaksWords ? "break-word" : "normal",
    textWrap: box.balanced && !breaksWords ? "balance" : "wrap",
  };
  return { type: "div", props: { style, children: [text] } };
}

function asItIs(node: HostElement, box: Box): Fitted {
  return { text: textOf(node), fontSize: box.max, lost: "", breaksWords: false };
}

/** Styles that a block replaces, and those that change neither its width nor that its height is that of its lines. */
const OF_LINES =
  /^(width|display|flexShrink|lineHeight|wordBreak|font\w*|color|(letter|word)Spacing|text(?!Overflow)\w*|direction|whiteSpace|tabSize|opacity|margin\w*)$/;
/** Of an average letter of most fonts, in ems: a text that would be too long by this would be laid out in vain. */
const LETTER_WIDTH = 0.5;

/** Whether it is worth a try, and the block in the card would be as large as its text. */
function mayFitAsItIs(node: HostElement, { width, height, max, lineHeight, lines }: Box, most: number): boolean {
  const { length } = textOf(node);
  const mostLines = Math.min(lines, Math.floor((height + ROUNDING) / (max * lineHeight)));
  return (
    length <= most &&
    length * max * LETTER_WIDTH <= width * mostLines &&
    Object.keys(node.props.style ?? {}).every((name) => OF_LINES.test(name))
  );
}

/** A block that is as large as its text, also where a word is longer than a line or what is around it leaves less room. */
function measuredBlock(node: HostElement, box: Box, text: Fitted, index: number): HostElement {
  const { type, props } = block(node, box, text);
  return { type, props: { ...props, [MEASURED]: index, style: { ...props.style, minWidth: "min-content", height: "min-content" } } };
}

function replaced(node: HostElement, blocks: ReadonlyMap<HostElement, HostElement>): HostElement {
  const block = blocks.get(node);
  if (block) return block;
  const { children } = node.props;
  if (!children) return node;
  return {
    type: node.type,
    props: { ...node.props, children: children.map((child) => (typeof child === "string" ? child : replaced(child, blocks))) },
  };
}

/** Runs searches side by side: one measurement serves a step of each. */
async function searchTogether<T>(searches: readonly Search<T>[], measure: LayoutOf["samples"]): Promise<readonly T[]> {
  const results: T[] = [];
  const steps = searches.map((search) => search.next());
  for (;;) {
    const asking = steps.flatMap((step, index) => (step.done ? [] : [{ index, samples: step.value }]));
    for (const [index, step] of steps.entries()) if (step.done) results[index] = step.value;
    if (asking.length === 0) return results;
    const sizes = await measure(asking.flatMap(({ samples }) => samples));
    let from = 0;
    for (const { index, samples } of asking) {
      steps[index] = (searches[index] as Search<T>).next(sizes.slice(from, from + samples.length));
      from += samples.length;
    }
  }
}

function* fit(whole: string, box: Box, most: number): Search<Fitted> {
  const text = beginning(whole, most);
  if (text === whole) {
    const sizes = Array.from({ length: box.max - box.min + 1 }, (_size, step) => box.max - step);
    const fontSize = yield* largestThatFits(text, sizes, box, false);
    if (fontSize !== undefined) return { text, fontSize, lost: "", breaksWords: false };
    const [smallest = box] = yield [sample(text, box.min, box, false)];
    // A word in as few parts as at the smallest size; each line may be short of it by a letter.
    const parts = Math.ceil(smallest.width / (box.width - box.min));
    const few = sizes.filter((size) => (size * smallest.width) / box.min <= (box.width - size) * parts);
    const broken = yield* largestThatFits(text, few, box, true);
    if (broken !== undefined) return { text, fontSize: broken, lost: "", breaksWords: true };
  }
  const cuts = cutsOf(text);
  const kept = yield* firstThatFits(cuts.length, (index) => sample(cutOff(text, cuts[index]), box.min, box, true), box);
  return { text: cutOff(text, cuts[kept]), fontSize: box.min, lost: whole.slice(cuts[kept] ?? 0).trim(), breaksWords: true };
}

function* largestThatFits(text: string, sizes: readonly number[], box: Box, breaksWords: boolean): Search<number | undefined> {
  return sizes[yield* firstThatFits(sizes.length, (index) => sample(text, sizes[index] as number, box, breaksWords), box)];
}

function sample(text: string, fontSize: number, { width, lineHeight, style }: Box, breaksWords: boolean): Sample & { fontSize: number } {
  const wrap = breaksWords ? { wordBreak: "break-word" } : { wordBreak: "normal", minWidth: "min-content" };
  return { text, fontSize, style: { ...style, display: "block", width, fontSize, lineHeight, ...wrap } };
}

/** A text in a layout costs half as much as the layout itself. */
const PROBES = 3;

/**
 * The first of `count` samples, each easier to fit than the one before, that fits the box; `count` where none does. The
 * very first alone to begin with, since most titles are short; then as many probes at a time.
 */
function* firstThatFits(count: number, at: (index: number) => ReturnType<typeof sample>, box: Box): Search<number> {
  let tooLarge = -1;
  let fits = count;
  while (fits - tooLarge > 1) {
    const open = fits - tooLarge - 1;
    const probes = tooLarge < 0 ? [0] : spread(tooLarge + 1, open, Math.min(open, PROBES));
    const samples = probes.map(at);
    const sizes = yield samples;
    fits = probes.find((_index, step) => isInside(sizes[step], samples[step] as ReturnType<typeof sample>, box)) ?? fits;
    tooLarge = Math.max(tooLarge, ...probes.filter((index) => index < fits));
  }
  return fits;
}

/** `parts` of `count` numbers from `from` on, which leave equal gaps. */
function spread(from: number, count: number, parts: number): readonly number[] {
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
