/**
 * The ids of pages, which are those that their paths have by themselves, but for one: where `guide.md` and `guide/index.md` are both there,
 * and so would be one page, the second is `guide/index`.
 *
 * @param paths All files of the site, relative, with forward slashes.
 * @param idOf The id that a path has by itself.
 */
export function pageIds(paths: readonly string[], idOf: (path: string) => string): (path: string) => string {
  const indexes = paths.filter((path) => INDEX.test(path));
  if (indexes.length === 0) return idOf;
  const others = new Set(paths.filter((path) => !INDEX.test(path)).map(idOf));
  const doubled = new Set(indexes.filter((path) => others.has(idOf(path))));
  return (path) => (doubled.has(path) ? path.replace(EXTENSION, "") : idOf(path));
}

const INDEX = /\/_?index\.[^./]+$/i;
const EXTENSION = /\.[^./]+$/;
