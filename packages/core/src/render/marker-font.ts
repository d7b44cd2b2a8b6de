import { readSfnt, withoutWoff, writeSfnt, type Sfnt, type Tables } from "../sfnt.ts";

/**
 * A **marker font** measures, kerns and shapes as another font does, but each of its glyphs is a quadrangle that says
 * which glyph of which face it is. satori's paths of text come back short, and are read as glyphs in places instead of
 * as outlines.
 *
 * The corners, in font units: the origin; `REACH` above it, which tells the size and that nothing is slanted; the glyph,
 * and the face, each as a number of two digits whose steps are wide enough to survive that satori rounds all coordinates
 * to 0.1 pixels.
 */
export function markerFont(font: Buffer, face: number): Buffer | undefined {
  if (face >= BASE * BASE) return undefined;
  try {
    return withMarkers(readSfnt(withoutWoff(font)), face);
  } catch {
    // Whoever draws with the font itself says what is wrong with it.
    return undefined;
  }
}

/** A glyph in its place. */
export interface MarkedGlyph {
  readonly face: number;
  readonly glyph: number;
  /** Its origin, in pixels of the card; a multiple of 0.1. */
  readonly x: number;
  readonly y: number;
  /** Pixels per font unit, ± `0.1 / REACH`. */
  readonly scale: number;
}

/** Coordinates and their differences have 16 bits: https://learn.microsoft.com/typography/opentype/spec/glyf */
const REACH = 32_000;
const BASE = 256;
/** Font units between two values of a digit. */
const STEP = 125;

const NUMBER = String.raw`(-?\d+(?:\.\d)?)`;
const POINT = `${NUMBER} ${NUMBER}`;
/** As satori writes the quadrangle: from its last corner round to it. */
const QUADRANGLE = String.raw`M${POINT}L${POINT}L${POINT}L${POINT}L\1 \2Z`;
const MARKER = new RegExp(` *${QUADRANGLE} *`, "y");

/** What any marker looks like, also one that cannot be read; other shapes may look like that, too. */
export const MARKER_SHAPE = new RegExp(QUADRANGLE);

/** The glyphs of a path of text, or `undefined` where it holds anything else than markers. */
export function readMarkers(path: string): readonly MarkedGlyph[] | undefined {
  const glyphs: MarkedGlyph[] = [];
  MARKER.lastIndex = 0;
  while (MARKER.lastIndex < path.length) {
    const found = MARKER.exec(path);
    if (!found) return undefined;
    const [faceX, faceY, x, y, topX, topY, glyphX, glyphY] = found.slice(1).map(Number) as Octet;
    const scale = (y - topY) / REACH;
    // Slanted, mirrored, or too small for the steps to be told apart.
    if (topX !== x || !(scale * STEP >= SMALLEST_STEP)) return undefined;
    const glyph = readDigits(glyphX - x, y - glyphY, scale);
    const face = readDigits(faceX - x, y - faceY, scale);
    if (glyph === undefined || face === undefined) return undefined;
    glyphs.push({ face, glyph, x, y, scale });
  }
  return glyphs;
}

/** A glyph as its marker would be read, had satori drawn it: `undefined` where the marker is too small. @param x of its origin, in pixels */
export function asMarked(face: number, glyph: number, x: number, y: number, scale: number): MarkedGlyph | undefined {
  const baseline = toTenths(y);
  const read = (baseline - toTenths(y - REACH * scale)) / REACH;
  return read * STEP >= SMALLEST_STEP ? { face, glyph, x: toTenths(x), y: baseline, scale: read } : undefined;
}

/** As satori rounds coordinates: halves away from zero. */
function toTenths(pixels: number): number {
  return (Math.sign(pixels) * Math.round(Math.abs(pixels) * 10)) / 10;
}

type Octet = [number, number, number, number, number, number, number, number];
/** Pixels: two coordinates are off by 0.05 each, and the scale by as much at the far end. */
const SMALLEST_STEP = 0.45;

function readDigits(right: number, up: number, scale: number): number | undefined {
  const low = Math.round(right / (scale * STEP));
  const high = Math.round(up / (scale * STEP));
  return low >= 0 && low < BASE && high >= 0 && high < BASE ? low + BASE * high : undefined;
}

function withMarkers({ tables, transformed }: Sfnt, face: number): Buffer | undefined {
  const glyphs = table(tables, "maxp").readUInt16BE(4);
  const headers = glyphHeaders(tables, transformed, glyphs);
  if (!headers) return undefined;
  const head = Buffer.from(table(tables, "head"));
  head.writeInt16BE(LONG_OFFSETS, 50);
  const { glyf, loca } = markers(headers, face);
  const marked = new Map([...tables].filter(([tag]) => SHAPING.has(tag)));
  const hmtx = transformed.has("hmtx") ? metrics(tables, glyphs) : table(tables, "hmtx");
  for (const [tag, data] of Object.entries({ head, hmtx, glyf, loca })) marked.set(tag, data);
  return writeSfnt("TrueType", marked);
}

/** Of `loca`, in `head`. */
const LONG_OFFSETS = 1;

/** All that decides which glyphs stand where, and what satori reads of a font besides. */
const SHAPING = new Set(
  "cmap hhea maxp OS/2 BASE GDEF GPOS GSUB JSTF kern vhea vmtx ankr bsln feat just kerx ltag lcar morx mort opbd prop trak".split(" "),
);

