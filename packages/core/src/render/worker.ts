/** The renderer process: one job at a time, until the parent goes away. */
import { enableCompileCache, flushCompileCache } from "node:module";
import { toOgError } from "../error.ts";
import { lazily } from "../lazily.ts";
import { LIMITS } from "../limits.ts";
import { startWatch } from "./bands-ahead.ts";
import { isTrap } from "./kernel.ts";
import { OUT_OF_MEMORY, type RendererLimits, type Reply, type Request } from "./messages.ts";
import { withoutEffects } from "./safe.ts";

const loadPainter = lazily(() => import("./paint.ts"));

const limits: RendererLimits = process.argv[2] === undefined ? LIMITS : (JSON.parse(process.argv[2]) as RendererLimits);

const parent = process.ppid;

/**
 * In another thread, as a native call may hold this one: a parent that was killed leaves no process behind, and no card takes all
 * memory of the machine. Before the first job nothing holds it.
 */
function watch(): void {
  const failed = () => process.exit(1);
  startWatch({ parent, mostBytes: limits.rendererMegabytes * 1e6, signal: OUT_OF_MEMORY }, failed);
}

let hasWork = false;
let before: Promise<void> = Promise.resolve();
process.on("message", (request: Request) => {
  if (!hasWork) watch();
  hasWork = true;
  before = work(before, request);
});

process.on("disconnect", () => process.exit());
// The terminal sends Ctrl-C to the whole group; the parent decides when its children end.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => undefined);

void start();

async function start(): Promise<void> {
  // 30 ms less for the next process: https://nodejs.org/api/module.html#module-compile-cache
  enableCompileCache();
  // What cannot be loaded is told with the first job.
  await loadPainter().catch(() => undefined);
  send({ ready: true });
  // What cannot be loaded is told with the card that needs it.
  setImmediate(() => void loadAhead().catch(() => undefined));
}

/** While the first card is composed: what most cards need, then what those with images do. */
async function loadAhead(): Promise<void> {
  const { prepare } = await loadPainter();
  if (!hasWork) prepare();
  await new Promise((resolve) => setImmediate(resolve));
  if (!hasWork) await import("./pixels.ts");
}

/** One job after the other: the next one may come while one is painted. */
async function work(before: Promise<void>, request: Request): Promise<void> {
  await before;
  send(await answer(request));
  keepCompiled();
}

let isKept = false;

/** After the first card, when most of the code has run; a process that is killed keeps nothing by itself. */
function keepCompiled(): void {
  if (!isKept) flushCompileCache();
  isKept = true;
}

/** What it throws ends this process: after a trap, the kernel's memory may spoil other cards. */
async function answer({ job, safe, spareCore }: Request): Promise<Reply> {
  try {
    const { paint } = await loadPainter();
    const { imagePixels: mostPixels } = limits;
    const painting = await paint(safe ? { ...job, tree: withoutEffects(job.tree) } : job, { mostPixels, spareCore });
    return { ...painting, megabytes: process.memoryUsage.rss() / 1e6 };
  } catch (thrown) {
    if (isTrap(thrown)) throw thrown;
    const { code, message, hint, file } = toOgError(thrown, "E_RENDER");
    return { error: { code, message, hint, file } };
  }
}

function send(reply: Reply): void {
  process.send?.(reply);
}
