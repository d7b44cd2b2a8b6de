/**
 * The entry of a Starlight page. Starlight finds it while the page is rendered, and keeps it in `locals.starlightRoute`, which throws on
 * pages that are not its own.
 */
export function starlightEntry(locals: App.Locals): Readonly<Record<string, unknown>> | undefined {
  try {
    const route: unknown = Reflect.get(locals, "starlightRoute");
    const entry: unknown = typeof route === "object" && route !== null && "entry" in route ? route.entry : undefined;
    return typeof entry === "object" && entry !== null ? (entry as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}
