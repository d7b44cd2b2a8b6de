import type { Options, Plan } from "@og-gen/core";
import { plan } from "@og-gen/core/command";
import type { MakeArguments } from "./arguments/parse.ts";
import { EXIT } from "./exit-code.ts";
import { interruptionCode, unlessInterrupted } from "./interruption.ts";
import type { Io } from "./io.ts";
import { plannedErrorsOf, warningFinding } from "./report/findings.ts";
import { planLines } from "./report/page-lines.ts";
import { planJson } from "./report/plan-json.ts";
import { reportFindings } from "./report/report-findings.ts";
import { checkSummary, planSummary } from "./report/summary.ts";
import { writeJson } from "./report/write-json.ts";
import { writerTo } from "./report/writer.ts";
import { NO_PAGES } from "./warnings.ts";

/** Says what a run would do (`--dry-run`), or whether it would do anything (`--check`); resolves with the exit code. */
export async function preview(options: Options, { flags }: MakeArguments, io: Io): Promise<number> {
  const made = await unlessInterrupted(plan(options), io.signal);
  if (made === undefined) return interruptionCode(io.signal);
  const planned: Plan = { ...made, warnings: [...made.warnings, ...(made.pages === 0 ? [NO_PAGES] : [])] };
  if (flags.json !== undefined) await writeJson(planJson(planned, io.cwd), flags.json, io);

  const { line } = writerTo(flags.json === "-" ? io.stderr : io.stdout, io.env);
  if (!flags.quiet && flags.json !== "-") for (const text of planLines(planned, { cwd: io.cwd, all: flags.verbose ?? false })) line(text);
  const strict = flags.strict ?? false;
  const findings = [...plannedErrorsOf(planned), ...planned.warnings.map((warning) => warningFinding(warning, strict))];
  reportFindings(findings, flags, io);
  if (!flags.quiet) line(flags.check ? checkSummary(planned) : planSummary(planned));

  const outdated = planned.planned.some(({ cards }) => cards.some(({ reason }) => reason !== "current"));
  const wrong = outdated || findings.some(({ severity }) => severity === "error");
  return flags.check && wrong ? EXIT.findings : EXIT.ok;
}
