import { mkdir, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { messageOf, OgError } from "../error.ts";

let temporaryFiles = 0;

/**
 * Writes a file so that readers see the old or the new one, never a part: a temporary file beside it, then a rename.
 * Folders that are missing are made.
 * @throws OgError `E_WRITE`
 */
export async function writeFileAtomic(file: string, bytes: Uint8Array): Promise<void> {
  const folder = dirname(file);
  // Short, so that a name of the greatest length still has a temporary one.
  const temporary = join(folder, `.og-gen-${process.pid}-${temporaryFiles++}.tmp`);
  try {
    await mkdir(folder, { recursive: true });
    const handle = await open(temporary, "wx");
    try {
      await handle.writeFile(bytes);
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (thrown) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new OgError("E_WRITE", `${basename(file)} cannot be written: ${messageOf(thrown)}.`, {
      file,
      hint: "Make the folder writable, see that the disk has room, or choose another `outDir`.",
      cause: thrown,
    });
  }
}
