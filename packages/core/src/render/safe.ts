import type { HostChild, HostElement } from "../compose/jsx-runtime.ts";

/**
 * resvg 2.6.2 ends its process on ordinary trees when one of these meets an element at or beyond the card's edge, and
 * some filters take minutes; without them the same trees are painted.
 */
const RISKY = ["opacity", "textShadow", "boxShadow", "filter", "backdropFilter", "mixBlendMode", "clipPath"];
const RISKY_FAMILIES = /^(Webkit)?mask/i;

/** The element tree without the effects that are known to end or stall the rasteriser. */
export function withoutEffects(node: HostElement): HostElement {
  const { style, children } = node.props;
  const kept = Object.entries(style ?? {}).filter(([name]) => !RISKY.includes(name) && !RISKY_FAMILIES.test(name) && name !== "WebkitFilter");
  // Nested rounded overflow is the fourth of them; corners stay round, but no longer cut what is inside.
  const plain = Object.fromEntries(kept.filter(([name]) => name !== "overflow" || style?.["borderRadius"] === undefined));
  return {
    type: node.type,
    props: {
      ...node.props,
      ...(style ? { style: plain } : {}),
      ...(children ? { children: children.map((child): HostChild => (typeof child === "string" ? child : withoutEffects(child))) } : {}),
    },
  };
}
