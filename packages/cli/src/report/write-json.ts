import { resolve } from "node:path";
import type { Io } from "../io.ts";
import { writeOutput } from "../write-output.ts";
import { printableJson } from "./printable.ts";

/**
 * Writes what `--json` asks for.
 * @param target a path relative to the working directory, or `-` for stdout
 * @throws OgError `E_WRITE`
 */
export async function writeJson(value: unknown, target: string, io: Io): Promise<void> {
  const json = `${printableJson(value)}\n`;
  if (target === "-") io.stdout.write(json);
  else await writeOutput(resolve(io.cwd, target), json, { what: "The JSON", option: "--json" });
}
