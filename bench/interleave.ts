import { setImmediate } from "node:timers/promises";
import type { Engine } from "./engines/engine.ts";
import { postAt } from "./posts.ts";
import { processTree } from "./process-tree.ts";
import { median, quantile } from "./statistics.ts";

/** What one image costs, one at a time, warm. */
export interface Timing {
  /** Milliseconds: the median, and the tenth below which a tenth of them are. */
  readonly ms: number;
  readonly low: number;
  /** Milliseconds of all threads and child processes: the mean. */
  readonly cpu: number;
  /** Bytes of a file: the median. */
  readonly bytes: number;
  readonly images: number;
}

export interface Turns {
  /** How often each engine has its turn; an even number lets each come first as often as last. */
  readonly rounds: number;
  /** Images of one turn. */
  readonly perTurn: number;
  /** Images before the first turn, which are not counted; fewer of an engine that takes longer than `MOST_WARM_UP_MS` for them. */
  readonly warmUp: number;
}

const MOST_WARM_UP_MS = 10_000;

/**
 * Times engines against each other in this process: they take turns, in an order that rotates, so that what else the
 * machine does meets all of them. Each paints the same posts in the same order.
 */
export async function interleave(
  engines: ReadonlyMap<string, Engine>,
  { rounds, perTurn, warmUp }: Turns,
): Promise<ReadonlyMap<string, Timing>> {
  const names = [...engines.keys()];
  const samples = new Map(names.map((name) => [name, { next: warmUp, times: [] as number[], sizes: [] as number[], cpu: 0 }]));
  async function warm(engine: Engine): Promise<void> {
    const started = performance.now();
    for (let image = 0; image < warmUp && performance.now() - started < MOST_WARM_UP_MS; image++) {
      await engine.paint(postAt(image));
      await setImmediate();
    }
  }
  async function turn(name: string): Promise<void> {
    const engine = engines.get(name) as Engine;
    const sample = samples.get(name) as NonNullable<ReturnType<typeof samples.get>>;
    const before = cpuTime();
    for (let image = 0; image < perTurn; image++) {
      const post = postAt(sample.next++);
      const started = performance.now();
      const { length } = await engine.paint(post);
      sample.times.push(performance.now() - started);
      sample.sizes.push(length);
      // resvg frees its memory only between turns of the event loop.
      await setImmediate();
    }
    sample.cpu += cpuTime() - before;
  }
  for (const engine of engines.values()) await warm(engine);
  for (let round = 0; round < rounds; round++) {
    for (let place = 0; place < names.length; place++) await turn(names[(place + round) % names.length] as string);
  }
  return new Map(
    [...samples].map(([name, { times, sizes, cpu }]) => [
      name,
      { ms: median(times), low: quantile(times, 0.1), cpu: cpu / times.length, bytes: median(sizes), images: times.length },
    ]),
  );
}

/** Milliseconds that this process and its children have computed. */
function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  const children = processTree(process.pid).slice(1);
  return (user + system) / 1000 + children.reduce((sum, { cpu }) => sum + cpu, 0);
}
