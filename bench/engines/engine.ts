import type { DesignName } from "../designs.ts";
import type { Post } from "../posts.ts";

export interface FontFile {
  readonly weight: 400 | 600 | 700;
  readonly woff: string;
  readonly woff2: string;
  readonly ttf: string;
}

/** Absolute paths. */
export interface Assets {
  readonly avatar: string;
  readonly covers: readonly string[];
  readonly fonts: readonly FontFile[];
}

/** What an engine is to draw. */
export interface Setting {
  readonly design: DesignName;
  readonly assets: Assets;
  /** Whether each page has its own cover, or all have the first one. */
  readonly ownCovers: boolean;
  /** A folder that an engine may keep things in. */
  readonly folder: string;
}

/** Something that makes PNGs of posts. */
export interface Engine {
  readonly paint: (post: Post) => Promise<Uint8Array>;
  readonly close?: () => Promise<void>;
}

export type OpenEngine = (setting: Setting) => Promise<Engine>;

export function coverOf(post: Post, { assets, ownCovers }: Setting): string {
  return assets.covers[ownCovers ? post.index % assets.covers.length : 0] as string;
}
