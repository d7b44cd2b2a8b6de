import { url as debuggerUrl } from "node:inspector";
import { Worker } from "node:worker_threads";

/** Turns of the watchdog in which the main thread may be silent. */
const BEATS = 8;
const SHORTEST_TURN_MS = 5;
/** Time for the watchdog to leave when the process ends. */
const LEAVE_MS = 500;

/** The numbers that the two threads share. */
const [BEAT, INTERRUPTIONS, LEFT] = [0, 1, 2];

/**
 * Another thread, which ends what runs on the main thread through the inspector: of all that Node has, only that reaches a loop behind a
 * timer or a socket. It counts its own turns, not the clock, so that a computer that slept is not taken for one that hangs.
 *
 * A loop that is itself the callback of a timer, an immediate or `nextTick` ends the process with it, as Node then misses what it does
 * after each of these.
 */
const WATCH = `
  const { parentPort, workerData: { state, silence, turn } } = require("node:worker_threads");
  const { Session } = require("node:inspector");
  const session = new Session();
  session.connectToMainThread();
  const shared = new Int32Array(state);
  let [last, silent] = [-1, 0];
  const turns = setInterval(() => {
    const beat = Atomics.load(shared, ${BEAT});
    silent = beat === last ? silent + 1 : 0;
    last = beat;
    if (silent <= silence) return;
    silent = 0;
    Atomics.add(shared, ${INTERRUPTIONS}, 1);
    session.post("Runtime.terminateExecution", () => undefined);
  }, turn);
  parentPort.on("message", () => {
    clearInterval(turns);
    session.disconnect();
    Atomics.store(shared, ${LEFT}, 1);
    Atomics.notify(shared, ${LEFT});
    parentPort.postMessage("left");
  });
`;

/** Looks after the main thread, from the first `watch()` until `close()`. */
export interface Watchdog {
  /** How often something that held the thread was ended so far. */
  watch(): number;
  close(): void;
}

/**
 * What holds the main thread for longer than `ms` is ended, and its promise never settles. Nothing is where a debugger is attached,
 * which holds the thread for as long as a person thinks, or where Node may start no threads.
 */
export function createWatchdog(ms: number): Watchdog {
  const shared = new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT));
  let worker: Worker | undefined;
  let heart: NodeJS.Timeout | undefined;

  function start(): void {
    const turn = Math.max(SHORTEST_TURN_MS, ms / BEATS);
    heart = setInterval(() => Atomics.add(shared, BEAT, 1), turn / 2).unref();
    if (debuggerUrl() !== undefined) return;
    try {
      worker = new Worker(WATCH, { eval: true, execArgv: [], workerData: { state: shared.buffer, silence: Math.ceil(ms / turn), turn } });
    } catch {
      return;
    }
    worker.on("error", () => undefined);
    // A session ends on both threads: where the watchdog's is gone by then, Node aborts the process (seen with 26.10).
    worker.on("message", () => worker?.terminate());
    worker.unref();
    process.once("exit", leave);
  }

  /** Node waits for whoever is connected to its inspector when it ends, and says so. */
  function leave(): void {
    worker?.postMessage("leave", []);
    Atomics.wait(shared, LEFT, 0, LEAVE_MS);
  }

  return {
    watch() {
      if (heart === undefined) start();
      return Atomics.load(shared, INTERRUPTIONS);
    },
    close() {
      clearInterval(heart);
      worker?.once("exit", () => process.off("exit", leave));
      worker?.postMessage("leave", []);
    },
  };
}
