import type { FontFile } from "./font-file.ts";

/** A font file as it is drawn: a variable one at a point of its axes, any other as it is. */
export interface Instance {
  readonly file: FontFile;
  readonly weight: number;
  readonly style: "normal" | "italic";
  /** Axis → value; other axes stay at their defaults. See `Face`. */
  readonly variation?: Readonly<Record<string, number>> | undefined;
}

/** What text asks of a family that lacks it, and what is drawn in its stead: another weight, or upright letters. */
export type StandIn =
  | { readonly family: string; readonly asked: "italic" }
  | {
      readonly family: string;
      /** The weights. */
      readonly asked: number;
      readonly drawn: number;
      /** The weights that the family has, such as `300, 400` or `100–900`. */
      readonly has: string;
    };

/** The best that a family's files have: https://www.w3.org/TR/css-fonts-4/#font-style-matching, the style counts before the weight. */
export function nearestInstance(files: readonly FontFile[], weight: number, style: "normal" | "italic"): Instance {
  const distance = (instance: Instance): number => {
    const away = Math.abs(instance.weight - weight);
    // Of two weights that are as far away, text from 500 up takes the bolder one.
    const wrongSide = weight >= 500 === instance.weight >= weight ? 0 : 0.5;
    return (instance.style === style ? 0 : 10_000) + away + wrongSide;
  };
  return files.map((file) => instanceOf(file, weight, style)).reduce((best, next) => (distance(next) < distance(best) ? next : best));
}

function instanceOf(file: FontFile, weight: number, style: "normal" | "italic"): Instance {
  const { axes } = file;
  if (!axes) return { file, weight: file.weight, style: file.style };
  const [lightest, boldest] = weightRange(file);
  const nearest = Math.round(Math.min(Math.max(weight, lightest), boldest));
  const slant = file.style === "italic" || style === "italic" ? axes.italic : undefined;
  return {
    file,
    weight: nearest,
    style: slant ? "italic" : file.style,
    variation: { ...(axes.weight ? { wght: nearest } : {}), ...slant },
  };
}

/** The weights that a file has. */
export function weightRange({ axes, weight }: FontFile): readonly [lightest: number, boldest: number] {
  return axes?.weight ?? [weight, weight];
}

/** From this weight on satori thickens the letters of a lighter file, as browsers do. */
const BOLD = 600;
/** Where regular and bold are this far apart, anyone sees it. */
const FAR = 200;
const LETTER = /[\p{L}\p{N}]/u;
/** Letters that have an italic; of others nobody draws one. */
const HAS_ITALIC = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u;

/** What a person would miss in a character that is drawn with this instance of a family's files. */
export function standInsFor(
  { file: { family }, weight, style }: Instance,
  files: readonly FontFile[],
  asked: { readonly weight: number; readonly style: "normal" | "italic" },
  character: string,
): readonly StandIn[] {
  const standIns: StandIn[] = [];
  if (asked.style === "italic" && style === "normal" && HAS_ITALIC.test(character)) standIns.push({ family, asked: "italic" });
  if (isFar(asked.weight, weight) && LETTER.test(character)) {
    const has = [...new Set(files.map((file) => [...new Set(weightRange(file))].join("–")))].join(", ");
    standIns.push({ family, asked: asked.weight, drawn: weight, has });
  }
  return standIns;
}

/** Whether the letters are thickened, or much too bold. */
function isFar(asked: number, drawn: number): boolean {
  return isThickened(asked, drawn) || (asked < BOLD && drawn >= BOLD && drawn - asked >= FAR);
}

export function isThickened(asked: number, drawn: number): boolean {
  return asked >= BOLD && drawn < BOLD;
}
