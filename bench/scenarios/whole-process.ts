import { mkdtempSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import type { Assets, Setting } from "../engines/engine.ts";
import { peers } from "../engines/peers.ts";
import type { PeerTask } from "../peer-process.ts";
import { freshProject, ogGen, writePosts, writeTemplate } from "../project.ts";
import { runProcess, type ProcessRun } from "../run-process.ts";
import { median } from "../statistics.ts";
import { OURS } from "./one-at-a-time.ts";

const PEER_PROCESS = fileURLToPath(new URL("../dist/peer-process.js", import.meta.url));

/** What a whole run costs: medians of the rounds. */
export interface WholeRun {
  readonly ms: number;
  readonly cpu: number;
  readonly memory: number;
  readonly rounds: number;
}

/** Peers that would take minutes are left out of long runs. */
const MOST_IMAGES: Readonly<Record<string, number>> = {
  "astro-og-canvas, cold": 20,
  "astro-og-canvas, warm": 0,
  "satori + sharp": 100,
  "@vercel/og": 100,
  Chromium: 20,
};

/**
 * From the start of the process to the last of `images` files. This project reads a folder of Markdown, paints in as many
 * processes as there are cores, and keeps its manifest and its cache; the peers have the posts in memory and write files.
 */
export async function wholeProcess(
  { images, rounds }: { readonly images: number; readonly rounds: number },
  assets: Assets,
  folder: string,
): Promise<ReadonlyMap<string, WholeRun>> {
  const setting: Setting = { design: "card", ownCovers: false, assets, folder };
  const project = join(folder, `project-${images}`);
  writePosts(project, images);
  const peer = (name: string, inFlight: number) => async (): Promise<ProcessRun> => {
    const outDir = mkdtempSync(join(folder, "peer-"));
    const task: PeerTask = { peer: name, setting, images, inFlight, outDir };
    const run = await runProcess([PEER_PROCESS, JSON.stringify(task)], folder);
    if (readdirSync(outDir).length !== images) throw new Error(`${name} did not make ${images} images.`);
    return run;
  };
  const runs = new Map<string, () => Promise<ProcessRun>>([
    [
      OURS,
      async () => {
        const fresh = freshProject(project);
        writeTemplate(fresh, setting);
        const run = await runProcess(ogGen("--template", "./template.mjs", "--json"), fresh);
        const { rendered } = JSON.parse(run.stdout) as { readonly rendered: number };
        if (rendered !== images) throw new Error(`og-gen made ${rendered} of ${images} images.`);
        return run;
      },
    ],
    ["takumi, 4 in flight", peer("takumi", 4)],
    ...Object.keys(peers)
      .filter((name) => images <= (MOST_IMAGES[name] ?? Infinity))
      .map((name) => [name, peer(name, 1)] as const),
  ]);
  return inRounds(runs, rounds);
}

/** Runs processes by turns, in an order that rotates. */
export async function inRounds(
  runs: ReadonlyMap<string, () => Promise<ProcessRun>>,
  rounds: number,
): Promise<ReadonlyMap<string, WholeRun>> {
  const names = [...runs.keys()];
  const results = new Map<string, ProcessRun[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (let place = 0; place < names.length; place++) {
      const name = names[(place + round) % names.length] as string;
      results.get(name)?.push(await (runs.get(name) as () => Promise<ProcessRun>)());
    }
  }
  return new Map(
    [...results].map(([name, of]) => [
      name,
      { ms: median(of.map(({ ms }) => ms)), cpu: median(of.map(({ cpu }) => cpu)), memory: median(of.map(({ memory }) => memory)), rounds },
    ]),
  );
}
