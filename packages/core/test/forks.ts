import type * as childProcess from "node:child_process";

/** The processes that were forked, in tests that have `vi.mock("node:child_process", …)` with `noting`. */
export const children: childProcess.ChildProcess[] = [];

/** The module with a `fork` that takes note. */
export function noting(original: typeof childProcess): typeof childProcess {
  const fork = (...parameters: Parameters<typeof original.fork>): childProcess.ChildProcess => {
    const child = original.fork(...parameters);
    children.push(child);
    return child;
  };
  return { ...original, fork: fork as typeof original.fork };
}
