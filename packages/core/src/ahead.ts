/** `@og-gen/core/ahead`: what a command line that is going to make cards does first, as it takes little to load. */
export { startAhead } from "./render/spawn.ts";
