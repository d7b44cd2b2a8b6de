import { OgError } from "../error.ts";
import { LIMITS } from "../limits.ts";
import type { HostElement } from "../types.ts";
import { MEASURED, type DirectCard, type Layout } from "./layout.ts";
import {
  guessOf,
  search,
  searchTogether,
  textToFit,
  type Box,
  type Fitted,
  type Guess,
  type Probe,
  type Sample,
  type Setting,
  type Style,
  type TextToFit,
} from "./fit-search.ts";
import type { AdvanceOf } from "./wrap.ts";

export type LaidOut = Layout | DirectCard;

/** The layouts of a job that its texts are fitted by. */
export interface LayoutOf {
  /**
   * Lays a card out with the given tree, and measures samples beside it.
   * @param tree where there are samples, its root may have further children
   */
  beside(tree: HostElement, samples: readonly Sample[]): Promise<LaidOut>;
  /** How wide characters are set, about, in a style. */
  advances(): Promise<(style: Style) => AdvanceOf>;
}

export interface FittedCard {
  /** The element tree with plain blocks in place of the fitted texts. */
  readonly tree: HostElement;
  /** How it is laid out. */
  readonly laidOut: LaidOut;
  /** The words that did not fit, of each text that was cut off. */
  readonly lost: readonly string[];
}

/** The inherited properties that decide how wide and how high a text is. */
const INHERITED = /^(font(?!Size)\w*|letterSpacing|wordSpacing|textTransform|direction|whiteSpace|tabSize|textIndent)$/;

/**
 * Lays a card out with each fitted text at the largest whole font size of its range at which it fits its box: first without
 * breaking a word, else with long words broken; what does not fit at the smallest size ends in an ellipsis.
 *
 * The card is laid out at once with the sizes that are expected, and what must be measured to know that they are right is
 * measured in the same pass. Where they are not, the texts are measured by themselves until they are known, all together,
 * since each pass has a cost of its own.
 * @param most UTF-16 code units of a text that may be shown
 */
export async function fitTexts(tree: HostElement, layoutOf: LayoutOf, most = LIMITS.textCharacters): Promise<FittedCard> {
  const nodes = new Map<HostElement, Box>();
  findFittedTexts(tree, {}, nodes);
  if (nodes.size === 0) return { tree, laidOut: await layoutOf.beside(tree, []), lost: [] };
  const advances = await layoutOf.advances();
  const texts = Array.from(nodes, ([node, box]) => textToFit(node, box, advances(box.style), most));
  const guessed = texts.flatMap((text) => {
    const guess = guessOf(text);
    return guess ? [{ text, guess }] : [];
  });
  // Nothing can be measured beside a card that is a text itself.
  const isGuessed = guessed.length === texts.length && !nodes.has(tree);
  const card = isGuessed ? await layOutGuessed(tree, guessed, layoutOf) : undefined;
  const known = new Map(card?.sizes);
  const fitted = await searchTogether(texts.map(search), known, async (probes) => (await layoutOf.beside(NOTHING, probes)).sizes);
  const settled = replaced(tree, new Map(texts.map((text, index) => [text.node, block(text, fitted[index] as Fitted)])));
  const isRight = fitted.every((setting, index) => isSame(setting, guessed[index]?.guess.probe));
  const laidOut = isRight && card ? card : await layoutOf.beside(settled, []);
  const lost = fitted
    .filter((text, index) => text.lost !== "" && !texts[index]?.box.quiet)
    .map((text) => text.lost.replace(LINE_BREAKS, ""));
  return { tree: settled, laidOut, lost };
}

/** Characters that only say where lines may break: resolving has put them in. */
const LINE_BREAKS = /[\u200b\u2060]/g;

interface GuessedText {
  readonly text: TextToFit;
  readonly guess: Guess;
}

/** The card as it is expected to be, and the sizes of all that must be measured to know that it is. */
function layOutGuessed(tree: HostElement, guessed: readonly GuessedText[], layoutOf: LayoutOf): Promise<LaidOut> {
  const inCard = new Set(guessed.filter(({ text }) => isAsLargeAsItsLines(text)).map(({ guess }) => guess.probe));
  const blocks = guessed.map(
    ({ text, guess: { probe } }) => [text.node, inCard.has(probe) ? measuredBlock(text, probe) : block(text, probe)] as const,
  );
  const beside = guessed.flatMap(({ guess: { probe, tooLarge } }) => (inCard.has(probe) ? tooLarge : [...tooLarge, probe]));
  return layoutOf.beside(replaced(tree, new Map(blocks)), beside);
}

const NOTHING: HostElement = { type: "div", props: { style: { display: "flex" } } };

function isSame(one: Setting, other: Setting | undefined): boolean {
  return one.text === other?.text && one.fontSize === other.fontSize && one.breaksWords === other.breaksWords;
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
  const lineHeight = number("lineHeight");
  const asked = Math.max(1, Math.round(number("max")));
  const min = Math.min(asked, Math.max(1, Math.round(number("min"))));
  const max = Math.max(min, Math.min(asked, largestInHeight(number("height"), lineHeight)));
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

/** No larger font size can fit, as the layout rounds the height of a line. */
function largestInHeight(height: number, lineHeight: number): number {
  return lineHeight > 0 ? Math.ceil((height + 2) / lineHeight) : Infinity;
}

/** The block that takes a fitted text's place. */
function block({ node, box }: TextToFit, { text, fontSize, breaksWords }: Setting): HostElement {
  const style = {
    ...node.props.style,
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

/** Styles that a block replaces, and those that change neither its width nor that its height is that of its lines. */
const OF_LINES =
  /^(width|display|flexShrink|lineHeight|wordBreak|font\w*|color|(letter|word)Spacing|text(?!Overflow)\w*|direction|whiteSpace|tabSize|opacity|margin\w*)$/;

/** Whether the block in the card can be measured in the text's stead. */
function isAsLargeAsItsLines({ node }: TextToFit): boolean {
  return Object.keys(node.props.style ?? {}).every((name) => OF_LINES.test(name));
}

/** As large as its text, also where a word is longer than a line or what is around it leaves less room. */
function measuredBlock(text: TextToFit, probe: Probe): HostElement {
  const { type, props } = block(text, probe);
  return { type, props: { ...props, [MEASURED]: probe, style: { ...props.style, minWidth: "min-content", height: "min-content" } } };
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
