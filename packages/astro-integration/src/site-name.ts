import { readFileSync } from "node:fs";
import { siteNameIn } from "@og-gen/core";
import type { BuiltPage } from "./built-pages.ts";

/** The name that a site's home page gives it, for cards of a site whose configuration gives none. */
export function statedSiteName(built: readonly BuiltPage[]): string | undefined {
  const home = built.find(({ id }) => id === "");
  return home && siteNameIn(readFileSync(home.file, "utf8"));
}
