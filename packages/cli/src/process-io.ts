import { EXIT } from "./exit-code.ts";
import { interruptionCode } from "./interruption.ts";
import type { Io } from "./io.ts";

/** Time for renderers to end after a signal, in milliseconds; the process ends within two seconds of it. */
const GRACE = 1_500;

/** The real process. The first SIGINT or SIGTERM ends the run in good order; a second one ends the process at once. */
export function processIo(): Io {
  const controller = new AbortController();
  const { signal } = controller;
  const stop = (name: NodeJS.Signals) => {
    if (signal.aborted) process.exit(interruptionCode(signal));
    controller.abort(name);
    setTimeout(() => process.exit(interruptionCode(signal)), GRACE).unref();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  // What a template or a configuration says to the console is not a result, which is all that stdout is for.
  console.log = console.info = console.debug = console.error;
  for (const stream of [process.stdout, process.stderr]) stream.on("error", tellUnlessClosed);
  return { cwd: process.cwd(), env: process.env, stdout: process.stdout, stderr: process.stderr, signal };
}

let isTold = false;

/** `og-gen --json | head` closes the pipe before all is written. Whatever else, such as a full disk, is told once. */
function tellUnlessClosed(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE" || isTold) return;
  isTold = true;
  process.exitCode = EXIT.findings;
  console.error(`error What the run has to say cannot be written: ${error.message}.`);
}
