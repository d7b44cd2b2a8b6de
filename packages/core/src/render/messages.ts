import type { ErrorCode } from "../error.ts";
import type { Job } from "../types.ts";
import type { Painting } from "./paint.ts";

/** What a renderer process is told. */
export interface Request {
  readonly job: Job;
  /** Paint without the effects of `safe.ts`. */
  readonly safe: boolean;
}

/** What it answers, after saying once that it is ready; errors cross as data. */
export type Reply =
  | { readonly ready: true }
  | Painting
  | {
      readonly error: {
        readonly code: ErrorCode;
        readonly message: string;
        readonly hint?: string | undefined;
        readonly file?: string | undefined;
      };
    };
