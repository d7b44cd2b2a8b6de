import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { OgError, toOgError } from "../error.ts";
import { LIMITS } from "../limits.ts";
import { canOpen } from "../open-files.ts";
import type { Job, Renderer, Rendering } from "../types.ts";
import type { RendererLimits, Reply, Request } from "./messages.ts";
import type { Painting } from "./paint.ts";
import { hold, spawnRenderer, takeAhead } from "./spawn.ts";
import { endedEarly, isFromOutside, isOfMachine, notPaintedWithin, notStarted, notStartedWithin, processEnded } from "./renderer-errors.ts";

export interface PoolOptions {
  /** What a renderer process may take. Default: `LIMITS`. */
  readonly limits?: RendererLimits | undefined;
  /** Processes at most, and cores that they may take. */
  readonly concurrency: number;
  /** Cores that there are. Default: those that this process may use. */
  readonly cores?: number | undefined;
  /** Time that an attempt at a card may take, in milliseconds; a process that has not painted it by then is killed. */
  readonly timeout: number;
  /** Whether the first process starts before there is a job for it. @default false */
  readonly startEarly?: boolean | undefined;
}

/**
 * A process takes 0.2 s to start and another 0.2 s until its code is compiled: fewer waiting do not pay for another one. Those
 * for which there is no free core take that time from the others and from this process, and only pay where cards leave cores
 * idle, as those do that wait for a picture to be decoded: on two cores 1,000 cards of text take an eighth less processor time
 * without a second process, and end as soon; 300 with a cover each take a quarter less time with one.
 */
const WAITING_PER_PROCESS = 32;
const WAITING_WITHOUT_A_CORE_MS = 1_500;
/** Of a process, until most of its code is compiled. */
const COLD_CARDS = 12;
/** How much of a card's time goes into that of the next. */
const PACE_CHANGE = 0.2;
/** Time that a process may take to load what paints. */
const START_UP_MS = 30_000;
/**
 * Files that stay free: those that a new process takes and those that are read and written; and Node ends the whole
 * process where a time limit on code (`guard.ts`) gets none.
 */
const FILES_IN_RESERVE = 24;
const LAST_WORDS_CHARACTERS = 2_000;
/** These would fail again: they are about the input, and about nothing that the safe rung leaves out. */
const NO_RETRY = new Set(["E_IMAGE", "E_FONT", "E_SVG"]);
/** A process with more than this share of its memory after a card makes way for a new one, so that the next card has its due. */
const SHARE_TO_RETIRE = 0.7;

interface Task {
  readonly request: Omit<Request, "spareCore">;
  readonly resolve: (painting: Painting) => void;
  readonly reject: (error: OgError) => void;
}

interface Worker {
  readonly process: ChildProcess;
  /** What it paints. */
  task: Task | undefined;
  /** What it was sent to go on with, so that it does not wait for the next one. */
  next: Task | undefined;
  timer: NodeJS.Timeout | undefined;
  /** Whether it has loaded what paints. */
  ready: boolean;
  /** When it began what it paints, in milliseconds. */
  begun: number;
  painted: number;
  lastWords: string;
}

/**
 * Renders in child processes that may die: resvg ends its whole process on some trees, and a native call can only be
 * interrupted by killing it. A job whose process was ended from outside, or had no memory left, is tried again as it is; one
 * that ended or stalled its process, or failed, is tried once more without the effects that are known to do that.
 */
