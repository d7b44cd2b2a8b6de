export type { Io, Output } from "./io.ts";
export type { JsonError, JsonWarning } from "./report/finding-json.ts";
export type { JsonCard, JsonReport, JsonResult } from "./report/ledger-json.ts";
export type { JsonPlan, JsonPlannedCard, JsonPlannedPage } from "./report/plan-json.ts";
export { run } from "./run.ts";
