import type { HostElement } from "../../types.ts";
import { ALIGNMENTS, type Alignment, type BoxStyle, type Edges, type Length } from "./boxes.ts";

/** What of an element's style goes down to the elements in it. */
export interface InheritedStyle {
  /** In lower case. */
  readonly families: readonly string[];
  /** Pixels. */
  readonly fontSize: number;
  readonly fontWeight: number;
  /** Pixels. */
  readonly letterSpacing: number;
  readonly lineHeight: number | undefined;
  readonly color: string;
  readonly textAlign: "left" | "center" | "right";
  readonly wordBreak: "normal" | "break-word";
  readonly overflowWrap: "normal" | "break-word" | "anywhere";
  readonly isBalanced: boolean;
  readonly letters: "upper" | "lower" | "any";
  /** BCP 47. */
  readonly lang: unknown;
  readonly isHidden: boolean;
}

/** As satori's root has it. */
export const ROOT_STYLE: InheritedStyle = {
  families: ["serif"],
  fontSize: 16,
  fontWeight: 400,
  letterSpacing: 0,
  lineHeight: undefined,
  color: "black",
  textAlign: "left",
  wordBreak: "normal",
  overflowWrap: "normal",
  isBalanced: false,
  letters: "any",
  lang: undefined,
  isHidden: false,
};

const BOLD = "bold";
/** What satori makes of elements by themselves, like browsers: https://html.spec.whatwg.org/multipage/rendering.html */
const PRESETS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  p: { marginTop: "1em", marginBottom: "1em" },
  h1: { fontSize: "2em", marginTop: "0.67em", marginBottom: "0.67em", fontWeight: BOLD },
  h2: { fontSize: "1.5em", marginTop: "0.83em", marginBottom: "0.83em", fontWeight: BOLD },
  h3: { fontSize: "1.17em", marginTop: "1em", marginBottom: "1em", fontWeight: BOLD },
};

/** The style of an element, read. */
export interface ElementStyle {
  readonly inherited: InheritedStyle;
  readonly box: BoxStyle & { readonly display: "flex" | "block" };
  /** Whether it is painted after the elements around it that are not. */
  readonly isPositioned: boolean;
  /** Lines of its text at most. */
  readonly lineLimit: number;
  /** Whether what it cuts off is cut off otherwise than at its box. */
  readonly hasOwnEdge: boolean;
  /** The styles that paint it, beside those that say where; not there where nothing does. */
  readonly decoration: Readonly<Record<string, unknown>> | undefined;
}

interface Draft {
  inherited: { -readonly [Name in keyof InheritedStyle]: InheritedStyle[Name] };
  box: { -readonly [Name in keyof BoxStyle]: BoxStyle[Name] };
  display: "flex" | "block";
  position: string;
  lineLimit: number;
  margin: { -readonly [Side in keyof Edges<Length>]: Length };
  padding: { -readonly [Side in keyof Edges<number>]: number };
  border: { -readonly [Side in keyof Edges<number>]: number };
  inset: { -readonly [Side in keyof Edges<Length>]?: Length };
  decoration: Record<string, unknown>;
}

/** Takes a value into a draft; `false` for one that it does not know. */
type Read = (draft: Draft, value: unknown) => boolean;

/**
 * Reads the style of an element.
 * @returns `undefined` where there is anything in it that is not known here
 */
export function readStyle({ type, props }: HostElement, parent: InheritedStyle): ElementStyle | undefined {
  const own = Object.fromEntries(Object.entries(props.style ?? {}).filter(([, value]) => value !== undefined));
  const style: Readonly<Record<string, unknown>> = PRESETS[type] ? { ...without(PRESETS[type], own), ...own } : own;
  const draft: Draft = {
    inherited: { ...parent, lang: props["lang"] ?? parent.lang },
    box: {},
    display: "block",
    position: "static",
    lineLimit: Infinity,
    margin: { left: 0, right: 0, top: 0, bottom: 0 },
    padding: { left: 0, right: 0, top: 0, bottom: 0 },
    border: { left: 0, right: 0, top: 0, bottom: 0 },
    inset: {},
    decoration: {},
  };
  // Other lengths may be multiples of it.
  if (style["fontSize"] !== undefined && !READERS["fontSize"]?.(draft, style["fontSize"])) return undefined;
  for (const [name, value] of Object.entries(style)) {
    if (name === "fontSize") continue;
    const read = Object.hasOwn(READERS, name) ? READERS[name] : DECORATION.test(name) ? decoration(name) : undefined;
    if (!read?.(draft, value)) return undefined;
  }
  return finished(draft);
}

/** Whether an element is drawn together with what is in it, and then laid over the rest. */
export function isTranslucent({ decoration }: Pick<ElementStyle, "decoration">): boolean {
  return decoration?.["opacity"] !== undefined;
}

/** The style of an element's kind, where its own does not replace it: shorthands come later, and do that, too. */
function without(preset: Readonly<Record<string, unknown>>, own: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(preset).filter(([name]) => !Object.hasOwn(own, name)));
}

