import type { Font, PathCommand } from "fontkitten";
import { lazyPackage } from "../lazily.ts";
import { openFont, type HarfBuzzFont, type Shape } from "./harfbuzz.ts";
import { readSfnt, withoutWoff, type Tables } from "../sfnt.ts";

/** The outlines of a font's glyphs. */
export interface Outlines {
  readonly unitsPerEm: number;
  /**
   * The outline of a glyph as the kernel takes it, in font units; empty for a glyph that draws nothing.
   * @throws Error for a glyph that the font does not have, or that is damaged
   */
  outline(glyph: number): Float32Array;
  has(codePoint: number): boolean;
  /** About how wide a character is set by itself, in font units; `undefined` where the font does not have it, or has it damaged. */
  advance(codePoint: number): number | undefined;
  /** A font that is read by HarfBuzz. */
  readonly whole?: WholeFont | undefined;
}

/** A font of plain TrueType tables. */
export interface WholeFont {
  readonly tables: Tables;
  readonly shape: Shape;
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
  const sfnt = withoutWoff(file);
  const outlines = wholeFont(sfnt) ?? parsedFont(sfnt);
  const advances = new Map<number, number | undefined>();
  return {
    ...outlines,
    advance(codePoint) {
      if (!advances.has(codePoint)) advances.set(codePoint, outlines.advance(codePoint));
      return advances.get(codePoint);
    },
  };
}

/** Bytes: HarfBuzz has a copy of all of them. */
const MOST_COPIED = 8 * 1024 * 1024;

/** TrueType outlines, read by HarfBuzz. That of other fonts does not say which glyphs are damaged. */
function wholeFont(sfnt: Buffer): Outlines | undefined {
  if (sfnt.length > MOST_COPIED || sfnt.toString("latin1", 0, 4) === "ttcf") return undefined;
  const { tables, transformed } = readSfnt(sfnt);
  const [glyf, head, loca, maxp] = ["glyf", "head", "loca", "maxp"].map((tag) => tables.get(tag));
  const isWhole = ["cmap", "hhea", "hmtx"].every((tag) => tables.has(tag)) && transformed.size === 0;
  if (!isWhole || !glyf || !head || !loca || !maxp) return undefined;
  const unitsPerEm = head.readUInt16BE(18);
  let font: HarfBuzzFont | undefined;
  const open = () => (font ??= openFont(sfnt, unitsPerEm));
  const isLong = head.readInt16BE(50) !== 0;
  const start = (glyph: number) => (isLong ? loca.readUInt32BE(4 * glyph) : 2 * loca.readUInt16BE(2 * glyph));
  const has = (codePoint: number) => open().characters().has(codePoint);
  return {
    unitsPerEm,
    outline(glyph) {
      if (glyph >= maxp.readUInt16BE(4)) throw new Error(`The font has no glyph ${glyph}.`);
      const outline = open().outline(glyph);
      // One that is put together from others may be so from nothing.
      const contours = start(glyph + 1) > start(glyph) ? glyf.readInt16BE(start(glyph)) : 0;
      if (outline.length === 0 && contours > 0) throw new Error(`The glyph ${glyph} is damaged.`);
      return outline;
    },
    has,
    advance: (codePoint) =>
      has(codePoint)
        ? open()
            .shape(String.fromCodePoint(codePoint), false)
            .reduce((sum, { advance }) => sum + advance, 0)
        : undefined,
    whole: { tables, shape: (text, isSpaced) => open().shape(text, isSpaced) },
  };
}

/** It takes 20 ms to load. */
const fontkitten = lazyPackage<typeof import("fontkitten")>("fontkitten");

/** PostScript outlines, and those that WOFF2 has packed. */
function parsedFont(sfnt: Buffer): Outlines {
  const font = fontkitten().create(sfnt);
  if (font.isCollection) throw new Error("A collection of fonts is not one font.");
  return {
    unitsPerEm: font.unitsPerEm,
    outline: (glyph) => toOutline(font, glyph),
    has: (codePoint) => font.hasGlyphForCodePoint(codePoint),
    advance: (codePoint) => advanceIn(font, codePoint),
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
