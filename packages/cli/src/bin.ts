#!/usr/bin/env node
import { enableCompileCache } from "node:module";
import { EXIT } from "./exit-code.ts";
import { processIo } from "./process-io.ts";

// Compiled code is kept for the next run, where Node keeps it: https://nodejs.org/api/module.html#module-compile-cache
enableCompileCache();
const { run } = await import("./run.ts");

let isOver = false;
// Whatever ends the process in the middle of a run, such as a template that calls process.exit(0), it did not go well.
process.once("exit", (code) => {
  if (code === EXIT.ok && !isOver) process.exitCode = EXIT.findings;
});
const exitCode = await run(process.argv.slice(2), processIo());
isOver = true;
process.exitCode = exitCode;
