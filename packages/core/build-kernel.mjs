/**
 * Compiles `kernel/` to `dist/render/kernel.wasm` and `pen.wasm`, when a source is newer than that: three seconds, or some
 * milliseconds. `pnpm build` runs it, and so do the tests, which use them from the sources too.
 */
import { mkdir, readdir, rename, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

const here = import.meta.dirname;
const sources = join(here, "kernel");
const PROGRAMS = [
  { source: "kernel/index.ts", target: join(here, "dist/render/kernel.wasm"), flags: ["--runtime", "minimal"] },
  { source: "kernel/pen.ts", target: join(here, "dist/render/pen.wasm"), flags: ["--runtime", "stub", "--importMemory"] },
];

export async function buildKernel() {
  const files = (await readdir(sources)).map((name) => join(sources, name));
  // The manifest names the compiler's version.
  const inputs = await Promise.all([...files, import.meta.filename, join(here, "package.json")].map(changed));
  for (const { source, target, flags } of PROGRAMS) {
    if (Math.max(...inputs) <= (await changed(target).catch(() => 0))) continue;
    const { main } = await import("assemblyscript/asc");
    const { error, stderr } = await main(
      [source, "--config", "kernel/asconfig.json", "--baseDir", here, "--outFile", "it.wasm", ...flags],
      {
        writeFile: (_name, contents) => write(target, contents),
      },
    );
    if (error) throw new Error(`${source} cannot be compiled.\n${stderr.toString()}`, { cause: error });
  }
}

/** Whole or not at all: tests of several packages may look at the same time. */
async function write(target, contents) {
  await mkdir(dirname(target), { recursive: true });
  const partial = `${target}.${process.pid}`;
  await writeFile(partial, contents);
  await rename(partial, target);
}

async function changed(file) {
  return (await stat(file)).mtimeMs;
}

/** For Vitest's `globalSetup`. */
export default buildKernel;

if (import.meta.filename === process.argv[1]) await buildKernel();
