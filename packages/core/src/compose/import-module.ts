import { readFileSync } from "node:fs";
import { createJiti } from "jiti";
import * as jsxRuntime from "./jsx-runtime.ts";

/**
 * Imports a file of the project: TypeScript and JSX as they are, `@og-gen/core` resolved to this very copy, also where
 * the project has not installed it (as under `npx`). Every call reads the files anew, so that a process that lives
 * long sees an edited helper.
 */
export async function importModule(file: string): Promise<Readonly<Record<string, unknown>>> {
  if (file.endsWith(".json")) return { default: JSON.parse(readFileSync(file, "utf8")) as unknown };
  const jiti = createJiti(import.meta.url, {
    jsx: { runtime: "automatic", importSource: "@og-gen/core", throwIfNamespace: false },
    fsCache: false,
    virtualModules: {
      "@og-gen/core": await import("../index.ts"),
      "@og-gen/core/jsx-runtime": jsxRuntime,
      "@og-gen/core/jsx-dev-runtime": jsxRuntime,
    },
  });
  const before = new Set(Object.keys(jiti.cache));
  try {
    return await jiti.import<Readonly<Record<string, unknown>>>(file);
  } finally {
    for (const path of Object.keys(jiti.cache)) if (!before.has(path)) delete jiti.cache[path];
  }
}
