#!/usr/bin/env node
import nodeModule from "node:module";
import { willPaint } from "./will-paint.ts";

// Compiled code is kept for the next run, where Node keeps it: https://nodejs.org/api/module.html#module-compile-cache
// A Node that does not is too old, and comes as far as to be told so.
const compiled = nodeModule.enableCompileCache?.();
// Before all else, as a renderer takes longest to start.
if (compiled && willPaint(process.argv.slice(2), process.cwd())) (await import("@og-gen/core/ahead")).startAhead();
// What was imported before would be compiled each time.
const [{ EXIT }, { oldNodeError }] = await Promise.all([import("./exit-code.ts"), import("@og-gen/core/command")]);
const oldNode = oldNodeError();
if (oldNode) {
  // Also what prints findings needs a newer one.
  console.error(`error ${oldNode.message} → ${oldNode.hint}`);
  process.exit(EXIT.usage);
}
const [{ processIo }, { run }] = await Promise.all([import("./process-io.ts"), import("./run.ts")]);

let isOver = false;
process.once("exit", (code) => {
  if (isOver || code === EXIT.SIGINT || code === EXIT.SIGTERM) return;
  // Whatever ends the process in the middle of a run, it did not go well.
  if (code === EXIT.ok) process.exitCode = EXIT.findings;
  console.error(
    "error The run ended in the middle: something that it loaded called process.exit(), or threw where nobody could catch it. " +
      "→ Look at the templates, the source and the configuration.",
  );
});
const io = processIo();
const exitCode = await run(process.argv.slice(2), io);
isOver = true;
// What could not be written has set one already.
process.exitCode ||= exitCode;
// After a signal the run still ends in good order, in its time. Else nothing is left to do but what a template or a configuration
// has left open, such as a connection.
if (!io.signal?.aborted) {
  await Promise.all([process.stdout, process.stderr].map(written));
  process.exit();
}

/** Resolves when all that was given to a stream has gone, or cannot go. */
function written(stream: NodeJS.WritableStream): Promise<void> {
  return new Promise((resolve) => stream.write("", () => resolve()));
}
