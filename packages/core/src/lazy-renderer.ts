import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ResolvedOptions } from "./options.ts";
import { MANIFEST_NAME } from "./publish/manifest.ts";
import type { RendererLimits } from "./render/messages.ts";
import type { Renderer } from "./types.ts";

/** The renderer of a run. Nothing that paints is loaded before it is opened. */
export interface LazyRenderer {
  /** The same one at each call. */
  open(): Promise<Renderer>;
  /** Ends its processes; one that is the caller's own is left alone. */
  close(): Promise<void>;
}

/**
 * The caller's renderer, or a pool of processes. Where nothing is left of an earlier run there will be cards to paint: then
 * the first process starts before this resolves, and loads what paints while this one reads, composes and resolves.
 */
export async function lazyRenderer(options: ResolvedOptions): Promise<LazyRenderer> {
  let opened: Promise<Renderer> | undefined;
  const open = (startEarly = false) =>
    (opened ??= options.renderer
      ? Promise.resolve(options.renderer)
      : import("./render/pool.ts").then(({ createPool }) => createPool({ ...options, limits: rendererLimits(options), startEarly })));
  // Whoever needs it is told what is wrong.
  if (isFirstRun(options)) await open(true).catch(() => undefined);
  return {
    open: () => open(),
    async close() {
      if (options.renderer) return;
      // What is wrong has been told to who needed it.
      const renderer = await opened?.catch(() => undefined);
      await renderer?.close();
    },
  };
}

function isFirstRun({ force, renderer, store, cacheDir, outDir }: ResolvedOptions): boolean {
  if (renderer) return false;
  if (force) return true;
  return !store && (cacheDir === undefined || !existsSync(cacheDir)) && !existsSync(join(outDir, MANIFEST_NAME));
}

/** Pixels of a card for which `limits.rendererMegabytes` is meant, and the bytes that each further one takes, as measured. */
const USUAL_PIXELS = 2_500_000;
const BYTES_PER_PIXEL = 40;

/** Whoever wants larger images gives their renderers more memory. */
function rendererLimits({ limits, variants }: ResolvedOptions): RendererLimits {
  const pixels = Math.max(...variants.map(({ width, height }) => width * height));
  const more = Math.ceil((Math.max(0, pixels - USUAL_PIXELS) * BYTES_PER_PIXEL) / 1e6);
  return { imagePixels: limits.imagePixels, rendererMegabytes: limits.rendererMegabytes + more };
}
