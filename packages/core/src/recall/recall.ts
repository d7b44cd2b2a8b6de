import { hash } from "node:crypto";
import { join } from "node:path";
import type { ResolvedOptions } from "../options.ts";
import { plainLook, type Look } from "../resolve/look.ts";
import { environmentOf } from "./environment.ts";
import { stillHolds, takeEvidence, type Finding } from "./evidence.ts";
import { createMemo, readLines, writeLines, type Memo } from "./memo.ts";

/** What earlier runs have found out, so that this one need not. See `openRecall()`. */
export interface Recall {
  get(kind: Kind, question: string): string | undefined;
  set(kind: Kind, question: string, answer: string): void;
  /** Whether an earlier run left nothing of a kind. */
  isEmpty(kind: Kind): boolean;
  /** How fonts are to be looked at, so that `cards` are only recalled while they are the same. */
  readonly look: Look;
  /** Whether the fonts are those of the earlier run, which could read them. */
  readonly knowsFonts: boolean;
  /** Keeps what was asked for in this run, for the next. Never fails. */
  save(): Promise<void>;
}

/** `entry`: Markdown as an entry; `theme`: options as a theme; `cards`: a page with its looks as keys. */
export type Kind = (typeof KINDS)[number];
const KINDS = ["entry", "theme", "cards"] as const;

/**
 * Opens what earlier runs left in `cacheDir`. An answer is given only for the very same question, and each question names
 * all that its answer follows from, by content; what all answers follow from (`environmentOf()`) is checked here, and the
 * fonts and packages that `cards` were made with are looked at again. So an answer is never out of date, and the file may
 * be deleted, or damaged, at any time.
 *
 * The file is that of a project, its source and its `outDir`: those that share a `cacheDir` do not disturb each other.
 * @param packages folders of packages that the cards are drawn from, beside the fonts'
 */
export function openRecall(options: ResolvedOptions, packages: readonly string[]): Recall {
  const { root, outDir, source, cacheDir } = options;
  if (cacheDir === undefined || options.force || options.store) return noRecall(root);
  const name = hash("sha256", JSON.stringify([root, outDir, typeof source === "string" ? source : undefined])).slice(0, 16);
  const file = join(cacheDir, `recall-${name}`);
  try {
    const environment = environmentOf(options, packages);
    return environment === undefined ? noRecall(root) : recallFrom(file, environment, root);
  } catch {
    // What has no folder, or no package.json in it, cannot be told apart.
    return noRecall(root);
  }
}

function recallFrom(file: string, environment: string, root: string): Recall {
  const [first, ...lines] = readLines(file);
  const head = first === undefined ? undefined : (JSON.parse(first) as Head);
  const isSame = head?.environment === environment;
  const knowsFonts = isSame && stillHolds(head.findings, root);
  const evidence = takeEvidence(root, knowsFonts ? head.findings : []);
  const start = (kind: Kind) => KINDS.slice(0, KINDS.indexOf(kind)).reduce((sum, before) => sum + (head?.lines[before] ?? 0), 0);
  const known = (kind: Kind) => lines.slice(start(kind), start(kind) + (head?.lines[kind] ?? 0));
  const memos: Readonly<Record<Kind, Memo>> = {
    entry: createMemo(isSame ? known("entry") : []),
    theme: createMemo(isSame ? known("theme") : []),
    cards: createMemo(knowsFonts ? known("cards") : []),
  };
  return {
    get: (kind, question) => memos[kind].get(question),
    set: (kind, question, answer) => memos[kind].set(question, answer),
    isEmpty: (kind) => memos[kind].isEmpty,
    look: evidence.look,
    knowsFonts,
    async save() {
      if (evidence.isContradictory() || (knowsFonts && !KINDS.some((kind) => memos[kind].changed()))) return;
      const kept = { entry: memos.entry.lines(), theme: memos.theme.lines(), cards: memos.cards.lines() };
      const counts = { entry: kept.entry.length, theme: kept.theme.length, cards: kept.cards.length };
      const newHead: Head = { environment, findings: evidence.findings(), lines: counts };
      await writeLines(file, [JSON.stringify(newHead), ...KINDS.flatMap((kind) => kept[kind])]);
    },
  };
}

/** The first line of the file. */
interface Head {
  readonly environment: string;
  readonly findings: readonly Finding[];
  /** How many lines follow, of each kind in turn. */
  readonly lines: Readonly<Record<Kind, number>>;
}

function noRecall(root: string): Recall {
  const none = { get: () => undefined, set: () => undefined, isEmpty: () => true };
  return { ...none, look: plainLook(root), knowsFonts: false, save: async () => undefined };
}
