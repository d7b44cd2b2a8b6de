import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";
import { type BuiltFont, builtFonts } from "./built-fonts.ts";
import type { MarkdownRoutes } from "./content-entry.ts";
import { makeCards } from "./make-cards.ts";
import { isMarkdownFile } from "./markdown-file.ts";
import type { OgOptions } from "./options.ts";
import { NAME, openProject, type Project } from "./project.ts";
import { readSeal } from "./seal.ts";
import { type Notes, takeNotes } from "./take-notes.ts";
import { withAstroErrors } from "./to-astro-error.ts";

/**
 * Gives every page that `astro build` makes its Open Graph image and tags.
 *
 * A page's title, description and so on come from its HTML and, where it shows an entry of a content collection that its props hold,
 * or is a Markdown file itself, from that one's front matter. Its fonts are those of the Astro configuration that the pages load.
 * `og.config.*` in the project's folder says the rest.
 *
 * @example `integrations: [og()]`
 */
export function og(options: OgOptions = {}): AstroIntegration {
  let isBuild = false;
  let seal = "";
  let project: Project | undefined;
  let markdownRoutes: MarkdownRoutes = new Map();
  let notes: Notes = new Map();
  let fonts: readonly BuiltFont[] = [];

  return {
    name: NAME,
    hooks: {
      "astro:config:setup": async ({ command, config, addMiddleware, updateConfig }) => {
        isBuild = command === "build";
        if (!isBuild) return;
        seal = await readSeal(fileURLToPath(config.cacheDir));
        updateConfig({ vite: { define: { __OG_GEN_SEAL__: JSON.stringify(seal) } } });
        addMiddleware({ order: "pre", entrypoint: new URL("./middleware.js", import.meta.url) });
      },
      "astro:config:done": async ({ config }) => {
        if (isBuild) project = await withAstroErrors(() => openProject(options, config));
      },
      "astro:routes:resolved": ({ routes }) => {
        markdownRoutes = new Map(
          routes.filter(({ entrypoint }) => isMarkdownFile(entrypoint)).map(({ pattern, entrypoint }) => [pattern, entrypoint]),
        );
      },
      // Before any integration's `astro:build:done`: a minifier there would remove the notes, and a search index would read them.
      "astro:build:generated": async ({ dir }) => {
        notes = await withAstroErrors(() => takeNotes(fileURLToPath(dir), seal));
        fonts = await builtFonts(fileURLToPath(dir), project?.fonts ?? []);
      },
      "astro:build:done": async ({ dir, logger }) => {
        const site = project;
        if (site) await withAstroErrors(() => makeCards(fileURLToPath(dir), site, { notes, fonts, markdownRoutes }, logger));
      },
    },
  };
}
