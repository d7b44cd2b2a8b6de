import { injectFile, type Ledger, metaTags, type Options, toOgError, type Warning } from "@og-gen/core";
import { errorFinding, type Finding } from "./report/findings.ts";
import { NO_SITE } from "./warnings.ts";

/** What became of the tags of a built site. */
export interface Injection {
  readonly written: number;
  readonly unchanged: number;
  readonly warnings: readonly Warning[];
  readonly errors: readonly Finding[];
}

/** Writes the tags of every page that has a card into the page's own HTML. */
export async function injectTags({ results }: Ledger, { site, theme }: Options): Promise<Injection> {
  if (site === undefined) return { written: 0, unchanged: 0, warnings: [NO_SITE], errors: [] };
  const errors: Finding[] = [];
  let written = 0;
  let unchanged = 0;
  for (const result of results) {
    const { file, id } = result.page;
    if (!("cards" in result) || file === undefined) continue;
    try {
      if (await injectFile(file, metaTags(result, { siteName: theme?.siteName }))) written += 1;
      else unchanged += 1;
    } catch (thrown) {
      errors.push(errorFinding(toOgError(thrown, "E_WRITE", { page: id, file }), id));
    }
  }
  return { written, unchanged, warnings: [], errors };
}
