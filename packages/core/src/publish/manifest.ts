import { existsSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Card, Format } from "../types.ts";
import { pathBelow } from "./paths.ts";
import { writeFileAtomic } from "./write-file.ts";

export const MANIFEST_NAME = "og-manifest.json";

/** One image in the manifest. */
export interface ManifestImage {
  readonly variant: string;
  /** Below the manifest's folder, with `/`. */
  readonly file: string;
  readonly src: string;
  readonly width: number;
  readonly height: number;
  readonly type: `image/${Format}`;
  readonly bytes: number;
  /** Absent where the image is not what was asked for, so that the next run tries again. */
  readonly key?: string | undefined;
  /** The words that did not fit, of each text that was cut off. */
  readonly lost?: readonly string[] | undefined;
}

/** One page in the manifest. */
export interface ManifestPage {
  readonly alt: string;
  readonly template: string;
  /** The primary image first. */
  readonly images: readonly ManifestImage[];
}

/** What lies in `outDir`, by page id, for whoever writes the pages' heads; `og-manifest.json`. */
export interface Manifest {
  readonly version: 1;
  readonly pages: Readonly<Record<string, ManifestPage>>;
}

/** The manifest of an earlier run; an empty one where there is none that can be read. */
export function readManifest(outDir: string): Manifest {
  try {
    const manifest = JSON.parse(readFileSync(join(outDir, MANIFEST_NAME), "utf8")) as unknown;
    if (isManifest(manifest)) return manifest;
  } catch {
    // Missing or damaged: every image counts as new, and the store still knows them.
  }
  return { version: 1, pages: {} };
}

/**
 * Takes the manifest away before the first image changes, so that one that is there always describes what is there, also
 * after a run that was killed.
 */
export async function removeManifest(outDir: string): Promise<void> {
  // Where it cannot be removed, the image cannot be written either, and that tells more.
  await rm(join(outDir, MANIFEST_NAME), { force: true }).catch(() => undefined);
}

/**
 * Writes the manifest, pages in the order of their ids, if it differs from the one that is there.
 * @param before what this run has read, and may have removed since
 */
export async function writeManifest(outDir: string, pages: ReadonlyMap<string, ManifestPage>, before?: Manifest): Promise<void> {
  if (before && existsSync(join(outDir, MANIFEST_NAME)) && isSame(before, pages)) return;
  const sorted = [...pages].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const text = `${JSON.stringify({ version: 1, pages: Object.fromEntries(sorted) }, null, 1)}\n`;
  const file = join(outDir, MANIFEST_NAME);
  if (readText(file) !== text) await writeFileAtomic(file, Buffer.from(text));
}

/**
 * The manifest's words for the images of a page.
 * @param final whether they are what was asked for; if not, the next run tries again
 */
export function manifestImages(outDir: string, cards: readonly Card[], final: boolean): readonly ManifestImage[] {
  return cards.map(({ variant, file, src, width, height, type, bytes, key, lost }) => ({
    variant,
    file: pathBelow(outDir, file),
    src,
    width,
    height,
    type,
    bytes,
    ...(final ? { key } : {}),
    ...(lost ? { lost } : {}),
  }));
}

function isSame({ pages: before }: Manifest, pages: ReadonlyMap<string, ManifestPage>): boolean {
  if (Object.keys(before).length !== pages.size) return false;
  for (const [id, page] of pages) if (!Object.hasOwn(before, id) || !isSamePage(before[id] as ManifestPage, page)) return false;
  return true;
}

/** Field by field, as a comparison of any two values takes several times as long; and neither has a field more. */
function isSamePage(one: ManifestPage, other: ManifestPage): boolean {
  if (one.alt !== other.alt || one.template !== other.template || one.images.length !== other.images.length) return false;
  return countOf(one) === countOf(other) && one.images.every((image, index) => isSameImage(image, other.images[index] as ManifestImage));
}

function isSameImage(one: ManifestImage, other: ManifestImage): boolean {
  const isSameFile = one.variant === other.variant && one.file === other.file && one.src === other.src && one.type === other.type;
  const isSameSize = one.width === other.width && one.height === other.height && one.bytes === other.bytes;
  const isSameText = one.key === other.key && JSON.stringify(one.lost) === JSON.stringify(other.lost);
  return isSameFile && isSameSize && isSameText && countOf(one) === countOf(other);
}

function countOf(fields: object): number {
  return Object.keys(fields).length;
}

function isManifest(value: unknown): value is Manifest {
  if (!isMap(value) || value["version"] !== 1 || !isMap(value["pages"])) return false;
  return Object.values(value["pages"]).every((page) => isMap(page) && Array.isArray(page["images"]) && page["images"].every(isMap));
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
