import type { DesignName } from "../designs.ts";
import type { Assets, Engine, Setting } from "../engines/engine.ts";
import { openOgGen } from "../engines/og-gen.ts";
import { peers } from "../engines/peers.ts";
import { interleave, type Timing, type Turns } from "../interleave.ts";

export const OURS = "og-gen";
/** It reads files that it has, so it is told of once, for the first design. */
const WARM = "astro-og-canvas, warm";

/** One image at a time in one warm process: this project's painter and the peers, by turns. */
export async function oneAtATime(
  { design, ownCovers, turns }: { readonly design: DesignName; readonly ownCovers: boolean; readonly turns: Turns },
  assets: Assets,
  folder: string,
): Promise<ReadonlyMap<string, Timing>> {
  const setting: Setting = { design, ownCovers, assets, folder };
  const engines = new Map<string, Engine>([[OURS, await openOgGen(setting)]]);
  for (const [name, open] of Object.entries(peers)) if (name !== WARM || design === "card") engines.set(name, await open(setting));
  try {
    return await interleave(engines, turns);
  } finally {
    for (const { close } of engines.values()) await close?.();
  }
}
