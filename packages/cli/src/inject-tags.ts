import { compressedCopyWarnings, injectFile, type Ledger, metaTags, type Options, toOgError, type Warning } from "@og-gen/core";
import { errorFinding, type Finding } from "./report/findings.ts";
import { NO_SITE } from "./warnings.ts";

/** What became of the tags of a built site. */
export interface Injection {
  readonly written: number;
  readonly unchanged: number;
  readonly warnings: readonly Warning[];
  readonly errors: readonly Finding[];
}

/** Writes the tags of every page into its own HTML. */
export async function injectTags({ results }: Ledger, { site, theme }: Options): Promise<Injection> {
  if (site === undefined) return { written: 0, unchanged: 0, warnings: [NO_SITE], errors: [] };
  const warnings: Warning[] = [];
  const errors: Finding[] = [];
  let written = 0;
  let unchanged = 0;
  for (const result of results) {
    const { file, id } = result.page;
    if (file === undefined) continue;
    const tags = metaTags(result, { siteName: theme?.siteName });
    try {
      // Without tags, those that an earlier run left are taken out.
      if (await injectFile(file, tags)) written += 1;
      else if (tags.length > 0) unchanged += 1;
      if (tags.length > 0) warnings.push(...compressedCopyWarnings(result.page));
    } catch (thrown) {
      const error = toOgError(thrown, "E_WRITE", { page: id, file });
      if (tags.length > 0 || error.code === "E_WRITE") errors.push(errorFinding(error, id));
    }
  }
  return { written, unchanged, warnings, errors };
}
