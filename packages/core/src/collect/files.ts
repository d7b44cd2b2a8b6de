import { stat } from "node:fs/promises";
import { extname } from "node:path";
import glob from "fast-glob";
import { messageOf, OgError } from "../error.ts";

/** Which files of a folder are meant. */
export interface FileFilter {
  /** Globs relative to the folder. @default all files */
  readonly include?: string | readonly string[] | undefined;
  /** Globs relative to the folder, of what `include` should not have matched. @default none */
  readonly exclude?: string | readonly string[] | undefined;
  /** Without the dot, in lower case: `["md", "mdx"]` finds `A.MD` too. */
  readonly extensions: readonly string[];
}

/**
 * The files below `dir`: relative paths with forward slashes, sorted by UTF-16 code unit, so alike on every machine.
 *
 * Dot files and `node_modules` are left out, and so are symbolic links (`dir` itself may be one): nothing outside `dir` is found.
 *
 * @throws OgError `E_SOURCE` where `dir` is not a folder, or a folder in it cannot be read.
 */
export async function listFiles(dir: string, filter: FileFilter): Promise<string[]> {
  const paths = await findFiles(dir, filter);
  const wanted = new Set(filter.extensions.map((extension) => `.${extension}`));
  return paths.filter((path) => !path.startsWith("../") && wanted.has(extname(path).toLowerCase())).sort();
}

async function findFiles(dir: string, { include = "**", exclude = [] }: FileFilter): Promise<readonly string[]> {
  try {
    // fast-glob takes a folder that is missing for an empty one.
    if (!(await stat(dir)).isDirectory()) throw new Error("it is not a folder");
    return await glob([include].flat(), { cwd: dir, ignore: ["**/node_modules/**", exclude].flat(), followSymbolicLinks: false });
  } catch (thrown) {
    throw new OgError("E_SOURCE", `The folder of pages cannot be read: ${messageOf(thrown)}`, {
      hint: "Check that the path is right and that it has been built.",
      file: dir,
      cause: thrown,
    });
  }
}
