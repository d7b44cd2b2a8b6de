import { defineConfig } from "vitest/config";
import { PlainSummary } from "./vitest.summary.ts";

/** Tests run on the sources: this export condition of the packages names them. */
const sources = { conditions: ["@og-gen/source"] };

export default defineConfig({
  ssr: { resolve: sources },
  resolve: sources,
  oxc: { jsx: { runtime: "automatic", importSource: "@og-gen/core" } },
  test: {
    // The kernel is the one part that does not run from its source.
    globalSetup: "packages/core/build-kernel.mjs",
    reporters: ["default", new PlainSummary()],
    // Runs of the tests would leave what they compiled, under names that never come again.
    env: { NODE_DISABLE_COMPILE_CACHE: "1" },
    projects: [
      { extends: true, test: { name: "core", root: "packages/core", include: ["test/**/*.test.{ts,tsx}"], testTimeout: 30_000 } },
      { extends: true, test: { name: "cli", root: "packages/cli", include: ["test/**/*.test.ts"], testTimeout: 60_000 } },
      { extends: true, test: { name: "astro", root: "packages/astro-integration", include: ["test/**/*.test.ts"], testTimeout: 120_000 } },
      {
        extends: true,
        test: {
          name: "suites",
          root: "suites",
          include: ["*.test.ts"],
          // They fill all cores and measure time: alone, after the others, one after the other.
          sequence: { groupOrder: 1 },
          maxWorkers: 1,
          fileParallelism: false,
          disableConsoleIntercept: true,
        },
      },
    ],
  },
});
