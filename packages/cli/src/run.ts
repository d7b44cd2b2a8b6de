import { loadConfig, messageOf, OgError } from "@og-gen/core/command";
import { help } from "./arguments/help.ts";
import { optionsOf } from "./arguments/options.ts";
import { parseArguments } from "./arguments/parse.ts";
import { EXIT, exitCodeOf } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { make } from "./make.ts";
import { preview } from "./preview.ts";
import { errorFinding, type Finding } from "./report/findings.ts";
import { reportFindings } from "./report/report-findings.ts";
import { version } from "./version.ts";

/**
 * The command line, as a function.
 * @param argv without node and the script
 * @returns the exit code: 0 all well, 1 pages without their card or `--check` found something, 2 usage or configuration, 130 or 143 interrupted
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  try {
    const args = parseArguments(argv);
    if (args.flags.help) return print(help(), io);
    if (args.flags.version) return print(version(), io);
    const config = await loadConfig(io.cwd, args.flags.config);
    if (args.command === "templates") {
      const { templates } = await import("./templates.ts");
      return await templates(config, args, io);
    }
    const options = await optionsOf(args, config, io);
    const command = args.flags["dry-run"] || args.flags.check ? preview : make;
    return await command(options, args, io);
  } catch (thrown) {
    reportFindings([runFinding(thrown)], {}, io);
    return exitCodeOf(thrown);
  }
}

function print(text: string, io: Io): number {
  io.stdout.write(`${text}\n`);
  return EXIT.ok;
}

function runFinding(thrown: unknown): Finding {
  if (thrown instanceof OgError) return errorFinding(thrown);
  const message = thrown instanceof Error && thrown.stack ? thrown.stack : messageOf(thrown);
  return {
    severity: "error",
    code: undefined,
    message,
    hint: "This is a bug, of the configuration or of og-gen: the lines above say where.",
    places: [],
  };
}
