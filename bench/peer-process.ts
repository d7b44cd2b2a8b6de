/**
 * One peer, some images, from the start of the process to the last file: what `scenarios/whole-process.ts` runs, compiled to
 * JavaScript so that no peer pays for TypeScript. Its argument is a `PeerTask` as JSON.
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { Setting } from "./engines/engine.ts";
import { peers } from "./engines/peers.ts";
import { postAt } from "./posts.ts";

export interface PeerTask {
  readonly peer: string;
  readonly setting: Setting;
  readonly images: number;
  /** Images under way at once. */
  readonly inFlight: number;
  readonly outDir: string;
}

const { peer, setting, images, inFlight, outDir } = JSON.parse(process.argv[2] as string) as PeerTask;
const open = peers[peer];
if (!open) throw new Error(`There is no peer "${peer}".`);
const { paint, close } = await open(setting);
let next = 0;
async function paintSome(): Promise<void> {
  while (next < images) {
    const index = next++;
    await writeFile(join(outDir, `${index}.png`), await paint(postAt(index)));
    // resvg frees its memory only between turns of the event loop.
    await setImmediate();
  }
}
await Promise.all(Array.from({ length: inFlight }, paintSome));
await close?.();
process.exit(0);
