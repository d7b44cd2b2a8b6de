import { readFile } from "node:fs/promises";
import { injectHead } from "./head.ts";
import type { MetaTag } from "./meta-tags.ts";
import { writeFileAtomic } from "./write-file.ts";

/**
 * Puts tags into the head of an HTML file; the file is written only when that changes it.
 * @returns whether it was written
 * @throws OgError `E_WRITE`
 */
export async function injectFile(file: string, tags: readonly MetaTag[]): Promise<boolean> {
  const before = await readFile(file, "utf8");
  const after = injectHead(before, tags);
  if (after === before) return false;
  await writeFileAtomic(file, Buffer.from(after));
  return true;
}
