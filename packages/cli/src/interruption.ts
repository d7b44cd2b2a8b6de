import { EXIT } from "./exit-code.ts";

/** The outcome of `work`, or `undefined` as soon as the signal comes, however long `work` takes to end. */
export async function unlessInterrupted<T>(work: PromiseLike<T>, signal: AbortSignal | undefined): Promise<T | undefined> {
  const interruption = new Promise<undefined>((resolve) => {
    if (signal?.aborted) resolve(undefined);
    signal?.addEventListener("abort", () => resolve(undefined), { once: true });
  });
  try {
    return await Promise.race([interruption, work]);
  } catch (thrown) {
    if (signal?.aborted) return undefined;
    throw thrown;
  }
}

/** 128 + the number of the signal, as shells count. */
export function interruptionCode(signal: AbortSignal | undefined): number {
  return signal?.reason === "SIGTERM" ? EXIT.SIGTERM : EXIT.SIGINT;
}
