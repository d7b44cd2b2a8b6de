import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadConfig, OgError, type Options, plan } from "@og-gen/core";
import type { AstroConfig } from "astro";
import { type ConfiguredFont, configuredFonts } from "./configured-fonts.ts";
import { checkOptions, type OgOptions } from "./options.ts";
import type { Addressing } from "./page-url.ts";

/** What Astro knows the integration by. */
export const NAME = "@og-gen/astro";

/** What a build has to know: `og()`, `og.config.*` and the Astro configuration in one. */
export interface Project {
  readonly root: string;
  /** For core, but for the pages and for what depends on where they were built to. */
  readonly options: Options;
  /** Where the images go and are served, below the folder of the built site. */
  readonly imagesPath: string;
  /** Whose files Astro copies into the built site. */
  readonly publicDir: string;
  readonly addressing: Addressing;
  /** Those of the Astro configuration. */
  readonly fonts: readonly ConfiguredFont[];
  readonly format: AstroConfig["build"]["format"];
  readonly notFound: boolean;
  readonly noindex: boolean;
  readonly strict: boolean;
}

/**
 * Reads and checks all configuration, templates, fonts and logo included, so that what would fail every page fails the build before
 * it has begun.
 * @throws OgError as `loadConfig()` and `plan()` do, and where the integration is there twice
 */
export async function openProject(given: OgOptions, astro: AstroConfig): Promise<Project> {
  if (astro.integrations.filter(({ name }) => name === NAME).length > 1) {
    throw new OgError("E_OPTION", "og() is there twice, and each would undo what the other does.", {
      hint: "Leave one of them out of `integrations`. An integration or preset that you use may bring one with it.",
    });
  }
  const root = fileURLToPath(astro.root);
  const { config: ours, notFound, noindex, strict } = checkOptions(given);
  const { config: shared } = await loadConfig(root);
  const { source: _source, outDir: _outDir, publicDir: _publicDir, ...config } = { ...shared, ...withoutUndefined(ours) };
  const addressing = { site: astro.site ?? config.site, base: astro.base, trailingSlash: astro.trailingSlash };
  const { site, base } = addressing;
  const cacheDir = config.cacheDir ?? join(fileURLToPath(astro.cacheDir), "og-gen");
  const options: Options = { ...config, root, site, base, cacheDir };
  const publicDir = fileURLToPath(astro.publicDir);
  await plan({ ...options, publicDir, source: [] });
  const fonts = configuredFonts(astro);
  return {
    root,
    options,
    imagesPath: config.publicPath ?? "og",
    publicDir,
    addressing,
    fonts,
    format: astro.build.format,
    notFound,
    noindex,
    strict,
  };
}

function withoutUndefined<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}
