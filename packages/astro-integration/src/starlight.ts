/**
 * The entry of a Starlight page, as if it were one of its props: Starlight finds it while the page is rendered, and keeps it in
 * `locals.starlightRoute`, which throws on pages that are not its own.
 */
export function starlightProps(locals: App.Locals): { readonly entry?: unknown } {
  try {
    const route: unknown = Reflect.get(locals, "starlightRoute");
    return typeof route === "object" && route !== null && "entry" in route ? { entry: route.entry } : {};
  } catch {
    return {};
  }
}
