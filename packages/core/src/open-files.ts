import { closeSync, openSync } from "node:fs";
import { devNull } from "node:os";
import { setTimeout } from "node:timers/promises";

/** Files that are open at once: Node reads and writes four at a time, and a process may be allowed few. */
const MOST_OPEN = 8;
/** Milliseconds between two tries, and the number of them, while the system gives no file: five seconds in all. */
const PAUSE = 50;
const MOST_TRIES = 100;

let open = 0;
const waiting: (() => void)[] = [];

/** Does work that opens one file, when few enough others are open; while the system has none to give, again a little later. */
export async function withFile<T>(work: () => Promise<T>): Promise<T> {
  if (open < MOST_OPEN) open++;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await persistently(work);
  } finally {
    const next = waiting.shift();
    if (next) next();
    else open--;
  }
}

/** Whether this process may open so many more files at once. */
export function canOpen(count: number): boolean {
  const opened: number[] = [];
  try {
    while (opened.length < count) opened.push(openSync(devNull, "r"));
    return true;
  } catch {
    return false;
  } finally {
    for (const file of opened) closeSync(file);
  }
}

async function persistently<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (thrown) {
      const { code } = thrown as { readonly code?: unknown };
      if ((code !== "EMFILE" && code !== "ENFILE") || tries === MOST_TRIES) throw thrown;
      await setTimeout(PAUSE);
    }
  }
}
