/** The designs that every engine draws, as element trees: what JSX compiles to, whatever makes its elements. */
import type { Post } from "./posts.ts";

export const WIDTH = 1200;
export const HEIGHT = 630;

export type DesignName = "card" | "photo";

export interface PlainElement {
  readonly type: string;
  readonly props: {
    readonly style: Style;
    readonly src?: string;
    readonly width?: number;
    readonly height?: number;
    readonly children?: Children;
  };
}
export type Children = string | readonly PlainElement[];
type Style = Readonly<Record<string, string | number>>;
type Props = Omit<PlainElement["props"], "children">;

/** Makes an element; the default is a plain object, which satori and Takumi take. */
export type Create<Element> = (type: string, props: Props, children?: string | readonly Element[]) => Element;

/** Images by the names that the engine knows them by: a data URI, a path, a key. */
export interface DesignImages {
  readonly avatar: string;
  readonly cover: string;
}

export const plain: Create<PlainElement> = (type, props, children) => ({
  type,
  props: children === undefined ? props : { ...props, children },
});

/** A gradient, a label, a two-line title, a description, a round avatar, a footer. */
export function card<Element>(post: Post, { avatar }: Pick<DesignImages, "avatar">, create: Create<Element>): Element {
  const box = (style: Style, children: string | readonly Element[]) => create("div", { style: { display: "flex", ...style } }, children);
  const root: Style = {
    flexDirection: "column",
    justifyContent: "space-between",
    boxSizing: "border-box",
    width: WIDTH,
    height: HEIGHT,
    padding: 64,
    fontFamily: "Inter",
    color: "white",
    backgroundImage: "linear-gradient(135deg, #082f49 0%, #0e7490 55%, #4d7c0f 100%)",
  };
  return box(root, [
    box({ flexDirection: "column" }, [
      box({ marginBottom: 28, fontSize: 26, fontWeight: 600, color: "#7dd3fc" }, post.category),
      box({ marginBottom: 28, fontSize: 64, fontWeight: 700, lineHeight: 1.15 }, post.title),
      box({ fontSize: 32, fontWeight: 400, lineHeight: 1.4, color: "#cbd5e1" }, post.description),
    ]),
    box({ alignItems: "center", justifyContent: "space-between" }, [
      box({ alignItems: "center" }, [
        create("img", { src: avatar, width: 72, height: 72, style: { width: 72, height: 72, borderRadius: 36 } }),
        box({ flexDirection: "column", marginLeft: 20 }, [
          box({ fontSize: 26, fontWeight: 600 }, post.author),
          box({ fontSize: 22, fontWeight: 400, color: "#cbd5e1" }, post.date),
        ]),
      ]),
      box({ fontSize: 30, fontWeight: 700 }, "larder.dev"),
    ]),
  ]);
}

/** A cover from edge to edge, darker towards the bottom, a label and a headline over it. */
export function photo<Element>(post: Post, { cover }: Pick<DesignImages, "cover">, create: Create<Element>): Element {
  const box = (style: Style, children?: string | readonly Element[]) => create("div", { style: { display: "flex", ...style } }, children);
  const whole: Style = { position: "absolute", left: 0, top: 0, width: WIDTH, height: HEIGHT };
  return box({ position: "relative", width: WIDTH, height: HEIGHT, fontFamily: "Inter", color: "white" }, [
    create("img", { src: cover, width: WIDTH, height: HEIGHT, style: { ...whole, objectFit: "cover" } }),
    box({ ...whole, backgroundImage: "linear-gradient(180deg, rgba(0, 0, 0, 0) 20%, rgba(0, 0, 0, 0.85) 100%)" }),
    box({ position: "absolute", left: 64, bottom: 64, width: WIDTH - 128, flexDirection: "column" }, [
      box({ marginBottom: 18, fontSize: 28, fontWeight: 600, color: "#fde68a" }, post.category),
      box({ fontSize: 68, fontWeight: 700, lineHeight: 1.12 }, post.title),
    ]),
  ]);
}

export const designs = { card, photo };
