/**
 * What a long run holds: `pnpm bench:memory [images] [--small]`. 10,000 cards by default; small ones with `--small`.
 *
 * Prints the peaks of the process and of each child, what they share counted once, and how much more they hold for each
 * further 1,000 images once they are warm. Exits 1 above 400 MB for the parent and one child, 150 MB for each further child, or where it keeps growing.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { makeAssets } from "./assets.ts";
import { canReadProcesses, proportional } from "./process-tree.ts";
import { ogGen, writePosts, writeSmallVariant, writeTemplate } from "./project.ts";
import { table } from "./report.ts";
import { runProcess, total, type MemorySample } from "./run-process.ts";
import { slope } from "./statistics.ts";

const PARENT_AND_CHILD_MB = 400;
const FURTHER_CHILD_MB = 150;
/** More than the noise of a run of 10,000. */
const MOST_GROWTH_MB = 5;
/** Images until caches are full; a run must be twice as long to tell whether it grows. */
const WARM_UP = 3000;
const INTERVAL_MS = 100;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { small: { type: "boolean", default: false } } });
const images = Number(positionals[0] ?? 10_000);
if (!canReadProcesses) throw new Error("Memory is read from /proc, which only Linux has.");

const project = mkdtempSync(join(tmpdir(), "og-gen-memory-"));
try {
  const assets = await makeAssets(join(project, "assets"));
  writePosts(project, images);
  writeTemplate(project, { design: "card", ownCovers: false, assets, folder: project });
  if (values.small) writeSmallVariant(project);
  const args = values.small ? [] : ["--template", "./template.mjs"];
  const { ms, samples } = await runProcess(ogGen(...args, "--quiet", "--no-cache"), project, INTERVAL_MS, proportional);
  const children = Math.max(...samples.map((sample) => sample.children.length));
  const warm =
    images < WARM_UP * 2 ? [] : samples.filter(({ at, children: { length } }) => at > (ms * WARM_UP) / images && length === children);
  const growth = (of: (sample: MemorySample) => number) =>
    slope(warm.map((sample) => ({ x: (sample.at / ms) * (images / 1000), y: of(sample) })));
  const row = (name: string, of: (sample: MemorySample) => number) => ({
    process: name,
    "peak MB": Math.max(...samples.map(of)),
    "MB for each further 1,000": growth(of),
  });
  const rows = [
    row("parent", ({ parent }) => parent),
    ...Array.from({ length: children }, (_child, index) => row(`child ${index + 1}`, (sample) => sample.children[index] ?? 0)),
    row("together", total),
  ];
  console.log(table(`${images} images in ${(ms / 1000).toFixed(1)} s`, rows));
  const allowed = PARENT_AND_CHILD_MB + FURTHER_CHILD_MB * Math.max(0, children - 1);
  const peak = Math.max(...samples.map(total));
  const wrong = peak > allowed || growth(total) > MOST_GROWTH_MB;
  console.log(`\n${peak.toFixed(0)} MB of ${allowed} MB allowed${wrong ? ": too much, or still growing" : ""}`);
  process.exitCode = wrong ? 1 : 0;
} finally {
  rmSync(project, { recursive: true, force: true });
}
