import type { Face } from "../types.ts";
import { outlinesOf, type Outlines } from "./outlines.ts";
import type { AdvanceOf } from "./wrap.ts";

/** A face, and the bytes of its font. */
export interface LoadedFace {
  readonly face: Face;
  readonly font: Buffer;
}

/** What kerning leaves of the width of words: in Inter 0.997. */
const KERNED = 0.997;
/** Of a character that no font has, such as an emoji, in ems. */
const UNKNOWN_ADVANCE = 1;
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;

/** How wide characters are set in a style, about: each by itself, as far as fonts and style say it. */
export function advancesIn(faces: readonly LoadedFace[], style: Readonly<Record<string, unknown>>): AdvanceOf {
  // As resolving writes it: names without quotation marks.
  const families = String(style["fontFamily"] ?? "").split(", ");
  const named = families.flatMap((family) => faces.filter(({ face }) => face.family === family));
  const fonts = new Set([...named, ...faces].map(({ font }) => font));
  const outlines = [...fonts].flatMap((font) => readable(font) ?? []);
  const spacing = emsOf(style["letterSpacing"]);
  const isUpper = style["textTransform"] === "uppercase";
  return (character) => {
    if (INVISIBLE.test(character)) return 0;
    const codePoint = (isUpper ? character.toUpperCase() : character).codePointAt(0) ?? 0;
    for (const { unitsPerEm, advance } of outlines) {
      const width = advance(codePoint);
      if (width !== undefined) return (width / unitsPerEm) * KERNED + spacing;
    }
    return UNKNOWN_ADVANCE + spacing;
  };
}

/** `undefined` for a font that fontkitten stumbles over: satori reads it in its own way. */
function readable(font: Buffer): Outlines | undefined {
  try {
    return outlinesOf(font);
  } catch {
    return undefined;
  }
}

/** Of a length that is written in ems; others are small. */
function emsOf(length: unknown): number {
  const [, ems = "0"] = /^(-?[\d.]+)em$/.exec(String(length)) ?? [];
  return Number(ems);
}