export function createPool(options: PoolOptions): Renderer {
  const { concurrency, timeout, cores = availableParallelism(), limits = LIMITS, startEarly = false } = options;
  const workers = new Set<Worker>();
  const waiting: Task[] = [];
  let most = concurrency;
  /** How long a process takes for a card, about, in milliseconds. */
  let pace: number | undefined;
  let closed = false;
  let ended: Promise<void> | undefined;

  function attempt(job: Job, safe: boolean): Promise<Painting> {
    return new Promise((resolve, reject) => {
      if (closed) return reject(endedEarly());
      waiting.push({ request: { job, safe }, resolve, reject });
      dispatch();
    });
  }

  function dispatch(): void {
    while (waiting.length > 0 && !closed) {
      const free = [...workers].find((worker) => worker.task === undefined);
      const worth = workers.size < most && waiting.length > leastWaiting();
      const worker = free ?? (worth && hasRoom() ? tryToStart() : undefined);
      if (worker) give(worker, waiting.shift() as Task);
      else if (!sendAhead()) return;
    }
  }

  /** Node throws at once what the system, or Node's own permissions, refuse. */
  function tryToStart(): Worker | undefined {
    try {
      return start();
    } catch (thrown) {
      if (workers.size > 0) most = workers.size;
      else for (const task of waiting.splice(0)) task.reject(notStarted(thrown));
      return undefined;
    }
  }

  /** Tasks that may wait before another process is worth its start. */
  function leastWaiting(): number {
    // One is this process's.
    const hasCore = workers.size === 0 || workers.size + 1 < cores;
    return WAITING_PER_PROCESS * workers.size + (hasCore ? 0 : WAITING_WITHOUT_A_CORE_MS / (pace ?? 0));
  }

  /** Sends the next task to a process that has none to go on with. */
  function sendAhead(): boolean {
    const worker = [...workers].find(({ ready, task, next }) => ready && task && !next);
    if (!worker) return false;
    worker.next = waiting.shift() as Task;
    send(worker, worker.next);
    return true;
  }

  /** Another process may not take the files that the rest of this one needs; without any there is no card. */
  function hasRoom(): boolean {
    if (workers.size === 0 || canOpen(FILES_IN_RESERVE)) return true;
    most = workers.size;
    return false;
  }

  function give(worker: Worker, task: Task): void {
    hold(worker.process, true);
    worker.task = task;
    if (worker.ready) begin(worker, task);
    else limit(worker, START_UP_MS, () => notStartedWithin(START_UP_MS));
  }

  function begin(worker: Worker, task: Task): void {
    worker.begun = performance.now();
    limitTo(worker);
    send(worker, task);
  }

  function send({ process }: Worker, { request }: Task): void {
    // A process and its other thread take two.
    const spareCore = 2 * workers.size <= Math.min(concurrency, cores);
    // What cannot be sent is known by the end of the process.
    process.send({ ...request, spareCore } satisfies Request, () => undefined);
  }

  function limitTo(worker: Worker): void {
    limit(worker, timeout, () => notPaintedWithin(timeout));
  }

  /** Kills the process, and with it whatever holds it, unless its task is settled in time. */
  function limit(worker: Worker, ms: number, late: () => OgError): void {
    clearTimeout(worker.timer);
    worker.timer = setTimeout(() => {
      settle(worker)?.reject(late());
      remove(worker);
      dispatch();
    }, ms);
  }

  function start(): Worker {
    const child = takeAhead(limits) ?? spawnRenderer(limits);
    const worker: Worker = {
      process: child,
      task: undefined,
      next: undefined,
      timer: undefined,
      ready: false,
      begun: 0,
      painted: 0,
      lastWords: "",
    };
    workers.add(worker);
    child.stderr?.setEncoding("utf8").on("data", (words: string) => {
      worker.lastWords = (worker.lastWords + words).slice(-LAST_WORDS_CHARACTERS);
    });
    child.on("message", (reply: Reply) => {
      if (!workers.has(worker)) return;
      if ("ready" in reply) {
        worker.ready = true;
        if (worker.task) begin(worker, worker.task);
        dispatch();
        return;
      }
      const task = settle(worker);
      keepPace(worker);
      goOn(worker);
      if ("bytes" in reply) {
        const { megabytes, ...painting } = reply;
        if (megabytes > limits.rendererMegabytes * SHARE_TO_RETIRE) remove(worker);
        task?.resolve(painting);
      } else task?.reject(new OgError(reply.error.code, reply.error.message, reply.error));
      dispatch();
    });
    child.on("error", (error) => {
      if (child.pid !== undefined) lose(worker, error.message);
      else if (workers.size > 1) doWithout(worker);
      else neverStarted(worker, error);
    });
    // Not at its exit: its last words may still have to be read.
    child.on("close", (code, signal) => {
      const gone = () => lose(worker, signal ?? code);
      // What it has said before may still have to be read: what it was sent ahead is not to be blamed on what it has finished.
      if (child.connected) child.once("disconnect", gone);
      else gone();
    });
    return worker;
  }

  /** The process has painted a card. */
  function keepPace(worker: Worker): void {
    const now = performance.now();
    const ms = now - worker.begun;
    worker.begun = now;
    if (++worker.painted > COLD_CARDS) pace = pace === undefined ? ms : pace + PACE_CHANGE * (ms - pace);
  }

  /** The process has begun what it was sent ahead. */
  function goOn(worker: Worker): void {
    worker.task = worker.next;
    worker.next = undefined;
    if (worker.task) limitTo(worker);
  }

  /** The system gives no further process, or no files for it: the others do its work. */
  function doWithout(worker: Worker): void {
    const task = settle(worker);
    workers.delete(worker);
    most = workers.size;
    if (task) waiting.unshift(task);
    dispatch();
  }

  /** The system gives no process at all. */
  function neverStarted(worker: Worker, error: Error): void {
    settle(worker)?.reject(notStarted(error));
    remove(worker);
    dispatch();
  }

  /** The process is gone: its task failed, and another takes its place when there is work. */
  function lose(worker: Worker, how: string | number | null): void {
    if (!workers.has(worker)) return;
    settle(worker)?.reject(processEnded(how, worker.lastWords, limits.rendererMegabytes));
    remove(worker);
    dispatch();
  }

  function settle(worker: Worker): Task | undefined {
    const { task } = worker;
    clearTimeout(worker.timer);
    worker.task = undefined;
    return task;
  }

  /** Ends the process; what it has not painted is for others. */
  function remove(worker: Worker): void {
    workers.delete(worker);
    const { next } = worker;
    worker.next = undefined;
    for (const task of [next, settle(worker)]) if (task) waiting.unshift(task);
    worker.process.kill("SIGKILL");
  }

  async function end(): Promise<void> {
    closed = true;
    const ends = [...workers].map((worker) => {
      const { process } = worker;
      const isOver = process.exitCode !== null || process.signalCode !== null;
      hold(process, true);
      const exit = isOver ? undefined : once(process, "exit").catch(() => undefined);
      remove(worker);
      return exit;
    });
    for (const task of waiting.splice(0)) task.reject(endedEarly());
    await Promise.all(ends);
  }

  const early = startEarly ? tryToStart() : undefined;
  if (early) hold(early.process, false);

  return {
    async render(job): Promise<Rendering> {
      const first = await attempt(job, false).catch(asOgError);
      if (!(first instanceof OgError)) return { ...first, degraded: false };
      if (closed || NO_RETRY.has(first.code)) throw first;
      const second = isFromOutside(first.cause) ? await attempt(job, false).catch(asOgError) : first;
      if (!(second instanceof OgError)) return { ...second, degraded: false };
      const isOfCard = !isOfMachine(second.cause);
      const third = await attempt(job, isOfCard).catch(asOgError);
      if (third instanceof OgError) throw second;
      return isOfCard ? { ...third, degraded: true, cause: second } : { ...third, degraded: false };
    },

    close: () => (ended ??= end()),
  };
}

function asOgError(thrown: unknown): OgError {
  return toOgError(thrown, "E_RENDER");
}
