import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomic } from "@og-gen/core";

/**
 * A secret by which a note is known to be ours: a page's text, or an HTML file of the public folder, may hold what looks like a
 * note, and would have files read that are none of the site's. The middleware knows it as the constant `__OG_GEN_SEAL__`.
 *
 * It stays the same from build to build, as do the pages that Astro restores (`experimental.incrementalBuild`), which lie in the same
 * folder; where it changes, Astro restores none, since the constant is a part of its configuration.
 * @param cacheDir Astro's
 */
export async function readSeal(cacheDir: string): Promise<string> {
  const file = join(cacheDir, "og-gen-seal");
  const known = await readFile(file, "utf8").catch(() => "");
  if (SEAL.test(known)) return known;
  const seal = randomBytes(16).toString("hex");
  // Where it cannot be kept, the next build has another one.
  await writeFileAtomic(file, Buffer.from(seal)).catch(() => undefined);
  return seal;
}

const SEAL = /^[0-9a-f]{32}$/;
