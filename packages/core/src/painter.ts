import { OgError } from "./error.ts";
import type { LazyRenderer } from "./lazy-renderer.ts";
import { keptCards } from "./store/kept-cards.ts";
import type { Job, Rendering, Store } from "./types.ts";

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
  /** Closes the renderer; resolves when nothing is being put into the store any more. */
  close(): Promise<void>;
}

interface KeyedRendering extends Rendering {
  readonly key: string;
}

/** Asks the store, else the renderer; pages that look alike share one render. */
export function createPainter(store: Store, renderer: LazyRenderer): Painter {
  const paintedKeys = new Set<string>();
  const underWay = new Map<string, Promise<KeyedRendering>>();
  const cards = keptCards(store);
  const keeping = new Set<Promise<void>>();
  let closed = false;

  async function render(card: Paintable): Promise<KeyedRendering> {
    if (closed) throw new OgError("E_RENDER", "The run was ended before the card was painted.");
    const job = await card.job();
    const rendering = await (await renderer.open()).render(job);
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
      try {
        const { key: paintedKey, bytes, degraded, cause, lost = [] } = await rendering;
        if (!degraded) paintedKeys.add(key);
        return { key: paintedKey, bytes, painted: true, degraded, cause, lost };
      } finally {
        underWay.delete(key);
      }
    },
    async close() {
      closed = true;
      await renderer.close();
      await Promise.allSettled(keeping);
    },
  };
}
