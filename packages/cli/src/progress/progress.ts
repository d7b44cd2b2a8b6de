import type { Io, Output } from "../io.ts";
import { digits } from "../report/count.ts";
import { barLine } from "./bar.ts";
import { createPace } from "./pace.ts";

/** Shows on stderr how far a run is. */
export interface Progress {
  /** @param total not known while the source is still being read */
  update(done: number, total: number | undefined): void;
  /** Leaves nothing on the screen that is not whole lines. */
  end(): void;
}

/** Ten times a second is as often as an eye wants it. In milliseconds. */
const REDRAW = 100;

/** Between two lines in CI lie at least this many milliseconds, and this share of the pages. */
const LINE_PAUSE = 5_000;
const LINE_SHARE = 0.1;

/** A bar on a terminal, plain lines elsewhere and in CI. */
export function createProgress(io: Io, now: () => number = () => performance.now()): Progress {
  return io.stderr.isTTY && !inCI(io.env) ? barOn(io.stderr, now) : linesOn(io.stderr, now);
}

export const NO_PROGRESS: Progress = { update: () => {}, end: () => {} };

function barOn(stream: Output, now: () => number): Progress {
  const pace = createPace(now());
  let drawn = -Infinity;
  return {
    update(done, total) {
      const at = now();
      if (at - drawn < REDRAW) return;
      drawn = at;
      // One column stays free: some terminals wrap a line that fills the last one.
      stream.write(`\r${barLine({ done, total, rate: pace(done, at) }, (stream.columns ?? 80) - 1)}\u001B[K`);
    },
    end() {
      if (drawn !== -Infinity) stream.write("\r\u001B[K");
    },
  };
}

function linesOn(stream: Output, now: () => number): Progress {
  let last = { done: 0, at: now() };
  return {
    update(done, total) {
      const at = now();
      if (at - last.at < LINE_PAUSE || done - last.done < (total ?? 0) * LINE_SHARE) return;
      last = { done, at };
      stream.write(
        total === undefined
          ? `${digits(done)} pages\n`
          : `${digits(done)} of ${digits(total)} pages (${Math.floor((done / total) * 100)} %)\n`,
      );
    },
    end() {},
  };
}

function inCI({ CI: ci }: Io["env"]): boolean {
  return ci !== undefined && ci !== "" && ci !== "0" && ci !== "false";
}
