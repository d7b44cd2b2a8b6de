import type { MiddlewareHandler } from "astro";
import { noteComment } from "./note.ts";
import { shownEntry } from "./shown-entry.ts";
import { starlightEntry } from "./starlight.ts";

/** Set by the integration, in the Vite configuration: see `seal.ts`. */
declare const __OG_GEN_SEAL__: string;

/**
 * Leaves a note at the end of every prerendered page: its route, and the content entry that it shows. Only the renderer knows that,
 * and the HTML is the one way out of it that is always open: it may run in another process or runtime (workerd, with the Cloudflare
 * adapter), and a page that Astro restores from an earlier build (`experimental.incrementalBuild`) is not rendered at all, but is
 * kept as this middleware left it. `takeNotes` removes the notes before anybody else sees the files.
 *
 * Runs before all other middleware, so after what they do to the response.
 */
export const onRequest: MiddlewareHandler = async (context, next) => {
  const response = await next();
  if (!context.isPrerendered || !isDocument(response, context.routePattern)) return response;
  const html = await response.text();
  // Only now have all components run.
  const props = starlightEntry(context.locals) ?? context.props;
  const note = noteComment({ route: context.routePattern, ...shownEntry(props, context.params, html) }, __OG_GEN_SEAL__);
  const noted = new Response(html + note, response);
  noted.headers.delete("content-length");
  return noted;
};

/** Not an endpoint, whose route ends in a file extension, whatever type it says its response is. */
function isDocument(response: Response, route: string): boolean {
  const isHtml = response.body !== null && (response.headers.get("content-type") ?? "").startsWith("text/html");
  return isHtml && !/\.(?!html?$)[a-z]\w*$/i.test(route);
}
