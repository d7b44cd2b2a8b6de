import { lstatSync, realpathSync } from "node:fs";
import { dirname, sep } from "node:path";

/**
 * Whether a link among the folders between `outDir` and a file leads out of `outDir`: it is there from an earlier build, or
 * came with the pages. `outDir` itself may be one. Each folder is looked at once.
 */
export function createLinkCheck(outDir: string): (file: string) => boolean {
  const known = new Map<string, boolean>([[outDir, false]]);
  let real: string | undefined;

  function leadsOut(folder: string): boolean {
    const before = known.get(folder);
    if (before !== undefined) return before;
    const parent = dirname(folder);
    const result = parent !== folder && (leadsOut(parent) || (isLink(folder) && !isBelowOutDir(folder)));
    known.set(folder, result);
    return result;
  }

  function isBelowOutDir(link: string): boolean {
    try {
      real ??= realpathSync(outDir);
      return `${realpathSync(link)}${sep}`.startsWith(`${real}${sep}`);
    } catch {
      // It leads nowhere: whoever makes that folder would make it outside.
      return false;
    }
  }

  return (file) => leadsOut(dirname(file));
}

function isLink(folder: string): boolean {
  try {
    return lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  } catch {
    // A file stands where a folder should be: it cannot be written there, and that is told then.
    return false;
  }
}
