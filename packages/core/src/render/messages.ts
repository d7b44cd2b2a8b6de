import type { ErrorCode } from "../error.ts";
import type { Limits } from "../limits.ts";
import type { Job } from "../types.ts";
import type { Painting } from "./paint.ts";

/** What a renderer process is told when it starts. */
export type RendererLimits = Pick<Limits, "imagePixels" | "rendererMegabytes">;

/** The signal by which a process that takes too much memory ends itself. */
export const OUT_OF_MEMORY = "SIGUSR2";

/** What a renderer process is told. */
export interface Request {
  readonly job: Job;
  /** Paint without the effects of `safe.ts`. */
  readonly safe: boolean;
  /** Whether a core has nothing else to do. */
  readonly spareCore: boolean;
}

/** What it answers, after saying once that it is ready; errors cross as data. */
export type Reply =
  | { readonly ready: true }
  /** `megabytes`: the memory that the process has afterwards. */
  | (Painting & { readonly megabytes: number })
  | {
      readonly error: {
        readonly code: ErrorCode;
        readonly message: string;
        readonly hint?: string | undefined;
        readonly file?: string | undefined;
      };
    };
