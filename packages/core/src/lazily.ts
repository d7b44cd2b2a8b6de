/** What is loaded when it is first asked for, once: Node takes 0.1 ms to find a module that it has loaded before. */
export function lazily<Module>(load: () => Promise<Module>): () => Promise<Module> {
  let loaded: Promise<Module> | undefined;
  return () => (loaded ??= load());
}
