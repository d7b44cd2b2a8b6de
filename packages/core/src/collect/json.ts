import { messageOf, OgError, reasonOf } from "../error.ts";
import { LIMITS, type Limits } from "../limits.ts";
import { numberOrText } from "./number-or-text.ts";
import { positionOf } from "./position.ts";

/** A string that is never closed reaches to the end: every match succeeds where it begins, in linear time. */
const STRING_OR_BRACKET = /"[^"\\]*(?:\\[\s\S][^"\\]*)*(?:"|\\?$)|[{}[\]]/g;

/**
 * Parses JSON front matter. A number that would not print as it was written (`1.10`, `1e3`) is its text.
 *
 * @throws OgError `E_FRONT_MATTER` for what is not JSON, not an object, or nested deeper than `frontMatterDepth`.
 */
export function parseJson(block: string, file: string, { frontMatterDepth }: Limits = LIMITS): Record<string, unknown> {
  const tooDeep = offsetBeyondDepth(block, frontMatterDepth);
  if (tooDeep !== undefined) {
    throw new OgError("E_FRONT_MATTER", `The front matter is nested deeper than ${frontMatterDepth} levels.`, {
      file,
      ...positionOf(block, tooDeep),
    });
  }
  const value = parse(block, file);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new OgError("E_FRONT_MATTER", "The front matter is not a map.", {
    hint: 'Write an object: `{ "title": "…" }`.',
    file,
    ...positionOf(block, block.search(/\S/)),
  });
}

/** The offset after the object that `source` begins with, or beyond `frontMatterCharacters` where it does not end before that. */
export function jsonObjectEnd(source: string, { frontMatterCharacters }: Limits = LIMITS): number {
  let depth = 0;
  const start = source.slice(0, frontMatterCharacters + 1);
  for (const { 0: token, index } of start.matchAll(STRING_OR_BRACKET)) {
    if (token === "{") depth += 1;
    if (token === "}") depth -= 1;
    if (depth === 0) return index + 1;
  }
  return start.length;
}

function parse(block: string, file: string): unknown {
  try {
    return JSON.parse(block, (_key, value: unknown, context?: { readonly source?: string }) =>
      typeof value === "number" && context?.source !== undefined ? numberOrText(context.source) : value,
    );
  } catch (thrown) {
    const [reason] = messageOf(thrown).split(/, (?:\.\.\.)?"| in JSON| JSON at/);
    const hint = "Keys and texts stand in double quotes, with a comma between two entries and none after the last.";
    throw new OgError("E_FRONT_MATTER", `The front matter is not valid JSON: ${reasonOf(reason)}.`, {
      hint,
      file,
      ...positionOf(block, errorOffset(block, messageOf(thrown))),
      cause: thrown,
    });
  }
}

/** Where `JSON.parse` stopped. V8 says so, except for an unexpected token: that is the end of the shortest prefix with such an error. */
function errorOffset(block: string, message: string): number {
  const position = / at position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return Number(position);
  if (!message.startsWith("Unexpected token")) return block.length;
  let [good, bad] = [0, block.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (hasUnexpectedToken(block.slice(0, middle))) bad = middle;
    else good = middle;
  }
  return good;
}

function hasUnexpectedToken(json: string): boolean {
  try {
    JSON.parse(json);
    return false;
  } catch (thrown) {
    return !/ at position |Unexpected end/.test(messageOf(thrown));
  }
}

function offsetBeyondDepth(block: string, most: number): number | undefined {
  let depth = 0;
  for (const { 0: token, index } of block.matchAll(STRING_OR_BRACKET)) {
    if (token === "{" || token === "[") depth += 1;
    if (token === "}" || token === "]") depth -= 1;
    if (depth > most) return index;
  }
  return undefined;
}
