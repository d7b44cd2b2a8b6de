import { hash } from "node:crypto";
import { plainLook, type FontsourceKind, type Look } from "../resolve/look.ts";

/** A question to the disk and its answer by digest: `["read", "/site/own.woff2", "9f86d0…"]`. */
export type Finding = readonly [question: "read" | "list" | "package", ...subject: readonly string[]];

/** What was looked at, and what was seen there. */
export interface Evidence {
  readonly look: Look;
  readonly findings: () => readonly Finding[];
  /** Whether one question had two answers. */
  readonly isContradictory: () => boolean;
}

const NONE = "none";

/**
 * Looks, and takes notes.
 * @param earlier what is known already, and still holds
 */
export function takeEvidence(root: string, earlier: readonly Finding[]): Evidence {
  const plain = plainLook(root);
  const answers = new Map(earlier.map((finding) => [JSON.stringify(finding.slice(0, -1)), finding]));
  let isContradictory = false;

  function note(...finding: Finding): void {
    const question = JSON.stringify(finding.slice(0, -1));
    const before = answers.get(question);
    if (before && before.at(-1) !== finding.at(-1)) isContradictory = true;
    answers.set(question, finding);
  }

  return {
    look: {
      read(file) {
        const bytes = plain.read(file);
        note("read", file, digestOf(bytes));
        return bytes;
      },
      list(folder) {
        const names = plain.list(folder);
        note("list", folder, digestOf(names));
        return names;
      },
      package(id, kind) {
        const folder = plain.package(id, kind);
        note("package", id, kind, folder ?? NONE);
        return folder;
      },
    },
    findings: () => [...answers.values()],
    isContradictory: () => isContradictory,
  };
}

/** Whether the disk still gives the same answers. */
export function stillHolds(findings: readonly Finding[], root: string): boolean {
  const look = plainLook(root);
  try {
    return findings.every(([question, subject = "", ...rest]) => {
      const answer = rest.at(-1);
      if (question === "read") return digestOf(look.read(subject)) === answer;
      if (question === "list") return digestOf(look.list(subject)) === answer;
      return (look.package(subject, rest[0] as FontsourceKind) ?? NONE) === answer;
    });
  } catch {
    return false;
  }
}

function digestOf(seen: Uint8Array | readonly string[]): string {
  return hash("sha256", seen instanceof Uint8Array ? seen : JSON.stringify(seen));
}
