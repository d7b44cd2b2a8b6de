import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseHead } from "../parse-html.ts";
import { listFiles } from "./files.ts";
import { endOfTitle, factsOf, headlineOf, type HtmlFacts, siteNameOf } from "./html-fields.ts";

/** Of files with pages, whatever built them. */
export const HTML_EXTENSIONS = ["html", "htm"];

/** Titles that are looked at, of pages from all over the site. */
const MOST_TITLES = 24;
/** Fewer may end alike by chance. */
const FEWEST_ALIKE = 3;
/** Of the titles that are looked at: redirects and pages that stand alone end otherwise. */
const LEAST_SHARE = 0.75;

/**
 * The name of a built site: what its home page states (`og:site_name`, else `application-name`), else what nearly all titles of
 * the other pages end with, as in `About | Example`.
 * @param dir the folder that is served
 * @throws OgError `E_SOURCE` where `dir` cannot be read
 */
export async function siteNameIn(dir: string): Promise<string | undefined> {
  const root = resolve(dir);
  const paths = await listFiles(root, { extensions: HTML_EXTENSIONS });
  const [home] = await headsIn(root, paths.filter(isHome));
  const stated = home && siteNameOf(home);
  if (stated !== undefined) return stated;
  const heads = await headsIn(root, spread(paths.filter((path) => !isHome(path))));
  return mostlyAlike(heads.flatMap((head) => headlineOf(head) ?? []).map(endOfTitle));
}

function isHome(path: string): boolean {
  return /^index\.html?$/i.test(path);
}

/** As many of a list as are looked at, from its beginning to its end. */
function spread(paths: readonly string[]): readonly string[] {
  const step = Math.max(1, paths.length / MOST_TITLES);
  return paths.filter((_path, index) => Math.floor(index / step) > Math.floor((index - 1) / step));
}

/** The heads of those that can be read; a run tells of the others. */
async function headsIn(root: string, paths: readonly string[]): Promise<readonly HtmlFacts[]> {
  const texts = await Promise.all(paths.map((path) => readFile(resolve(root, path), "utf8").catch(() => "")));
  return texts.map((text) => factsOf(parseHead(text)));
}

function mostlyAlike(ends: readonly (string | undefined)[]): string | undefined {
  const counts = new Map<string, number>();
  for (const end of ends) if (end !== undefined) counts.set(end, (counts.get(end) ?? 0) + 1);
  const [name, count] = [...counts].toSorted(([, one], [, other]) => other - one)[0] ?? ["", 0];
  return count >= FEWEST_ALIKE && count >= ends.length * LEAST_SHARE ? name : undefined;
}
