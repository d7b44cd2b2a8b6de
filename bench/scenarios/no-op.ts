import { join } from "node:path";
import { ogGen, writePosts, writeSmallVariant } from "../project.ts";
import { runProcess } from "../run-process.ts";
import { inRounds, type WholeRun } from "./whole-process.ts";
import { OURS } from "./one-at-a-time.ts";

/** A second run over Markdown files that have not changed, with the default template: nothing is painted. */
export async function noOp(
  { pages, rounds }: { readonly pages: number; readonly rounds: number },
  folder: string,
): Promise<ReadonlyMap<string, WholeRun>> {
  const project = join(folder, `no-op-${pages}`);
  writePosts(project, pages);
  writeSmallVariant(project);
  await runProcess(ogGen("--json"), project);
  const run = async () => {
    const again = await runProcess(ogGen("--json"), project);
    const { cached } = JSON.parse(again.stdout) as { readonly cached: number };
    if (cached !== pages) throw new Error(`${cached} of ${pages} pages had nothing to do.`);
    return again;
  };
  return inRounds(new Map([[OURS, run]]), rounds);
}
