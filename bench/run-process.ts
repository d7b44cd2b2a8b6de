import { spawn } from "node:child_process";
import { processTree, type MemoryOf } from "./process-tree.ts";

/** How often the process is looked at, in milliseconds. */
const INTERVAL = 20;

/** What a process and its children took, from start to end. */
export interface ProcessRun {
  /** Milliseconds. */
  readonly ms: number;
  /** Milliseconds that all of its processes have computed, but for what the last one did after it was last looked at. */
  readonly cpu: number;
  /** MB that all of its processes held together at most. */
  readonly memory: number;
  readonly samples: readonly MemorySample[];
  readonly stdout: string;
}

export interface MemorySample {
  /** Milliseconds since the start. */
  readonly at: number;
  /** MB of the first process, and of each of its descendants. */
  readonly parent: number;
  readonly children: readonly number[];
}

/**
 * Runs Node with these arguments.
 * @throws Error with what it wrote to stderr, where it does not end well
 */
export async function runProcess(args: readonly string[], cwd: string, interval = INTERVAL, memoryOf?: MemoryOf): Promise<ProcessRun> {
  const started = performance.now();
  const child = spawn(process.execPath, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) child[name].setEncoding("utf8").on("data", (text: string) => (output[name] += text));
  const cpu = new Map<number, number>();
  const samples: MemorySample[] = [];
  const look = () => {
    const [parent, ...children] = processTree(child.pid as number, memoryOf);
    if (!parent) return;
    for (const one of [parent, ...children]) cpu.set(one.pid, one.cpu);
    samples.push({ at: performance.now() - started, parent: parent.memory, children: children.map(({ memory }) => memory) });
  };
  const timer = setInterval(look, interval);
  const ended = Promise.withResolvers<number | null>();
  let ms = 0;
  child.on("exit", () => (ms = performance.now() - started));
  child.on("error", ended.reject).on("close", ended.resolve);
  const code = await ended.promise.finally(() => clearInterval(timer));
  if (code !== 0) throw new Error(`node ${args.join(" ")} ended with ${code}: ${output.stderr.slice(-2000)}`);
  return {
    ms,
    cpu: [...cpu.values()].reduce((sum, time) => sum + time, 0),
    memory: Math.max(0, ...samples.map(total)),
    samples,
    stdout: output.stdout,
  };
}

export function total({ parent, children }: MemorySample): number {
  return children.reduce((sum, memory) => sum + memory, parent);
}
