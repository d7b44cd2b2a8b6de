import type { HostChild, HostElement } from "../compose/jsx-runtime.ts";
import type { Face } from "../types.ts";
import { createFamilies } from "./families.ts";
import { readFontFile, type FontFile, type FontGroup, type FontInput } from "./font-file.ts";

/**
 * Fonts are chosen here, per code point, before satori sees the text: a face for each that the card needs, in an order
 * that does not depend on other cards. satori takes the first family of a list that has the glyph, and one face of a
 * family by weight and style; so each group of files (a subset of Inter, say) becomes a family of its own, and the
 * tree's `fontFamily` becomes the list of those that the card needs.
 */
export interface FontBook {
  /**
   * The tree with its families replaced, the faces to draw it with, and what no face has.
   * @param lang the page's language, which chooses among the forms of Han characters
   * @param graphemes what is drawn as images and needs no font
   */
  choose(tree: HostElement, lang?: string, graphemes?: Readonly<Record<string, string>>): FontChoice;
}

export interface FontChoice {
  readonly tree: HostElement;
  readonly faces: readonly Face[];
  /** Code points for which no font has a glyph, ascending. */
  readonly missing: readonly number[];
  /** Families that the tree asks for and nobody has. */
  readonly unknownFamilies: readonly string[];
}

