/**
 * Puts the modules of core and of the command line together to some sixty files, where 260 would take a run 40 ms more to load.
 * What `tsc` writes beside them are the declarations. `pnpm build` runs it.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, isAbsolute, join, sep } from "node:path";
import { rolldown } from "rolldown";

const CORE = join(import.meta.dirname, "core");
const CLI = join(import.meta.dirname, "cli");

/** Of core: what others import, what runs in a process or a thread of its own, the templates, what the benches look into. */
const CORE_MODULES = [
  "index.ts",
  "command.ts",
  "ahead.ts",
  "compose/jsx-runtime.ts",
  "templates/components/index.ts",
  "render/worker.ts",
  "render/renderer-thread.ts",
  "collect/digest-thread.ts",
  ...readdirSync(join(CORE, "src/templates"))
    .filter((name) => name.endsWith(".tsx"))
    .map((name) => `templates/${name}`),
  "internals.ts",
];

await bundle(CORE, CORE_MODULES);
await bundle(CLI, ["index.ts", "bin.ts"]);

/** @param modules those that stay files of their own, by their paths in `src` */
async function bundle(folder, modules) {
  const build = await rolldown({
    cwd: folder,
    input: Object.fromEntries(modules.map((path) => [path.replace(/\.tsx?$/, ""), join(folder, "src", path)])),
    platform: "node",
    // Core is a package of its own for the command line, as any other.
    external: (id) => !id.startsWith(".") && !isAbsolute(id) && !(folder === CORE && id.startsWith("@og-gen/core")),
    resolve: { conditionNames: ["@og-gen/source", "node", "import"] },
    // Some modules are imported for what they do.
    treeshake: { moduleSideEffects: true },
  });
  const { output } = await build.generate({ format: "esm", entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" });
  await build.close();
  const dist = join(folder, "dist");
  for (const { fileName, code } of output) write(join(dist, fileName), code);
  const names = new Set(output.map(({ fileName }) => fileName));
  for (const name of readdirSync(dist, { recursive: true }))
    if (name.endsWith(".js") && !names.has(name.replaceAll(sep, "/"))) rmSync(join(dist, name));
}

/** Whole, and only where it is another one: somebody may be running it. */
function write(file, code) {
  if (existsSync(file) && readFileSync(file, "utf8") === code) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.${process.pid}`, code);
  renameSync(`${file}.${process.pid}`, file);
}
