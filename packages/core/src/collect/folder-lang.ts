const TAG = /^[a-z]{2}(-(?:[a-z]{2}|[a-z]{4}))?$/i;

/**
 * The language of a page by its folder, for sites that keep each language in a folder of its own (`fr/…`, `pt-br/…`): at
 * least two, and no fewer than the other folders beside them, so that a lone `it/` or `ml/` stays what it is.
 *
 * @param paths All pages of the site, relative, with forward slashes.
 * @returns The language tag of one of these paths, or `undefined`.
 */
export function folderLanguages(paths: readonly string[]): (path: string) => string | undefined {
  const folders = new Set(paths.filter((path) => path.includes("/")).map(firstFolder));
  const languages = new Set([...folders].filter(isLanguage));
  if (languages.size < 2 || languages.size * 2 < folders.size) return () => undefined;
  return (path) => (languages.has(firstFolder(path)) ? Intl.getCanonicalLocales(firstFolder(path))[0] : undefined);
}

function firstFolder(path: string): string {
  return path.slice(0, path.indexOf("/"));
}

function isLanguage(name: string): boolean {
  return TAG.test(name) && new Intl.DisplayNames("en", { type: "language", fallback: "none" }).of(name) !== undefined;
}
