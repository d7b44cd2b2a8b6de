import type { FontStack, LayoutFont } from "./fonts.ts";
import type { ShapedGlyph } from "../harfbuzz.ts";

/** Glyphs of one font. */
export interface ShapedRun {
  readonly font: LayoutFont;
  readonly glyphs: readonly ShapedGlyph[];
  /** All together, in font units. */
  readonly advance: number;
  /** Characters, a ligature being one. */
  readonly characters: number;
}

/** What decides how wide a text is set. */
export interface Setting {
  readonly stack: FontStack;
  /** Pixels. */
  readonly fontSize: number;
  /** Pixels behind each character. */
  readonly letterSpacing: number;
}

/** Some 4 MB. */
const MOST_TEXTS = 6_000;

/** Texts that were shaped, by their fonts: most words of a site come up again. */
let shaped = new WeakMap<FontStack, Map<string, readonly ShapedRun[]>>();
let texts = 0;

export function shapedRuns(text: string, { stack, letterSpacing }: Setting): readonly ShapedRun[] {
  const isSpaced = letterSpacing !== 0;
  const id = isSpaced ? ` ${text}` : `_${text}`;
  const known = shaped.get(stack)?.get(id);
  if (known) return known;
  if (++texts > MOST_TEXTS) {
    shaped = new WeakMap();
    texts = 1;
  }
  const ofStack = shaped.get(stack) ?? new Map<string, readonly ShapedRun[]>();
  shaped.set(stack, ofStack);
  const runs = splitByFont(text, stack).map(({ part, font }) => shapeRun(part, font, isSpaced));
  ofStack.set(id, runs);
  return runs;
}

/** How wide a text is set, in pixels. */
export function widthOf(text: string, setting: Setting): number {
  let width = 0;
  let characters = 0;
  for (const run of shapedRuns(text, setting)) {
    width += (run.advance / run.font.unitsPerEm) * setting.fontSize;
    characters += run.characters;
  }
  return width + setting.letterSpacing * characters;
}

/** The font of a text: of its first character. */
export function fontFor(text: string, stack: FontStack): LayoutFont {
  const codePoint = text.codePointAt(0) ?? 0;
  return (stack.find((font) => font.has(codePoint)) ?? stack.at(-1)) as LayoutFont;
}

function shapeRun(text: string, font: LayoutFont, isSpaced: boolean): ShapedRun {
  const glyphs = font.shape(text, isSpaced);
  return {
    font,
    glyphs,
    advance: glyphs.reduce((sum, { advance }) => sum + advance, 0),
    characters: glyphs.reduce((count, { cluster }, index) => count + Number(glyphs[index + 1]?.cluster !== cluster), 0),
  };
}

function splitByFont(text: string, stack: FontStack): readonly { part: string; font: LayoutFont }[] {
  const [first] = stack;
  if (first && Array.from(text).every((character) => first.has(character.codePointAt(0) ?? 0))) return [{ part: text, font: first }];
  const parts: { part: string; font: LayoutFont }[] = [];
  for (const grapheme of graphemesOf(text)) {
    const last = parts.at(-1);
    // Spaces stay with what is before them.
    const stays = last && /^\s$/.test(grapheme) && last.font.has(grapheme.charCodeAt(0));
    const font = stays ? last.font : fontFor(grapheme, stack);
    if (last?.font === font) last.part += grapheme;
    else parts.push({ part: grapheme, font });
  }
  return parts;
}

let graphemes: Intl.Segmenter | undefined;

export function graphemesOf(text: string): readonly string[] {
  graphemes ??= new Intl.Segmenter(undefined, { granularity: "grapheme" });
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}
