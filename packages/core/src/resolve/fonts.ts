import type { Face, HostChild, HostElement } from "../types.ts";
import { markLeftToRight } from "./bidi.ts";
import { createFamilies } from "./families.ts";
import { readFontFile, type FontGroup, type FontInput } from "./font-file.ts";
import { nearestInstance, standInsFor, type Instance, type StandIn } from "./instance.ts";
import { markLineBreaks } from "./line-breaks.ts";
import { plainLook, type Look } from "./look.ts";
import { inheritedTextStyle, ROOT_TEXT_STYLE, type TextStyle } from "./text-style.ts";

/**
 * Fonts are chosen here, per code point, before satori sees the text: a face for each that the card needs, in an order
 * that does not depend on other cards. satori would choose among the faces of a family by a rule of its own, and so by
 * what other texts of the card need; so each file (each weight of a variable one) becomes a family of its own, and wherever
 * the style of the text changes, the tree's `fontFamily` becomes the list of files for exactly that style.
 */
export interface FontBook {
  /**
   * The tree with its families replaced, the faces to draw it with, and what no face has.
   * @param lang the page's language, which chooses among the forms of Han characters
   * @param graphemes what is drawn as images and needs no font
   */
  choose(tree: HostElement, lang?: string, graphemes?: Readonly<Record<string, string>>): FontChoice;
  /** Whether the project has a Fontsource package. @param id such as `noto-sans-arabic` */
  isInstalled(id: string): boolean;
  /** The families of the user's font files. */
  readonly own: readonly string[];
}

export interface FontChoice {
  readonly tree: HostElement;
  readonly faces: readonly Face[];
  /** Code points for which no font has a glyph, ascending. */
  readonly missing: readonly number[];
  /** Families that the tree asks for and nobody has. */
  readonly unknownFamilies: readonly string[];
  /** Weights and italics that are not there, each once. */
  readonly standIns: readonly StandIn[];
}

/** Neither drawn nor in need of a glyph. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cs}\u2028\u2029]/u;
/** Spaces of other widths: where no font has one, a plain space is better than a box. */
const SPACE = /\p{Zs}/u;
/** What no font has of these may come from an emoji set. */
const EMOJI = /\p{Emoji}/u;
/** Above, below or around the letter before it. */
const MARK = /\p{M}/u;

/** A group's file for one weight and style. */
interface Slot {
  /** The family that it becomes. */
  readonly name: string;
  readonly group: FontGroup;
  readonly instance: Instance;
}

/**
 * @param inputs the user's font files
 * @param root the project's folder, whose installed Fontsource packages are found by the families' names, and by script
 * @param look how files and packages are looked at
 * @throws OgError `E_FONT` for a file that is not a font
 */
