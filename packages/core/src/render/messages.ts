import type { ErrorCode } from "../error.ts";
import type { Job } from "../types.ts";

/** What a renderer process is told. */
export interface Request {
  readonly job: Job;
  /** Paint without the effects of `safe.ts`. */
  readonly safe: boolean;
}

/** What it answers, after saying once that it is ready; errors cross as data. */
export type Reply =
  | { readonly ready: true }
  | { readonly bytes: Uint8Array }
  | {
      readonly error: {
        readonly code: ErrorCode;
        readonly message: string;
        readonly hint?: string | undefined;
        readonly file?: string | undefined;
      };
    };
