import { rm } from "node:fs/promises";
import { basename } from "node:path";
import { OgError, reasonOf } from "../error.ts";
import { writeWhole } from "../whole-file.ts";

/**
 * Writes a file so that readers see the old or the new one, never a part; where it fails, the old one stays. Folders that are
 * missing are made. A link in its place is replaced, and what it points to stays.
 * @param temporaryIn the folder of the temporary file; that of `file` unless given
 * @throws OgError `E_WRITE`
 */
export async function writeFileAtomic(file: string, bytes: Uint8Array, temporaryIn?: string): Promise<void> {
  try {
    await writeWhole(file, [bytes], temporaryIn);
  } catch (thrown) {
    throw new OgError("E_WRITE", `${basename(file)} cannot be written: ${reasonOf(thrown)}.`, {
      file,
      hint: "Make the folder writable, and see that the disk has room.",
      cause: thrown,
    });
  }
}

/** Removes a file that nothing names any more; where it cannot be removed, it stays, and does no harm. */
export async function removeFile(file: string): Promise<void> {
  await rm(file, { force: true }).catch(() => undefined);
}
