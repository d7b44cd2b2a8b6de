import { lazyRenderer } from "./lazy-renderer.ts";
import { checkNode } from "./node-version.ts";
import { resolveOptions, type Options } from "./options.ts";
import { startRun, type Run } from "./run.ts";

/**
 * Makes the cards of all pages: collect → compose → resolve → render → publish. Pages that look as they did keep their
 * images. A page that fails never costs another; what would fail all of them (a wrong option, a template that does not
 * load, a folder of pages that is not there) rejects.
 * @throws OgError at once `E_NODE`, later `E_OPTION`, `E_SOURCE`, `E_TEMPLATE`, `E_FONT`, `E_PAGE` (a page of an own source has no `id`); `signal`'s reason when it aborts
 */
export function generate(options: Options = {}): Run {
  checkNode();
  return startRun(async (report, left) => {
    const signal = options.signal ? AbortSignal.any([left, options.signal]) : left;
    signal.throwIfAborted();
    const resolved = resolveOptions(options);
    const renderer = await lazyRenderer(resolved);
    try {
      // The rest is loaded while the renderer's first process starts.
      const { makeCards } = await import("./make-cards.ts");
      return await makeCards(resolved, renderer, report, signal);
    } finally {
      await renderer.close();
    }
  });
}
