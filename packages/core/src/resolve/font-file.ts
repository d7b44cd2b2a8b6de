import { readFileSync, statSync } from "node:fs";
import { messageOf, OgError, reasonOf } from "../error.ts";
import { mapGuarded } from "../guard.ts";
import { lazyPackage } from "../lazily.ts";
import { charactersByRange } from "./characters.ts";
import type { Look } from "./look.ts";
import { sha256 } from "./sha256.ts";

/** One font file, and what it can draw. */
export interface FontFile {
  readonly file: string;
  readonly family: string;
  readonly weight: number;
  readonly style: "normal" | "italic";
  /** What a variable font can be set to; `weight` and `style` are what it is by itself. Empty where the options overrule the file. */
  readonly axes?: Axes | undefined;
  covers(codePoint: number): boolean;
  /** SHA-256 of the file, hex. */
  digest(): string;
}

/** The axes of a variable font, as far as text asks for them. */
export interface Axes {
  /** The range of `wght`. */
  readonly weight?: readonly [lightest: number, boldest: number] | undefined;
  /** What makes it italic, such as `{ slnt: -10 }`. */
  readonly italic?: Readonly<Record<string, number>> | undefined;
}

/** Files of one family with the same repertoire, in several weights and styles: what satori takes for a family. */
export interface FontGroup {
  /** Unique; no commas or quotation marks. */
  readonly name: string;
  readonly files: readonly FontFile[];
}

/** What a user says of a font file; the rest is read from it. */
export interface FontInput {
  /** Absolute path. */
  readonly file: string;
  readonly family?: string | undefined;
  readonly weight?: number | undefined;
  readonly style?: "normal" | "italic" | undefined;
}

/**
 * Reads a TTF, OTF, WOFF or WOFF2 file.
 * @throws OgError `E_FONT` when it is missing or is not a font
 */
export function readFontFile(input: FontInput, look: Pick<Look, "read"> = { read: (file) => readFileSync(file) }): FontFile {
  const bytes = readBytes(input.file, look);
  try {
    // fontkitten takes for ever over some fonts that were cut off.
    const [facts] = mapGuarded([bytes], factsOf, PARSE_MS);
    if (facts instanceof OgError || facts === undefined) throw new Error("it has no end");
    const { characters, family, weight, style, axes } = facts;
    return {
      file: input.file,
      family: input.family ?? familyName(family, input.file),
      weight: input.weight ?? weight,
      style: input.style ?? style,
      axes: axes ? asTold(axes, input) : isRetold(facts, input) ? {} : undefined,
      covers: (codePoint) => characters.has(codePoint),
      digest: () => sha256(bytes),
    };
  } catch (thrown) {
    throw new OgError("E_FONT", `${input.file} is not a font that can be read: ${fontReasonOf(thrown)}.`, {
      file: input.file,
      hint: hintFor(bytes, messageOf(thrown)),
      cause: thrown,
    });
  }
}

/** It takes 20 ms to load. */
const fontkitten = lazyPackage<typeof import("fontkitten")>("fontkitten");

const PARSE_MS = 5_000;

interface FontFacts {
  readonly family: string | null;
  readonly weight: number;
  readonly style: "normal" | "italic";
  readonly characters: ReadonlySet<number>;
  readonly axes: Axes | undefined;
}

/** @throws Error for what is not a font that can be drawn with */
function factsOf(bytes: Buffer): FontFacts {
  // WOFF and WOFF2 say how long they are: https://www.w3.org/TR/WOFF2/#woff20Header
  if (/^wOF[F2]/.test(bytes.toString("latin1", 0, 4)) && bytes.length >= 12 && bytes.readUInt32BE(8) > bytes.length)
    throw new Error("it is cut off");
  const font = fontkitten().create(bytes);
  if (font.isCollection) throw new Error("it is a collection of fonts");
  const characters = charactersByRange(bytes) ?? new Set(font.characterSet);
  if (characters.size === 0 || !(font.unitsPerEm > 0)) throw new Error("it maps no characters");
  const { directory, fvar } = font as typeof font & VariableTables;
  if ("CFF2" in directory.tables) throw new Error("it is a variable font with PostScript outlines (CFF2), which cannot be drawn");
  if ("fvar" in directory.tables && !fvar) throw new Error("its table of axes (fvar) is damaged");
  const italic = font["OS/2"]?.fsSelection.italic === true || font.italicAngle !== 0;
  return {
    family: font.familyName,
    weight: font["OS/2"]?.usWeightClass ?? 400,
    style: italic ? "italic" : "normal",
    characters,
    axes: axesOf(fvar?.axis ?? []),
  };
}

