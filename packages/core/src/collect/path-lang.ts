const TAG = /^[a-z]{2}(-(?:[a-z]{2}|[a-z]{4}))?$/i;

/** The language tag of a path, where that says one. */
type LanguageOf = (path: string) => string | undefined;

/**
 * The language of a page by its folder (`fr/post.md`) or by its name (`post.fr.md`), as site generators have them.
 *
 * @param paths All pages of the site, relative, with forward slashes.
 */
export function pathLanguages(paths: readonly string[]): LanguageOf {
  const byName = languagesOfNames(paths);
  const byFolder = languagesOfFolders(paths);
  return (path) => byName(path) ?? byFolder(path);
}

/**
 * For sites that keep each language in a folder of its own: at least two, and no fewer than the other folders beside them, so
 * that a lone `it/` or `ml/` stays what it is.
 */
function languagesOfFolders(paths: readonly string[]): LanguageOf {
  const folders = new Set(paths.filter((path) => path.includes("/")).map(firstFolder));
  const tagged = [...folders].filter((name) => TAG.test(name));
  if (tagged.length < 2) return () => undefined;
  const known = knownTags(tagged);
  if (known.size < 2 || known.size * 2 < folders.size) return () => undefined;
  return (path) => known.get(firstFolder(path));
}

function firstFolder(path: string): string {
  return path.slice(0, path.indexOf("/"));
}

/** `post.de.md` beside `post.md`: https://gohugo.io/content-management/multilingual/#translation-by-file-name */
const TAGGED_NAME = /\.([a-z]{2}(?:-[a-z]{2,4})?)(\.[^./]+)$/i;

/** A name's end is a language only where the same page is there without it: `config.ts.md` is about TypeScript, not in Tsonga. */
function languagesOfNames(paths: readonly string[]): LanguageOf {
  const tagged = paths.filter((path) => TAGGED_NAME.test(path)).map((path) => ({ path, ...nameOf(path) }));
  if (tagged.length === 0) return () => undefined;
  const all = new Set(paths);
  const known = knownTags(tagged.map(({ tag }) => tag));
  const languages = new Map(tagged.filter(({ page }) => all.has(page)).map(({ path, tag }) => [path, known.get(tag)]));
  return (path) => languages.get(path);
}

/** `post.de.md` as the tag `de` and the page `post.md`. */
function nameOf(path: string): { readonly tag: string; readonly page: string } {
  const [end = "", tag = "", extension = ""] = TAGGED_NAME.exec(path) ?? [];
  return { tag, page: path.slice(0, path.length - end.length) + extension };
}

/** Those that are tags of a language that has a name, in their canonical form. */
function knownTags(names: readonly string[]): ReadonlyMap<string, string | undefined> {
  const known = new Intl.DisplayNames("en", { type: "language", fallback: "none" });
  const tags = [...new Set(names)].filter((name) => TAG.test(name) && known.of(name) !== undefined);
  return new Map(tags.map((name) => [name, Intl.getCanonicalLocales(name)[0]]));
}
