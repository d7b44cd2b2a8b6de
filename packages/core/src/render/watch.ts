/** What a renderer process must not do. */
export interface Watch {
  /** Outlive this process. */
  readonly parent: number;
  /** Take more memory. */
  readonly mostBytes: number;
  /** By which it ends where it takes more. */
  readonly signal: NodeJS.Signals;
}

/** How often to look, in milliseconds: memory may grow by 100 MB within 50. */
export const INTERVAL_MS = 10;

/** Ends the process where it does what it must not. */
export function look({ parent, mostBytes, signal }: Watch): void {
  if (process.ppid !== parent) process.kill(process.pid, "SIGKILL");
  if (process.memoryUsage.rss() > mostBytes) process.kill(process.pid, signal);
}
