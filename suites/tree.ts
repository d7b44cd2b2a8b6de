import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

/** The files of a folder: path → SHA-256 of the bytes; a folder that is not there has none. */
export type Tree = Readonly<Record<string, string>>;

/** What lies in a folder, without temporary files. */
export function treeOf(folder: string): Tree {
  const files = filesIn(folder).filter((file) => !isTemporary(file));
  return Object.fromEntries(files.map((file) => [file, sha256(readFileSync(join(folder, file)))]));
}

/** The entries of a store, without what runs recall beside them: that is another after other runs, and checks itself. */
export function entriesOf(cache: string): Tree {
  return Object.fromEntries(Object.entries(treeOf(cache)).filter(([file]) => !file.startsWith("recall-")));
}

/** The temporary files in folders: whatever may be one, of any version, by its name. */
export function temporariesIn(...folders: readonly string[]): readonly string[] {
  return folders.flatMap(filesIn).filter(isTemporary);
}

function isTemporary(file: string): boolean {
  return /\.tmp$|~$|\.(partial|part|lock)$/.test(file);
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
      .sort();
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw thrown;
  }
}

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** The files that are not as in the whole tree: other bytes, or a file that is not in it. What is not there yet is well. */
export function wrongIn(part: Tree, whole: Tree): readonly string[] {
  return Object.entries(part)
    .filter(([file, digest]) => whole[file] !== digest)
    .map(([file]) => file);
}

/** The files that are not alike in both. */
export function differences(one: Tree, other: Tree): readonly string[] {
  return [...new Set([...wrongIn(one, other), ...wrongIn(other, one)])];
}
