/**
 * The ids of pages whose paths would give them that of another one: where `guide.md` and `guide/index.md` are both there, the second
 * is `guide/index`. By their paths; all others have the id that their path gives them.
 *
 * @param paths All files of the site, relative, with forward slashes, in the order of `listFiles()`.
 * @param idOf The id that a path gives.
 */
export function idsOfDoubles(paths: readonly string[], idOf: (path: string) => string): ReadonlyMap<string, string> {
  const doubles = new Map<string, string>();
  const indexes = paths.filter((path) => INDEX.test(path));
  if (indexes.length === 0) return doubles;
  const taken = new Set(paths.filter((path) => !INDEX.test(path)).map(idOf));
  for (const path of indexes) {
    if (!taken.has(idOf(path))) continue;
    const id = path.replace(EXTENSION, "");
    doubles.set(path, id);
    taken.add(id);
  }
  return doubles;
}

const INDEX = /\/_?index\.[^./]+$/i;
const EXTENSION = /\.[^./]+$/;
