import { OgError } from "./error.ts";
import type { ResolvedOptions } from "./options.ts";
import type { RendererLimits } from "./render/messages.ts";
import { keptCards } from "./store/kept-cards.ts";
import type { Session } from "./session.ts";
import type { Job, Renderer, Rendering } from "./types.ts";

/** A key, and the job that it is of, which is only asked for where it must be painted. */
export interface Paintable {
  readonly key: string;
  readonly job: () => Promise<Job>;
}

/** The bytes of a job, from the store or newly painted. */
export interface Painted {
  /** The key of the job: where it was painted, that of what was painted. */
  readonly key: string;
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
  paint(card: Paintable, anew: boolean): Promise<Painted>;
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

interface KeyedRendering extends Rendering {
  readonly key: string;
}

/** Asks the store, else the renderer; pages that look alike share one render. */
export function createPainter({ options, store }: Session): Painter {
  const paintedKeys = new Set<string>();
  const underWay = new Map<string, Promise<KeyedRendering>>();
  const cards = keptCards(store);
  const keeping = new Set<Promise<void>>();
  let renderer: Promise<Renderer> | undefined;
  let closed = false;

  async function render(card: Paintable): Promise<KeyedRendering> {
    if (closed) throw new OgError("E_RENDER", "The run was ended before the card was painted.");
    const job = await card.job();
    // Nothing that paints is loaded before the first card that needs it.
    renderer ??= options.renderer
      ? Promise.resolve(options.renderer)
      : import("./render/pool.ts").then(({ createPool }) => createPool({ ...options, limits: rendererLimits(options) }));
    const rendering = await (await renderer).render(job);
    // A degraded card is not what the key promises: the next run tries again.
    if (!rendering.degraded) await keep(job.key, rendering);
    return { ...rendering, key: job.key };
  }

  async function keep(key: string, { bytes, lost = [] }: Rendering): Promise<void> {
    const kept = cards.set(key, { bytes, lost }).finally(() => keeping.delete(kept));
    keeping.add(kept);
    await kept;
  }

  return {
    async paint(card, anew) {
      const { key } = card;
      const shared = underWay.get(key);
      const known = shared || (anew && !paintedKeys.has(key)) ? undefined : await cards.get(key);
      if (known) return { ...known, key, painted: paintedKeys.has(key), degraded: false };
      const rendering = underWay.get(key) ?? render(card);
      underWay.set(key, rendering);
      paintedKeys.add(key);
      try {
        const { key: paintedKey, bytes, degraded, cause, lost = [] } = await rendering;
        return { key: paintedKey, bytes, painted: true, degraded, cause, lost };
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
