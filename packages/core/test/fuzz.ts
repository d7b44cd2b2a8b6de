/** `pnpm fuzz [cases]`: the properties of `fuzz.test.ts`, with a million cases unless another number is given. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const cases = Number(process.argv[2] ?? 1_000_000);
if (!Number.isSafeInteger(cases) || cases < 1) throw new RangeError(`pnpm fuzz takes a number of cases, not ${process.argv[2]}`);
const { status, error } = spawnSync("vitest", ["run", "--project", "core", "test/fuzz.test.ts"], {
  cwd: fileURLToPath(new URL("../../../", import.meta.url)),
  // Half of them with each of the two seeds.
  env: { ...process.env, OG_GEN_FUZZ_CASES: String(Math.ceil(cases / 2)) },
  stdio: "inherit",
});
if (error) throw error;
process.exitCode = status ?? 1;
