/** What a process and its descendants use, read from Linux's `/proc`: https://man7.org/linux/man-pages/man5/proc.5.html */
import { existsSync, readFileSync } from "node:fs";

/** Linux gives times in hundredths of a second, whatever its own clock (`USER_HZ`). */
const MS_PER_TICK = 10;
const BYTES_PER_PAGE = 4096;

export interface ProcessUse {
  readonly pid: number;
  /** User and system time since its start, in milliseconds. */
  readonly cpu: number;
  /** Resident memory in MB, shared pages included. */
  readonly memory: number;
}

export const canReadProcesses = existsSync("/proc/self/statm");

/** The process first, if it still runs. Empty where there is no `/proc`. */
export function processTree(pid: number): readonly ProcessUse[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The second field is the program's name, in parentheses, and may have spaces.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const cpu = (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
    const memory = (Number(fields[21]) * BYTES_PER_PAGE) / 1e6;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "latin1").split(" ").filter(Boolean);
    return [{ pid, cpu, memory }, ...children.flatMap((child) => processTree(Number(child)))];
  } catch {
    return [];
  }
}
