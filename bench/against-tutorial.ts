/**
 * How much faster than the tutorial: `pnpm bench [folder of Markdown] [most pages]`.
 *
 * Runs the whole pipeline (read, compose, paint on all cores, write) into a temporary folder, and then, with the same
 * element trees and fonts, what every tutorial does: satori and resvg page by page in one process. Prints one JSON line.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { generate } from "../packages/core/dist/index.js";
import { resolveOptions } from "../packages/core/dist/options.js";
import { prepare } from "../packages/core/dist/prepare.js";
import { openSession } from "../packages/core/dist/session.js";
import type { Job } from "../packages/core/dist/index.js";

const core = createRequire(new URL("../packages/core/package.json", import.meta.url));
const { default: satori } = core("satori") as typeof import("../packages/core/node_modules/satori/dist/index.js");
const { Resvg } = core("@resvg/resvg-js") as typeof import("../packages/core/node_modules/@resvg/resvg-js/index.js");

const source = resolve(process.argv[2] ?? "fixtures/content");
const mostPages = Number(process.argv[3] ?? 200);
const folder = mkdtempSync(join(tmpdir(), "og-gen-bench-"));
const options = { root: folder, source, outDir: "out", cacheDir: "cache", theme: { siteName: "Bench" } } as const;

const started = performance.now();
const ledger = await generate(options);
const whole = performance.now() - started;
const warmStarted = performance.now();
const again = await generate(options);
const warm = performance.now() - warmStarted;

const jobs: Job[] = [];
for await (const outcome of prepare(await openSession(resolveOptions({ ...options, force: true })))) {
  if (outcome.status === "prepared") jobs.push(outcome.cards[0].job);
}
const every = Math.max(1, Math.ceil(jobs.length / mostPages));
const sample = jobs.filter((_job, index) => index % every === 0);
const fontFiles = new Map<string, Buffer>();
const bytesOf = (file: string) => {
  const known = fontFiles.get(file) ?? readFileSync(file);
  fontFiles.set(file, known);
  return known;
};
let largest = 0;
const tutorialStarted = performance.now();
for (const job of sample) {
  const fonts = job.faces.map(({ family, weight, style, file }) => ({ name: family, weight: weight as 400, style, data: bytesOf(file) }));
  const svg = await satori(job.tree as never, { width: job.width, height: job.height, fonts });
  const png = new Resvg(svg, { fitTo: { mode: "width", value: job.width } }).render().asPng();
  writeFileSync(join(folder, "tutorial.png"), png);
  largest = Math.max(largest, png.length);
}
const tutorial = performance.now() - tutorialStarted;
rmSync(folder, { recursive: true });

const perPage = whole / Math.max(1, ledger.rendered);
const perTutorialPage = tutorial / sample.length;
console.log(
  JSON.stringify({
    pages: ledger.pages,
    rendered: ledger.rendered,
    failed: ledger.failed,
    msPerPage: round(perPage),
    tutorialMsPerPage: round(perTutorialPage),
    timesAsFast: round(perTutorialPage / perPage),
    secondRun: { rendered: again.rendered, ms: Math.round(warm) },
    tutorialPages: sample.length,
    cores: availableParallelism(),
    cpu: cpus()[0]?.model,
    node: process.version,
  }),
);

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
