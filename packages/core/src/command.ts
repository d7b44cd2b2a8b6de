/**
 * What a command line needs before it has found something to do: the same functions as in the package itself, without
 * parsers and painters, which are loaded by what needs them.
 */
export { checkConfig, resolveOptions } from "./options.ts";
export { loadConfig } from "./config.ts";
export { OgError, toOgError, messageOf, reasonOf } from "./error.ts";
export { oldNodeError } from "./node-version.ts";
export { writeFileAtomic } from "./publish/write-file.ts";
export { nearest } from "./nearest.ts";
export { generate } from "./generate.ts";
export { plan } from "./plan.ts";
