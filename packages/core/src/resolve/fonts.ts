import type { HostChild, HostElement } from "../compose/jsx-runtime.ts";
import type { Face } from "../types.ts";
import { readFontFile, type FontFile, type FontInput } from "./font-file.ts";
import { bundledInter } from "./inter.ts";

/**
 * Fonts are chosen here, per code point, before satori sees the text: a face for each that the card needs, in an order
 * that does not depend on other cards. satori takes the first family of a list that has the glyph, and one face of a
 * family by weight and style; so each group of files (a subset of Inter, say) becomes a family of its own, and the
 * tree's `fontFamily` becomes the list of those that the card needs.
 */
export interface FontBook {
  /** The tree with its families replaced, the faces to draw it with, and what no face has. */
  choose(tree: HostElement): FontChoice;
}

export interface FontChoice {
  readonly tree: HostElement;
  readonly faces: readonly Face[];
  /** Code points for which no font has a glyph, ascending. */
  readonly missing: readonly number[];
  /** Families that the tree asks for and nobody has. */
  readonly unknownFamilies: readonly string[];
}

const DEFAULT_FAMILY = "Inter";
/** Neither drawn nor in need of a glyph. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cs}\u2028\u2029]/u;
/** What satori makes bold and italic by itself, like the HTML standard's style sheet. */
const BOLD_TAGS = new Set(["b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "th"]);
const ITALIC_TAGS = new Set(["i", "em", "cite", "address", "dfn", "var"]);
const GENERIC = new Set(["sans-serif", "serif", "monospace", "system-ui", "ui-sans-serif", "ui-serif", "ui-monospace", "cursive", "fantasy", "inherit", "initial"]);

/** Files of one family with the same repertoire, in several weights and styles. */
interface Group {
  readonly name: string;
  readonly files: readonly FontFile[];
  readonly order: number;
}

interface TextStyle {
  readonly families: string;
  readonly weight: number;
  readonly style: "normal" | "italic";
}

/** A group's file for one weight and style. */
interface Slot {
  readonly group: Group;
  readonly file: FontFile;
}

/** @throws OgError `E_FONT` for a file that is not a font */
export async function openFonts(inputs: readonly FontInput[]): Promise<FontBook> {
  const own = await Promise.all(inputs.map(readFontFile));
  const families = groupByFamily(own);
  const resolvers = new Map<string, (codePoint: number) => Slot | undefined>();

  function known(list: string): readonly string[] {
    return list.split(",").map(unquote).filter((name) => families.has(name.toLowerCase()));
  }

  /** Groups in the order in which a text of these families looks for a glyph. */
  function groupsFor(list: string): readonly Group[] {
    const names = new Set([...known(list).map((name) => name.toLowerCase()), DEFAULT_FAMILY.toLowerCase(), ...families.keys()]);
    return [...names].flatMap((name) => families.get(name) ?? []);
  }

  function resolver({ families: list, weight, style }: TextStyle) {
    const id = `${list}|${weight}|${style}`;
    const ready = resolvers.get(id);
    if (ready) return ready;
    const slots = groupsFor(list).map((group): Slot => ({ group, file: nearestFile(group.files, weight, style) }));
    const found = new Map<number, Slot | undefined>();
    const resolve = (codePoint: number): Slot | undefined => {
      if (!found.has(codePoint)) found.set(codePoint, slots.find(({ file }) => file.covers(codePoint)));
      return found.get(codePoint);
    };
    resolvers.set(id, resolve);
    return resolve;
  }

  return {
    choose(tree) {
      const used = new Map<FontFile, Group>();
      const missing = new Set<number>();
      const unknownFamilies = new Set<string>();

      function need(text: string, style: TextStyle): void {
        const resolve = resolver(style);
        // The space stands for the family itself: its metrics set the line, and its box stands for a missing glyph.
        for (const character of ` ${text}`) {
          const codePoint = character.codePointAt(0) as number;
          const slot = resolve(codePoint);
          if (slot) used.set(slot.file, slot.group);
          else if (!INVISIBLE.test(character)) missing.add(codePoint);
        }
      }

      function visit(node: HostElement, inherited: TextStyle): void {
        const style = textStyle(node, inherited);
        if (style.families !== inherited.families) {
          for (const name of style.families.split(",").map(unquote)) {
            if (!families.has(name.toLowerCase()) && !GENERIC.has(name.toLowerCase())) unknownFamilies.add(name);
          }
        }
        for (const child of node.props.children ?? []) {
          if (typeof child === "string") need(child, style);
          else visit(child, style);
        }
      }

      visit(tree, { families: "", weight: 400, style: "normal" });
      const groups = [...new Set(used.values())].sort((a, b) => a.order - b.order);
      const satoriList = (list: string) =>
        groupsFor(list)
          .filter((group) => groups.includes(group))
          .map(({ name }) => name)
          .join(", ");
      return {
        tree: withFamilies(tree, satoriList, true),
        faces: [...used].map(([file, group]) => toFace(file, group)).sort(byFace(groups)),
        missing: [...missing].sort((a, b) => a - b),
        unknownFamilies: [...unknownFamilies],
      };
    },
  };
}

function groupByFamily(own: readonly FontFile[]): ReadonlyMap<string, readonly Group[]> {
  const families = new Map<string, FontFile[][]>();
  for (const file of own) {
    const groups = families.get(file.family.toLowerCase()) ?? [];
    families.set(file.family.toLowerCase(), groups);
    // A second file of the same weight and style has other characters: it opens another group.
    const group = groups.find((files) => !files.some(({ weight, style }) => weight === file.weight && style === file.style));
    if (group) group.push(file);
    else groups.push([file]);
  }
  const inter = DEFAULT_FAMILY.toLowerCase();
  families.set(inter, [...(families.get(inter) ?? []), ...bundledInter().map((files) => [...files])]);
  let order = 0;
  return new Map([...families].map(([family, groups]) => [family, groups.map((files, index): Group => ({ name: `${family} ${index}`, files, order: order++ }))]));
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

function toFace(file: FontFile, group: Group): Face {
  return { family: group.name, weight: file.weight, style: file.style, file: file.file, digest: file.digest() };
}

function byFace(groups: readonly Group[]) {
  const order = new Map(groups.map(({ name }, index) => [name, index]));
  return (a: Face, b: Face): number =>
    (order.get(a.family) ?? 0) - (order.get(b.family) ?? 0) || a.weight - b.weight || a.style.localeCompare(b.style, "en");
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

function unquote(name: string): string {
  return name.trim().replace(/^(['"])(.*)\1$/, "$2");
}
