import { create, type Font, type PathCommand } from "fontkitten";
import { withoutWoff } from "./sfnt.ts";

/** The outlines of a font's glyphs. */
export interface Outlines {
  readonly unitsPerEm: number;
  /**
   * The outline of a glyph as the kernel takes it, in font units; empty for a glyph that draws nothing.
   * @throws Error for a glyph that the font does not have, or that is damaged
   */
  outline(glyph: number): Float32Array;
  has(codePoint: number): boolean;
  /** How wide a character is set by itself, in font units; `undefined` where the font does not have it, or has it damaged. */
  advance(codePoint: number): number | undefined;
}

const opened = new WeakMap<Buffer, Outlines>();

/**
 * The same outlines for the same file.
 * @throws Error for what is not a font
 */
export function outlinesOf(file: Buffer): Outlines {
  const known = opened.get(file) ?? openOutlines(file);
  opened.set(file, known);
  return known;
}

/**
 * @param file a TTF, OTF, WOFF or WOFF2 file
 * @throws Error for what is not a font
 */
export function openOutlines(file: Buffer): Outlines {
  const font = create(withoutWoff(file));
  if (font.isCollection) throw new Error("A collection of fonts is not one font.");
  const advances = new Map<number, number | undefined>();
  return {
    unitsPerEm: font.unitsPerEm,
    outline: (glyph) => toOutline(font, glyph),
    has: (codePoint) => font.hasGlyphForCodePoint(codePoint),
    advance(codePoint) {
      if (!advances.has(codePoint)) advances.set(codePoint, advanceIn(font, codePoint));
      return advances.get(codePoint);
    },
  };
}

function advanceIn(font: Font, codePoint: number): number | undefined {
  try {
    return font.hasGlyphForCodePoint(codePoint) ? font.glyphForCodePoint(codePoint).advanceWidth : undefined;
  } catch {
    // fontkitten looks at the outline, too.
    return undefined;
  }
}

const OPERATIONS: Readonly<Record<PathCommand["command"], number>> = {
  moveTo: 0,
  lineTo: 1,
  quadraticCurveTo: 2,
  bezierCurveTo: 3,
  closePath: 4,
};

function toOutline(font: Font, glyph: number): Float32Array {
  if (glyph >= font.numGlyphs) throw new Error(`The font has no glyph ${glyph}.`);
  const { commands } = font.getGlyph(glyph).path;
  return Float32Array.from(
    commands.flatMap(({ command, args }, index) =>
      isFalseStart(commands[index - 1], commands[index]) ? [] : [OPERATIONS[command], ...args],
    ),
  );
}

/**
 * A TrueType contour without a point on the curve at either end starts in the middle between the two. fontkitten takes
 * that middle for a control point as well, and adds a curve from it to itself.
 */
function isFalseStart(previous: PathCommand | undefined, current: PathCommand | undefined): boolean {
  return (
    previous?.command === "moveTo" &&
    current?.command === "quadraticCurveTo" &&
    previous.args[0] === current.args[0] &&
    previous.args[1] === current.args[1]
  );
}
