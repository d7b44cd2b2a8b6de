import { OgError } from "@og-gen/core";
import { AstroError } from "astro/errors";

/** Runs `work`; what core throws becomes an error that Astro prints with its hint. */
export async function withAstroErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof OgError)) throw thrown;
    const { message, hint, file, line, column, cause } = thrown;
    const error = new AstroError(
      file === undefined ? message : `${message} (${[file, line, column].filter((part) => part !== undefined).join(":")})`,
      hint,
    );
    error.cause = cause;
    throw error;
  }
}
