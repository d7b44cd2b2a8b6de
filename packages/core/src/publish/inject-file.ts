import { readFile } from "node:fs/promises";
import { messageOf, OgError } from "../error.ts";
import { injectHead } from "./head.ts";
import type { MetaTag } from "./meta-tags.ts";
import { writeFileAtomic } from "./write-file.ts";

/**
 * Puts tags into the head of an HTML file; the file is written only when that changes it.
 * @returns whether it was written
 * @throws OgError `E_SOURCE` when it cannot be read, `E_WRITE` when it cannot be written
 */
export async function injectFile(file: string, tags: readonly MetaTag[]): Promise<boolean> {
  const before = await readFile(file, "utf8").catch((thrown: unknown) => {
    throw new OgError("E_SOURCE", `The page cannot be read: ${messageOf(thrown)}.`, { file, cause: thrown });
  });
  const after = injectHead(before, tags);
  if (after === before) return false;
  await writeFileAtomic(file, Buffer.from(after));
  return true;
}
