import { contrast, hex, oklch, readable } from "../../compose/color.ts";

/** What a piece of code is, as far as colours go. */
export type TokenKind = "plain" | "keyword" | "name" | "string" | "number" | "comment" | "sign";

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

/** sugar-high's words for them: https://github.com/huozhi/sugar-high#css-theming */
const KINDS: Readonly<Record<string, TokenKind>> = {
  keyword: "keyword",
  string: "string",
  class: "number",
  property: "name",
  entity: "name",
  comment: "comment",
  sign: "sign",
  jsxliterals: "plain",
};

/**
 * Lines of highlighted tokens. The highlighter is loaded when it is first called.
 * @param language a name or file extension such as `ts`; in one that is not known, nothing is highlighted
 */
export async function highlight(code: string, language: string | undefined): Promise<readonly (readonly Token[])[]> {
  const [{ parse }, { lang, languages }] = await Promise.all([import("sugar-high/core"), import("sugar-high/lang")]);
  const id = lang(language ?? "") ?? "plaintext";
  const config = languages.find((candidate) => candidate.id === id)?.config;
  if (id === "plaintext" || !config) return code.split("\n").map((text): readonly Token[] => [{ kind: "plain", text }]);
  const blanked = id === "html" ? code.replace(HTML_COMMENT, (comment) => comment.replace(/\S/g, " ")) : code;
  const written = code.split("\n");
  return parse(blanked, config).lines.map(({ tokens }, index) => {
    const line = tokens.filter(({ value }) => value !== "\n").map(({ type, value }) => ({ kind: KINDS[type] ?? "plain", text: value }));
    return joined(id === "html" ? withComments(line, written[index] ?? "") : line);
  });
}

/** sugar-high takes what is in it for tags. */
const HTML_COMMENT = /<!--[\s\S]*?(?:-->|$)/g;

/** A line of which the comments were blanked, with them. */
function withComments(tokens: readonly Token[], written: string): readonly Token[] {
  let at = 0;
  return tokens.flatMap(({ kind, text }) =>
    text.split("").map((blank): Token => {
      const character = written.charAt(at++);
      return { kind: character === blank ? kind : "comment", text: character };
    }),
  );
}

/** Neighbours of one kind are one token. */
function joined(tokens: readonly Token[]): readonly Token[] {
  const all: Token[] = [];
  for (const token of tokens) {
    const last = all.at(-1);
    if (last?.kind === token.kind) all[all.length - 1] = { kind: last.kind, text: last.text + token.text };
    else all.push(token);
  }
  return all;
}

/** Colours for tokens: five hues around the brand's, each of which reads on `background` (4.5:1). */
export function codeColors(brand: string, background: string): Readonly<Record<TokenKind, string>> {
  const { c, h } = oklch(brand);
  const light = contrast("#ffffff", background) < contrast("#000000", background);
  const chroma = Math.min(0.16, Math.max(0.11, c));
  const hue = c < 0.025 ? 265 : h;
  const color = (turn: number, strength = chroma) => readable(hex({ l: light ? 0.5 : 0.8, c: strength, h: hue + turn }), background);
  const grey = (l: number) => readable(hex({ l, c: 0.015, h: hue }), background);
  return {
    plain: grey(light ? 0.28 : 0.93),
    keyword: color(0),
    name: color(-55),
    string: color(130),
    number: color(75),
    comment: grey(light ? 0.55 : 0.66),
    sign: grey(light ? 0.45 : 0.75),
  };
}
