import { mkdir, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { messageOf, OgError } from "@og-gen/core/command";
import type { Io } from "../io.ts";
import { printableJson } from "./printable.ts";

/**
 * Writes what `--json` asks for.
 * @param target a path relative to the working directory, or `-` for stdout
 * @throws OgError `E_WRITE`
 */
export async function writeJson(value: unknown, target: string, io: Io): Promise<void> {
  const json = `${printableJson(value)}\n`;
  if (target === "-") {
    io.stdout.write(json);
    return;
  }
  const file = resolve(io.cwd, target);
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, json);
  } catch (cause) {
    throw new OgError("E_WRITE", `The JSON cannot be written: ${messageOf(cause)}.`, { file, hint: "Check the path after --json.", cause });
  }
}
