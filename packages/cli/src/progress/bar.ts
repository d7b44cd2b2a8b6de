import { digits, duration } from "../report/count.ts";

/** How far a run is. */
export interface Moment {
  readonly done: number;
  /** Not known while the source is still being read. */
  readonly total: number | undefined;
  /** Pages per second of late. */
  readonly rate: number;
}

const WIDTH = 24;
const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/** One line of at most `columns` characters: `██████▌         1,204 of 2,569  62/s  22.0 s left`. */
export function barLine({ done, total, rate }: Moment, columns: number): string {
  const speed = rate > 0 ? `  ${rate < 10 ? rate.toFixed(1) : digits(Math.round(rate))}/s` : "";
  if (total === undefined) return `${digits(done)} pages${speed}`.slice(0, columns);
  const left = rate > 0 && done < total ? `  ${duration(((total - done) / rate) * 1000)} left` : "";
  return `${filled(total === 0 ? 1 : done / total)}  ${digits(done)} of ${digits(total)}${speed}${left}`.slice(0, columns);
}

function filled(share: number): string {
  const eighths = Math.round(Math.min(share, 1) * WIDTH * 8);
  return ("█".repeat(eighths >> 3) + EIGHTHS[eighths & 7]).padEnd(WIDTH, "░");
}