/** Neither drawn nor in need of a glyph. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cs}\u2028\u2029]/u;
/** What satori makes bold and italic by itself, like the HTML standard's style sheet. */
const BOLD_TAGS = new Set(["b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "th"]);
const ITALIC_TAGS = new Set(["i", "em", "cite", "address", "dfn", "var"]);

interface TextStyle {
  readonly families: string;
  readonly weight: number;
  readonly style: "normal" | "italic";
}

/** A group's file for one weight and style. */
interface Slot {
  readonly group: FontGroup;
  readonly file: FontFile;
}

/**
 * @param inputs the user's font files
 * @param root the project's folder, whose installed Fontsource packages are found by the families' names, and by script
 * @throws OgError `E_FONT` for a file that is not a font
 */
export function openFonts(inputs: readonly FontInput[], root: string): FontBook {
  const families = createFamilies(inputs.map(readFontFile), root);
  const chosen = new Map<string, Map<number, Slot | undefined>>();

  /** The file that draws each character of a text in this style, best family first. */
  function slotsFor({ families: list, weight, style }: TextStyle, lang: string | undefined): (character: string) => Slot | undefined {
    const id = `${weight} ${style} ${lang ?? ""} ${list}`;
    const slots = chosen.get(id) ?? new Map<number, Slot | undefined>();
    chosen.set(id, slots);
    return (character) => {
      const codePoint = character.codePointAt(0) as number;
      if (!slots.has(codePoint)) {
        const slot =
          firstThatCovers(families.preferred(list), codePoint, weight, style) ??
          firstThatCovers(families.forCharacter(character, lang), codePoint, weight, style);
        slots.set(codePoint, slot);
      }
      return slots.get(codePoint);
    };
  }

  return {
    choose(tree, lang, graphemes = {}) {
      const used = new Map<FontFile, FontGroup>();
      const missing = new Set<number>();
      const unknownFamilies = new Set<string>();

      function need(text: string, style: TextStyle): void {
        const slotFor = slotsFor(style, lang);
        // The space stands for the family itself: its metrics set the line, and its box stands for a missing glyph.
        for (const character of ` ${withoutGraphemes(text, Object.keys(graphemes))}`) {
          const slot = slotFor(character);
          if (slot) used.set(slot.file, slot.group);
          else if (!INVISIBLE.test(character)) missing.add(character.codePointAt(0) as number);
        }
      }

      function visit(node: HostElement, inherited: TextStyle): void {
        const style = textStyle(node, inherited);
        if (style.families !== inherited.families) for (const name of families.unknown(style.families)) unknownFamilies.add(name);
        for (const child of node.props.children ?? []) {
          if (typeof child === "string") need(child, style);
          else visit(child, style);
        }
      }

      visit(tree, { families: "", weight: 400, style: "normal" });
      const groups = new Set(used.values());
      const satoriList = (list: string) => {
        const inOrder = new Set([...families.preferred(list), ...families.ofScripts(lang), ...[...groups].sort(byName)]);
        return [...inOrder].filter((group) => groups.has(group)).map(({ name }) => name).join(", ");
      };
      return {
        tree: withFamilies(tree, satoriList, true),
        faces: [...used].map(([file, group]) => toFace(file, group)).sort(byFace),
        missing: [...missing].sort((a, b) => a - b),
        unknownFamilies: [...unknownFamilies],
      };
    },
  };
}

/** What is left for the fonts. */
function withoutGraphemes(text: string, graphemes: readonly string[]): string {
  // Longer ones first: a family begins with a person.
  return graphemes.toSorted((a, b) => b.length - a.length).reduce((rest, grapheme) => rest.replaceAll(grapheme, ""), text);
}

function firstThatCovers(groups: Iterable<FontGroup>, codePoint: number, weight: number, style: "normal" | "italic"): Slot | undefined {
  for (const group of groups) {
    const file = nearestFile(group.files, weight, style);
    if (file.covers(codePoint)) return { group, file };
  }
  return undefined;
}

function textStyle({ type, props: { style = {} } }: HostElement, inherited: TextStyle): TextStyle {
  const families = style["fontFamily"];
  const weight = style["fontWeight"] ?? (BOLD_TAGS.has(type) ? 700 : undefined);
  const slant = style["fontStyle"] ?? (ITALIC_TAGS.has(type) ? "italic" : undefined);
  return {
    families: typeof families === "string" && families !== "inherit" ? families : inherited.families,
    weight: weight === undefined ? inherited.weight : numericWeight(weight, inherited.weight),
    style: slant === undefined || slant === "inherit" ? inherited.style : slant === "normal" ? "normal" : "italic",
  };
}

/** https://www.w3.org/TR/css-fonts-4/#font-weight-prop */
function numericWeight(weight: unknown, inherited: number): number {
  if (weight === "normal") return 400;
  if (weight === "bold") return 700;
  if (weight === "bolder") return inherited < 350 ? 400 : inherited < 550 ? 700 : 900;
  if (weight === "lighter") return inherited < 550 ? 100 : inherited < 750 ? 400 : 700;
  const number = Number(weight);
  return number >= 1 && number <= 1000 ? number : inherited;
}

/** https://www.w3.org/TR/css-fonts-4/#font-style-matching: the style counts before the weight. */
function nearestFile(files: readonly FontFile[], weight: number, style: "normal" | "italic"): FontFile {
  const distance = (file: FontFile): number => {
    const away = Math.abs(file.weight - weight);
    // Of two weights that are as far away, text from 500 up takes the bolder one.
    const wrongSide = weight >= 500 === file.weight >= weight ? 0 : 0.5;
    return (file.style === style ? 0 : 10_000) + away + wrongSide;
  };
  return files.reduce((best, file) => (distance(file) < distance(best) ? file : best));
}

function toFace(file: FontFile, group: FontGroup): Face {
  return { family: group.name, weight: file.weight, style: file.style, file: file.file, digest: file.digest() };
}

/** Inter first: satori draws what no face has with the first one. The order must not depend on other pages. */
function byFace(a: Face, b: Face): number {
  return byName({ name: a.family }, { name: b.family }) || a.weight - b.weight || (a.style < b.style ? -1 : a.style > b.style ? 1 : 0);
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  const inter = Number(b.name.startsWith("inter ")) - Number(a.name.startsWith("inter "));
  return inter || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}

function withFamilies(node: HostElement, satoriList: (list: string) => string, root: boolean): HostElement {
  const { style, children } = node.props;
  const list = style?.["fontFamily"];
  const rewritten = typeof list === "string" && list !== "inherit" ? satoriList(list) : root ? satoriList("") : undefined;
  if (rewritten === undefined && children === undefined) return node;
  const props: Record<string, unknown> = { ...node.props };
  if (rewritten !== undefined) props["style"] = { ...style, fontFamily: rewritten };
  if (children) props["children"] = children.map((child): HostChild => (typeof child === "string" ? child : withFamilies(child, satoriList, false)));
  return { type: node.type, props };
}
