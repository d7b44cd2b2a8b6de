import { setImmediate } from "node:timers/promises";
import { generate, loadConfig } from "@og-gen/core/command";
import { help } from "./arguments/help.ts";
import { optionsOf } from "./arguments/options.ts";
import { parseArguments } from "./arguments/parse.ts";
import { EXIT, exitCodeOf } from "./exit-code.ts";
import type { Io } from "./io.ts";
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
    if (args.flags["dry-run"] || args.flags.check) {
      const { preview } = await import("./preview.ts");
      return await preview(options, args, io);
    }
    const begun = { started: performance.now(), run: generate(options) };
    // What tells of the run is loaded when its first renderer has been started.
    await setImmediate();
    const { follow } = await import("./follow.ts");
    return await follow(begun, options, args, io);
  } catch (thrown) {
    const { reportThrown } = await import("./report/report-thrown.ts");
    reportThrown(thrown, io);
    return exitCodeOf(thrown);
  }
}

function print(text: string, io: Io): number {
  io.stdout.write(`${text}\n`);
  return EXIT.ok;
}
