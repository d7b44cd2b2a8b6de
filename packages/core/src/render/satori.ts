import satori, { type Font } from "satori";
import { messageOf } from "../error.ts";
import type { HostElement, Size } from "../types.ts";

export type { Font };

export type DrawOptions = Pick<Parameters<typeof satori>[1], "fonts" | "graphemeImages" | "onNodeDetected">;

/**
 * Draws an element tree as SVG, as satori does it, but: nothing is fetched, what satori only complains of is thrown, marks
 * stand where their font puts them, and lists have their bullets and numbers.
 * @throws what satori throws
 */
export function draw(element: HostElement, size: Size, options: DrawOptions): Promise<string> {
  // For that it is changed from outside, so one card is drawn after the other.
  const drawing = before.then(() => drawNext(element, size, options));
  before = drawing.catch(() => undefined);
  return drawing;
}

let before: Promise<unknown> = Promise.resolve();

async function drawNext(element: HostElement, { width, height }: Size, options: DrawOptions): Promise<string> {
  const complaints: string[] = [];
  const { fetch } = globalThis;
  const { parse } = JSON;
  const log = console.error;
  // satori would fetch what a style or an SVG names; all images are here already.
  globalThis.fetch = nothingIsFetched;
  // satori tells of an image that it cannot load here, and draws the card without it.
  console.error = (...words: unknown[]) => complaints.push(words.map(messageOf).join(" "));
  JSON.parse = (text, reviver) => withOffsetsDownwards(parse(text, reviver));
  try {
    // satori types its input as a React node; host elements are what it reads.
    const drawn = hasListItem(element) ? withRepeatedFamilies(element) : element;
    const svg = await satori(drawn as unknown as Parameters<typeof satori>[0], { width, height, ...options });
    if (complaints[0] !== undefined) throw new Error(complaints[0]);
    return svg;
  } finally {
    JSON.parse = parse;
    console.error = log;
    globalThis.fetch = fetch;
  }
}

async function nothingIsFetched(): Promise<never> {
  throw new Error("images are not fetched while a card is painted; name it in an <img> or in url()");
}

/**
 * Shaped glyphs with their vertical offsets turned round, in place; all else as it is. HarfBuzz counts them upwards, in the
 * JSON by which satori has text shaped; satori 0.63.2 adds them to its coordinates, which go down. So the dots and vowels of
 * Arabic, tones of Thai and stacked accents would be as far below where they belong as they should be above it.
 */
function withOffsetsDownwards(parsed: unknown): unknown {
  if (!Array.isArray(parsed)) return parsed;
  for (const glyph of parsed as readonly unknown[]) if (isShaped(glyph) && glyph.dy !== 0) glyph.dy = -glyph.dy;
  return parsed;
}

/** https://harfbuzz.github.io/harfbuzz-hb-buffer.html#hb-buffer-serialize-format-t */
function isShaped(value: unknown): value is { dy: number } {
  return typeof value === "object" && value !== null && "g" in value && "ax" in value && "dy" in value && typeof value.dy === "number";
}

function hasListItem({ type, props: { style, children = [] } }: HostElement): boolean {
  return type === "li" || style?.["display"] === "list-item" || children.some((child) => typeof child !== "string" && hasListItem(child));
}

/**
 * The tree with lists of families that can be read once more. satori 0.63.2 splits `fontFamily` into a list, hands the list
 * down to the bullets and numbers that it makes itself, and splits it again.
 */
function withRepeatedFamilies({ type, props }: HostElement): HostElement {
  const { style, children } = props;
  const families = style?.["fontFamily"];
  return {
    type,
    props: {
      ...props,
      ...(typeof families === "string" && { style: { ...style, fontFamily: splitTwice(families) } }),
      ...(children && { children: children.map((child) => (typeof child === "string" ? child : withRepeatedFamilies(child))) }),
    },
  };
}

function splitTwice(list: string): object {
  return Object.assign(new String(list), { split: () => SplitFamilies.from(list.split(",")) });
}

/** Also what `map()` makes of it. */
class SplitFamilies extends Array<string> {
  split(): this {
    return this;
  }
}
