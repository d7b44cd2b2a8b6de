import { OgError } from "./error.ts";
import type { ResolvedOptions } from "./options.ts";
import type { RendererLimits } from "./render/messages.ts";
import { keptCards } from "./store/kept-cards.ts";
import type { Session } from "./session.ts";
import type { Job, Renderer, Rendering } from "./types.ts";

/** The bytes of a job, from the store or newly painted. */
export interface Painted {
  readonly bytes: Uint8Array;
  /** Whether this run painted it, for this page or for one that looks the same. */
  readonly painted: boolean;
  /** Whether it had to be painted without its effects. */
  readonly degraded: boolean;
  /** Why it had to be. */
  readonly cause?: OgError | undefined;
  /** The words that did not fit, of each text that was cut off. */
  readonly lost: readonly string[];
}

export interface Painter {
  /**
   * @param anew paint although the store has it
   * @throws OgError as the renderer does
   */
  paint(job: Job, anew: boolean): Promise<Painted>;
  /** Resolves when no process paints any more, and nothing is being put into the store. */
  close(): Promise<void>;
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

/** Asks the store, else the renderer; pages that look alike share one render. */
export function createPainter({ options, store }: Session): Painter {
  const paintedKeys = new Set<string>();
  const underWay = new Map<string, Promise<Rendering>>();
  const cards = keptCards(store);
  const keeping = new Set<Promise<void>>();
  let renderer: Promise<Renderer> | undefined;
  let closed = false;

  async function render(job: Job): Promise<Rendering> {
    if (closed) throw new OgError("E_RENDER", "The run was ended before the card was painted.");
    // Nothing that paints is loaded before the first card that needs it.
    renderer ??= options.renderer
      ? Promise.resolve(options.renderer)
      : import("./render/pool.ts").then(({ createPool }) => createPool({ ...options, limits: rendererLimits(options) }));
    const rendering = await (await renderer).render(job);
    // A degraded card is not what the key promises: the next run tries again.
    if (!rendering.degraded) await keep(job.key, rendering);
    return rendering;
  }

  async function keep(key: string, { bytes, lost = [] }: Rendering): Promise<void> {
    const kept = cards.set(key, { bytes, lost }).finally(() => keeping.delete(kept));
    keeping.add(kept);
    await kept;
  }

  return {
    async paint(job, anew) {
      const { key } = job;
      const shared = underWay.get(key);
      const known = shared || (anew && !paintedKeys.has(key)) ? undefined : await cards.get(key);
      if (known) return { ...known, painted: paintedKeys.has(key), degraded: false };
      const rendering = underWay.get(key) ?? render(job);
      underWay.set(key, rendering);
      paintedKeys.add(key);
      try {
        const { bytes, degraded, cause, lost = [] } = await rendering;
        return { bytes, painted: true, degraded, cause, lost };
      } finally {
        underWay.delete(key);
      }
    },
    async close() {
      closed = true;
      if (renderer && !options.renderer) await (await renderer).close();
      await Promise.allSettled(keeping);
    },
  };
}
