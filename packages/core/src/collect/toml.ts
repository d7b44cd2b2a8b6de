import { messageOf, OgError, reasonOf } from "../error.ts";
import { lazyPackage } from "../lazily.ts";
import { LIMITS, type Limits } from "../limits.ts";
import { numberOrText } from "./number-or-text.ts";

const toml = lazyPackage<typeof import("smol-toml")>("smol-toml");

/** Marks a text that was bare in the source. A lone surrogate: no file that was decoded from UTF-8 has one, and no TOML escape means one. */
const BARE = "\uD800";

/** The tokens of a valid document: strings of four kinds, comments, punctuation, dates with a space in them, and other bare words. */
const TOKEN = new RegExp(
  [
    String.raw`"""[^"\\]*(?:(?:\\[\s\S]|""?(?!"))[^"\\]*)*"{3,5}`,
    String.raw`'''[^']*(?:''?(?!')[^']*)*'{3,5}`,
    String.raw`"[^"\\\n]*(?:\\.[^"\\\n]*)*"`,
    String.raw`'[^'\n]*'`,
    String.raw`#.*`,
    String.raw`[=,[\]{}\n]`,
    String.raw`\d{4}-\d\d-\d\d \d\d:[^\s"'#=,[\]{}]*`,
    String.raw`[^\s"'#=,[\]{}]+`,
  ].join("|"),
  "g",
);

/**
 * Parses TOML front matter. Dates, and numbers that would not print as they were written (`1_000`, `0x1F`, `1.10`), are their text.
 *
 * @throws OgError `E_FRONT_MATTER` for what is not TOML, or nested deeper than `frontMatterDepth`.
 */
export function parseToml(block: string, file: string, { frontMatterDepth: maxDepth }: Limits = LIMITS): Record<string, unknown> {
  try {
    // smol-toml gives values without their text: the first pass judges the source, the second reads it with every bare value as a string.
    toml().parse(block, { integersAsBigInt: "asNeeded", maxDepth });
    return plainTable(toml().parse(quoteBareValues(block), { maxDepth }), 1, maxDepth);
  } catch (thrown) {
    const { line, column } = thrown instanceof toml().TomlError ? thrown : { line: 1, column: 1 };
    const reason = messageOf(thrown).replace("Invalid TOML document: ", "").split("\n", 1)[0];
    throw new OgError("E_FRONT_MATTER", `The front matter is not valid TOML: ${reasonOf(reason)}.`, {
      hint: hintFor(block.split("\n")[line - 1]),
      file,
      line,
      column,
      cause: thrown,
    });
  }
}

/** A valid document with every number and date as a marked string: `x = 1_000` is `x = "\uD8001_000"`. */
function quoteBareValues(document: string): string {
  const open: string[] = [];
  let expectsValue = false;
  return document.replace(TOKEN, (token) => {
    const inArray = open.at(-1) === "[";
    switch (token[0]) {
      case "#":
      case "\n":
        return token;
      case "=":
        expectsValue = true;
        return token;
      case ",":
        expectsValue = inArray;
        return token;
      case "[":
      case "{":
        // A bracket where no value is expected heads a table.
        if (expectsValue) open.push(token);
        expectsValue &&= token === "[";
        return token;
      case "]":
      case "}":
        open.pop();
        expectsValue = false;
        return token;
    }
    const isBareValue = expectsValue && !/^["']|^true$|^false$/.test(token);
    expectsValue = false;
    return isBareValue ? `"${BARE}${token}"` : token;
  });
}

function plain(value: unknown, depth: number, most: number): unknown {
  if (typeof value === "string") return value.startsWith(BARE) ? numberOrText(value.slice(1)) : value;
  if (typeof value !== "object" || value === null) return value;
  if (depth > most) throw new RangeError(`it is nested deeper than ${most} levels`);
  return Array.isArray(value) ? value.map((item) => plain(item, depth + 1, most)) : plainTable(value, depth, most);
}

function plainTable(table: object, depth: number, most: number): Record<string, unknown> {
  return Object.fromEntries(Object.entries(table).map(([key, value]) => [key, plain(value, depth + 1, most)]));
}

function hintFor(line = ""): string | undefined {
  const [, key, value] = /^\s*([\w.-]+)[ \t]*=(.*)$/.exec(line) ?? [];
  const isText = value !== undefined && /^\p{L}/u.test(value.trim());
  return isText ? `Put the text in quotes: \`${key} = ${JSON.stringify(value.trim())}\`.` : undefined;
}
