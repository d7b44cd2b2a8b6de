import { existsSync, readdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { importModule } from "./compose/import-module.ts";
import { OgError } from "./error.ts";
import { checkConfig, type Config } from "./options.ts";

/** The names that a configuration file may have, in the order in which they are looked for. */
export const CONFIG_FILES = ["og.config.ts", "og.config.tsx", "og.config.mjs", "og.config.js", "og.config.json"] as const;

/** Gives an editor the types of a configuration; returns it as it is. */
export function defineConfig(config: Config): Config {
  return config;
}

/** A configuration, and where it came from. */
export interface LoadedConfig {
  readonly config: Config;
  /** Absolute; relative paths in `config` start at its folder. */
  readonly file: string | undefined;
  readonly root: string;
}

/**
 * Reads the configuration of a project.
 * @param root the project's folder
 * @param name the file to read; default: the first of `CONFIG_FILES` that is there, and none is well
 * @throws OgError `E_CONFIG` when the file is missing, has a name that is not looked for, or cannot be loaded, `E_OPTION` when what
 * it says is wrong
 */
export async function loadConfig(root: string, name?: string): Promise<LoadedConfig> {
  const file =
    name === undefined ? CONFIG_FILES.map((candidate) => resolve(root, candidate)).find((path) => existsSync(path)) : resolve(root, name);
  if (file === undefined) {
    refuseOtherNames(resolve(root));
    return { config: {}, file, root: resolve(root) };
  }
  if (!existsSync(file))
    throw new OgError("E_CONFIG", `There is no configuration file at ${file}.`, { file, hint: "Check the path after --config." });
  const module = await importModule(file, { code: "E_CONFIG", what: "The configuration" });
  if (!("default" in module)) {
    throw new OgError("E_CONFIG", "The configuration file has no default export.", {
      file,
      hint: "Write `export default defineConfig({ … })`.",
    });
  }
  return { config: checkConfig(module["default"], file), file, root: dirname(file) };
}

/** Endings that a configuration might have elsewhere. */
const OTHER_NAME = /^og\.config\.(?:[cm]ts|cjs|jsx|jsonc|json5|ya?ml|toml)$/;

/** A configuration that nobody reads would leave its author in the dark. @throws OgError `E_CONFIG` */
function refuseOtherNames(root: string): void {
  const other = namesIn(root).find((name) => OTHER_NAME.test(name));
  if (other === undefined) return;
  throw new OgError("E_CONFIG", `There is a configuration ${other}, but no file of that name is read.`, {
    file: resolve(root, other),
    hint: `Make it one of ${CONFIG_FILES.join(", ")}.`,
  });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
