import { messageOf, OgError } from "@og-gen/core/command";
import type { Io } from "../io.ts";
import { errorFinding, type Finding } from "./findings.ts";
import { reportFindings } from "./report-findings.ts";

/** Tells what ended a whole run. */
export function reportThrown(thrown: unknown, io: Io): void {
  reportFindings([thrown instanceof OgError ? errorFinding(thrown) : bug(thrown)], {}, io);
}

function bug(thrown: unknown): Finding {
  const message = thrown instanceof Error && thrown.stack ? thrown.stack : messageOf(thrown);
  return {
    severity: "error",
    code: undefined,
    message,
    hint: "This is a bug, of the configuration or of og-gen: the lines above say where.",
    places: [],
  };
}
