import { availableParallelism } from "node:os";
import { LIMITS } from "../limits.ts";
import type { Job } from "../types.ts";
import { openCanvas } from "./canvas.ts";
import { toFile } from "./encode.ts";
import { fitTexts } from "./fit.ts";
import { drawGlyphs } from "./glyphs.ts";
import { openImages, type CardImages } from "./images.ts";
import { paintLayer, splitLayers, stack } from "./layers.ts";
import { layout, measure } from "./layout.ts";
import { readParts, type Document } from "./parts.ts";
import { simplify } from "./simplify.ts";
import { findRuns, isSameLayout, needsOutlines, type TextRun } from "./text.ts";

/** A picture. */
export interface Painting {
  /** The encoded image. */
  readonly bytes: Uint8Array;
  /** The words that did not fit, of each text that was cut off. */
  readonly lost: readonly string[];
}

export interface PaintOptions {
  /** Pixels that an image may claim. Default: `LIMITS`. */
  readonly mostPixels?: number | undefined;
  /** Whether a core has nothing else to do, so that another thread may help. Default: whether there are several. */
  readonly spareCore?: boolean | undefined;
}

/**
 * Makes the picture of a job: fitted texts, layout, layers, text over them, then a file. Runs in a process that may die.
 * @throws OgError `E_LAYOUT`, `E_FONT`, `E_IMAGE`, `E_SVG`, `E_RENDER`
 */
export async function paint(job: Job, options: PaintOptions = {}): Promise<Painting> {
  const { mostPixels = LIMITS.imagePixels, spareCore = availableParallelism() > 1 } = options;
  const images = await openImages(job.images, mostPixels);
  const { tree, lost } = await fitTexts(job.tree, (samples) => measure(samples, job, images.uri), job.textCharacters);
  const { document, runs } = await layOut({ ...job, tree }, images);
  const layers = [];
  for (const layer of splitLayers(document, job)) layers.push(await paintLayer(layer, images));
  // Cards of a size share a canvas: from here on nothing waits.
  const canvas = openCanvas(job.width, job.height);
  stack(canvas, layers);
  for (const { glyphs, color } of runs) drawGlyphs(canvas, glyphs, color);
  return { bytes: await toFile(canvas, job, spareCore), lost };
}

interface LaidOut {
  /** What the rasteriser paints. */
  readonly document: Document;
  /** The text that it need not paint, which goes on top. */
  readonly runs: readonly TextRun[];
}

/** Lays a card out with marker fonts, and once more with the real ones if some of its text cannot be drawn by glyphs. */
async function layOut(job: Job, images: CardImages): Promise<LaidOut> {
  const marked = readParts(simplify(await layout(job, images.uri, "markers")));
  const runs = findRuns(marked);
  if (!needsOutlines(marked, runs)) return { document: without(marked, runs), runs: [...runs.values()] };
  const outlined = readParts(simplify(await layout(job, images.uri, "outlines")));
  if (!isSameLayout(marked, outlined, runs)) return { document: outlined, runs: [] };
  return { document: without(outlined, runs), runs: [...runs.values()] };
}

function without({ frame, parts }: Document, runs: ReadonlyMap<number, TextRun>): Document {
  return { frame, parts: parts.filter((_part, index) => !runs.has(index)) };
}
