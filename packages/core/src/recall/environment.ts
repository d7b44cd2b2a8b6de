import { hash } from "node:crypto";
import { readdirSync, readFileSync, realpathSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import type { ResolvedOptions } from "../options.ts";
import { OWN_CODE, PACKAGE } from "../own-files.ts";

/**
 * Taken when this module is loaded, before other code of a run: what is built or installed while a process lives is not
 * what that process runs. What it loads later may be newer than this says; then the next process does not recall it.
 */
const BUILD = digestOfBuild();

/** Options of which each question has what matters, and those that do not change what is painted. */
const ASKED = ["template", "templates", "rules", "theme", "variants", "quality"] as const;
const IDLE = [
  ...(["site", "base", "outDir", "publicPath", "cacheDir", "store", "renderer", "concurrency", "timeout"] as const),
  ...(["onError", "force", "signal", "warnings"] as const),
];
const LEFT_OUT = new Set<string>([...ASKED, ...IDLE] satisfies (keyof ResolvedOptions)[]);

/**
 * SHA-256 over what all answers depend on beside their questions: the bytes of our own code (a template that is edited and
 * built again counts, whatever the version says), the packages it uses, Node and its ICU, and the options, also those that
 * come later, but for the ones that are known not to matter. `undefined` where the code or the packages cannot be told, as
 * in a bundle, or with Yarn's Plug'n'Play.
 * @param folders further packages that are drawn from
 */
export function environmentOf(options: ResolvedOptions, folders: readonly string[]): string | undefined {
  if (BUILD === undefined) return undefined;
  const shown = Object.entries(options).filter(([name, value]) => !LEFT_OUT.has(name) && (name !== "source" || typeof value === "string"));
  return hash("sha256", JSON.stringify([BUILD, folders.map(packageAt), shown]));
}

function digestOfBuild(): string | undefined {
  try {
    const { name, dependencies } = JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8")) as {
      readonly name: string;
      readonly dependencies: Readonly<Record<string, string>>;
    };
    if (name !== "@og-gen/core") return undefined;
    const packages = Object.keys(dependencies).map((dependency) => packageAt(folderOf(dependency, OWN_CODE)));
    const { versions, platform, arch, execPath, env } = process;
    return hash("sha256", JSON.stringify([digestOfCode(OWN_CODE), packages, versions, platform, arch, execPath, env["NODE_ICU_DATA"]]));
  } catch {
    return undefined;
  }
}

/** Of the code in a folder, without declarations. */
export function digestOfCode(folder: string): string {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => /^\.(?:js|tsx?)$/.test(extname(name)));
  const code = files.filter((name) => !name.endsWith(".d.ts")).sort();
  return hash("sha256", JSON.stringify(code.map((name) => [name, hash("sha256", readFileSync(join(folder, name)))])));
}

/** A package by its real folder, as a patched one lies elsewhere (pnpm), and what it says of itself. */
function packageAt(folder: string): readonly string[] {
  const real = realpathSync.native(folder);
  return [real, hash("sha256", readFileSync(join(real, "package.json")))];
}

/**
 * The folder of a package that code depends on.
 * @throws Error where it is not in a `node_modules` above
 */
function folderOf(name: string, code: string): string {
  for (let folder = code; ; folder = dirname(folder)) {
    const candidate = join(folder, "node_modules", name);
    try {
      return realpathSync.native(candidate);
    } catch (thrown) {
      if (folder === dirname(folder)) throw thrown;
    }
  }
}
