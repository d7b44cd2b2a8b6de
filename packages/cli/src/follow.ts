import type { Ledger, Options, Run } from "@og-gen/core";
import { resolveOptions } from "@og-gen/core/command";
import type { MakeArguments } from "./arguments/parse.ts";
import { EXIT } from "./exit-code.ts";
import { interruptionCode, unlessInterrupted } from "./interruption.ts";
import type { Io } from "./io.ts";
import { createProgress, NO_PROGRESS } from "./progress/progress.ts";
import { count, digits } from "./report/count.ts";
import { errorsOf, type Finding, warningFinding } from "./report/findings.ts";
import { ledgerJson } from "./report/ledger-json.ts";
import { resultLine } from "./report/page-lines.ts";
import { fromCwd } from "./report/paths.ts";
import { reportFindings } from "./report/report-findings.ts";
import { runSummary } from "./report/summary.ts";
import { writeJson } from "./report/write-json.ts";
import { writerTo } from "./report/writer.ts";
import { NO_PAGES } from "./warnings.ts";

/** A run that has begun. */
interface Begun {
  readonly run: Run;
  /** By `performance.now()`. */
  readonly started: number;
}

/** Tells of a run, and with `--inject` writes the tags at its end; resolves with the exit code. */
export async function follow({ run, started }: Begun, options: Options, { flags }: MakeArguments, io: Io): Promise<number> {
  const made = await watched(run, options, flags.quiet ?? false, io);
  if (made === undefined) return interruptionCode(io.signal);

  const injected = flags.inject ? await (await import("./inject-tags.ts")).injectTags(made, options) : undefined;
  const ledger: Ledger = { ...made, warnings: [...made.warnings, ...(made.pages === 0 ? [NO_PAGES] : []), ...(injected?.warnings ?? [])] };
  if (flags.json !== undefined) await writeJson(ledgerJson(ledger, io.cwd), flags.json, io);

  const { line, paint } = writerTo(flags.json === "-" ? io.stderr : io.stdout, io.env);
  if (flags.verbose) for (const result of ledger.results) line(resultLine(result, io.cwd));
  const strict = flags.strict ?? false;
  const findings: readonly Finding[] = [
    ...errorsOf(ledger.results),
    ...(injected?.errors ?? []),
    ...ledger.warnings.map((warning) => warningFinding(warning, strict)),
  ];
  reportFindings(findings, flags, io);
  if (!flags.quiet) {
    line(runSummary(ledger, { ms: performance.now() - started, outDir: fromCwd(resolveOptions(options).outDir, io.cwd), paint }));
    if (injected) line(`Tags written into ${count(injected.written, "page")}, ${digits(injected.unchanged)} unchanged.`);
  }
  return findings.some(({ severity }) => severity === "error") ? EXIT.findings : EXIT.ok;
}

/** Shows progress until the run ends; `undefined` when a signal ended it, which is said. */
async function watched(run: Run, options: Options, quiet: boolean, io: Io): Promise<Ledger | undefined> {
  const progress = quiet ? NO_PROGRESS : createProgress(io);
  let done = 0;
  const work = async (): Promise<Ledger> => {
    for await (const _result of run) progress.update((done += 1), run.total);
    return run;
  };
  try {
    const ledger = await unlessInterrupted(work(), io.signal);
    if (ledger !== undefined) return ledger;
  } finally {
    progress.end();
  }
  const pages = run.total === undefined ? count(done, "page") : `${digits(done)} of ${count(run.total, "page")}`;
  const next = options.cacheDir === false ? "" : " The next run goes on from there.";
  writerTo(io.stderr, io.env).line(`Interrupted after ${pages}.${next}`);
  return undefined;
}
