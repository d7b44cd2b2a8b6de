import { OgError } from "../error.ts";
import { LIMITS, type Limits } from "../limits.ts";
import { jsonObjectEnd, parseJson } from "./json.ts";
import { parseToml } from "./toml.ts";
import { parseYaml } from "./yaml.ts";

export interface FrontMatter {
  /** Plain data: strings, numbers, booleans, nulls, lists and maps of them; no key reaches a prototype. Empty where there is no front matter. */
  readonly data: Record<string, unknown>;
  /** What follows the front matter, with `\n` line ends. */
  readonly body: string;
}

type Parse = (block: string, file: string, limits: Limits) => Record<string, unknown>;

const PARSERS: ReadonlyMap<string, Parse> = new Map([
  ["yaml", parseYaml],
  ["yml", parseYaml],
  ["toml", parseToml],
  ["json", parseJson],
]);

const EXECUTABLE = /^(?:[cm]?[jt]s|[jt]sx|javascript|typescript|coffee|coffeescript|cson)$/;

/** An opening line: three dashes, perhaps a language, or three pluses. */
const OPENING = /^(?:(---)[ \t]*(\w[\w.+-]*)?|\+\+\+)[ \t]*(?=\n)/;
const CLOSING = { "---": /\n(---[ \t]*)(?=\n|$)/, "+++": /\n(\+\+\+[ \t]*)(?=\n|$)/ };
/** What a first line of data looks like: how a front matter that is never closed is told from a thematic break. */
const FIELD = { "---": /^(?:\n *#.*)*\n["']?[\w-]+["']?[ \t]*:(?:[ \t\n]|$)/, "+++": /^(?:\n *#.*)*\n(?:["']?[\w.-]+["']?[ \t]*=|\[)/ };
/** Hugo's bare object: a brace and a quoted key. An MDX expression or a Liquid tag does not begin like this. */
const BARE_JSON = /^\{\s*"[^"\\\n]*(?:\\.[^"\\\n]*)*"\s*:/;

interface Block {
  readonly fence: "---" | "+++";
  readonly language: string;
  /** From the line end of the opening line. */
  readonly rest: string;
  /** The line that closes it, without its line end; there is none where nothing does. */
  readonly closing: string | undefined;
  /** Length of the block, without its fences. */
  readonly length: number;
}

/**
 * Splits a page's source into its front matter and its body. Front matter begins in the file's first column (byte order marks aside): YAML
 * between `---`, or TOML, JSON and YAML after `---toml`, `---json`, `---yaml`; TOML between `+++`; or one JSON object. It is parsed, never run.
 *
 * A value becomes a number or a boolean only where it prints back as it was written; dates stay text.
 *
 * @throws OgError `E_FRONT_MATTER`, with line and column in `file`, for what cannot be parsed, is never closed, is not a map, is longer than
 * `frontMatterCharacters`, or is in an unknown language; `E_FRONT_MATTER_CODE` for a language that is executed.
 */
export function parseFrontMatter(text: string, file: string, limits: Limits = LIMITS): FrontMatter {
  const source = normalize(text);
  if (BARE_JSON.test(source)) {
    const end = jsonObjectEnd(source, limits);
    const block = source.slice(0, end);
    checkSize(block, file, limits);
    return { data: parseJson(block, file, limits), body: source.slice(end) };
  }
  const block = findBlock(source);
  if (!block) return { data: {}, body: source };
  const parse = parserFor(block, file);
  if (block.closing === undefined) {
    if (FIELD[block.fence].test(block.rest)) throw neverClosed(block, file);
    return { data: {}, body: source };
  }
  // It begins with the line end of the opening line: a line number in it is one in the file.
  const fields = block.rest.slice(0, block.length);
  checkSize(fields, file, limits);
  return { data: fields.trim() === "" ? {} : parse(fields, file, limits), body: bodyAfter(block, block.closing) };
}

/** The body of a page whose front matter cannot be parsed. */
export function bodyOf(text: string, limits: Limits = LIMITS): string {
  const source = normalize(text);
  if (BARE_JSON.test(source)) return source.slice(jsonObjectEnd(source, limits));
  const block = findBlock(source);
  return block?.closing === undefined ? source : bodyAfter(block, block.closing);
}

function bodyAfter({ rest, length }: Block, closing: string): string {
  return rest.slice(length + 1 + closing.length).replace(/^\n/, "");
}

/** Without byte order marks, and with `\n` line ends. */
function normalize(text: string): string {
  return text.replace(/^\uFEFF+/, "").replace(/\r\n?/g, "\n");
}

function findBlock(source: string): Block | undefined {
  const opening = OPENING.exec(source);
  if (!opening) return undefined;
  const fence = opening[1] === "---" ? "---" : "+++";
  const rest = source.slice(opening[0].length);
  const closing = CLOSING[fence].exec(rest);
  return {
    fence,
    language: opening[2] ?? (fence === "---" ? "yaml" : "toml"),
    rest,
    closing: closing?.[1],
    length: closing?.index ?? rest.length,
  };
}

function parserFor({ language }: Block, file: string): Parse {
  const name = language.toLowerCase();
  const parse = PARSERS.get(name);
  if (parse) return parse;
  const hint = "Write it as `yaml`, `toml` or `json`.";
  if (EXECUTABLE.test(name)) {
    throw new OgError("E_FRONT_MATTER_CODE", `The front matter is code (\`${language}\`), and code in a page is never run.`, {
      hint,
      file,
      line: 1,
      column: 4,
    });
  }
  throw new OgError("E_FRONT_MATTER", `The language of the front matter, \`${language}\`, is unknown.`, { hint, file, line: 1, column: 4 });
}

function checkSize(block: string, file: string, { frontMatterCharacters }: Limits): void {
  if (block.length > frontMatterCharacters) {
    const message = `The front matter is longer than ${frontMatterCharacters.toLocaleString("en")} characters.`;
    throw new OgError("E_FRONT_MATTER", message, { hint: "Move large data into a file of its own.", file, line: 1, column: 1 });
  }
}

function neverClosed({ fence }: Block, file: string): OgError {
  return new OgError("E_FRONT_MATTER", "The front matter is never closed.", {
    hint: `Write a line of \`${fence}\` after its last line.`,
    file,
    line: 1,
    column: 1,
  });
}
