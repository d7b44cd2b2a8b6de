import type { ErrorCode } from "@og-gen/core";
import { OgError } from "@og-gen/core/command";

/** What the process tells its caller. */
export const EXIT = {
  ok: 0,
  /** Pages without the card that was asked for, or `--check` found something. */
  findings: 1,
  /** The command line or the configuration is wrong, or what it names cannot be used at all. */
  usage: 2,
  SIGINT: 130,
  SIGTERM: 143,
} as const;

/** What ends a whole run without the user being able to set it right in the configuration. */
const NOT_USAGE: readonly ErrorCode[] = ["E_WRITE", "E_LEDGER"];

/** The code for what ended a whole run. */
export function exitCodeOf(thrown: unknown): number {
  return thrown instanceof OgError && !NOT_USAGE.includes(thrown.code) ? EXIT.usage : EXIT.findings;
}
