import { basename } from "node:path";
import type { HostElement, Job, JobImage, Page, Warning } from "../types.ts";
import type { EmojiFinder } from "./emoji.ts";
import type { FontBook, FontChoice } from "./fonts.ts";
import type { ImageFinder } from "./images.ts";
import { isThickened, type StandIn } from "./instance.ts";
import { keyOf } from "./key.ts";
import { adviceFor, type ScriptAdvice } from "./scripts.ts";

export interface Resolver {
  readonly fonts: FontBook;
  readonly images: ImageFinder;
  readonly emoji: EmojiFinder;
}

export interface ResolvedJob {
  readonly job: Job;
  readonly warnings: readonly Warning[];
  /** The images of the tree by the names that it had for them. */
  readonly images: ReadonlyMap<string, JobImage>;
}

/**
 * Everything that painting an element tree needs, and its key.
 * @throws OgError `E_IMAGE`, `E_FONT`
 */
export async function resolveJob(
  { fonts, images, emoji }: Resolver,
  composed: HostElement,
  page: Page,
  output: Omit<Job, "key" | "tree" | "faces" | "images" | "graphemes">,
): Promise<ResolvedJob> {
  const withImages = await images.resolve(composed, page.file);
  const inColour = emoji.choose(withImages.tree);
  const first = fonts.choose(withImages.tree, page.lang, inColour.graphemes);
  const { graphemes, images: emojiImages } = first.missing.length > 0 ? emoji.choose(withImages.tree, first.missing) : inColour;
  const choice = graphemes === inColour.graphemes ? first : fonts.choose(withImages.tree, page.lang, graphemes);
  const { tree, faces } = choice;
  const { width, height, format, quality, maxBytes, optimize, textCharacters } = output;
  const drawn = { tree, faces, images: [...withImages.images, ...emojiImages], graphemes };
  const job = { ...drawn, width, height, format, quality, maxBytes, optimize, textCharacters };
  const warnings = [...withImages.lettered.map((image) => letteredWarning(page, image)), ...fontWarnings(page, choice, fonts)];
  return { job: { ...job, key: keyOf(job) }, warnings, images: withImages.names };
}

function letteredWarning({ id, file }: Page, { name }: JobImage): Warning {
  return {
    code: "W_SVG_TEXT",
    message: `The image "${basename(name)}" has text in it, which is drawn with the fonts that the machine has: another may draw it otherwise.`,
    hint: "Save it with its text as paths (Inkscape: Path → Object to Path; Illustrator: Type → Create Outlines).",
    page: id,
    file,
  };
}

const MOST_SHOWN = 12;

/** Worded without the page's own characters, so that pages with the same trouble are told of together. */
function fontWarnings(page: Page, { missing, unknownFamilies, standIns }: FontChoice, fonts: FontBook): readonly Warning[] {
  const where = { page: page.id, file: page.file };
  const unknown = unknownFamilies.map((family) => ({
    ...where,
    code: "W_FONT_FAMILY",
    message: `The font family "${family}" is not known; the next one of its list, or Inter, stands in for it.`,
    hint: `List its files under \`fonts\`${ownFamilies(fonts)}, or install it: ${packageFor(family)}`,
  }));
  const byScript = Map.groupBy(missing, (codePoint) => JSON.stringify(adviceFor(String.fromCodePoint(codePoint), page.lang)));
  const glyphs = [...byScript].map(([advice, codePoints]) => {
    const { script, install } = JSON.parse(advice) as ScriptAdvice;
    return {
      ...where,
      code: "W_GLYPH",
      message: `No font has ${script === "emoji" ? "these emoji" : `these ${script} characters`}.`,
      detail: listed(codePoints),
      hint:
        install === undefined
          ? "Choose another set as `emoji`, or leave them out."
          : fonts.isInstalled(install)
            ? `@fontsource/${install} does not have them either: list another font file under \`fonts\`, or leave them out.`
            : `npm install @fontsource/${install}, or list a font file under \`fonts\`.`,
    };
  });
  return [...unknown, ...standIns.map((standIn) => ({ ...where, ...standInWarning(standIn) })), ...glyphs];
}

/** A file may call itself otherwise than the user does. */
function ownFamilies({ own }: FontBook): string {
  return own.length === 0 ? "" : ` (those that are there have ${own.map((family) => `"${family}"`).join(", ")})`;
}

function packageFor(family: string): string {
  const id = family.toLowerCase().replaceAll(" ", "-");
  return id.endsWith("-variable")
    ? `npm install @fontsource-variable/${id.slice(0, -"-variable".length)}`
    : `npm install @fontsource/${id} (or @fontsource-variable/${id})`;
}

function standInWarning(standIn: StandIn): Pick<Warning, "code" | "message" | "hint"> {
  const { family } = standIn;
  if (standIn.asked === "italic") {
    return {
      code: "W_FONT_STYLE",
      message: `The font "${family}" has no italic: its upright letters are drawn, artificially slanted.`,
      hint: "List an italic file under `fonts`, or ask for no italic.",
    };
  }
  const { asked, drawn, has } = standIn;
  return {
    code: "W_FONT_WEIGHT",
    message: `The font "${family}" has no weight near ${asked}: ${drawn} is drawn instead${isThickened(asked, drawn) ? ", artificially thickened" : ""}.`,
    hint: `List a file of that weight, or a variable font, under \`fonts\`, or ask for a weight that the family has: ${has}.`,
  };
}

function listed(codePoints: readonly number[]): string {
  const shown = codePoints
    .slice(0, MOST_SHOWN)
    .map((codePoint) => `U+${codePoint.toString(16).toUpperCase().padStart(4, "0")} ${String.fromCodePoint(codePoint)}`);
  return codePoints.length > MOST_SHOWN ? `${shown.join(", ")} and ${codePoints.length - MOST_SHOWN} more` : shown.join(", ");
}
