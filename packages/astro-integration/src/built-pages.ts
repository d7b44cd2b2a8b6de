import { join } from "node:path";
import { idsOfDoubles, routeOf } from "@og-gen/core";
import { htmlFiles } from "./html-files.ts";

/** One HTML file of the built site. */
export interface BuiltPage {
  /** The route without slashes at its ends, unique; `""` is the home page. */
  readonly id: string;
  /** Relative to the folder of the site, with `/`. */
  readonly path: string;
  /** Absolute. */
  readonly file: string;
}

/** The pages of a built site, in the order of their files. Of two files with one route (`a.html`, `a/index.html`) the second is `a/index`. */
export function builtPages(dir: string): readonly BuiltPage[] {
  const paths = htmlFiles(dir);
  const doubles = idsOfDoubles(paths, routeOf);
  return paths.map((path) => ({ id: doubles.get(path) ?? routeOf(path), path, file: join(dir, path) }));
}
