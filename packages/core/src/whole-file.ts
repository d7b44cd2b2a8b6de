import { closeSync, mkdirSync, openSync, readlinkSync, renameSync, writeFileSync } from "node:fs";
import { readdir, rm, stat } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { crypto } from "./lazily.ts";
import { withFile } from "./open-files.ts";

/** `.og-gen-`, where the process runs, its id, when it started, a number, `.tmp`. Short: names have 255 bytes at most. */
const TEMPORARY = /^\.og-gen-([0-9a-f]{8})-(\d+)-([0-9a-z]+)-\d+\.tmp$/;
/** Longer than any write takes, in milliseconds. */
const OLD = 10 * 60_000;
const MOST_TRIES = 5;

let knownPlace: string | undefined;
/** Where this process' id means something: the machine, and on Linux the container. */
function ownPlace(): string {
  return (knownPlace ??= crypto().hash("sha256", `${hostname()} ${pidNamespace()}`).slice(0, 8));
}

/** Tells this process from an earlier one that had its id: in a container, ids come again with every run. */
const STARTED = Math.round(performance.timeOrigin).toString(36);

let temporaryFiles = 0;

/**
 * Writes a file so that readers see the old or the new one, never a part: a temporary file, then a rename. Folders that
 * are missing are made. Where it fails, nothing is left. The system is asked synchronously: a card takes 0.1 ms, and a third
 * of the processor time that other threads take for it, which hold each other up in the file system.
 * @param bytes of the file, in pieces
 * @param temporaryIn the folder of the temporary file, where `sweep` looks for it: that of `file` or one above it; not used
 *   where it is on another file system
 * @throws what the system says
 */
export async function writeWhole(file: string, bytes: readonly Uint8Array[], temporaryIn = dirname(file)): Promise<void> {
  let folder = temporaryIn;
  for (let tries = 1; ; tries++) {
    const temporary = join(folder, `.og-gen-${ownPlace()}-${process.pid}-${STARTED}-${temporaryFiles++}.tmp`);
    try {
      await withFile(async () => inFolder(folder, () => writeNew(temporary, bytes)));
      inFolder(dirname(file), () => renameSync(temporary, file));
      return;
    } catch (thrown) {
      await rm(temporary, { force: true }).catch(() => undefined);
      const code = codeOf(thrown);
      // Another process took a folder away, or swept what is not stale (this one slept, or its id means nothing there).
      if (code === "ENOENT" && tries < MOST_TRIES) continue;
      if (code !== "EXDEV" || folder === dirname(file)) throw thrown;
      folder = dirname(file);
    }
  }
}

/** What fails for want of a folder is tried again with the folder, which most files find there. */
function inFolder(folder: string, work: () => void): void {
  try {
    work();
  } catch (thrown) {
    if (codeOf(thrown) !== "ENOENT") throw thrown;
    mkdirSync(folder, { recursive: true });
    work();
  }
}

function writeNew(file: string, bytes: readonly Uint8Array[]): void {
  const descriptor = openSync(file, "wx");
  try {
    for (const piece of bytes) writeFileSync(descriptor, piece);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Removes what processes that were killed left in a folder: temporary files whose process is gone, and those that are
 * older than ten minutes. One that is in use all the same costs its writer a second try, and nothing else.
 */
export async function sweep(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const [, place, pid, started] = TEMPORARY.exec(name) ?? [];
    if (place === undefined) continue;
    const file = join(folder, name);
    const isOver = place === ownPlace() && (Number(pid) === process.pid ? started !== STARTED : !isAlive(Number(pid)));
    if (isOver || (await isOld(file))) await rm(file, { force: true }).catch(() => undefined);
  }
}

const swept = new Set<string>();

/** `sweep`, the first time that this process comes to the folder. */
export async function sweepOnce(folder: string): Promise<void> {
  if (swept.has(folder)) return;
  swept.add(folder);
  await sweep(folder);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return codeOf(thrown) !== "ESRCH";
  }
}

async function isOld(file: string): Promise<boolean> {
  const known = await stat(file).catch(() => undefined);
  return known !== undefined && Date.now() - known.mtimeMs > OLD;
}

function pidNamespace(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return "";
  }
}

/** The system's name for an error, such as `ENOENT`. */
export function codeOf(thrown: unknown): unknown {
  return (thrown as { readonly code?: unknown } | undefined)?.code;
}
