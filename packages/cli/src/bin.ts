#!/usr/bin/env node
import { enableCompileCache } from "node:module";

// Compiled code is kept for the next run, where Node keeps it: https://nodejs.org/api/module.html#module-compile-cache
enableCompileCache();
// What was imported before would be compiled each time.
const [{ EXIT }, { processIo }, { run }] = await Promise.all([import("./exit-code.ts"), import("./process-io.ts"), import("./run.ts")]);

let isOver = false;
// Whatever ends the process in the middle of a run, such as a template that calls process.exit(0), it did not go well.
process.once("exit", (code) => {
  if (code === EXIT.ok && !isOver) process.exitCode = EXIT.findings;
});
const exitCode = await run(process.argv.slice(2), processIo());
isOver = true;
process.exitCode = exitCode;
