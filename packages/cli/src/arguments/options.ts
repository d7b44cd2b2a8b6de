import { existsSync } from "node:fs";
import { isAbsolute, relative, resolve } from "node:path";
import type { Config, LoadedConfig, Options, Source } from "@og-gen/core";
import { OgError } from "@og-gen/core/command";
import type { Io } from "../io.ts";
import type { MakeArguments } from "./parse.ts";
import { settingsOf } from "./settings.ts";

/** Where content lives in most projects, relative to the project. */
const CONTENT_FOLDERS = ["content", "src/content"];

/**
 * What core is asked to do: the command line, else the configuration, else the command's own defaults.
 * @throws OgError `E_OPTION` for a wrong value, or images outside of a built site, `E_SOURCE` where no folder is given and none is
 * where content usually lives
 */
export async function optionsOf(args: MakeArguments, { config, root }: LoadedConfig, io: Io): Promise<Options> {
  const settings = settingsOf(args.flags, io.cwd);
  return {
    ...config,
    ...(args.command === "html"
      ? await builtSite(resolve(io.cwd, args.dir ?? "."), config, root, settings.outDir)
      : { source: contentOf(args, config, root, io.cwd) }),
    ...settings,
    root,
    force: args.flags.force,
    signal: io.signal,
  };
}

/**
 * The images lie in the site itself, which is its own public folder. Where the configuration has them elsewhere, that is for sites that
 * are yet to be built.
 * @param out what `--out` says, absolute
 */
async function builtSite(dir: string, { outDir, publicPath, theme }: Config, root: string, out: string | undefined): Promise<Config> {
  if (out !== undefined && publicPath === undefined && !isBelow(dir, out)) {
    throw new OgError("E_OPTION", `The folder --out ${out} is not in the built site ${dir}, so nobody could see the images.`, {
      hint: "Name a folder in it, or leave --out away; where it is served all the same, `publicPath` in og.config says as what.",
    });
  }
  const { html, siteNameIn } = await import("@og-gen/core");
  const siteName = theme?.siteName ?? (await siteNameIn(dir));
  const configured = outDir === undefined ? undefined : resolve(root, outDir);
  return {
    source: html(dir, { siteName: siteName ?? "" }),
    theme: { ...theme, siteName },
    publicDir: dir,
    outDir: configured !== undefined && isBelow(dir, configured) ? configured : resolve(dir, `./${publicPath ?? "og"}`),
  };
}

function isBelow(folder: string, path: string): boolean {
  const below = relative(folder, path);
  return !below.startsWith("..") && !isAbsolute(below);
}

function contentOf(args: MakeArguments, config: Config, root: string, cwd: string): string | Source {
  if (args.dir !== undefined) return resolve(cwd, args.dir);
  const source = config.source ?? CONTENT_FOLDERS.map((name) => resolve(root, name)).find((path) => existsSync(path));
  if (source !== undefined) return source;
  throw new OgError("E_SOURCE", `There is no folder \`content\` or \`src/content\` in ${root}.`, {
    hint: "Name yours: `og-gen docs`, or `source` in og.config.ts. For a built site: `og-gen html dist`.",
  });
}