function finished({ inherited, box, display, position, lineLimit, margin, padding, border, inset, decoration }: Draft): ElementStyle {
  const isBlock = display === "block";
  return {
    inherited,
    box: {
      isContentBox: true,
      alignItems: "stretch",
      ...(isBlock ? {} : { justifyContent: "flex-start" as const }),
      ...box,
      display,
      isAbsolute: position === "absolute",
      margin,
      padding,
      border,
      ...(position === "static" ? {} : { inset }),
    },
    isPositioned: position !== "static",
    lineLimit: isBlock ? lineLimit : Infinity,
    hasOwnEdge: Object.keys(decoration).some((name) => name.startsWith("border")),
    decoration: Object.keys(decoration).length > 0 ? decoration : undefined,
  };
}

const PIXELS = /^(-?\d*\.?\d+)(px|em)?$/;

function pixels(value: unknown, { inherited }: Draft): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  const [, number, unit] = typeof value === "string" ? (PIXELS.exec(value.trim()) ?? []) : [];
  if (number === undefined) return undefined;
  return unit === "em" ? Number(number) * inherited.fontSize : Number(number);
}

const PERCENTAGE = /^-?\d*\.?\d+%$/;

function length(value: unknown, draft: Draft): Length | undefined {
  if (value === "auto") return value;
  return typeof value === "string" && PERCENTAGE.test(value) ? (value as Length) : pixels(value, draft);
}

/** Sets what a value is read as. */
function reader<Value>(read: (value: unknown, draft: Draft) => Value | undefined, set: (draft: Draft, value: Value) => void): Read {
  return (draft, value) => {
    const known = read(value, draft);
    if (known === undefined) return false;
    set(draft, known);
    return true;
  };
}

function oneOf<Value extends string>(...values: readonly Value[]) {
  return (value: unknown): Value | undefined => values.find((known) => known === value);
}

function number(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : undefined;
}

const SIDES = ["top", "right", "bottom", "left"] as const;

function nameOf(prefix: string, side: string): string {
  return `${prefix}${side.charAt(0).toUpperCase()}${side.slice(1)}`;
}

/** One to four values, as in CSS. */
function allSides<Value>(name: "margin" | "padding", read: (value: unknown, draft: Draft) => Value | undefined): Read {
  return (draft, value) => {
    const values = (typeof value === "string" ? value.trim().split(/\s+/) : [value]).map((one) => read(one, draft));
    const [top, right = top, bottom = top, left = right] = values;
    if (values.length > 4 || values.includes(undefined)) return false;
    Object.assign(draft[name], { top, right, bottom, left });
    return true;
  };
}

function perSide(prefix: "margin" | "padding", read: (value: unknown, draft: Draft) => Length | undefined): Record<string, Read> {
  return Object.fromEntries(
    SIDES.map((side) => [nameOf(prefix, side), reader(read, (draft, value) => Object.assign(draft[prefix], { [side]: value }))]),
  );
}

