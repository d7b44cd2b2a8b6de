import type { AstroConfig } from "astro";

/** What decides the address of a page. */
export type Addressing = Pick<AstroConfig, "site" | "base" | "trailingSlash">;

/**
 * The absolute address of a built page, as `Astro.url` gives it in Astro 7: that of its file, a folder's `index.html` left out, and
 * without a slash at its end where `trailingSlash` is `never`. There is none without `site`.
 *
 * With `build.format: "file"` the home page is `/index.html`, and with `preserve` Astro 5 and 6 give `/about/` for `about.html`, where
 * no file lies.
 *
 * @param path The file's path in the site, such as `about/index.html`.
 * @param format `build.format`
 */
export function pageUrl(
  path: string,
  format: AstroConfig["build"]["format"],
  { site, base, trailingSlash }: Addressing,
): string | undefined {
  if (site === undefined) return undefined;
  const route = format === "file" && path === "index.html" ? path : path.replace(/(^|\/)index\.html$/, "$1");
  const pathname = encodeURI(`/${base}/${route}`.replace(/\/+/g, "/")).replace(/[?#]/g, encodeURIComponent);
  return new URL(trailingSlash === "never" ? pathname.replace(/\/$/, "") : pathname, site).href;
}
