/** Time between two lines, in milliseconds: Astro says “Waiting for integration” after three seconds of silence. */
const INTERVAL = 2000;

/** Tells how far a run has come until it is stopped. */
export interface Progress {
  /** One more page is done. */
  step(): void;
  stop(): void;
}

/** @param total pages */
export function startProgress(total: number, log: (line: string) => void): Progress {
  let done = 0;
  const timer = setInterval(() => log(`${done} of ${total} pages…`), INTERVAL);
  return {
    step: () => void done++,
    stop: () => clearInterval(timer),
  };
}
