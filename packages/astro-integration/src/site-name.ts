import { readFileSync } from "node:fs";
import { readHtmlPage } from "@og-gen/core";
import type { BuiltPage } from "./built-pages.ts";

/** The name that a site's home page gives it (`og:site_name`), for cards of a site whose configuration gives none. */
export function statedSiteName(built: readonly BuiltPage[]): string | undefined {
  const home = built.find(({ id }) => id === "");
  if (home === undefined) return undefined;
  const entry = readHtmlPage(readFileSync(home.file, "utf8"), home.file, home.id);
  const name = entry.kind === "page" ? entry.page.data["siteName"] : undefined;
  return typeof name === "string" ? name : undefined;
}
