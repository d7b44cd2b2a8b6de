import { resolve } from "node:path";
import { createTemplateLoader, type TemplateLoader } from "./compose/template.ts";
import { OgError, toOgError } from "./error.ts";
import type { ResolvedOptions } from "./options.ts";
import { createPathClaims, type PathClaims } from "./publish/paths.ts";
import { readManifest, type Manifest } from "./publish/manifest.ts";
import { createImageFinder, type ImageFinder } from "./resolve/images.ts";
import { openRecall, type Recall } from "./recall/recall.ts";
import { createEmojiFinder } from "./resolve/emoji.ts";
import type { Resolver } from "./resolve/job.ts";
import { createFileStore } from "./store/file-store.ts";
import { noStore } from "./store/no-store.ts";
import { createOwnStore } from "./store/own-store.ts";
import { createThemes, type Themes } from "./themes.ts";
import type { Store, ThemeOptions, Warning } from "./types.ts";
import { createWatchdog, type Watchdog } from "./watchdog.ts";

/** What all pages of one run share. */
export interface Session {
  readonly options: ResolvedOptions;
  readonly templates: TemplateLoader;
  readonly images: ImageFinder;
  /** Fonts, images and emoji, loaded when they are first asked for. */
  readonly resolver: () => Promise<Resolver>;
  readonly themes: Themes;
  readonly recall: Recall;
  readonly claims: PathClaims;
  readonly manifest: Manifest;
  readonly store: Store;
  /** To be closed at the end of the run. */
  readonly watchdog: Watchdog;
  /** Warnings of the run itself; grows. */
  readonly warnings: Warning[];
}

/**
 * Opens what the options name, so that what would fail every page fails the run at once.
 * @throws OgError `E_TEMPLATE`, `E_FONT`, `E_OPTION` (a colour, the logo)
 */
export async function openSession(given: ResolvedOptions): Promise<Session> {
  const warnings: Warning[] = [...given.warnings];
  const { root, publicDir, remoteHosts, source, limits } = given;
  const contentDir = typeof source === "string" ? resolve(root, source) : undefined;
  const images = createImageFinder({ root, publicDir, contentDir, remoteHosts, limits });
  const templates = createTemplateLoader({ root, templates: given.templates });
  const options: ResolvedOptions = {
    ...given,
    source: contentDir ?? source,
    theme: await withFoundLogo(images, given.theme),
    rules: await Promise.all(
      given.rules.map(async (rule) => (rule.theme ? { ...rule, theme: await withFoundLogo(images, rule.theme) } : rule)),
    ),
  };
  const emoji = createEmojiFinder(options.emoji, root);
  const recall = openRecall(options, emoji.folders);
  const themes = tellOfEach(createThemes(recall), warnings);
  for (const theme of [undefined, ...options.rules.map((rule) => rule.theme)]) await themes(options.theme, theme);
  const named = [options.template, ...options.rules.map((rule) => rule.template), ...options.variants.map((variant) => variant.template)];
  for (const template of named.flat()) {
    if (template !== undefined && templates.builtIn(template) === undefined) await templates.configured(template);
  }
  let opened: Promise<Resolver> | undefined;
  const resolver = () => (opened ??= openResolver(options, { images, emoji }, recall));
  if (options.fonts.length > 0 && !recall.knowsFonts) await resolver();
  const warn = (warning: Warning) => void warnings.push(warning);
  return {
    options,
    templates,
    images,
    resolver,
    themes,
    recall,
    claims: createPathClaims(options.outDir),
    manifest: readManifest(options.outDir),
    store: openStore(options, warn),
    watchdog: createWatchdog(options.timeout),
    warnings,
  };
}

/** The same themes, each trouble with their colours told once: pages may have one of their own, of several rules. */
function tellOfEach(themes: Themes, warnings: Warning[]): Themes {
  const told = new Set<string>();
  return async (...parts) => {
    const theme = await themes(...parts);
    for (const warning of theme.warnings) {
      if (!told.has(warning.message)) warnings.push(warning);
      told.add(warning.message);
    }
    return theme;
  };
}

function openStore({ store, cacheDir, timeout, signal }: ResolvedOptions, warn: (warning: Warning) => void): Store {
  if (store) return createOwnStore(store, timeout, warn, signal);
  return cacheDir === undefined ? noStore : createFileStore(cacheDir, warn);
}

/** @throws OgError `E_FONT` */
async function openResolver({ fonts, root }: ResolvedOptions, others: Omit<Resolver, "fonts">, { look }: Recall): Promise<Resolver> {
  const { openFonts } = await import("./resolve/fonts.ts");
  const inputs = fonts.map((font) => ({ ...font, file: resolve(root, font.file) }));
  return { ...others, fonts: openFonts(inputs, root, look) };
}

/** The logo belongs to the project, not to the folder of a page that shows it. */
async function withFoundLogo(images: ImageFinder, theme: ThemeOptions): Promise<ThemeOptions> {
  if (theme.logo === undefined) return theme;
  try {
    const { file } = await images.find(theme.logo);
    return { ...theme, logo: file ?? theme.logo };
  } catch (thrown) {
    const { message, hint, file } = toOgError(thrown, "E_IMAGE");
    throw new OgError("E_OPTION", `The option \`theme.logo\`: ${message}`, { hint, file, cause: thrown });
  }
}
