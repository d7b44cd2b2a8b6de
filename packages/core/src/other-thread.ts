import { extname } from "node:path";
import { Worker } from "node:worker_threads";

/**
 * Starts a module of this package in another thread, which keeps no process alive. `undefined` where there may be none, by
 * Node's permissions or the system's limits.
 * @param module from this folder, without its ending
 * @param failed is called when it has ended with an error
 */
export function startThread(module: string, workerData: unknown, failed: () => void = () => undefined): Worker | undefined {
  const file = new URL(`./${module}${extname(import.meta.filename)}`, import.meta.url);
  try {
    const worker = new Worker(file, { workerData, execArgv: [] }).on("error", failed);
    worker.unref();
    return worker;
  } catch {
    return undefined;
  }
}