export function openFonts(inputs: readonly FontInput[], root: string, look: Look = plainLook(root)): FontBook {
  const families = createFamilies(
    inputs.map((input) => readFontFile(input, look)),
    look,
  );
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
    isInstalled: families.isInstalled,
    own: families.own,
    choose(tree, lang, graphemes = {}) {
      const used = new Map<string, Slot>();
      const standIns = new Map<string, StandIn>();
      const missing = new Set<number>();
      /** What is drawn in place of a character that no font has. */
      const substitutes = new Map<string, string>();
      const unknownFamilies = new Set<string>();
      const images = Object.keys(graphemes).toSorted((a, b) => b.length - a.length);

      function use(slot: Slot, character: string, style: TextStyle): void {
        used.set(slot.name, slot);
        for (const standIn of standInsFor(slot.instance, slot.group.files, style, character))
          standIns.set(JSON.stringify(standIn), standIn);
      }

      /** A plainer form of a missing character (`fi` for `ﬁ`), else word of it, and without its mark a letter is still one. */
      function substitute(character: string, style: TextStyle, slotFor: (character: string) => Slot | undefined): void {
        const plain = SPACE.test(character) ? " " : EMOJI.test(character) ? character : character.normalize("NFKC");
        const slots = plain === character ? [] : Array.from(plain, (part) => ({ part, slot: slotFor(part) }));
        if (slots.length > 0 && slots.every(({ slot }) => slot)) {
          substitutes.set(character, plain);
          for (const { part, slot } of slots) if (slot) use(slot, part, style);
          return;
        }
        missing.add(character.codePointAt(0) as number);
        if (MARK.test(character)) substitutes.set(character, "");
      }

      function need(text: string, style: TextStyle): void {
        const slotFor = slotsFor(style, lang);
        const drawn = style.changesCase ? text + text.toUpperCase() + text.toLowerCase() : text;
        // The space stands for the family itself: its metrics set the line, and its box stands for a missing glyph.
        for (const character of new Set(` ${style.isCutOff ? "…" : ""}${without(drawn, images)}`)) {
          const slot = slotFor(character);
          if (slot) use(slot, character, style);
          else if (!INVISIBLE.test(character)) substitute(character, style, slotFor);
        }
      }

      function visit(node: HostElement, inherited: TextStyle): void {
        const style = inheritedTextStyle(node, inherited);
        if (style.families !== inherited.families) for (const name of families.unknown(style.families)) unknownFamilies.add(name);
        for (const child of node.props.children ?? []) {
          if (typeof child === "string") need(child, style);
          else visit(child, style);
        }
      }

      visit(tree, ROOT_TEXT_STYLE);
      // A picture in a line stands where a font says, also on a card without a word.
      if (used.size === 0) need("", ROOT_TEXT_STYLE);
      const groups = new Set([...used.values()].map(({ group }) => group).sort(byName));

      /** The files for a style, in the order in which its families are looked through. */
      function familyList({ families: list, weight, style }: TextStyle): string {
        const preferred = families.preferred(list).filter((group) => groups.has(group));
        // Most cards need no other.
        const ofScripts = preferred.length === groups.size ? [] : families.ofScripts(lang).filter((group) => groups.has(group));
        return [...new Set([...preferred, ...ofScripts, ...groups])]
          .map((group) => faceName(group, nearestInstance(group.files, weight, style)))
          .filter((name) => used.has(name))
          .join(", ");
      }

      function rewritten(node: HostElement, inherited: TextStyle | undefined): HostElement {
        const style = inheritedTextStyle(node, inherited ?? ROOT_TEXT_STYLE);
        const changed =
          !inherited ||
          style.families !== inherited.families ||
          style.weight !== inherited.weight ||
          style.style !== inherited.style ||
          node.props.style?.["fontFamily"] !== undefined;
        const { children } = node.props;
        if (!changed && !children) return node;
        const props: Record<string, unknown> = { ...node.props };
        if (changed) props["style"] = { ...node.props.style, fontFamily: familyList(style) };
        if (children) {
          props["children"] = children.map((child): HostChild =>
            typeof child === "string"
              ? inOrder(markLineBreaks(drawable(child, substitutes), style.isSpaced), style)
              : rewritten(child, style),
          );
        }
        return { type: node.type, props };
      }

      return {
        tree: rewritten(tree, undefined),
        faces: [...used.values()].map(toFace).sort(byFace),
        missing: [...missing].sort((a, b) => a - b),
        unknownFamilies: [...unknownFamilies],
        standIns: [...standIns.values()],
      };
    },
  };
}

function without(text: string, parts: readonly string[]): string {
  return parts.reduce((rest, part) => rest.replaceAll(part, ""), text);
}

/** Separators of lines, which a browser shows as spaces. */
const LINE_SEPARATORS = /\r\n?|[\u0085\u2028\u2029]/g;
/** Hangul fillers, controls and halves of characters: nothing to see, but satori draws their box. */
// oxlint-disable-next-line no-control-regex -- controls are what it looks for
const UNDRAWABLE = /[\u115f\u1160\u3164\uffa0\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufdd0-\ufdef\ufffe\uffff]|\p{Surrogate}/gu;

function drawable(text: string, substitutes: ReadonlyMap<string, string>): string {
  const plain = text.replace(LINE_SEPARATORS, " ").replace(UNDRAWABLE, "");
  return substitutes.size === 0 ? plain : Array.from(plain, (character) => substitutes.get(character) ?? character).join("");
}

function inOrder(text: string, { direction }: TextStyle): string {
  return direction === "rtl" ? markLeftToRight(text) : text;
}

function firstThatCovers(groups: Iterable<FontGroup>, codePoint: number, weight: number, style: "normal" | "italic"): Slot | undefined {
  for (const group of groups) {
    const instance = nearestInstance(group.files, weight, style);
    if (instance.file.covers(codePoint)) return { name: faceName(group, instance), group, instance };
  }
  return undefined;
}

function faceName(group: FontGroup, { weight, style }: Instance): string {
  return `${group.name} ${weight}${style === "italic" ? " italic" : ""}`;
}

function toFace({ name, instance }: Slot): Face {
  const { file, weight, style, variation } = instance;
  return { family: name, weight, style, file: file.file, digest: file.digest(), ...(variation ? { variation } : {}) };
}

/** Inter first: satori draws what no face has with the first one. The order must not depend on other pages. */
function byFace(a: Face, b: Face): number {
  return byName({ name: a.family }, { name: b.family });
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  const inter = Number(b.name.startsWith("inter ")) - Number(a.name.startsWith("inter "));
  return inter || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}
