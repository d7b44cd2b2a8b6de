/** What a process and its descendants use, read from Linux's `/proc`: https://man7.org/linux/man-pages/man5/proc.5.html */
import { existsSync, readFileSync } from "node:fs";

/** Linux gives times in hundredths of a second, whatever its own clock (`USER_HZ`). */
const MS_PER_TICK = 10;
const BYTES_PER_PAGE = 4096;

export interface ProcessUse {
  readonly pid: number;
  /** User and system time since its start, in milliseconds. */
  readonly cpu: number;
  /** In MB. */
  readonly memory: number;
}

/** MB of a process. */
export type MemoryOf = (pid: number) => number;

/** Resident memory, with all that is shared with others. */
export const resident: MemoryOf = (pid) => (Number(readFileSync(`/proc/${pid}/statm`, "latin1").split(" ")[1]) * BYTES_PER_PAGE) / 1e6;

/**
 * Resident memory, a page that several processes have counted in parts: so those of a tree add up, and the 50 MB of Node's own
 * code count once. Takes 1 ms and holds the process up, so it is not for measuring time.
 */
export const proportional: MemoryOf = (pid) =>
  (Number(/^Pss: +(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "latin1"))?.[1]) * 1024) / 1e6;

export const canReadProcesses = existsSync("/proc/self/statm");

/** The process first, if it still runs. Empty where there is no `/proc`. */
export function processTree(pid: number, memoryOf: MemoryOf = resident): readonly ProcessUse[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The second field is the program's name, in parentheses, and may have spaces.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const cpu = (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
    const memory = memoryOf(pid);
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "latin1").split(" ").filter(Boolean);
    return [{ pid, cpu, memory }, ...children.flatMap((child) => processTree(Number(child), memoryOf))];
  } catch {
    return [];
  }
}
