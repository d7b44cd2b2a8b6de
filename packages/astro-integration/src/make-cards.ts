import { join } from "node:path";
import {
  compressedCopyWarnings,
  generate,
  injectFile,
  type Ledger,
  metaTags,
  type PageResult,
  siteNameIn,
  toOgError,
  type Warning,
} from "@og-gen/core";
import type { AstroIntegrationLogger } from "astro";
import { AstroError } from "astro/errors";
import { type BuiltPage, builtPages } from "./built-pages.ts";
import { type Findings, pages } from "./pages.ts";
import { type Problem, problemsOf, problemTexts } from "./problems.ts";
import { createPublicFileCheck } from "./public-files.ts";
import { startProgress } from "./progress.ts";
import type { Project } from "./project.ts";
import { withSiteFonts } from "./site-fonts.ts";
import { summary } from "./summary.ts";

const NO_SITE: Warning = {
  code: "W_NO_SITE",
  message: "The images are made, but the pages get no tags: tags need absolute addresses, and the site's is not known.",
  hint: 'Set `site` in the Astro configuration, such as `site: "https://example.com"`.',
};

/**
 * Gives every page of a built site its images and tags, and says what happened.
 * @param dir the folder that is served
 * @throws OgError as `generate()` does, AstroError when `strict` and there is something to tell of
 */
export async function makeCards(dir: string, project: Project, findings: Findings, logger: AstroIntegrationLogger): Promise<void> {
  const started = performance.now();
  const built = builtPages(dir);
  if (built.length === 0) return logger.info("No page is prerendered, so there are no cards to make.");
  const { ledger, problems } = await run(dir, built, project, findings, logger);
  for (const { level, text } of problemTexts(problems, project.root)) logger[level](text);
  logger.info(summary(ledger, performance.now() - started));
  if (project.strict && problems.length > 0) {
    throw new AstroError(
      "Not every page got the card that it asked for, or something was warned of.",
      "The messages above say what to do. Without `strict` they would not fail the build.",
    );
  }
}

async function run(dir: string, built: readonly BuiltPage[], project: Project, findings: Findings, logger: AstroIntegrationLogger) {
  const { imagesPath, addressing } = project;
  const { options, warnings } = await withSiteFonts(project.options, findings.fonts);
  const theme = { ...options.theme, siteName: options.theme?.siteName ?? (await siteNameIn(dir)) };
  const files = new Map(built.map(({ id, file }) => [id, file]));
  const ofTheSite = addressing.site === undefined ? [NO_SITE, ...warnings] : warnings;
  const problems: Problem[] = ofTheSite.map((about) => ({ level: "warn", about }));
  const imagesDir = join(dir, imagesPath);
  const replacedBy = createPublicFileCheck(project, imagesDir);
  const progress = startProgress(built.length, (line) => logger.info(line));
  try {
    const cards = generate({
      ...options,
      theme,
      source: pages(built, project, findings, theme.siteName),
      outDir: imagesDir,
      publicDir: dir,
    });
    for await (const result of cards) {
      progress.step();
      problems.push(...replacedBy(result).map((about) => ({ level: "warn", about }) as const));
      const file = files.get(result.page.id);
      if (file !== undefined) problems.push(...(await writeTags(file, result, theme.siteName)));
    }
    const ledger: Ledger = await cards;
    return { ledger, problems: [...problemsOf(ledger), ...problems] };
  } finally {
    progress.stop();
  }
}

/** Also for a page without cards: tags that an earlier build left in it go. */
async function writeTags(file: string, result: PageResult, siteName: string | undefined): Promise<readonly Problem[]> {
  try {
    const tags = metaTags(result, { siteName });
    await injectFile(file, tags);
    return tags.length === 0 ? [] : compressedCopyWarnings({ ...result.page, file }).map((about) => ({ level: "warn", about }));
  } catch (thrown) {
    return [{ level: "error", about: toOgError(thrown, "E_WRITE", { page: result.page.id, file }) }];
  }
}
