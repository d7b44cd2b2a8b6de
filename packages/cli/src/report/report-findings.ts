import type { Flags } from "../arguments/parse.ts";
import type { Io } from "../io.ts";
import { annotation } from "./annotations.ts";
import { findingLines } from "./finding-lines.ts";
import { abridged, type Finding, grouped } from "./findings.ts";
import { writerTo } from "./writer.ts";

/** Warnings of one kind told in full, unless all are asked for. */
const KEPT = 5;

/** Tells on stderr what was found, and GitHub too where it listens; with `--quiet` the errors only. */
export function reportFindings(findings: readonly Finding[], flags: Pick<Flags, "quiet" | "verbose">, io: Io): void {
  const all = grouped(findings).filter(({ severity }) => severity === "error" || !flags.quiet);
  const told = flags.verbose ? all : abridged(all, KEPT);
  const { line, paint } = writerTo(io.stderr, io.env);
  const style = { cwd: io.cwd, paint, verbose: flags.verbose ?? false };
  for (const finding of told) findingLines(finding, style).forEach(line);
  if (io.env["GITHUB_ACTIONS"] !== "true") return;
  const root = io.env["GITHUB_WORKSPACE"] ?? io.cwd;
  for (const finding of told) io.stderr.write(`${annotation(finding, root)}\n`);
}
