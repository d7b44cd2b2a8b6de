import vm from "node:vm";
import { OgError } from "./error.ts";

/** The script that runs the waiting call; V8 can interrupt a script, but not a plain call. */
const WAITING = Symbol.for("@og-gen/guarded-call");
const script = new vm.Script(`globalThis[Symbol.for(${JSON.stringify(WAITING.description)})]()`, { filename: "og-gen-template" });

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
  const slot = globalThis as unknown as Record<symbol, unknown>;
  slot[WAITING] = f;
  try {
    script.runInThisContext({ timeout: ms });
    return true;
  } catch (thrown) {
    if ((thrown as { code?: unknown } | undefined)?.code === "ERR_SCRIPT_EXECUTION_TIMEOUT") return false;
    throw thrown;
  } finally {
    slot[WAITING] = undefined;
  }
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
