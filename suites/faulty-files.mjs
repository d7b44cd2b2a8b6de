/**
 * Loaded before a run: something happens in the middle of new files. `NO_SPACE=<seed>`: one in ten says that the disk is
 * full. `KILL_AT=<n>`: the process is killed with the n-th half written.
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const SHARE = 0.1;
let state = Number(process.env.NO_SPACE ?? 0);
let left = Number(process.env.KILL_AT ?? 0);

function isFull() {
  if (process.env.NO_SPACE === undefined) return false;
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32 < SHARE;
}

const { openSync, writeFileSync, writeSync } = fs;
/** The new file that is not to be finished, and whether the process ends with it. */
let faulty;

fs.openSync = (file, flags, ...more) => {
  const descriptor = openSync(file, flags, ...more);
  if (flags !== "wx") return descriptor;
  const isLast = --left === 0;
  faulty = isLast || isFull() ? { descriptor, isLast } : undefined;
  return descriptor;
};

fs.writeFileSync = (file, bytes, ...more) => {
  if (file !== faulty?.descriptor) return writeFileSync(file, bytes, ...more);
  writeSync(file, bytes, 0, Math.floor(bytes.length / 2));
  if (faulty.isLast) process.kill(process.pid, "SIGKILL");
  throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
};

syncBuiltinESMExports();
