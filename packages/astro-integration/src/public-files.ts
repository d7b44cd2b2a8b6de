import { readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { MANIFEST_NAME, readManifest, type PageResult, type Warning } from "@og-gen/core";
import type { Project } from "./project.ts";

/** Tells of files that Astro copied from the public folder to where a card goes. */
export type PublicFileCheck = (result: PageResult) => readonly Warning[];

/** @param imagesDir where the cards go in the built site */
export function createPublicFileCheck({ publicDir, imagesPath }: Project, imagesDir: string): PublicFileCheck {
  const folder = join(publicDir, imagesPath);
  const files = new Set(filesOf(folder));
  return (result) => {
    const cards = "cards" in result ? result.cards : [];
    const replaced = cards.map(({ file }) => relative(imagesDir, file).split(sep).join("/")).filter((path) => files.has(path));
    return replaced.map((path) => ({
      code: "W_PUBLIC_FILE",
      message: "The card of a page takes the place of this file in the built site.",
      detail: `/${result.page.id}`,
      hint: 'Choose another folder for the cards, such as `publicPath: "cards"`, or rename the file.',
      page: result.page.id,
      file: join(folder, path),
    }));
  };
}

/** Those that no run of og-gen's command line has made. */
function filesOf(folder: string): readonly string[] {
  try {
    const made = new Set(Object.values(readManifest(folder).pages).flatMap(({ images }) => images.map(({ file }) => file)));
    const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((path) => path.split(sep).join("/"));
    return paths.filter((path) => path !== MANIFEST_NAME && !made.has(path));
  } catch {
    // There is no such folder.
    return [];
  }
}