const BORDER = /^(\d*\.?\d+)px (?:solid|dashed|dotted) (?:#[\da-f]{3,8}|[a-z]+|rgba?\([\d\s.,%]+\))$/i;

/** A border takes room, and is painted; it is as wide as whole pixels, and one at least. */
function border(name: string, sides: readonly (keyof Edges<number>)[]): Read {
  return (draft, value) => {
    const [, width] = typeof value === "string" ? (BORDER.exec(value) ?? []) : [];
    if (width === undefined || !decoration(name)(draft, value)) return false;
    const pixels = Number(width) === 0 ? 0 : Math.max(1, Math.floor(Number(width) + 1e-6));
    for (const side of sides) draft.border[side] = pixels;
    return true;
  };
}

const size = (name: "width" | "height" | "maxWidth" | "maxHeight" | "flexBasis") =>
  reader(length, (draft, value) => (draft.box[name] = value));

const leastSize = (name: "minWidth" | "minHeight" | "height") =>
  reader(
    (value, draft) => (value === "min-content" ? value : length(value, draft)),
    (draft, value) => (draft.box[name] = value),
  );

const alignment = (name: "alignItems" | "alignSelf" | "justifyContent", ...values: readonly Alignment[]) =>
  reader(oneOf(...values), (draft, value) => (draft.box[name] = value));

const CROSS_ALIGNMENTS = ["start", "end", "flex-start", "flex-end", "center", "stretch"] as const;

const READERS: Readonly<Record<string, Read>> = {
  display: reader(oneOf("flex", "block"), (draft, value) => (draft.display = value)),
  position: reader(oneOf("static", "relative", "absolute"), (draft, value) => (draft.position = value)),
  boxSizing: reader(oneOf("border-box", "content-box"), (draft, value) => (draft.box.isContentBox = value === "content-box")),
  overflow: reader(oneOf("hidden", "visible"), (draft, value) => (draft.box.hidesOverflow = value === "hidden")),
  width: size("width"),
  height: leastSize("height"),
  minWidth: leastSize("minWidth"),
  minHeight: leastSize("minHeight"),
  maxWidth: size("maxWidth"),
  maxHeight: size("maxHeight"),
  margin: allSides("margin", (value, draft) => (value === "auto" ? value : pixels(value, draft))),
  ...perSide("margin", (value, draft) => (value === "auto" ? value : pixels(value, draft))),
  padding: allSides("padding", pixels),
  ...perSide("padding", pixels),
  border: border("border", SIDES),
  ...Object.fromEntries(SIDES.map((side) => [nameOf("border", side), border(nameOf("border", side), [side])])),
  ...Object.fromEntries(
    SIDES.map((side) => [side, reader(length, (draft, value) => (value === "auto" ? undefined : (draft.inset[side] = value)))]),
  ),
  gap: reader(pixels, (draft, value) => Object.assign(draft.box, { columnGap: value, rowGap: value })),
  columnGap: reader(pixels, (draft, value) => (draft.box.columnGap = value)),
  rowGap: reader(pixels, (draft, value) => (draft.box.rowGap = value)),
  flexDirection: reader(oneOf("row", "column"), (draft, value) => (draft.box.isColumn = value === "column")),
  flex: reader(number, (draft, value) => Object.assign(draft.box, { flexGrow: value, flexShrink: 1, flexBasis: 0 })),
  flexWrap: reader(oneOf("nowrap"), () => undefined),
  flexGrow: reader(number, (draft, value) => (draft.box.flexGrow = value)),
  flexShrink: reader(number, (draft, value) => (draft.box.flexShrink = value)),
  flexBasis: size("flexBasis"),
  alignItems: alignment("alignItems", ...CROSS_ALIGNMENTS),
  alignSelf: alignment("alignSelf", ...CROSS_ALIGNMENTS),
  justifyContent: alignment("justifyContent", ...(Object.keys(ALIGNMENTS) as Alignment[])),
  fontFamily: reader(
    (value) => (typeof value === "string" ? value.split(",").map(familyName) : undefined),
    ({ inherited }, value) => (inherited.families = value),
  ),
  fontSize: (draft, value) => {
    const found = pixels(value, draft);
    if (found === undefined || found <= 0) return false;
    draft.inherited.fontSize = found;
    return true;
  },
  fontWeight: reader(
    (value) => (value === "normal" ? 400 : value === "bold" ? 700 : number(value)),
    ({ inherited }, value) => (inherited.fontWeight = value),
  ),
  fontStyle: reader(oneOf("normal"), () => undefined),
  letterSpacing: reader(
    (value, draft) => (value === "normal" ? 0 : pixels(value, draft)),
    ({ inherited }, value) => (inherited.letterSpacing = value),
  ),
  lineHeight: reader(number, ({ inherited }, value) => (inherited.lineHeight = value)),
  color: reader(
    (value) => (typeof value === "string" ? value : undefined),
    ({ inherited }, value) => (inherited.color = value),
  ),
  textAlign: reader(oneOf("left", "start", "center", "right", "end"), ({ inherited }, value) => {
    inherited.textAlign = value === "start" ? "left" : value === "end" ? "right" : value;
  }),
  textWrap: reader(oneOf("wrap", "balance"), ({ inherited }, value) => (inherited.isBalanced = value === "balance")),
  textTransform: reader(oneOf("none", "uppercase", "lowercase"), ({ inherited }, value) => {
    inherited.letters = value === "uppercase" ? "upper" : value === "lowercase" ? "lower" : "any";
  }),
  whiteSpace: reader(oneOf("normal"), () => undefined),
  wordBreak: reader(oneOf("normal", "break-word"), ({ inherited }, value) => (inherited.wordBreak = value)),
  overflowWrap: reader(oneOf("normal", "break-word", "anywhere"), ({ inherited }, value) => (inherited.overflowWrap = value)),
  direction: reader(oneOf("ltr"), () => undefined),
  visibility: reader(oneOf("visible", "hidden"), ({ inherited }, value) => (inherited.isHidden = value === "hidden")),
  lineClamp: reader(
    (value) => (typeof value === "number" && Number.isInteger(value) && value > 0 ? value : undefined),
    (draft, value) => (draft.lineLimit = value),
  ),
};

function familyName(name: string): string {
  return name
    .trim()
    .replace(/^['"]|['"]$/g, "")
    .toLowerCase();
}

/** What paints an element without a say in where anything stands. */
const DECORATION =
  /^(background(Color|Image|Size|Position|Repeat)?|border((Top|Bottom)(Left|Right))?Radius|boxShadow|object(Fit|Position)|opacity)$/;
/** What depends on more than the element itself. */
const RELATIVE = /currentcolor|var\(|[\d.](?:r?em|ex|ch|v[wh]|vmin|vmax)\b/i;

function decoration(name: string): Read {
  return (draft, value) => {
    if ((typeof value !== "string" && typeof value !== "number") || RELATIVE.test(String(value))) return false;
    if (name === "opacity" && !(typeof value === "number" && value >= 0 && value <= 1)) return false;
    if (name !== "opacity" || value !== 1) draft.decoration[name] = value;
    return true;
  };
}
