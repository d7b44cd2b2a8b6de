import { OgError } from "../error.ts";
import { LIMITS, type Limits } from "../limits.ts";
import { Fragment, isElement, type Element, type HostChild, type HostElement } from "./jsx-runtime.ts";

type MaybePromise<T> = T | PromiseLike<T>;

interface State {
  readonly limits: Limits;
  nodes: number;
  depth: number;
}

/**
 * Calls every component until only host elements and texts are left. Synchronous where all components are, so that a
 * time limit can interrupt it.
 * @throws OgError `E_TEMPLATE` for anything that is not a child (an object of the page's data, a symbol), and for trees
 * without end
 */
export function expand(root: unknown, limits: Limits = LIMITS): MaybePromise<HostElement> {
  const state: State = { limits, nodes: 0, depth: 0 };
  return then(expandChild(root, [], state), (children) => {
    const [only] = children;
    if (children.length === 1 && typeof only === "object") return only;
    if (children.length === 0) throw new OgError("E_TEMPLATE", "The template returned nothing to draw.", { hint: "Return one element." });
    return { type: "div", props: { style: { display: "flex", width: "100%", height: "100%" }, children } };
  });
}

function expandChild(value: unknown, path: readonly string[], state: State): MaybePromise<readonly HostChild[]> {
  if (value === null || value === undefined || typeof value === "boolean") return [];
  if (typeof value === "string") return value === "" ? [] : [value];
  if (typeof value === "number" || typeof value === "bigint") return [String(value)];
  if (Array.isArray(value))
    return nested(state, path, () => then(all(value.map((child: unknown) => expandChild(child, path, state))), joinTexts));
  if (isPromiseLike(value)) return then(value as PromiseLike<unknown>, (settled) => expandChild(settled, path, state));
  if (!isElement(value)) throw notAChild(value, path);
  return nested(state, path, () => expandElement(value, path, state));
}

/** Counts how deep the calls are, which lists and fragments make deeper too. */
function nested<T>(state: State, path: readonly string[], expandInside: () => T): T {
  const most = state.limits.templateDepth;
  if (path.length > most || state.depth > most * 3) {
    throw new OgError("E_TEMPLATE", `The template nests deeper than ${most} elements, in ${trail(path)}.`, {
      hint: "Look for a component that draws itself.",
    });
  }
  state.depth++;
  try {
    return expandInside();
  } finally {
    state.depth--;
  }
}

function expandElement({ type, props }: Element, path: readonly string[], state: State): MaybePromise<readonly HostChild[]> {
  if (!(typeof type === "function" || (typeof type === "string" && type !== ""))) throw notAType(type, path);
  const here = [...path, typeof type === "string" ? type : type.name || "component"];
  const most = state.limits.templateElements;
  if (++state.nodes > most) throw new OgError("E_TEMPLATE", `The template makes more than ${most} elements.`);
  if (type === Fragment) return expandChild(props["children"], path, state);
  if (typeof type === "function") return then(type(withoutKey(props)) as unknown, (child) => expandChild(child, here, state));
  return then(expandChild(props["children"], here, state), (children) => [{ type, props: hostProps(props, children, here) }]);
}

/** `key` is a habit from React; it means nothing here, and no component is told of it. */
function withoutKey({ key: _key, ...props }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return props;
}

/** Data only: what a host element is given must be the same in every process. */
function hostProps(
  props: Readonly<Record<string, unknown>>,
  children: readonly HostChild[],
  path: readonly string[],
): HostElement["props"] {
  const own: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(props)) {
    if (name === "children" || name === "key" || value === undefined || value === null) continue;
    if (name === "tw")
      throw new OgError("E_TEMPLATE", `${trail(path)} has Tailwind classes, which are not known here.`, {
        hint: "Write them as style={{ … }}.",
      });
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
  const allowed = typeof value === "number" ? "a finite number" : "a number";
  throw new OgError("E_TEMPLATE", `The \`${name}\` of ${trail(path)} is ${kindOf(value)}; it must be a text or ${allowed}.`);
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

function notAType(type: unknown, path: readonly string[]): OgError {
  const what = type === "" ? "an empty text" : typeof type === "number" ? "a number" : kindOf(type);
  return new OgError("E_TEMPLATE", `The type of an element in ${trail(path)} is ${what}; it must be a tag or a component.`, {
    hint: "Check the import of the component: a default export is imported without braces.",
  });
}

function notAChild(value: unknown, path: readonly string[]): OgError {
  const isPlain = Object.prototype.toString.call(value) === "[object Object]";
  const what = isPlain
    ? `an object (${
        Object.keys(value as object)
          .slice(0, 5)
          .join(", ") || "empty"
      })`
    : kindOf(value);
  return new OgError("E_TEMPLATE", `${what[0]?.toUpperCase()}${what.slice(1)} cannot be drawn, in ${trail(path)}.`, {
    hint: "Draw a text or a number of it; elements come from JSX (jsxImportSource @og-gen/core) or h().",
  });
}

function trail(path: readonly string[]): string {
  return path.length === 0
    ? "the template's result"
    : path
        .slice(-4)
        .map((name) => `<${name}>`)
        .join(" ");
}

function kindOf(value: unknown): string {
  if (typeof value === "function" || typeof value === "symbol") return `a ${typeof value}`;
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return "a list";
  return value instanceof Date || value instanceof Set || value instanceof Map ? `a ${value.constructor.name}` : "an object";
}

function then<T, R>(value: MaybePromise<T>, next: (value: T) => MaybePromise<R>): MaybePromise<R> {
  return isPromiseLike(value) ? observed(Promise.resolve(value).then(next)) : next(value);
}

/** A neighbour that throws ends the tree before anybody waits for this one; its failure is then nobody's. */
function observed<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

function all<T>(values: readonly MaybePromise<T>[]): MaybePromise<readonly T[]> {
  return values.some(isPromiseLike) ? observed(Promise.all(values)) : (values as readonly T[]);
}

function isPromiseLike<T>(value: MaybePromise<T>): value is PromiseLike<T>;
function isPromiseLike(value: unknown): value is PromiseLike<unknown>;
function isPromiseLike(value: unknown): boolean {
  return typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function";
}
