import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** What is loaded when it is first asked for, once: Node takes 0.1 ms to find a module that it has loaded before. */
export function lazily<Module>(load: () => Promise<Module>): () => Promise<Module> {
  let loaded: Promise<Module> | undefined;
  return () => (loaded ??= load());
}

/**
 * A package, or a module of Node, for functions that cannot wait, loaded by the first of them that is called: who imports this
 * package for something else, as a configuration does for `defineConfig`, does not pay for its parsers.
 */
export function lazyPackage<Package>(name: string): () => Package {
  let loaded: Package | undefined;
  return () => (loaded ??= require(name) as Package);
}

/** Node's own takes 9 ms to load, by which the first renderer would start later. */
export const crypto = lazyPackage<typeof import("node:crypto")>("node:crypto");
