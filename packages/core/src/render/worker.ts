/** The renderer process: one job at a time, until the parent goes away. */
import { Worker } from "node:worker_threads";
import { toOgError } from "../error.ts";
import type { Reply, Request } from "./messages.ts";
import { withoutEffects } from "./safe.ts";

/** In a thread of its own, as a native call may hold this one: a parent that was killed leaves no process behind. */
const WATCH_PARENT = `const parent = process.ppid; setInterval(() => { if (process.ppid !== parent) process.kill(process.pid, "SIGKILL"); }, 500);`;
new Worker(WATCH_PARENT, { eval: true }).unref();

process.on("message", (request: Request) => void answer(request).then(send));
process.on("disconnect", () => process.exit());
// The terminal sends Ctrl-C to the whole group; the parent decides when its children end.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => undefined);

// What cannot be loaded is told with the first job.
void import("./paint.ts").catch(() => undefined).then(() => send({ ready: true }));

async function answer({ job, safe }: Request): Promise<Reply> {
  try {
    const { paint } = await import("./paint.ts");
    return await paint(safe ? { ...job, tree: withoutEffects(job.tree) } : job);
  } catch (thrown) {
    const { code, message, hint, file } = toOgError(thrown, "E_RENDER");
    return { error: { code, message, hint, file } };
  }
}

function send(reply: Reply): void {
  process.send?.(reply);
}
