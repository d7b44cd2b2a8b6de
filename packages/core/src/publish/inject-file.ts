import { isUtf8 } from "node:buffer";
import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { OgError, reasonOf } from "../error.ts";
import { sweepOnce } from "../whole-file.ts";
import { injectHead } from "./head.ts";
import type { MetaTag } from "./meta-tags.ts";
import { writeFileAtomic } from "./write-file.ts";

/**
 * Puts tags into the head of an HTML file; the file is written only when that changes it.
 * @returns whether it was written
 * @throws OgError `E_SOURCE` when it cannot be read, `E_WRITE` when it cannot be written
 */
export async function injectFile(file: string, tags: readonly MetaTag[]): Promise<boolean> {
  const bytes = await readFile(file).catch((thrown: unknown) => {
    throw new OgError("E_SOURCE", `The page cannot be read: ${reasonOf(thrown)}.`, { file, cause: thrown });
  });
  await sweepOnce(dirname(file));
  if (!isUtf8(bytes)) throw new OgError("E_SOURCE", "The page is not UTF-8, so it was left as it is.", { file, hint: "Save it as UTF-8." });
  const before = bytes.toString();
  const after = injectHead(before, tags);
  if (after === before) return false;
  await writeFileAtomic(file, Buffer.from(after));
  return true;
}
