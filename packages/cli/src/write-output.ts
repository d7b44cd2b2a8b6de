import { lstat, writeFile } from "node:fs/promises";
import { OgError, reasonOf, writeFileAtomic } from "@og-gen/core/command";

/** What a file is for, in messages: `{ what: "The JSON", option: "--json" }`. */
export interface Purpose {
  readonly what: string;
  /** The option that names the file. */
  readonly option: string;
}

/**
 * Writes a file that an option names, whole or not at all; folders that are missing are made. A link, a device or a pipe
 * (`/dev/stdout`) is written through, and stays what it is.
 * @throws OgError `E_WRITE`
 */
export async function writeOutput(file: string, content: Uint8Array | string, { what, option }: Purpose): Promise<void> {
  try {
    const there = await lstat(file).catch(() => undefined);
    if (there && !there.isFile()) await writeFile(file, content);
    else await writeFileAtomic(file, Buffer.from(content));
  } catch (thrown) {
    const cause = thrown instanceof OgError ? thrown.cause : thrown;
    throw new OgError("E_WRITE", `${what} cannot be written: ${reasonOf(cause)}.`, {
      file,
      hint: `Check the path after ${option}.`,
      cause,
    });
  }
}
