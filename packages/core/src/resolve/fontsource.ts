import { join } from "node:path";
import { charactersOf, variableAxes, type Axes, type FontFile, type FontGroup } from "./font-file.ts";
import type { FontsourceKind, Look } from "./look.ts";
import { sha256 } from "./sha256.ts";

/** A family as Fontsource packs it: a group of files per subset, each in several weights and styles. */
export interface FontsourceFamily {
  /** Such as `Noto Sans Arabic`. */
  readonly name: string;
  /** Such as `noto-sans-arabic`. */
  readonly id: string;
  readonly groups: readonly FontGroup[];
}

/**
 * Reads what a package says of itself: which code points a subset has is in its unicode.json, as CSS `unicode-range`,
 * so few fonts are parsed to know it. Files are taken as WOFF, which satori parses faster than WOFF2, where there is one.
 * @param look how its files are read
 * @param first subsets to prefer, as several share punctuation
 */
export function readFontsource(folder: string, kind: FontsourceKind, look: Look, first: readonly string[] = ["latin"]): FontsourceFamily {
  const readJson = (name: string): unknown => JSON.parse(look.read(join(folder, name)).toString("utf8"));
  const metadata = readJson("metadata.json") as Metadata;
  const { id, family } = metadata;
  const ranges = readJson("unicode.json") as Readonly<Record<string, string>>;
  const names = look.list(join(folder, "files"));
  const files = kind === "static" ? filesBySubset(folder, names, id) : variableFilesBySubset(folder, names, metadata);
  // What is in one piece has all characters in its file: the range of Noto Sans Math leaves mathematics out.
  const isWhole = Object.keys(ranges).length === 1;
  const rank = (subset: string) => (first.includes(subset) ? first.indexOf(subset) : first.length);
  const groups = Object.entries(ranges)
    .map(([key, range]) => ({ subset: key.replace(/^\[(.+)\]$/, "$1"), range }))
    .filter(({ subset }) => files.has(subset))
    .sort((a, b) => rank(a.subset) - rank(b.subset))
    .map(({ subset, range }): FontGroup => {
      const faces = files.get(subset) ?? [];
      const covers = coverage(isWhole ? undefined : range, faces, look);
      return {
        name: `${id} ${kind === "static" ? "" : "variable "}${subset}`,
        files: faces.map((face) => toFontFile(face, family, covers, look)),
      };
    });
  return { name: family, id, groups };
}

/** The range says where to look; a font, what is there: a third of what some subsets claim has no glyph. */
function coverage(range: string | undefined, files: readonly SubsetFile[], look: Look): (codePoint: number) => boolean {
  const inRange = range === undefined ? () => true : parseUnicodeRange(range);
  let characters: ReadonlySet<number> | undefined;
  // All weights of a subset are cut alike: one of them tells for all.
  const any = files.find(({ weight }) => weight === 400) ?? files[0];
  return (codePoint) => inRange(codePoint) && any !== undefined && (characters ??= charactersOf(look.read(any.file))).has(codePoint);
}

function toFontFile(face: SubsetFile, family: string, covers: (codePoint: number) => boolean, look: Look): FontFile {
  const { file } = face;
  let digest: string | undefined;
  return { ...face, family, covers, digest: () => (digest ??= sha256(look.read(file))) };
}

interface Metadata {
  readonly id: string;
  readonly family: string;
  readonly weights: readonly number[];
  /** The axes of a variable package, with numbers as text. */
  readonly variable: Readonly<Record<string, { readonly min: string; readonly max: string } | undefined>>;
}

interface SubsetFile {
  readonly file: string;
  readonly weight: number;
  readonly style: "normal" | "italic";
  readonly axes?: Axes | undefined;
}

function filesBySubset(folder: string, names: readonly string[], id: string): ReadonlyMap<string, readonly SubsetFile[]> {
  const subsets = new Map<string, Map<string, SubsetFile>>();
  for (const name of names) {
    const [, subset, weight, style] = /^(.+)-(\d+)-(normal|italic)\.woff2?$/.exec(name.slice(id.length + 1)) ?? [];
    if (!name.startsWith(`${id}-`) || subset === undefined) continue;
    const files = subsets.get(subset) ?? new Map<string, SubsetFile>();
    subsets.set(subset, files);
    const face = `${weight} ${style}`;
    // `.woff` sorts before `.woff2`.
    if (!files.has(face))
      files.set(face, { file: join(folder, "files", name), weight: Number(weight), style: style as SubsetFile["style"] });
  }
  return new Map([...subsets].map(([subset, files]) => [subset, [...files.values()]]));
}

/** The files by the axes that they have, the smallest first: `standard` is those of the OpenType specification, `full` is all. */
const UPRIGHT = ["wght", "standard", "full"];
const SLANTED = ["slnt", "standard", "full"];

/** An upright and an italic file of each subset: the package has one for every choice of axes. */
function variableFilesBySubset(
  folder: string,
  names: readonly string[],
  { id, weights, variable }: Metadata,
): ReadonlyMap<string, readonly SubsetFile[]> {
  const subsets = new Map<string, Map<string, string>>();
  for (const name of names) {
    const [, subset, axis, style] = /^(.+)-([a-z]+)-(normal|italic)\.woff2$/.exec(name.slice(id.length + 1)) ?? [];
    if (!name.startsWith(`${id}-`) || subset === undefined) continue;
    subsets.set(subset, (subsets.get(subset) ?? new Map<string, string>()).set(`${axis} ${style}`, join(folder, "files", name)));
  }
  const { wght, slnt } = variable;
  const range = wght && ([Number(wght.min), Number(wght.max)] as const);
  const weight = weights.includes(400) ? 400 : (weights[0] ?? 400);
  return new Map(
    [...subsets].map(([subset, files]) => {
      const best = (axes: readonly string[], style: string) => axes.map((axis) => files.get(`${axis} ${style}`)).find(Boolean);
      const upright = best(UPRIGHT, "normal");
      const italic = best(UPRIGHT, "italic");
      const slanted = italic === undefined && slnt ? best(SLANTED, "normal") : undefined;
      const faces: readonly (SubsetFile | undefined)[] = [
        upright === undefined ? undefined : { file: upright, weight, style: "normal", axes: variableAxes(range, undefined, undefined) },
        italic === undefined ? undefined : { file: italic, weight, style: "italic", axes: variableAxes(range, undefined, undefined) },
        slanted === undefined
          ? undefined
          : { file: slanted, weight, style: "italic", axes: variableAxes(range, undefined, Number(slnt?.min)) },
      ];
      return [subset, faces.filter((face) => face !== undefined)];
    }),
  );
}

/** `U+0000-00FF,U+0131` as a test: https://www.w3.org/TR/css-fonts-4/#unicode-range-desc */
function parseUnicodeRange(text: string): (codePoint: number) => boolean {
  const ranges = text
    .split(",")
    .map((range) => {
      const [low = "", high = low] = range.trim().slice(2).split("-");
      return [Number.parseInt(low, 16), Number.parseInt(high, 16)] as const;
    })
    .sort(([a], [b]) => a - b);
  return (codePoint) => {
    let low = 0;
    let high = ranges.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const [from, to] = ranges[middle] as readonly [number, number];
      if (codePoint < from) high = middle - 1;
      else if (codePoint > to) low = middle + 1;
      else return true;
    }
    return false;
  };
}
