/**
 * This project and its peers on the same designs and data, in one run:
 * `pnpm bench [folder of Markdown] [--quick] [--only <pattern>] [--json <file>]`.
 *
 * Milliseconds drift with the machine and with what else it does; only the ratios of one run mean something, and those of
 * processor time where others use the machine too. `--quick` takes a few minutes; `--only` runs the scenarios whose names contain the pattern.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { makeAssets } from "./assets.ts";
import type { Turns } from "./interleave.ts";
import { canReadProcesses } from "./process-tree.ts";
import { table, times, type Row } from "./report.ts";
import { corpus } from "./scenarios/corpus.ts";
import { noOp } from "./scenarios/no-op.ts";
import { oneAtATime, OURS } from "./scenarios/one-at-a-time.ts";
import { templates } from "./scenarios/templates.ts";
import { wholeProcess, type WholeRun } from "./scenarios/whole-process.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: "boolean", default: false }, only: { type: "string", default: "" }, json: { type: "string" } },
});
const { quick } = values;
/**
 * Of some 150 cards V8 compiles satori's code, whoever calls it: the 40th still takes a fifth longer than the 200th. The first
 * image of a turn takes half as much time again, as the processor's caches hold what other engines use: turns are long.
 */
const turns: Turns = quick ? { rounds: 4, perTurn: 6, warmUp: 40 } : { rounds: 6, perTurn: 24, warmUp: 150 };
const folder = mkdtempSync(join(tmpdir(), "og-gen-bench-"));
const report: Record<string, unknown> = {
  date: new Date().toISOString().slice(0, 10),
  node: process.version,
  cores: availableParallelism(),
  cpu: cpus()[0]?.model,
};

async function scenario<Result extends object>(
  name: string,
  run: () => Promise<ReadonlyMap<string, Result>>,
  row: (result: Result, ours: Result | undefined) => Row,
  what = "engine",
): Promise<void> {
  if (!name.includes(values.only)) return;
  const results = await run();
  report[name] = Object.fromEntries(results);
  const ours = results.get(OURS);
  console.log(
    table(
      name,
      [...results].map(([name, result]) => ({ [what]: name, ...row(result, ours) })),
    ),
  );
}

function whole(images: number): (run: WholeRun, ours: WholeRun | undefined) => Row {
  return ({ ms, cpu, memory }, ours) => ({
    ms,
    "ms an image": ms / images,
    "time, × og-gen’s": times(ours?.ms, ms),
    "CPU ms": canReadProcesses ? cpu : undefined,
    "CPU, × og-gen’s": canReadProcesses ? times(ours?.cpu, cpu) : undefined,
    "peak MB": canReadProcesses ? memory : undefined,
  });
}

try {
  const assets = await makeAssets(join(folder, "assets"));
  for (const [name, setting] of Object.entries({
    "card, one at a time": { design: "card", ownCovers: false },
    "photo with one cover": { design: "photo", ownCovers: false },
    "photo with its own cover per page": { design: "photo", ownCovers: true },
  } as const)) {
    await scenario(
      name,
      () => oneAtATime({ ...setting, turns }, assets, folder),
      ({ ms, low, cpu, bytes }, ours) => ({
        ms,
        "fastest tenth": low,
        "time, × og-gen’s": times(ours?.ms, ms),
        KB: bytes / 1000,
        "og-gen’s / its": ours ? (ours.bytes / bytes).toFixed(2) : undefined,
        "CPU ms": cpu,
        "CPU, × og-gen’s": times(ours?.cpu, cpu),
      }),
    );
  }
  await scenario(
    "built-in templates",
    () => templates({ turns }, folder),
    ({ short, long }) => ({
      "ms, short titles": short.ms,
      KB: short.bytes / 1000,
      "ms, long titles": long.ms,
      "KB, long titles": long.bytes / 1000,
    }),
    "template",
  );
  for (const images of quick ? [1, 20, 100] : [1, 20, 100, 300, 1000]) {
    const rounds = images > 20 ? (quick ? 1 : 3) : quick ? 3 : 5;
    await scenario(
      `whole process, ${images} ${images === 1 ? "card" : "cards"}`,
      () => wholeProcess({ images, rounds }, assets, folder),
      whole(images),
    );
  }
  for (const pages of quick ? [1000] : [1000, 10_000]) {
    await scenario(`nothing to do for ${pages} pages`, () => noOp({ pages, rounds: quick ? 3 : 7 }, folder), whole(pages));
  }
  const [source] = positionals;
  if (source !== undefined) {
    await scenario(
      "the folder's pages",
      () => corpus({ source: resolve(source), most: quick ? 60 : 250 }, import.meta.dirname, folder),
      ({ images, ms, memory }, ours) => ({
        images,
        ms,
        "ms an image": ms / images,
        "time, × og-gen’s": times(ours && ours.ms / ours.images, ms / images),
        "peak MB": memory,
      }),
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, undefined, 2)}\n`);
