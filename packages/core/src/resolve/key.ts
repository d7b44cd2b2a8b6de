import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { OgError } from "../error.ts";
import { LIMITS } from "../limits.ts";
import type { Face, Job } from "../types.ts";
import { sha256 } from "./sha256.ts";

/** Raise it whenever `render/` draws the same job differently. */
const PAINTER_VERSION = 8;

/** The packages that paint; another version may draw other pixels. */
const PAINTERS = ["satori", "harfbuzzjs", "linebreak", "@resvg/resvg-js", "sharp", "fontkitten"];

/** The packages that make an instance of a variable font; they count for the cards that have one. */
const INSTANCERS = ["woff2-encoder"];

let versions: readonly string[] | undefined;
let instancers: readonly string[] | undefined;

/**
 * The key of a job: SHA-256 over everything that will be painted. The element tree names its images by digest; a face
 * counts by its bytes, not by where it lies; `quality` counts where the format has one.
 */
export function keyOf(job: Omit<Job, "key">): string {
  versions ??= PAINTERS.map((name) => `${name}@${versionOf(name)}`);
  return sha256(
    JSON.stringify([
      PAINTER_VERSION,
      versions,
      job.width,
      job.height,
      job.format,
      job.format === "png" ? 0 : job.quality,
      { maxBytes: job.maxBytes, optimize: job.optimize || undefined },
      job.faces.map(faceKey),
      job.graphemes,
      job.tree,
      ...(job.textCharacters === undefined || job.textCharacters === LIMITS.textCharacters ? [] : [job.textCharacters]),
    ]),
  );
}

function faceKey({ family, weight, style, digest, variation }: Face): readonly unknown[] {
  if (!variation) return [family, weight, style, digest];
  instancers ??= INSTANCERS.map((name) => `${name}@${versionOf(name)}`);
  return [family, weight, style, digest, Object.entries(variation).sort(), instancers];
}

/** From the package's own file, found upwards from its entry: not every package exports it. */
function versionOf(name: string): string {
  for (let folder = dirname(createRequire(import.meta.url).resolve(name)); ; folder = dirname(folder)) {
    const file = join(folder, "package.json");
    const manifest = existsSync(file)
      ? (JSON.parse(readFileSync(file, "utf8")) as { readonly name?: string; readonly version?: string })
      : {};
    // A folder inside of the package may have one, too, without a name.
    if (manifest.name === name && manifest.version) return manifest.version;
    if (folder === dirname(folder)) throw new OgError("E_RENDER", `The version of ${name} cannot be found.`);
  }
}
