import type { Face } from "../types.ts";
import { outlinesOf } from "./outlines.ts";
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

/** How wide characters are set in a style, about: each by itself, as far as fonts and style say it. */
export function advancesIn(faces: readonly LoadedFace[], style: Readonly<Record<string, unknown>>): AdvanceOf {
  const families = String(style["fontFamily"] ?? "")
    .split(",")
    .map((family) => family.trim().replace(/^(["'])(.*)\1$/, "$2"));
  const named = families.flatMap((family) => faces.filter(({ face }) => face.family === family));
  const inOrder = [...named, ...faces.filter((face) => !named.includes(face))];
  const spacing = emsOf(style["letterSpacing"]);
  const isUpper = style["textTransform"] === "uppercase";
  return (character) => {
    const codePoint = (isUpper ? character.toUpperCase() : character).codePointAt(0) ?? 0;
    for (const { font } of inOrder) {
      const advance = advanceIn(font, codePoint);
      if (advance !== undefined) return advance * KERNED + spacing;
    }
    return UNKNOWN_ADVANCE + spacing;
  };
}

function advanceIn(font: Buffer, codePoint: number): number | undefined {
  try {
    const { unitsPerEm, advance } = outlinesOf(font);
    const width = advance(codePoint);
    return width === undefined ? undefined : width / unitsPerEm;
  } catch {
    // A font that fontkitten stumbles over: satori reads it in its own way.
    return undefined;
  }
}

/** Of a length that is written in ems; others are small. */
function emsOf(length: unknown): number {
  const [, ems = "0"] = /^(-?[\d.]+)em$/.exec(String(length)) ?? [];
  return Number(ems);
}
