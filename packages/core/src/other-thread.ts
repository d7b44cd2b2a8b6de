import { Worker } from "node:worker_threads";
import { ownModule } from "./own-files.ts";

/**
 * Starts a module of this package in another thread, which keeps no process alive.
 * @param module as `ownModule()` takes it
 * @param failed is called when it has ended with an error
 * @throws Error where there may be none, by Node's permissions or the system's limits
 */
export function startThread(module: string, workerData: unknown, failed: () => void = () => undefined): Worker {
  const worker = new Worker(ownModule(module), { workerData, execArgv: [] }).on("error", failed);
  worker.unref();
  return worker;
}

/** The same, and `undefined` where there may be none. */
export function tryToStartThread(...args: Parameters<typeof startThread>): Worker | undefined {
  try {
    return startThread(...args);
  } catch {
    return undefined;
  }
}
