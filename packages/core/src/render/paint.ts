import { availableParallelism } from "node:os";
import { LIMITS } from "../limits.ts";
import type { Job } from "../types.ts";
import { openCanvas } from "./canvas.ts";
import { toFile } from "./encode.ts";
import { fitTexts } from "./fit.ts";
import { drawGlyphs } from "./glyphs.ts";
import { openImages, type CardImages } from "./images.ts";
import { stack } from "./layers.ts";
import { documentOf, layersAhead } from "./layers-ahead.ts";
import { kernel } from "./kernel.ts";
import { prepareLayout } from "./direct/lay-out.ts";
import { layout, layoutOf as layoutOfJob, type DirectCard } from "./layout.ts";
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
  /** Lays cards out. Default: without satori where that is possible. */
  readonly layoutOf?: typeof layoutOfJob | undefined;
}

/** Compiles what the first card would wait for. */
export function prepare(): void {
  kernel();
  prepareLayout();
}

/**
 * Makes the picture of a job: fitted texts, layout, layers, text over them, then a file. Runs in a process that may die.
 * @throws OgError `E_LAYOUT`, `E_FONT`, `E_IMAGE`, `E_SVG`, `E_RENDER`
 */
export async function paint(job: Job, options: PaintOptions = {}): Promise<Painting> {
  const { mostPixels = LIMITS.imagePixels, spareCore = availableParallelism() > 1, layoutOf = layoutOfJob } = options;
  const images = await openImages(job.images, mostPixels);
  const ahead = layersAhead(job, images);
  const { tree, laidOut, lost } = await fitTexts(job.tree, layoutOf(job, images, ahead.begin), job.textCharacters);
  const isDirect = "runs" in laidOut;
  const { document, runs } = isDirect ? direct(laidOut, job) : await split(laidOut.svg, { ...job, tree }, images);
  const layers = await ahead.layersOf(document, isDirect);
  // Cards of a size share a canvas: from here on nothing waits.
  const canvas = openCanvas(job.width, job.height);
  stack(canvas, layers);
  for (const { glyphs, color } of runs) drawGlyphs(canvas, glyphs, color);
  return { bytes: await toFile(canvas, job, spareCore), lost };
}

interface Split {
  /** What the rasteriser paints. */
  readonly document: Document;
  /** The text that it need not paint, which goes on top. */
  readonly runs: readonly TextRun[];
}

function direct({ parts, runs }: DirectCard, job: Job): Split {
  return { document: documentOf(parts, job), runs };
}

/**
 * Takes out of a card the text that can be drawn by glyphs. Where some cannot, the rest is that of another layout, with the
 * real fonts.
 * @param svg the card with marker fonts
 */
async function split(svg: string, job: Job, images: CardImages): Promise<Split> {
  const marked = readParts(simplify(svg));
  const runs = findRuns(marked);
  if (!needsOutlines(marked, runs)) return { document: without(marked, runs), runs: [...runs.values()] };
  const outlined = readParts(simplify((await layout(job, images.uri)).svg));
  if (!isSameLayout(marked, outlined, runs)) return { document: outlined, runs: [] };
  return { document: without(outlined, runs), runs: [...runs.values()] };
}

function without({ frame, parts }: Document, runs: ReadonlyMap<number, TextRun>): Document {
  return { frame, parts: parts.filter((_part, index) => !runs.has(index)) };
}
