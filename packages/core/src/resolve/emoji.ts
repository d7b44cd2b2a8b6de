import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { OgError } from "../error.ts";
import type { HostElement, JobImage } from "../types.ts";
import { sha256 } from "./sha256.ts";

/** Sets of emoji by the name of the option; each is a package of Iconify's, installed from npm. */
const PACKAGES = {
  twemoji: "@iconify-json/twemoji",
  noto: "@iconify-json/noto",
  fluent: "@iconify-json/fluent-emoji-flat",
  openmoji: "@iconify-json/openmoji",
} as const;
export type EmojiSet = keyof typeof PACKAGES;

/** The emoji of one card. */
export interface EmojiChoice {
  /** Grapheme → digest of its image. */
  readonly graphemes: Readonly<Record<string, string>>;
  readonly images: readonly JobImage[];
}

export interface EmojiFinder {
  /** The folders of the packages that are drawn from, best first. */
  readonly folders: readonly string[];
  /** @param missing code points that no font has: in colour rather than as a box, whatever their presentation */
  choose(tree: HostElement, missing?: readonly number[]): EmojiChoice;
}

/** What may be an emoji; most texts hold none, and are not segmented. */
const MAYBE = /[\p{Extended_Pictographic}\p{Regional_Indicator}\u20e3]/u;
/** Drawn in colour where nothing else is asked: https://www.unicode.org/reports/tr51/#Presentation_Style */
const IN_COLOUR = String.raw`^(?:\p{RGI_Emoji}|\p{Emoji_Presentation}.*)$`;
const AS_TEXT = "\ufe0e";

const none: EmojiChoice = { graphemes: {}, images: [] };
let segmenter: Intl.Segmenter | undefined;
/** Compiled when the first text may hold an emoji: it takes 17 ms. */
let inColour: RegExp | undefined;

/**
 * Emoji as images: flags, families, skin tones and keycaps each by their sequence. One that asks for its text form
 * (U+FE0E), or that neither the set nor Twemoji has, is left to the fonts.
 * @param set `false` leaves all of them to the fonts
 * @param root the project's folder, where a set may be installed
 * @throws OgError `E_OPTION` when the set is not installed
 */
export function createEmojiFinder(set: EmojiSet | false, root: string): EmojiFinder {
  if (set === false) return { folders: [], choose: () => none };
  // Noto's and Fluent's packages have no flags: what a set lacks comes from the bundled one.
  const folders = [...new Set([PACKAGES[set], PACKAGES.twemoji])].map((name) => findPackage(name, root));
  const known = new Map<string, JobImage | undefined>();
  const packs = new Map<string, Pack>();

  function imageOf(grapheme: string): JobImage | undefined {
    if (!known.has(grapheme)) {
      const svg = firstSvg(grapheme);
      known.set(grapheme, svg === undefined ? undefined : { digest: sha256(svg), name: grapheme, bytes: Buffer.from(svg) });
    }
    return known.get(grapheme);
  }

  function firstSvg(grapheme: string): string | undefined {
    for (const folder of folders) {
      const pack = packs.get(folder) ?? readPack(folder);
      packs.set(folder, pack);
      const svg = svgOf(pack, grapheme);
      if (svg !== undefined) return svg;
    }
    return undefined;
  }

  return {
    folders,
    choose(tree, missing = []) {
      const boxes = new Set(missing.map((codePoint) => String.fromCodePoint(codePoint)));
      const found = new Map<string, JobImage>();
      forEachText(tree, (text) => {
        if (!MAYBE.test(text)) return;
        segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
        inColour ??= new RegExp(IN_COLOUR, "v");
        for (const { segment } of segmenter.segment(text)) {
          const isColourful = inColour.test(segment) && !segment.includes(AS_TEXT);
          const image = isColourful || Array.from(segment).some((character) => boxes.has(character)) ? imageOf(segment) : undefined;
          if (image) found.set(segment, image);
        }
      });
      if (found.size === 0) return none;
      const sorted = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
      return {
        graphemes: Object.fromEntries(sorted.map(([grapheme, { digest }]) => [grapheme, digest])),
        images: sorted.map(([, image]) => image),
      };
    },
  };
}

/** https://iconify.design/docs/types/iconify-json.html */
interface Pack {
  readonly icons: {
    readonly width?: number;
    readonly height?: number;
    readonly icons: Readonly<Record<string, { readonly body: string; readonly width?: number; readonly height?: number }>>;
    readonly aliases?: Readonly<Record<string, { readonly parent: string }>>;
  };
  /** Code points, such as `1f1e9-1f1ea`, → name. */
  readonly names: Readonly<Record<string, string>>;
}

function readPack(folder: string): Pack {
  const read = (file: string) => JSON.parse(readFileSync(join(folder, file), "utf8")) as unknown;
  return { icons: read("icons.json") as Pack["icons"], names: read("chars.json") as Pack["names"] };
}

function svgOf({ icons, names }: Pack, grapheme: string): string | undefined {
  const codePoints = Array.from(grapheme, (character) => (character.codePointAt(0) as number).toString(16).padStart(4, "0"));
  const name = names[codePoints.join("-")] ?? names[codePoints.filter((codePoint) => !/^fe0[ef]$/.test(codePoint)).join("-")];
  const icon = name === undefined ? undefined : (icons.icons[name] ?? icons.icons[icons.aliases?.[name]?.parent ?? ""]);
  if (!icon) return undefined;
  const width = icon.width ?? icons.width ?? 16;
  const height = icon.height ?? icons.height ?? 16;
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${icon.body}</svg>`;
}

function forEachText({ props: { children } }: HostElement, visit: (text: string) => void): void {
  for (const child of children ?? []) {
    if (typeof child === "string") visit(child);
    else forEachText(child, visit);
  }
}

function findPackage(name: string, root: string): string {
  for (const start of [join(root, "package.json"), import.meta.url]) {
    try {
      return dirname(createRequire(start).resolve(`${name}/icons.json`));
    } catch {
      // Not there: the next place.
    }
  }
  throw new OgError("E_OPTION", `The emoji of \`emoji\` are not installed.`, { hint: `npm install ${name}` });
}