/** Whether the options say of a static font what it does not say of itself, so that its letters would be changed. */
function isRetold(facts: FontFacts, { weight = facts.weight, style = facts.style }: FontInput): boolean {
  return weight !== facts.weight || style !== facts.style;
}

/** What fontkitten has, and does not type. Its own `variationAxes` wants the axes to have names. */
interface VariableTables {
  readonly directory: { readonly tables: object };
  readonly fvar?: { readonly axis: readonly FvarAxis[] } | undefined;
}

/** An entry of `fvar`: https://learn.microsoft.com/typography/opentype/spec/fvar */
interface FvarAxis {
  readonly axisTag: string;
  readonly minValue: number;
  readonly defaultValue: number;
  readonly maxValue: number;
}

/** @throws Error where a range is none */
function axesOf(entries: readonly FvarAxis[]): Axes | undefined {
  for (const { axisTag, minValue, defaultValue, maxValue } of entries) {
    if (!(minValue <= defaultValue && defaultValue <= maxValue)) throw new Error(`its axis ${JSON.stringify(axisTag)} has no valid range`);
  }
  const axis = (tag: string) => entries.find(({ axisTag, minValue, maxValue }) => axisTag === tag && minValue < maxValue);
  const [wght, ital, slnt] = [axis("wght"), axis("ital"), axis("slnt")];
  return variableAxes(wght && [wght.minValue, wght.maxValue], ital?.maxValue, slnt?.minValue);
}

/** The angle at which CSS draws `oblique`: https://www.w3.org/TR/css-fonts-4/#font-style-prop */
const OBLIQUE = -14;

/**
 * @param ital the most of the `ital` axis
 * @param slnt the least of the `slnt` axis, in degrees; below 0 leans forward
 */
export function variableAxes(weight: Axes["weight"], ital: number | undefined, slnt: number | undefined): Axes | undefined {
  const italic = {
    ...(ital !== undefined && ital > 0 ? { ital } : {}),
    ...(slnt !== undefined && slnt < 0 ? { slnt: Math.max(slnt, OBLIQUE) } : {}),
  };
  if (!weight && Object.keys(italic).length === 0) return undefined;
  return { weight, italic: Object.keys(italic).length > 0 ? italic : undefined };
}

/** A weight or style in the options is the one that the file is to have. */
function asTold({ weight, italic }: Axes, told: FontInput): Axes {
  const [lightest, boldest] = weight ?? [0, 0];
  const only = told.weight === undefined ? undefined : Math.min(Math.max(told.weight, lightest), boldest);
  return {
    weight: weight && (only === undefined ? weight : [only, only]),
    italic: told.style === "normal" ? undefined : italic,
  };
}

/** The code points for which a font has a glyph: none for what is not a font, or has no `cmap`. */
export function charactersOf(bytes: Buffer): ReadonlySet<number> {
  try {
    const known = charactersByRange(bytes);
    if (known) return known;
    const font = fontkitten().create(bytes);
    return new Set(font.isCollection ? [] : font.characterSet);
  } catch {
    return new Set();
  }
}

/** fontkitten stumbles over a damaged font with errors of the engine, which tell a user nothing. */
function fontReasonOf(thrown: unknown): string {
  if (thrown instanceof TypeError || thrown instanceof RangeError) return "it is damaged or cut off";
  return messageOf(thrown) === "Unknown font format" ? "its format is not known" : reasonOf(thrown);
}

function familyName(name: string | null, file: string): string {
  if (!name) throw new Error(`it has no family name; give \`family\` in the options (${file})`);
  return name;
}

function readBytes(file: string, look: Pick<Look, "read">): Buffer {
  const hint = "Paths in `fonts` start at the project's folder.";
  const stats = statSync(file, { throwIfNoEntry: false });
  if (!stats) throw new OgError("E_FONT", `There is no font file at ${file}.`, { file, hint });
  if (stats.isDirectory()) throw new OgError("E_FONT", `The font file ${file} is a folder.`, { file, hint });
  try {
    return look.read(file);
  } catch (thrown) {
    throw new OgError("E_FONT", `The font file ${file} cannot be read: ${reasonOf(thrown)}.`, { file, hint, cause: thrown });
  }
}

function hintFor(bytes: Buffer, reason: string): string {
  if (reason.includes("CFF2")) return "Give the TrueType version of the font (.ttf), or a static file for each weight.";
  return `${startsLikeHtml(bytes) ? "It is an HTML page: the download failed. " : ""}Give a TTF, OTF, WOFF or WOFF2 file.`;
}

function startsLikeHtml(bytes: Buffer): boolean {
  return /^\s*<(!doctype|html|head|body)/i.test(bytes.subarray(0, 64).toString("latin1"));
}
