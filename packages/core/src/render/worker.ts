/** The renderer process: one job at a time, until the parent goes away. */
import { toOgError } from "../error.ts";
import type { Reply, Request } from "./messages.ts";
import { withoutEffects } from "./safe.ts";

process.on("message", (request: Request) => {
  void answer(request).then((reply) => process.send?.(reply));
});
process.on("disconnect", () => process.exit());
// The terminal sends Ctrl-C to the whole group; the parent decides when its children end.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => undefined);

async function answer({ job, safe }: Request): Promise<Reply> {
  try {
    const { paint } = await import("./paint.ts");
    return { bytes: await paint(safe ? { ...job, tree: withoutEffects(job.tree) } : job) };
  } catch (thrown) {
    const { code, message, hint, file } = toOgError(thrown, "E_RENDER");
    return { error: { code, message, hint, file } };
  }
}
