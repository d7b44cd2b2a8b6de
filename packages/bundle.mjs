/**
 * Puts the modules of core and of the command line together to some sixty files, where 260 would take a run 40 ms more to load.
 * What `tsc` writes beside them are the declarations. `pnpm build` runs it.
 */
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
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
    external: (id) => !/^[./]/.test(id) && !(folder === CORE && id.startsWith("@og-gen/core")),
    resolve: { conditionNames: ["@og-gen/source", "node", "import"] },
    // Some modules are imported for what they do.
    treeshake: { moduleSideEffects: true },
  });
  const { output } = await build.write({
    dir: join(folder, "dist"),
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: "[name]-[hash].js",
  });
  await build.close();
  const written = new Set(output.map(({ fileName }) => join(folder, "dist", fileName)));
  for (const name of readdirSync(join(folder, "dist"), { recursive: true })) {
    const file = join(folder, "dist", name);
    if (file.endsWith(".js") && !written.has(file)) rmSync(file);
  }
}