function table(tables: Tables, tag: string): Buffer {
  const found = tables.get(tag);
  if (!found) throw new Error(`The font has no ${tag} table.`);
  return found;
}

/** Where the headers of the glyphs are, which have their boxes; -1 for a glyph without an outline. */
interface GlyphHeaders {
  readonly bytes: Buffer;
  readonly starts: Int32Array;
}

const HEADER = 10;

function glyphHeaders(tables: Tables, transformed: ReadonlySet<string>, count: number): GlyphHeaders | undefined {
  const glyf = tables.get("glyf");
  const starts = new Int32Array(count);
  if (glyf && !transformed.has("glyf")) {
    const loca = table(tables, "loca");
    const isLong = table(tables, "head").readInt16BE(50) === LONG_OFFSETS;
    const offset = (glyph: number) => (isLong ? loca.readUInt32BE(4 * glyph) : 2 * loca.readUInt16BE(2 * glyph));
    for (let glyph = 0; glyph < count; glyph++) starts[glyph] = offset(glyph + 1) > offset(glyph) ? offset(glyph) : -1;
    return { bytes: glyf, starts };
  }
  // Only a font that does not place marks itself has them placed by the boxes of its glyphs.
  if (!placesMarks(tables)) return undefined;
  const unknown = Buffer.alloc(HEADER);
  if (tables.has("CFF ")) return { bytes: unknown, starts };
  if (!glyf) return undefined;
  // https://www.w3.org/TR/WOFF2/#glyf_table_format: the numbers of contours follow a header of 36 bytes.
  for (let glyph = 0; glyph < count; glyph++) starts[glyph] = glyf.readInt16BE(36 + 2 * glyph) === 0 ? -1 : 0;
  return { bytes: unknown, starts };
}

/**
 * HarfBuzz places marks by boxes where there is no `GPOS`, and in Hebrew where `GPOS` says nothing of Hebrew:
 * `hb-ot-shape.cc`, `hb-ot-shaper-hebrew.cc`.
 */
function placesMarks(tables: Tables): boolean {
  const gpos = tables.get("GPOS");
  if (!gpos || gpos.readUInt16BE(0) === 0) return false;
  const scripts = gpos.readUInt16BE(4);
  const tags = Array.from({ length: gpos.readUInt16BE(scripts) }, (_script, index) =>
    gpos.toString("latin1", scripts + 2 + 6 * index, scripts + 6 + 6 * index),
  );
  // https://learn.microsoft.com/typography/opentype/spec/os2#ur
  const HEBREW = 1 << 11;
  return tags.includes("hebr") || (table(tables, "OS/2").readUInt32BE(42) & HEBREW) === 0;
}

const CORNERS = 4;

/** https://learn.microsoft.com/typography/opentype/spec/glyf#simple-glyph-description */
function markers({ bytes, starts }: GlyphHeaders, face: number): { readonly glyf: Buffer; readonly loca: Buffer } {
  const xs = HEADER + 4 + CORNERS;
  const ys = xs + 2 * CORNERS;
  const marker = Buffer.alloc(ys + 2 * CORNERS);
  marker.writeInt16BE(1, 0);
  marker.writeUInt16BE(CORNERS - 1, HEADER);
  const ON_CURVE = 1;
  marker.fill(ON_CURVE, xs - CORNERS, xs);
  marker.writeInt16BE(REACH, ys + 2);
  const drawn = starts.reduce((count, start) => count + Number(start >= 0), 0);
  const glyf = Buffer.alloc(marker.length * drawn, marker);
  const loca = Buffer.alloc(4 * (starts.length + 1));
  const [faceX, faceY] = digits(face);
  let at = 0;
  for (let glyph = 0; glyph < starts.length; glyph++) {
    loca.writeUInt32BE(at, 4 * glyph);
    const start = starts[glyph] as number;
    if (start < 0) continue;
    bytes.copy(glyf, at + 2, start + 2, start + HEADER);
    // Each corner from the one before it.
    const [x, y] = digits(glyph);
    glyf.writeInt16BE(x, at + xs + 4);
    glyf.writeInt16BE(y - REACH, at + ys + 4);
    glyf.writeInt16BE(faceX - x, at + xs + 6);
    glyf.writeInt16BE(faceY - y, at + ys + 6);
    at += marker.length;
  }
  loca.writeUInt32BE(at, 4 * starts.length);
  return { glyf, loca };
}

function digits(value: number): readonly [right: number, up: number] {
  return [STEP * (value % BASE), STEP * Math.floor(value / BASE)];
}

/** The advance widths of a transformed `hmtx` (https://www.w3.org/TR/WOFF2/#hmtx_table_format); its bearings are 0. */
function metrics(tables: Tables, glyphs: number): Buffer {
  const packed = table(tables, "hmtx");
  const widths = table(tables, "hhea").readUInt16BE(34);
  const hmtx = Buffer.alloc(4 * widths + 2 * (glyphs - widths));
  for (let index = 0; index < widths; index++) hmtx.writeUInt16BE(packed.readUInt16BE(1 + 2 * index), 4 * index);
  return hmtx;
}
