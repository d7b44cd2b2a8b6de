import { readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";

/**
 * All HTML files of a built site: paths relative to `dir`, with `/`, sorted. The folder is the truth: Astro's own lists of pages leave
 * out i18n fallbacks, and hold redirects and responses that were empty.
 */
export function htmlFiles(dir: string): readonly string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".html"))
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}
