import { mkdirSync, writeFileSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { join } from "node:path";
import { Resvg } from "@resvg/resvg-js";
import { plainSvg } from "../plain.ts";
import { jobsOf } from "../jobs.ts";
import { ogGen } from "../project.ts";
import { runProcess } from "../run-process.ts";
import { OURS } from "./one-at-a-time.ts";

/** A real folder of Markdown: from the start to the last file, and for each image. */
export interface CorpusRun {
  readonly images: number;
  readonly ms: number;
  readonly memory?: number;
}

/**
 * This project's run over the whole folder, its second run, and, over some of the pages, what a tutorial's loop takes: the
 * same element trees and fonts, satori and resvg, image by image.
 * @param root whose packages have the fonts
 */
export async function corpus(
  { source, most }: { readonly source: string; readonly most: number },
  root: string,
  folder: string,
): Promise<ReadonlyMap<string, CorpusRun>> {
  const places = { outDir: join(folder, "corpus/og"), cacheDir: join(folder, "corpus/cache") };
  const args = ogGen(source, "--out", places.outDir, "--cache-dir", places.cacheDir, "--json");
  const first = await runProcess(args, root);
  const again = await runProcess(args, root);
  const { rendered, cached, fallback } = JSON.parse(first.stdout) as Readonly<Record<"rendered" | "cached" | "fallback", number>>;
  const images = rendered + cached + fallback;

  const jobs = await jobsOf({ root, source });
  const some = jobs.filter((_job, index) => index % Math.ceil(jobs.length / most) === 0);
  mkdirSync(join(folder, "corpus/tutorial"), { recursive: true });
  const started = performance.now();
  for (const [index, { job }] of some.entries()) {
    const svg = await plainSvg(job);
    writeFileSync(
      join(folder, "corpus/tutorial", `${index}.png`),
      new Resvg(svg, { fitTo: { mode: "width", value: job.width } }).render().asPng(),
    );
    await setImmediate();
  }
  const tutorial = performance.now() - started;
  return new Map([
    [OURS, { images, ms: first.ms, memory: first.memory }],
    [`${OURS}, again`, { images, ms: again.ms, memory: again.memory }],
    ["satori + resvg", { images: some.length, ms: tutorial }],
  ]);
}
