import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** `@fontsource/<id>` has a file per weight, `@fontsource-variable/<id>` one for all of them. */
export type FontsourceKind = "static" | "variable";

const SCOPES: Readonly<Record<FontsourceKind, string>> = { static: "@fontsource", variable: "@fontsource-variable" };

/** How the fonts of a project are looked at, so that it can be told later whether they are still the same. */
export interface Look {
  /** The bytes of a file. */
  read(file: string): Buffer;
  /** The names in a folder, sorted. */
  list(folder: string): readonly string[];
  /** The folder of a Fontsource package; `undefined` where it is not installed. */
  package(id: string, kind: FontsourceKind): string | undefined;
}

/** @param root the project's folder */
export function plainLook(root: string): Look {
  return {
    read: (file) => readFileSync(file),
    list: (folder) => readdirSync(folder).sort(),
    package: (id, kind) => findFontsource(id, kind, root),
  };
}

/** `existsSync()` throws where Node has not been given the permission to look. */
function isThere(file: string): boolean {
  try {
    return existsSync(file);
  } catch {
    return false;
  }
}

/** The folder of a package as the project, or else this package, has installed it. */
function findFontsource(id: string, kind: FontsourceKind, root: string): string | undefined {
  for (let folder = root; ; folder = dirname(folder)) {
    const candidate = join(folder, "node_modules", SCOPES[kind], id);
    if (isThere(join(candidate, "unicode.json"))) return candidate;
    if (dirname(folder) === folder) break;
  }
  try {
    return dirname(createRequire(import.meta.url).resolve(`${SCOPES[kind]}/${id}/package.json`));
  } catch {
    return undefined;
  }
}
