import type { Limits } from "../limits.ts";
import { numberOrText } from "./number-or-text.ts";

/** UTF-16 code units: more are not looked at here. */
const MOST = 4_096;

/** Line ends and what can be seen: no tabs, controls, byte order marks or halves of characters. */
const TEXT = /^[\n -~\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]*$/u;
const NOTHING = /^ *(?:#.*)?$/;
const FIELD = /^( *)([A-Za-z_][\w-]{0,99}):(?: +(.*))?$/;
const ITEM = /^( *)- +(.*)$/;

const QUOTED = /^(?:"([^"\\]*)"|'([^']*)') *$/;
const FLOW = /^\[ *(.*?) *\] *$/;
/** Begins with nothing that has a meaning of its own; a colon before a space, and a hash behind one, would end it. */
const WORDS = /^[\p{L}\p{N}/.(](?:[^:#]|:(?=[^ ])|(?<=[^ ])#)*$/u;
const WORDS_IN_FLOW = /^[\p{L}\p{N}][^,[\]{}:#"'&*!|>%@`]*$/u;

/** What is not read here. */
const UNKNOWN = Symbol("unknown");

interface Reading {
  readonly lines: readonly string[];
  /** The line that is next. */
  at: number;
  readonly deepest: number;
}

/**
 * The front matter that most pages have, without the parser, which takes 25 ms to load and seven times as long for a page:
 * names with words, quoted texts without escapes, lists of these, and maps of all that.
 * @returns the same as the parser gives; `undefined` for all that is written otherwise, right or wrong
 */
export function parsePlainYaml(block: string, { frontMatterDepth, frontMatterValues }: Limits): Record<string, unknown> | undefined {
  // There are no more values than characters.
  if (block.length > Math.min(MOST, frontMatterValues) || !TEXT.test(block)) return undefined;
  const lines = block.split("\n").filter((line) => !NOTHING.test(line));
  const reading: Reading = { lines, at: 0, deepest: frontMatterDepth };
  const map = readMap(reading, 0, 1);
  return map === UNKNOWN || reading.at < lines.length ? undefined : map;
}

/** The fields from the next line on, which stand `indent` spaces from the left. */
function readMap(reading: Reading, indent: number, depth: number): Record<string, unknown> | typeof UNKNOWN {
  if (depth >= reading.deepest) return UNKNOWN;
  const fields = new Map<string, unknown>();
  for (let field = next(reading, FIELD); field?.indent === indent; field = next(reading, FIELD)) {
    const [, name, text = ""] = field.parts as [string, string, string?];
    reading.at++;
    const value = text === "" ? readBelow(reading, indent, depth + 1) : valueOf(text, depth + 1, reading);
    if (value === UNKNOWN || fields.has(name)) return UNKNOWN;
    fields.set(name, value);
  }
  return Object.fromEntries(fields);
}

/** What stands below a name without a value. */
function readBelow(reading: Reading, indent: number, depth: number): unknown {
  const field = next(reading, FIELD);
  if (field && field.indent > indent) return readMap(reading, field.indent, depth);
  const first = next(reading, ITEM);
  if (!first || first.indent < indent) return null;
  if (depth >= reading.deepest) return UNKNOWN;
  const items: unknown[] = [];
  for (let item = next(reading, ITEM); item?.indent === first.indent; item = next(reading, ITEM)) {
    items.push(scalarOf(item.parts[1] ?? "", WORDS));
    reading.at++;
  }
  return items.includes(UNKNOWN) ? UNKNOWN : items;
}

interface Line {
  readonly indent: number;
  readonly parts: readonly (string | undefined)[];
}

function next({ lines, at }: Reading, kind: RegExp): Line | undefined {
  const [, spaces, ...parts] = kind.exec(lines[at] ?? "") ?? [];
  return spaces === undefined ? undefined : { indent: spaces.length, parts: [spaces, ...parts] };
}

function valueOf(text: string, depth: number, { deepest }: Reading): unknown {
  const inner = FLOW.exec(text)?.[1];
  if (inner === undefined) return scalarOf(text, WORDS);
  const items = inner === "" ? [] : inner.split(/ *, */).map((item) => scalarOf(item, WORDS_IN_FLOW));
  return items.includes(UNKNOWN) || depth >= deepest ? UNKNOWN : items;
}

function scalarOf(text: string, words: RegExp): unknown {
  const [quoted, double, single] = QUOTED.exec(text) ?? [];
  if (quoted !== undefined) return double ?? single;
  return words.test(text) ? plainScalar(text.replace(/ +$/, "")) : UNKNOWN;
}

const NULL = new Set(["", "~", "null", "Null", "NULL"]);

/** What a scalar without quotes means. */
export function plainScalar(text: string): unknown {
  if (NULL.has(text)) return null;
  if (text === "true" || text === "false") return text === "true";
  return numberOrText(text);
}
