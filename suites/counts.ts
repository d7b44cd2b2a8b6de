/** All of the rounds, `SUITES=full` (`pnpm suites`), or as many as a test run has time for. */
export const FULL = process.env["SUITES"] === "full";

/** Of a site that is made over and over. */
export const PAGES = FULL ? 300 : 120;

/** How often each thing is done. */
export const COUNTS = FULL
  ? { kills: 200, signals: 50, rounds: 20, faults: 200, fullDisks: 20, determinism: 50 }
  : { kills: 5, signals: 4, rounds: 2, faults: 40, fullDisks: 2, determinism: 6 };

/** Room for the slowest machine, in milliseconds. */
export const TIMEOUT = FULL ? 3_600_000 : 300_000;
