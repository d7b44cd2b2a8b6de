import type { LoadedFace } from "../advances.ts";
import { faceNumber, toMarkerFont } from "../glyphs.ts";
import { openFont, type HarfBuzzFont, type Shape } from "../harfbuzz.ts";
import { identityOf } from "../identity.ts";
import { outlinesOf, type WholeFont } from "../outlines.ts";
import { readSfnt } from "../../sfnt.ts";

/** A font as text is laid out with it. */
export interface LayoutFont {
  /** The number of its face in glyphs that are drawn. */
  readonly face: number;
  readonly unitsPerEm: number;
  /** Font units, upwards from the baseline. */
  readonly ascender: number;
  /** Font units, upwards from the baseline: negative. */
  readonly descender: number;
  /** 1 to 1000, as the font itself says. */
  readonly weight: number;
  has(codePoint: number): boolean;
  readonly shape: Shape;
}

/** The fonts of a style in the order in which they are looked at for a character. */
export type FontStack = readonly LayoutFont[];

const fonts = new WeakMap<Buffer, LayoutFont>();

/** @throws Error for a font that cannot have a marker font, or is damaged */
function layoutFont(font: Buffer): LayoutFont {
  const known = fonts.get(font) ?? openLayoutFont(font);
  fonts.set(font, known);
  return known;
}

function openLayoutFont(font: Buffer): LayoutFont {
  const { unitsPerEm, has, whole } = outlinesOf(font);
  const { face, tables, shape } = whole ? { face: faceNumber(font), ...whole } : markedFont(font, unitsPerEm);
  const hhea = tables.get("hhea");
  if (!hhea) throw new Error("The font has no hhea table.");
  return {
    face,
    unitsPerEm,
    // https://learn.microsoft.com/typography/opentype/spec/hhea
    ascender: hhea.readInt16BE(4),
    descender: hhea.readInt16BE(6),
    // https://learn.microsoft.com/typography/opentype/spec/os2#usweightclass
    weight: tables.get("OS/2")?.readUInt16BE(4) ?? 400,
    has,
    shape,
  };
}

/** A font without its outlines, of which HarfBuzz may need the boxes. */
function markedFont(font: Buffer, unitsPerEm: number): WholeFont & { readonly face: number } {
  const { number, marker } = toMarkerFont(font);
  if (number === undefined) throw new Error("The font cannot be shaped without its outlines.");
  let opened: HarfBuzzFont | undefined;
  const shape: Shape = (text, isSpaced) => (opened ??= openFont(marker, unitsPerEm)).shape(text, isSpaced);
  return { face: number, tables: readSfnt(marker).tables, shape };
}

const MOST_STACKS = 200;
const stacks = new Map<string, FontStack>();

/**
 * The fonts for a style, always the same list: of each family that is named the face that is nearest in weight, then of all
 * families.
 * @param families in lower case
 * @throws Error for a font that cannot be laid out with
 */
export function stackOf(faces: readonly LoadedFace[], families: readonly string[], weight: number): FontStack {
  const id = JSON.stringify([faces.map(({ face, font }) => [identityOf(font), face.family, face.weight, face.style]), families, weight]);
  const known = stacks.get(id) ?? findStack(faces, families, weight);
  if (stacks.size >= MOST_STACKS) stacks.clear();
  stacks.set(id, known);
  return known;
}

function findStack(faces: readonly LoadedFace[], families: readonly string[], weight: number): FontStack {
  const byFamily = Map.groupBy(faces, ({ face }) => face.family.toLowerCase());
  const named = families.filter((family) => byFamily.has(family));
  return [...named, ...byFamily.keys()].map((family) => layoutFont(nearest(byFamily.get(family) ?? [], weight).font));
}

/** Weights first, then upright before slanted: https://www.w3.org/TR/css-fonts-4/#font-style-matching, but for that order. */
function nearest(faces: readonly LoadedFace[], weight: number): LoadedFace {
  const rank = ({ face }: LoadedFace) => 2 * weightRank(roundedWeight(face.weight), weight) + Number(face.style !== "normal");
  return faces.reduce((best, face) => (rank(face) < rank(best) ? face : best));
}

/** satori knows weights in hundreds. */
export function roundedWeight(weight: number): number {
  return Math.min(Math.max(Math.round(weight / 100), 1), 9) * 100;
}

/** How far a weight is from the one that is asked for; for 400 and 500 the other one is next. */
function weightRank(weight: number, asked: number): number {
  if (weight === asked) return 0;
  if ((weight === 400 && asked === 500) || (weight === 500 && asked === 400)) return 1;
  const isFirst = asked < 400 ? weight < asked : weight > asked;
  return Math.abs(weight - asked) + (isFirst ? 2 : 2_000);
}
