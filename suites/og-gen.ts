import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import type { JsonReport } from "../packages/cli/src/index.ts";

/** The built command line, as a package manager would start it. */
export const BIN = fileURLToPath(new URL("../packages/cli/dist/bin.js", import.meta.url));

/** For the environment of a run: see `faulty-files.mjs`. */
export const FAULTY_FILES = { NODE_OPTIONS: `--import=${new URL("./faulty-files.mjs", import.meta.url).href}` };

/** Set in all processes of one run, the renderers too. */
const MARK = "OG_GEN_SUITES_RUN";

export interface Surroundings {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Another Node than the one that runs the tests. */
  readonly node?: string;
  /** A command that is to start it, such as `["sh", "-c", "ulimit -n 64; exec \"$@\"", "sh"]`. */
  readonly through?: readonly string[];
  /** In a process group of its own, as a terminal's foreground job is. */
  readonly ownGroup?: boolean;
}

/** What a run left. */
export interface Outcome {
  /** As a shell counts: 128 and the signal's number for what a signal ended. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Time from start to end, in milliseconds. */
  readonly ms: number;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Outcome>;
  /** The processes of the run that are there, by id; on Linux only. */
  readonly processes: () => readonly number[];
}

const SIGNAL_NUMBERS: Readonly<Record<string, number>> = { SIGINT: 2, SIGKILL: 9, SIGTERM: 15, SIGXFSZ: 25 };
let runs = 0;

export function start(
  cwd: string,
  { args = ["--json"], env = {}, node = process.execPath, through = [], ownGroup }: Surroundings = {},
): Started {
  if (!existsSync(BIN)) throw new Error("The suites run what is built: `pnpm build` first.");
  const mark = `${process.pid}-${runs++}`;
  const [command = node, ...rest] = [...through, node, BIN, ...args];
  const child = spawn(command, rest, {
    cwd,
    env: { ...process.env, NODE_OPTIONS: undefined, ...env, [MARK]: mark },
    stdio: ["ignore", "pipe", "pipe"],
    detached: ownGroup ?? false,
  });
  const started = performance.now();
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));
  const ended = new Promise<Outcome>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) =>
      resolve({ code: code ?? 128 + (SIGNAL_NUMBERS[signal ?? ""] ?? 0), ...output, ms: performance.now() - started }),
    );
  });
  return { child, ended, processes: () => processesMarked(`${MARK}=${mark}\0`) };
}

export async function run(cwd: string, surroundings?: Surroundings): Promise<Outcome> {
  return start(cwd, surroundings).ended;
}

/** Whether the processes of a run can be found. */
export const SEES_PROCESSES = existsSync("/proc/self/environ");

function processesMarked(mark: string): readonly number[] {
  if (!SEES_PROCESSES) return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => environmentOf(pid).includes(mark));
}

/** Of a process that has ended in the meantime, or that waits for its parent to notice, nothing. */
function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, "latin1");
  } catch {
    return "";
  }
}

/** Milliseconds until no process of the run is there any more. */
export async function untilGone({ processes }: Started, most: number): Promise<number> {
  const began = performance.now();
  while (processes().length > 0) {
    if (performance.now() - began > most) expect(processes(), `processes that are still there after ${most} ms`).toEqual([]);
    await setTimeout(10);
  }
  return performance.now() - began;
}

/** The ledger of a run with `--json`, after checking that it adds up and that the exit code follows from it. */
export function ledgerOf({ code, stdout, stderr }: Outcome): JsonReport {
  let report: JsonReport;
  try {
    report = JSON.parse(stdout) as JsonReport;
  } catch {
    throw new Error(`There is no ledger; exit code ${code}.\n${stdout.slice(0, 2_000)}\n${stderr.slice(0, 2_000)}`);
  }
  const { pages, rendered, cached, fallback, failed, skipped, results } = report;
  expect(rendered + cached + fallback + failed + skipped, "pages = rendered + cached + fallback + failed + skipped").toBe(pages);
  expect(results).toHaveLength(pages);
  for (const status of ["rendered", "cached", "fallback", "failed", "skipped"] as const)
    expect(results.filter((result) => result.status === status)).toHaveLength(report[status]);
  expect({ code, stderr: code === 1 ? "" : stderr }, "the exit code says whether pages lack the card that was asked for").toEqual({
    code: fallback + failed > 0 ? 1 : 0,
    stderr: code === 1 ? "" : stderr,
  });
  return report;
}

/** The ledger of a run in which every page has its card. */
export function wholeLedgerOf(outcome: Outcome, pages: number): JsonReport {
  const report = ledgerOf(outcome);
  expect({ done: report.rendered + report.cached, stderr: outcome.code === 0 ? "" : outcome.stderr }).toEqual({ done: pages, stderr: "" });
  return report;
}
