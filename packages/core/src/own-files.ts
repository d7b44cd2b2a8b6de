import { existsSync } from "node:fs";
import { dirname, extname, join } from "node:path";

/** `.js`, or `.ts` in the workspace. */
const EXTENSION = extname(import.meta.filename);

/** The folder of this package's code: `dist`, or `src` in the workspace. The build puts modules together, so it is not that of any file. */
export const OWN_CODE = codeAround(import.meta.dirname);

/** The folder of this package. */
export const PACKAGE = dirname(OWN_CODE);

/** Whether the code is that of the workspace. */
export const IS_SOURCE = EXTENSION === ".ts";

/** A module that the build leaves a file of its own. @param path in the code, without its ending */
export function ownModule(path: string): string {
  return join(OWN_CODE, path + EXTENSION);
}

function codeAround(folder: string): string {
  const parent = dirname(folder);
  return parent === folder || existsSync(join(parent, "package.json")) ? folder : codeAround(parent);
}
