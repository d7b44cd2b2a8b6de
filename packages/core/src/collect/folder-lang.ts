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
  const tagged = [...folders].filter((name) => TAG.test(name));
  if (tagged.length < 2) return () => undefined;
  const known = new Intl.DisplayNames("en", { type: "language", fallback: "none" });
  const languages = tagged.filter((name) => known.of(name) !== undefined);
  if (languages.length < 2 || languages.length * 2 < folders.size) return () => undefined;
  const tags = new Map(languages.map((name) => [name, Intl.getCanonicalLocales(name)[0]]));
  return (path) => tags.get(firstFolder(path));
}

function firstFolder(path: string): string {
  return path.slice(0, path.indexOf("/"));
}
