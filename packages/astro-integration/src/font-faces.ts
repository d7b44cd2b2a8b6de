import { generate, parse, walk, type CssNode, type Declaration } from "css-tree";

/** An `@font-face` rule that has files. */
export interface FontFace {
  readonly family: string;
  /** In the order of the rule; what only Internet Explorer reads is left out. */
  readonly urls: readonly string[];
  /** `undefined` where the rule names a range or nothing: the file knows. */
  readonly weight: number | undefined;
  readonly style: "normal" | "italic" | undefined;
}

/** What a style sheet says of fonts. */
export interface FontStyles {
  readonly faces: readonly FontFace[];
  /** The first family in each custom property, such as `--font-body`. */
  readonly variables: ReadonlyMap<string, string>;
}

/** Reads CSS as browsers do: what is wrong in it is passed over. */
export function fontStyles(css: string): FontStyles {
  const faces: FontFace[] = [];
  const variables = new Map<string, string>();
  walk(parse(css, { parseCustomProperty: true }), {
    enter(node: CssNode) {
      if (node.type === "Atrule" && node.name.toLowerCase() === "font-face" && node.block) faces.push(...faceOf(node.block));
      if (node.type === "Declaration" && node.property.startsWith("--")) variables.set(node.property, firstFamily(node));
    },
  });
  return { faces, variables };
}

function faceOf(block: CssNode): readonly FontFace[] {
  const declared = new Map<string, Declaration>();
  walk(block, { visit: "Declaration", enter: (node) => void declared.set(node.property.toLowerCase(), node) });
  const family = declared.get("font-family");
  const src = declared.get("src");
  if (!family || !src) return [];
  const urls: string[] = [];
  walk(src, { visit: "Url", enter: ({ value }) => void urls.push(value) });
  const files = urls.filter((url) => !/\.eot(?:[?#]|$)/i.test(url));
  if (files.length === 0) return [];
  return [
    {
      family: firstFamily(family),
      urls: files,
      weight: weightOf(text(declared, "font-weight")),
      style: styleOf(text(declared, "font-style")),
    },
  ];
}

/** The first of a list of families: with quotation marks or without, the same. */
function firstFamily({ value }: Declaration): string {
  if (value.type === "Raw") return "";
  const nodes = value.children.toArray();
  const end = nodes.findIndex((node) => node.type === "Operator" && node.value === ",");
  return (end < 0 ? nodes : nodes.slice(0, end)).map((node) => (node.type === "String" ? node.value : generate(node))).join(" ");
}

function text(declared: ReadonlyMap<string, Declaration>, property: string): string {
  const found = declared.get(property);
  return found ? generate(found.value).toLowerCase() : "";
}

function weightOf(weight: string): number | undefined {
  if (weight === "normal") return 400;
  if (weight === "bold") return 700;
  const number = /^\d+$/.test(weight) ? Number(weight) : 0;
  return number >= 1 && number <= 1000 ? number : undefined;
}

/** `oblique 0deg 12deg` is a range, of which the file knows its own part. */
function styleOf(style: string): FontFace["style"] {
  if (style === "normal") return "normal";
  return /^italic$|^oblique(?: [^ ]+)?$/.test(style) ? "italic" : undefined;
}
