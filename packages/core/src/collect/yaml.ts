import type { Alias, ParsedNode, Scalar, Schema, YAMLMap } from "yaml";
import { OgError } from "../error.ts";
import { lazyPackage } from "../lazily.ts";
import { LIMITS, type Limits } from "../limits.ts";
import { parsePlainYaml, plainScalar } from "./plain-yaml.ts";
import { lineAt, positionOf } from "./position.ts";
import { yamlHint } from "./yaml-hint.ts";

const yaml = lazyPackage<typeof import("yaml")>("yaml");

/** Every scalar is its text. Duplicated keys are found here: the parser's check takes time in the square of a map's size. */
const OPTIONS = { uniqueKeys: false, prettyErrors: false } as const;
let schema: Schema | undefined;

const TAG_PREFIX = "tag:yaml.org,2002:";

/** What an anchor names: a value and how many values are in it, or that it is still being read. */
type Anchor = { readonly value: unknown; readonly weight: number } | "open";

interface Reading {
  readonly block: string;
  readonly file: string;
  readonly limits: Limits;
  readonly anchors: Map<string, Anchor>;
  /** Read so far. */
  values: number;
}

/**
 * Parses YAML front matter. A plain scalar is a number or a boolean only where it prints back as it was written; null for `~`, `null` and
 * nothing; and its text in every other case: `1e3`, `2024-01-02`, `yes`. Merge keys (`<<`) are followed; aliases share their values.
 *
 * @throws OgError `E_FRONT_MATTER` for what is not YAML or not a map, has a tag other than `!!str`, has a key twice, contains itself, or
 * exceeds `frontMatterDepth` or `frontMatterValues`.
 */
export function parseYaml(block: string, file: string, limits: Limits = LIMITS): Record<string, unknown> {
  return parsePlainYaml(block, limits) ?? parseAnyYaml(block, file, limits);
}

/** The same by the parser alone. */
export function parseAnyYaml(block: string, file: string, limits: Limits = LIMITS): Record<string, unknown> {
  const reading: Reading = { block, file, limits, anchors: new Map(), values: 0 };
  checkMarks(reading);
  schema ??= new (yaml().Schema)({ schema: "failsafe" });
  const document = yaml().parseDocument(block, { ...OPTIONS, schema });
  const [error] = document.errors;
  if (error?.code === "RESOURCE_EXHAUSTION") throw tooDeep(reading, error.pos[0]);
  if (error) throw slip(reading, error.pos[0], `The front matter is not valid YAML: ${error.message.slice(0, 200)}.`);
  const root = document.contents;
  if (root === null) return {};
  if (!yaml().isMap(root)) {
    const hint = "Write `key: value` lines; to begin a page with a line across, use `***`.";
    throw failure(reading, root.range[0], "The front matter is not a map.", hint);
  }
  return readNode(root, 1, reading) as Record<string, unknown>;
}

/** A shorter front matter cannot cost much. */
const SHORT = 4096;
/** Marks, spaces, line ends and values. A front matter of 64 KB that people wrote has some 12,000; the parser takes 100 ms for 30,000. */
const MAX_LEXEMES = 30_000;
/** What the lexer puts before a scalar. */
const SCALAR = "\u001f";

/** Refuses in linear time, and without a syntax tree, what the parser would take long over. */
function checkMarks(reading: Reading): void {
  const { block, limits } = reading;
  if (block.length <= SHORT) return;
  let [lexemes, depth, offset, isScalarNext] = [0, 0, 0, false];
  for (const lexeme of new (yaml().Lexer)().lex(block)) {
    lexemes += 1;
    if (!isScalarNext && (lexeme === "[" || lexeme === "{")) depth += 1;
    if (!isScalarNext && (lexeme === "]" || lexeme === "}")) depth -= 1;
    if (depth > limits.frontMatterDepth) throw tooDeep(reading, offset);
    if (lexemes > MAX_LEXEMES) throw failure(reading, offset, `The front matter has more than ${MAX_LEXEMES.toLocaleString("en")} marks.`);
    isScalarNext = lexeme === SCALAR;
    if (!LEXER_SIGNS.has(lexeme)) offset += lexeme.length;
  }
}

/** What the lexer adds to the source: byte order mark, document, flow error end, scalar. */
const LEXER_SIGNS = new Set(["\u0002", "\u0018", SCALAR]);

