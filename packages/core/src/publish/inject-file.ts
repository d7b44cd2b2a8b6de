import { isUtf8 } from "node:buffer";
import { statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { OgError, reasonOf } from "../error.ts";
import type { PageRef, Warning } from "../types.ts";
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

/** What many servers send in a file's stead to whoever takes it. */
const COMPRESSED = [".br", ".gz", ".zst"];

/** A warning where a page has compressed copies that are older than itself, and so without its tags. */
export function compressedCopyWarnings({ id, file }: PageRef): readonly Warning[] {
  if (file === undefined) return [];
  const changed = changeOf(file) ?? 0;
  const copy = COMPRESSED.map((extension) => file + extension).find((copy) => (changeOf(copy) ?? Infinity) < changed);
  if (copy === undefined) return [];
  return [
    {
      code: "W_COMPRESSED",
      message: "A compressed copy of the page is older than the page, so it has no tags, and servers may send it in the page's stead.",
      hint: "Compress the site after the tags have been written.",
      page: id,
      file: copy,
    },
  ];
}

/** In milliseconds; `undefined` where it is not there, or cannot be: with one more ending a name may be too long. */
function changeOf(file: string): number | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  } catch {
    return undefined;
  }
}
