import { OgError } from "../error.ts";
import { Fragment, isElement, type Element, type HostChild, type HostElement } from "./jsx-runtime.ts";

/** satori recurses, and a picture with more nodes than this is a mistake. */
const MAX_DEPTH = 256;
const MAX_NODES = 20_000;

type MaybePromise<T> = T | PromiseLike<T>;

/**
 * Calls every component until only host elements and texts are left. Synchronous where all components are, so that a
 * time limit can interrupt it.
 * @throws OgError `E_TEMPLATE` for anything that is not a child (an object of the page's data, a symbol), and for trees
 * without end
 */
export function expand(root: unknown): MaybePromise<HostElement> {
  const state = { nodes: 0 };
  return then(expandChild(root, [], state), (children) => {
    const [only] = children;
    if (children.length === 1 && typeof only === "object") return only;
    if (children.length === 0) throw new OgError("E_TEMPLATE", "The template returned nothing to draw.", { hint: "Return one element." });
    return { type: "div", props: { style: { display: "flex", width: "100%", height: "100%" }, children } };
  });
}

function expandChild(value: unknown, path: readonly string[], state: { nodes: number }): MaybePromise<readonly HostChild[]> {
  if (value === null || value === undefined || typeof value === "boolean") return [];
  if (typeof value === "string") return value === "" ? [] : [value];
  if (typeof value === "number" || typeof value === "bigint") return [String(value)];
  if (Array.isArray(value)) return then(all(value.map((child: unknown) => expandChild(child, path, state))), joinTexts);
  if (isPromiseLike(value)) return value.then((settled) => expandChild(settled, path, state));
  if (!isElement(value)) throw notAChild(value, path);
  return expandElement(value, path, state);
}

function expandElement({ type, props }: Element, path: readonly string[], state: { nodes: number }): MaybePromise<readonly HostChild[]> {
  const name = typeof type === "string" ? type : type.name || "component";
  const here = [...path, name];
  if (here.length > MAX_DEPTH) throw new OgError("E_TEMPLATE", `The template nests deeper than ${MAX_DEPTH} elements, in ${trail(here)}.`);
  if (++state.nodes > MAX_NODES) throw new OgError("E_TEMPLATE", `The template makes more than ${MAX_NODES} elements.`);
  if (type === Fragment) return expandChild(props["children"], path, state);
  if (typeof type === "function") return then(type(props) as unknown, (child) => expandChild(child, here, state));
  return then(expandChild(props["children"], here, state), (children) => [{ type, props: hostProps(props, children, here) }]);
}

/** Data only: what a host element is given must be the same in every process. */
function hostProps(props: Readonly<Record<string, unknown>>, children: readonly HostChild[], path: readonly string[]): HostElement["props"] {
  const own: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(props)) {
    if (name === "children" || name === "key" || value === undefined || value === null) continue;
    own[name] = name === "style" ? plainStyle(value, path) : plainValue(name, value, path);
  }
  if (children.length > 0) own["children"] = children;
  return own;
}

function plainStyle(style: unknown, path: readonly string[]): Readonly<Record<string, unknown>> {
  if (typeof style !== "object" || style === null || Array.isArray(style)) {
    throw new OgError("E_TEMPLATE", `The \`style\` of ${trail(path)} is not an object.`, { hint: "Write style={{ fontSize: 48 }}." });
  }
  const plain: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(style)) {
    if (value !== undefined && value !== null && value !== false) plain[name] = plainValue(`style.${name}`, value, path);
  }
  return plain;
}

function plainValue(name: string, value: unknown, path: readonly string[]): string | number | boolean {
  if (typeof value === "string" || typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value))) return value;
  const shown = typeof value === "number" ? String(value) : `${article(typeof value)} ${typeof value}`;
  throw new OgError("E_TEMPLATE", `The \`${name}\` of ${trail(path)} is ${shown}; it must be a text or a number.`);
}

/** Neighbouring texts are one text, as `Hello {name}` reads. */
function joinTexts(lists: readonly (readonly HostChild[])[]): readonly HostChild[] {
  const joined: HostChild[] = [];
  for (const child of lists.flat()) {
    const last = joined.at(-1);
    if (typeof child === "string" && typeof last === "string") joined[joined.length - 1] = last + child;
    else joined.push(child);
  }
  return joined;
}

function notAChild(value: unknown, path: readonly string[]): OgError {
  const what = typeof value === "object" && value !== null ? `an object (${Object.keys(value).slice(0, 5).join(", ") || "empty"})` : `a ${typeof value}`;
  return new OgError("E_TEMPLATE", `${what[0]?.toUpperCase()}${what.slice(1)} cannot be drawn, in ${trail(path)}.`, {
    hint: "Draw a text or a number of it; elements come from JSX (jsxImportSource @og-gen/core) or h().",
  });
}

function trail(path: readonly string[]): string {
  return path.length === 0 ? "the template's result" : path.slice(-4).map((name) => `<${name}>`).join(" ");
}

function article(noun: string): "a" | "an" {
  return /^[aeiou]/.test(noun) ? "an" : "a";
}

function then<T, R>(value: MaybePromise<T>, next: (value: T) => MaybePromise<R>): MaybePromise<R> {
  return isPromiseLike(value) ? value.then(next) : next(value);
}

function all<T>(values: readonly MaybePromise<T>[]): MaybePromise<readonly T[]> {
  return values.some(isPromiseLike) ? Promise.all(values) : (values as readonly T[]);
}

function isPromiseLike<T>(value: MaybePromise<T>): value is PromiseLike<T>;
function isPromiseLike(value: unknown): value is PromiseLike<unknown>;
function isPromiseLike(value: unknown): boolean {
  return typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function";
}
