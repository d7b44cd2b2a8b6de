import { fork, type ChildProcess } from "node:child_process";
import type { Socket } from "node:net";
import { LIMITS } from "../limits.ts";
import { ownModule } from "../own-files.ts";
import type { RendererLimits } from "./messages.ts";

/**
 * V8 lets garbage pile up to several times of what is alive, the more the larger its heap may become: with these a process
 * that has painted 1,500 cards holds 170 MB instead of 260, for 3 % of its time.
 */
const YOUNG_MEGABYTES = 8;
const HEAP_SHARE = 0.75;
/**
 * glibc gives each thread that asks for memory an arena of its own, and what is freed in one is not reused by others. With
 * one for all threads a process that has painted 5,000 cards holds 134 MB instead of 157, and takes no more time. Other C
 * libraries do not look at it: https://www.gnu.org/software/libc/manual/html_node/Memory-Allocation-Tunables.html
 */
const LEAN_MALLOC = { MALLOC_ARENA_MAX: "1" };

/**
 * Starts a renderer process.
 * @throws Error at once what the system, or Node's own permissions, refuse
 */
export function spawnRenderer({ imagePixels, rendererMegabytes }: RendererLimits): ChildProcess {
  return fork(ownModule("render/worker"), [JSON.stringify({ imagePixels, rendererMegabytes })], {
    serialization: "advanced",
    env: { ...LEAN_MALLOC, ...process.env },
    execArgv: [`--max-semi-space-size=${YOUNG_MEGABYTES}`, `--max-old-space-size=${Math.round(rendererMegabytes * HEAP_SHARE)}`],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
}

let ahead: ChildProcess | undefined;

/**
 * Starts a renderer process for the first pool of this one, which takes it if it has the usual limits: for who knows that there
 * will be cards to paint before the options are read. It ends with this process, and does not keep it.
 */
export function startAhead(): void {
  try {
    ahead = spawnRenderer(LIMITS);
    hold(ahead, false);
    // The pool meets with the same trouble, and tells of it.
    ahead.on("error", () => undefined);
    process.once("exit", () => ahead?.kill("SIGKILL"));
  } catch {
    ahead = undefined;
  }
}

/** The process that was started ahead, once, if it is there and has these limits. */
export function takeAhead({ imagePixels, rendererMegabytes }: RendererLimits): ChildProcess | undefined {
  const taken = ahead;
  ahead = undefined;
  const isUsual = imagePixels === LIMITS.imagePixels && rendererMegabytes === LIMITS.rendererMegabytes;
  if (isUsual && taken?.connected) return taken;
  taken?.kill("SIGKILL");
  return undefined;
}

interface Handle {
  ref?(): unknown;
  unref?(): unknown;
}

/** Whether this process stays for it: a renderer that nobody needs must not keep alive what has come to its end. */
export function hold(process: ChildProcess, isHeld: boolean): void {
  // Its pipe is a socket, whatever its type says; Bun's channel cannot be let go.
  const handles: readonly (Handle | null | undefined)[] = [process, process.channel, process.stderr as Socket | null];
  for (const handle of handles) {
    if (isHeld) handle?.ref?.();
    else handle?.unref?.();
  }
}