function readNode(node: ParsedNode | null, depth: number, reading: Reading): unknown {
  if (node === null) return null;
  if (yaml().isAlias(node)) return readAlias(node, reading);
  checkTag(node, reading);
  if (depth > reading.limits.frontMatterDepth) throw tooDeep(reading, node.range[0]);
  const before = reading.values;
  count(1, node, reading);
  if (node.anchor !== undefined) reading.anchors.set(node.anchor, "open");
  const value = yaml().isMap(node)
    ? readMap(node, depth, reading)
    : yaml().isSeq(node)
      ? node.items.map((item) => readNode(item, depth + 1, reading))
      : readScalar(node);
  if (node.anchor !== undefined) reading.anchors.set(node.anchor, { value, weight: reading.values - before });
  return value;
}

function readScalar({ type, tag, source }: Scalar.Parsed): unknown {
  if (type !== "PLAIN" || tag !== undefined) return source;
  return plainScalar(source);
}

function readAlias(alias: Alias.Parsed, reading: Reading): unknown {
  const anchor = reading.anchors.get(alias.source);
  if (anchor === undefined) throw slip(reading, alias.range[0], `Nothing before the alias \`*${alias.source}\` has that name.`);
  if (anchor === "open") throw failure(reading, alias.range[0], `\`*${alias.source}\` would contain itself.`);
  count(anchor.weight, alias, reading);
  return anchor.value;
}

/** Keys of the map itself win over merged ones, and those of an earlier merge over those of a later one. */
function readMap(map: YAMLMap.Parsed, depth: number, reading: Reading): Record<string, unknown> {
  const own = new Map<string, unknown>();
  const merged = new Map<string, unknown>();
  const offsets = new Map<string, number>();
  for (const { key, value } of map.items) {
    if (!yaml().isScalar(key)) throw slip(reading, (key ?? map).range[0], "A key of the front matter is not a text.");
    checkTag(key, reading);
    if (key.type === "PLAIN" && key.source === "<<") {
      for (const [name, item] of readMerge(value, depth, reading)) if (!merged.has(name)) merged.set(name, item);
      continue;
    }
    const first = offsets.get(key.source);
    if (first !== undefined) throw duplicate(reading, key.source, first, key.range[0]);
    offsets.set(key.source, key.range[0]);
    own.set(key.source, readNode(value, depth + 1, reading));
  }
  return Object.fromEntries([...merged, ...own]);
}

function readMerge(node: ParsedNode | null, depth: number, reading: Reading): [string, unknown][] {
  const value = readNode(node, depth + 1, reading);
  const maps: unknown[] = Array.isArray(value) ? value : [value];
  return maps.flatMap((map) => {
    if (typeof map === "object" && map !== null && !Array.isArray(map)) return Object.entries(map);
    throw failure(reading, node?.range[0] ?? 0, "`<<` merges maps, and this is not one.");
  });
}

function checkTag(node: ParsedNode, reading: Reading): void {
  if (node.tag === undefined || (yaml().isScalar(node) && node.tag === `${TAG_PREFIX}str`)) return;
  const bang = reading.block.lastIndexOf("!", node.range[0] - 1);
  const offset = reading.block[bang - 1] === "!" ? bang - 1 : bang;
  throw slip(reading, offset, `The tag \`${node.tag.replace(TAG_PREFIX, "!!")}\` is not allowed: front matter is plain data.`);
}

function count(values: number, node: ParsedNode, reading: Reading): void {
  reading.values += values;
  const most = reading.limits.frontMatterValues;
  if (reading.values <= most) return;
  const message = `The front matter has more than ${most.toLocaleString("en")} values, once its aliases are followed.`;
  throw failure(reading, node.range[0], message);
}

function duplicate(reading: Reading, key: string, first: number, second: number): OgError {
  const [{ line: before }, { line }] = [positionOf(reading.block, first), positionOf(reading.block, second)];
  return failure(reading, second, `The key \`${key}\` is there twice, on lines ${before} and ${line}.`, "Remove one of them.");
}

function tooDeep(reading: Reading, offset: number): OgError {
  return failure(reading, offset, `The front matter is nested deeper than ${reading.limits.frontMatterDepth} levels.`);
}

/** A failure that may be one of the common slips of its line. */
function slip(reading: Reading, offset: number, message: string): OgError {
  return failure(reading, offset, message, yamlHint(lineAt(reading.block, offset)));
}

function failure({ block, file }: Reading, offset: number, message: string, hint?: string): OgError {
  return new OgError("E_FRONT_MATTER", message, { hint, file, ...positionOf(block, offset) });
}
