import type { CssProperties } from "./css.ts";

/**
 * JSX without React: `"jsxImportSource": "@og-gen/core"` compiles `<div style={…} />` to calls of `jsx()` here.
 *
 * Elements bear a symbol that no front matter can spell, so a page's data that merely looks like an element never
 * becomes one.
 */

const ELEMENT: unique symbol = Symbol.for("@og-gen/element");

/** Anything that may stand between two tags. `null`, `undefined`, `true` and `false` draw nothing. */
export type Child = Element | string | number | boolean | null | undefined | readonly Child[];

// oxlint-disable-next-line typescript/no-explicit-any -- a component takes whatever props it declares
export type Component = (props: any) => Child | Promise<Child>;

/** What JSX makes: a host node (`div`, `img`, …) or a component that is still to be called. */
export interface Element {
  readonly [ELEMENT]: true;
  readonly type: string | Component;
  readonly props: Readonly<Record<string, unknown>>;
}

/** A node of an element tree: no components left, children flat, nothing that draws nothing. */
export interface HostElement {
  readonly type: string;
  readonly props: Readonly<Record<string, unknown>> & {
    readonly style?: Readonly<Record<string, unknown>>;
    readonly children?: readonly HostChild[];
  };
}
export type HostChild = HostElement | string;

/** Groups children without a node of its own. */
export function Fragment(props: { readonly children?: Child }): Child {
  return props.children;
}

/** Called by compiled JSX. */
export function jsx(type: string | Component, props: Readonly<Record<string, unknown>> | null): Element {
  return { [ELEMENT]: true, type, props: props ?? {} };
}
export { jsx as jsxs, jsx as jsxDEV };

/** Elements by hand, for templates in plain JavaScript: `h("div", { style: { fontSize: 48 } }, "Hello")`. */
export function h(type: string | Component, props?: Readonly<Record<string, unknown>> | null, ...children: readonly Child[]): Element {
  return jsx(type, children.length > 0 ? { ...props, children } : (props ?? {}));
}

export function isElement(value: unknown): value is Element {
  return typeof value === "object" && value !== null && (value as Partial<Element>)[ELEMENT] === true;
}

interface CommonProps {
  /** CSS as satori knows it; lengths without a unit are pixels. */
  readonly style?: CssProperties | undefined;
  /** BCP 47; chooses among the forms of Han characters. */
  readonly lang?: string | undefined;
  readonly dir?: "ltr" | "rtl" | undefined;
  readonly children?: Child;
}

interface ImageProps extends Omit<CommonProps, "children"> {
  /** A path relative to the page, the project or its public folder, a `data:` URI, or the URL of an allowed host. */
  readonly src: string;
  readonly alt?: string | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

type SvgProps = CommonProps & { readonly [attribute: string]: unknown };

/** HTML tags that satori lays out. */
type HtmlTag =
  | "div"
  | "span"
  | "p"
  | "section"
  | "article"
  | "header"
  | "footer"
  | "main"
  | "aside"
  | "nav"
  | "figure"
  | "figcaption"
  | "h1"
  | "h2"
  | "h3"
  | "h4"
  | "h5"
  | "h6"
  | "b"
  | "strong"
  | "i"
  | "em"
  | "u"
  | "s"
  | "small"
  | "mark"
  | "code"
  | "pre"
  | "kbd"
  | "blockquote"
  | "q"
  | "cite"
  | "time"
  | "address"
  | "ul"
  | "ol"
  | "li"
  | "dl"
  | "dt"
  | "dd"
  | "hr"
  | "br"
  | "sub"
  | "sup"
  | "label"
  | "a";

/** SVG tags; their attributes are passed on as they are. */
type SvgTag =
  | "svg"
  | "g"
  | "path"
  | "rect"
  | "circle"
  | "ellipse"
  | "line"
  | "polyline"
  | "polygon"
  | "defs"
  | "linearGradient"
  | "radialGradient"
  | "stop"
  | "clipPath"
  | "mask"
  | "pattern";

type IntrinsicProps = Readonly<Record<HtmlTag, CommonProps>> & Readonly<Record<SvgTag, SvgProps>> & { readonly img: ImageProps };

/** What TypeScript asks of a JSX runtime. */
export declare namespace JSX {
  type Element = import("./jsx-runtime.ts").Element;
  type ElementType = keyof IntrinsicProps | Component;
  interface ElementChildrenAttribute {
    children: unknown;
  }
  interface IntrinsicAttributes {
    /** Allowed, as people write it by habit; means nothing here. */
    key?: string | number;
  }
  interface IntrinsicElements extends IntrinsicProps {}
}
