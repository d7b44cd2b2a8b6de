import { boundsOf, contains, EVERYWHERE, filterRegions, overlap, type Box } from "./bounds.ts";
import { solidColor } from "./color.ts";
import { inkOf, type Color } from "./glyphs.ts";
import { MARKER_SHAPE, readMarkers, type MarkedGlyph } from "./marker-font.ts";
import type { Document, Part } from "./parts.ts";
import { uncutBoxes } from "./simplify.ts";

/** Glyphs of one colour that are blended into the card after all else is painted. */
export interface TextRun {
  readonly glyphs: readonly MarkedGlyph[];
  readonly color: Color;
}

/** As satori writes text that is filled with one paint and has no effects. */
const PLAIN =
  /^<g(?: mask="url\(#([^")]+)\)")?(?: clip-path="url\(#([^")]+)\)")?><path fill="([^"]+)"(?: fill-opacity="([\d.]+)")? d="([^"]*)"\/><\/g>$/;
/** Lines of decoration avoid the glyphs, whose shapes a marker font does not have. */
const DECORATION = /<line |<path d="M[^"]* q/;

/**
 * The runs of a card laid out with marker fonts that can be blended on top of all else, by the index of their part: of
 * one solid colour, not cut off by a clip, and with nothing painted over them later.
 */
export function findRuns({ parts }: Document): ReadonlyMap<number, TextRun> {
  const svg = parts.map((part) => part.svg).join("");
  const clips = uncutBoxes(svg);
  const filters = filterRegions(svg);
  const runs = new Map<number, TextRun>();
  const above: Box[] = [];
  for (const [index, part] of [...parts.entries()].toReversed()) {
    if (part.defines) continue;
    const plain = readPlainText(part.svg, clips);
    const isFree = plain && !above.some((box) => overlap(box, plain.ink));
    if (isFree && plain.run) runs.set(index, plain.run);
    else above.push(plain?.ink ?? (holdsMarkers(part) ? EVERYWHERE : boundsOf(part.svg, filters)));
  }
  return new Map([...runs].toReversed());
}

/** Whether the rest of a card can only be painted with the outlines of the real fonts. */
export function needsOutlines({ parts }: Document, runs: ReadonlyMap<number, TextRun>): boolean {
  return parts.some((part, index) => !runs.has(index) && (holdsMarkers(part) || DECORATION.test(part.svg)));
}

/** Whether each run is the same part of both layouts, so that the parts of the other can take the place of these. */
export function isSameLayout(marked: Document, outlined: Document, runs: ReadonlyMap<number, TextRun>): boolean {
  const frameOf = (part: Part | undefined) => part?.svg.replace(/ d="[^"]*"/, "");
  return (
    marked.parts.length === outlined.parts.length &&
    [...runs.keys()].every((index) => frameOf(marked.parts[index]) === frameOf(outlined.parts[index]))
  );
}

function holdsMarkers({ svg }: Part): boolean {
  return MARKER_SHAPE.test(svg);
}

interface PlainText {
  readonly ink: Box;
  /** Not there where the text is cut off, or has a paint that is not a solid colour. */
  readonly run?: TextRun;
}

function readPlainText(svg: string, clips: ReadonlyMap<string, readonly Box[]>): PlainText | undefined {
  const [, mask, clip, fill = "", opacity = "1", path = ""] = PLAIN.exec(svg) ?? [];
  const glyphs = readMarkers(path);
  if (!glyphs || glyphs.length === 0) return undefined;
  const ink = inkOf(glyphs);
  if (!ink) return undefined;
  const isWhole = [mask, clip].every((id) => id === undefined || clips.get(id)?.some((box) => contains(wholePixels(box), ink)));
  const color = solidColor(fill);
  return isWhole && color ? { ink, run: { glyphs, color: { ...color, alpha: color.alpha * Number(opacity) } } } : { ink };
}

function wholePixels({ left, top, right, bottom }: Box): Box {
  return { left: Math.ceil(left), top: Math.ceil(top), right: Math.floor(right), bottom: Math.floor(bottom) };
}
