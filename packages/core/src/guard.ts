import vm from "node:vm";
import { OgError } from "./error.ts";

/** The script that runs the waiting call; V8 can interrupt a script, but not a plain call. */
const WAITING = Symbol.for("@og-gen/guarded-call");
const script = new vm.Script(`globalThis[Symbol.for(${JSON.stringify(WAITING.description)})]()`, { filename: "og-gen-template" });
/** Where the script runs, which is not where this module does in the VM contexts of test runners. */
const scriptGlobal = new vm.Script("globalThis").runInThisContext() as Record<symbol, unknown>;

/**
 * `f` of every item, where an endless loop in one of them ends with an error (`E_TEMPLATE_TIMEOUT`) in its place. One watchdog serves the
 * whole list, since starting one costs 0.3 ms: as much as composing a dozen cards.
 * @param ms what one item may take
 */
export function mapGuarded<T, R>(items: readonly T[], f: (item: T) => R, ms: number): readonly (R | OgError)[] {
  const results: (R | OgError)[] = [];
  let only = false;
  while (results.length < items.length) {
    const end = only ? results.length + 1 : items.length;
    const finished = guard(() => {
      while (results.length < end) results.push(f(items[results.length] as T));
    }, ms);
    // The item that was under way may have begun late: it gets a turn, and the whole time, of its own.
    if (!finished && only) results.push(timeoutError(ms));
    only = !finished && !only;
  }
  return results;
}

/** Whether `f` ended by itself within `ms`. What it throws is thrown. */
function guard(f: () => void, ms: number): boolean {
  scriptGlobal[WAITING] = f;
  try {
    script.runInThisContext({ timeout: ms });
    return true;
  } catch (thrown) {
    if ((thrown as { code?: unknown } | undefined)?.code === "ERR_SCRIPT_EXECUTION_TIMEOUT") return false;
    throw thrown;
  } finally {
    scriptGlobal[WAITING] = undefined;
  }
}

/**
 * As `mapGuarded`, for functions that may be asynchronous: a loop behind an `await` is interrupted too, as long as what
 * it awaits is settled. Resolves with the promises that `f` returned, not with what they become.
 */
export function mapGuardedAsync<T, R>(items: readonly T[], f: (item: T) => R, ms: number): Promise<readonly (R | OgError)[]> {
  return new Promise((resolve, reject) => {
    // A turn of its own: inside of a microtask no others would be run, and whoever else has some waiting would lose them.
    setImmediate(() => {
      try {
        const results = mapGuarded(items, f, ms);
        const isAsync = results.map((result) => typeof result === "object" && result !== null && "then" in result);
        if (!isAsync.includes(true) || guard(runMicrotasks, ms)) return resolve(results);
        // The interruption dropped the microtasks of all of them: each is begun again, alone.
        resolve(results.map((result, index) => (isAsync[index] ? alone(items[index] as T, f, ms) : result)));
      } catch (thrown) {
        reject(thrown);
      }
    });
  });
}

function alone<T, R>(item: T, f: (item: T) => R, ms: number): R | OgError {
  let result: R | OgError = timeoutError(ms);
  const finished = guard(() => {
    result = f(item);
    runMicrotasks();
  }, ms);
  return finished ? result : timeoutError(ms);
}

/** Node has no public name for it; without it, a loop behind an `await` is not interrupted, and all else is as it was. */
function runMicrotasks(): void {
  (process as { _tickCallback?: () => void })._tickCallback?.();
}

/** `promise`, or an error once `ms` have passed. */
export async function withTimeout<T>(promise: PromiseLike<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(timeoutError(ms)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function timeoutError(ms: number): OgError {
  return new OgError("E_TEMPLATE_TIMEOUT", `The template did not answer within ${ms} ms.`, {
    hint: "Look for a loop without end or a promise that never settles; `timeout` raises the limit.",
  });
}
