/** No more of a body is searched: a title stands near the start. */
const MAX_BODY = 128 * 1024;

/** A longer heading is cut here: it is a title, and inline Markdown is not read in linear time. */
const MAX_LENGTH = 1000;

/** Blocks in which a `#` is not a heading: how they begin, and what ends them. */
const BLOCKS: readonly { readonly begins: RegExp; readonly ends: (opening: RegExpExecArray) => RegExp }[] = [
  {
    begins: /^ {0,3}(`{3,})[^`]*$|^ {0,3}(~{3,})/,
    ends: ([, ticks, tildes]) => new RegExp(`^ {0,3}${ticks ?? tildes}[${ticks ? "`" : "~"}]*[ \\t]*$`),
  },
  { begins: /^ {0,3}<!--(?!.*-->)/, ends: () => /-->/ },
  { begins: /^ {0,3}\{\/\*(?!.*\*\/)/, ends: () => /\*\// },
  { begins: /^ {0,3}<(script|style|pre|textarea)\b(?!.*<\/\1>)/i, ends: ([, tag]) => new RegExp(`</${tag}>`, "i") },
  // HTML, JSX and the imports and exports of MDX reach to a blank line.
  { begins: /^ {0,3}<\/?[A-Za-z>]|^(?:import|export)\b/, ends: () => /^\s*$/ },
];

/** A line of text: not a blank line, indented code, a heading, a quotation, a list or a line across. */
const PARAGRAPH = /^ {0,3}(?![#>=-]|[*+][ \t]|\d+[.)][ \t])\S/;

/**
 * The text of the first heading of level one that has any (`# Title`, or a paragraph underlined with `===`), without its inline Markdown.
 * Headings in code, comments, HTML blocks, JSX and MDX's imports and exports do not count.
 *
 * @param body Markdown or MDX with `\n` line ends.
 */
export function firstHeading(body: string): string | undefined {
  let end: RegExp | undefined;
  const paragraph: string[] = [];
  for (const line of body.slice(0, MAX_BODY).split("\n")) {
    if (end) {
      if (end.test(line)) end = undefined;
      continue;
    }
    const isUnderline = /^ {0,3}=+[ \t]*$/.test(line);
    const heading = isUnderline ? paragraph.join(" ") : /^ {0,3}#[ \t](.*)/.exec(line)?.[1];
    const text = heading && plainText(withoutClosing(heading.trim().slice(0, MAX_LENGTH)));
    if (text) return text;
    end = blockEnd(line);
    if (!end && PARAGRAPH.test(line)) paragraph.push(line.trim());
    else paragraph.length = 0;
  }
  return undefined;
}

function blockEnd(line: string): RegExp | undefined {
  for (const { begins, ends } of BLOCKS) {
    const opening = begins.exec(line);
    if (opening) return ends(opening);
  }
  return undefined;
}

/** Without the `##` that may close a heading, and without a `{#custom-id}`. */
function withoutClosing(heading: string): string {
  return heading
    .replace(/(?:^|[ \t])#+$/, "")
    .replace(/\{#[^{}]*\}$/, "")
    .trim();
}

/** Characters that Markdown escapes or puts in code are kept from it here, in a plane that no text uses. */
const SHIELD = 0x10f000;
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

/** Inline Markdown as a reader sees it: `**Use** [\`x\`](y)` is `Use x`. */
function plainText(markdown: string): string {
  return repeatedly(
    markdown
      .replace(/\\([!-/:-@[-`{-~])|(?<!`)(`+)(?!`)(.+?)(?<!`)\2(?!`)/g, (_, escaped: string | undefined, _ticks, code: string) =>
        shield(escaped ?? code.trim()),
      )
      .replace(/<((?:https?|mailto):[^<>\s]*)>/g, "$1")
      .replace(/<!--.*?-->|<\/?(?:[A-Za-z][^<>]*)?>/g, ""),
    (text) =>
      text
        .replace(/!?\[([^[\]]*)\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^[\]]*\])/g, "$1")
        .replace(/(\*{1,3}|~~)(?=\S)(.*?\S)\1/g, "$2")
        .replace(/(?<![\p{L}\p{N}_])(_{1,3})(?=\S)(.*?\S)\1(?![\p{L}\p{N}_])/gu, "$2"),
  )
    .replace(/&(amp|lt|gt|quot|apos|nbsp);/g, (entity, name: string) => ENTITIES[name] ?? entity)
    .replace(/[\u{10F021}-\u{10F07E}]/gu, (shielded) => String.fromCodePoint((shielded.codePointAt(0) ?? 0) - SHIELD))
    .replace(/\s+/g, " ")
    .trim();
}

function shield(text: string): string {
  return text.replace(/[!-~]/g, (character) => String.fromCodePoint(SHIELD + character.charCodeAt(0)));
}

/** Applies `step`, which only shortens, until nothing changes. */
function repeatedly(text: string, step: (text: string) => string): string {
  const next = step(text);
  return next === text ? text : repeatedly(next, step);
}
