import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { writeWhole } from "../whole-file.ts";

/**
 * What a pure function made of its inputs, from run to run: a question holds all that its answer depends on. Questions and
 * answers are JSON, or other text without tabs and line ends.
 */
export interface Memo {
  /** Whether it was opened with nothing. */
  readonly isEmpty: boolean;
  get(question: string): string | undefined;
  set(question: string, answer: string): void;
  /** Whether it differs from what it was opened with. */
  changed(): boolean;
  /** What was asked for or set since it was opened; the rest is forgotten. */
  lines(): readonly string[];
}

/**
 * A run asks what the one before it asked, in the same order: the line at hand is looked at first, and all of them are
 * only sorted by their questions when it is another one.
 * @param lines a question, a tab and its answer each
 */
export function createMemo(lines: readonly string[]): Memo {
  const used: string[] = [];
  const added = new Map<string, string>();
  let places: ReadonlyMap<string, number> | undefined;
  let next = 0;

  function find(question: string): string | undefined {
    const isNext = lines[next]?.startsWith(question) && lines[next]?.[question.length] === "\t";
    const place = isNext ? next : (places ??= new Map(lines.map((line, index) => [questionOf(line), index]))).get(question);
    if (place !== undefined) next = place + 1;
    return added.get(question) ?? (place === undefined ? undefined : lines[place]);
  }

  return {
    isEmpty: lines.length === 0,
    get(question) {
      const line = find(question);
      if (line === undefined) return undefined;
      used.push(line);
      return line.slice(question.length + 1);
    },
    set(question, answer) {
      const line = `${question}\t${answer}`;
      added.set(question, line);
      used.push(line);
    },
    changed: () => added.size > 0 || used.length !== lines.length,
    lines: () => [...new Map(used.map((line) => [questionOf(line), line])).values()],
  };
}

function questionOf(line: string): string {
  return line.slice(0, line.indexOf("\t"));
}

/** Another layout gets another number. */
const MAGIC = "og-gen recall 1";

/** The lines of a file that `writeLines` wrote; none where it is missing, damaged or of another layout. */
export function readLines(file: string): readonly string[] {
  try {
    const bytes = readFileSync(file);
    const end = bytes.indexOf("\n");
    const body = bytes.subarray(end + 1);
    if (bytes.toString("latin1", 0, end) !== headerOf(body)) return [];
    return body.toString("utf8").split("\n");
  } catch {
    return [];
  }
}

/** Whole or not at all; where it cannot be written, the next run finds everything out again. */
export async function writeLines(file: string, lines: readonly string[]): Promise<void> {
  const body = Buffer.from(lines.join("\n"));
  await writeWhole(file, [Buffer.from(`${headerOf(body)}\n`), body]).catch(() => undefined);
}

function headerOf(body: Uint8Array): string {
  return `${MAGIC} ${hash("sha256", body)}`;
}
