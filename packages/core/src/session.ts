import { resolve } from "node:path";
import { createTemplateLoader, type TemplateLoader } from "./compose/template.ts";
import { resolveTheme } from "./compose/theme.ts";
import { OgError } from "./error.ts";
import type { ResolvedOptions } from "./options.ts";
import { createPathClaims, type PathClaims } from "./publish/paths.ts";
import { readManifest, type Manifest } from "./publish/manifest.ts";
import { openFonts } from "./resolve/fonts.ts";
import { createImageFinder } from "./resolve/images.ts";
import type { Resolver } from "./resolve/job.ts";
import { createFileStore } from "./store/file-store.ts";
import { noStore } from "./store/no-store.ts";
import type { Store, Warning } from "./types.ts";

/** What all pages of one run share. */
export interface Session {
  readonly options: ResolvedOptions;
  readonly templates: TemplateLoader;
  readonly resolver: Resolver;
  readonly claims: PathClaims;
  readonly manifest: Manifest;
  readonly store: Store;
  /** Warnings of the run itself; grows. */
  readonly warnings: Warning[];
}

/**
 * Opens what the options name, so that what would fail every page fails the run at once.
 * @throws OgError `E_TEMPLATE`, `E_FONT`, `E_IMAGE` (the logo), `E_OPTION` (a colour)
 */
export async function openSession(given: ResolvedOptions): Promise<Session> {
  const warnings: Warning[] = [...given.warnings];
  const { root, publicDir, remoteHosts, source, cacheDir } = given;
  const contentDir = typeof source === "string" ? resolve(root, source) : undefined;
  const images = createImageFinder({ root, publicDir, contentDir, remoteHosts });
  const templates = createTemplateLoader({ root, templates: given.templates });
  const options: ResolvedOptions = { ...given, source: contentDir ?? source };

  const named = [options.template, ...options.rules.map((rule) => rule.template), ...options.variants.map((variant) => variant.template)];
  await Promise.all(named.map((template) => (template === undefined ? undefined : templates.configured(template))));
  for (const { logo } of [options.theme, ...options.rules.flatMap((rule) => rule.theme ?? [])]) {
    if (logo !== undefined) await images.resolve({ type: "img", props: { src: logo } as { readonly style?: never } }, undefined).catch(asOption);
  }
  resolveTheme(options.theme);
  const fonts = await openFonts(options.fonts.map((font) => ({ ...font, file: resolve(root, font.file) })));
  const warn = (warning: Warning) => void warnings.push(warning);
  return {
    options,
    templates,
    resolver: { fonts, images },
    claims: createPathClaims(options.outDir),
    manifest: readManifest(options.outDir),
    store: options.store ?? (cacheDir === undefined ? noStore : createFileStore(cacheDir, warn)),
    warnings,
  };
}

function asOption(thrown: unknown): never {
  if (!(thrown instanceof OgError)) throw thrown;
  throw new OgError("E_OPTION", `The option \`theme.logo\`: ${thrown.message}`, { hint: thrown.hint, file: thrown.file, cause: thrown });
}
