import { basename } from "node:path";
import { messageOf, OgError } from "../error.ts";
import { writeWhole } from "../whole-file.ts";

/**
 * Writes a file so that readers see the old or the new one, never a part. Folders that are missing are made.
 * @param temporaryIn the folder of the temporary file; that of `file` unless given
 * @throws OgError `E_WRITE`
 */
export async function writeFileAtomic(file: string, bytes: Uint8Array, temporaryIn?: string): Promise<void> {
  try {
    await writeWhole(file, [bytes], temporaryIn);
  } catch (thrown) {
    throw new OgError("E_WRITE", `${basename(file)} cannot be written: ${messageOf(thrown)}.`, {
      file,
      hint: "Make the folder writable, see that the disk has room, or choose another `outDir`.",
      cause: thrown,
    });
  }
}
