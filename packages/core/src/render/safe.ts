import type { HostChild, HostElement } from "../types.ts";

/**
 * resvg 2.6.2 ends its process on ordinary trees when one of these meets an element at or beyond the card's edge, and
 * some filters take minutes; without them the same trees are painted. Corners stay round, but no longer cut what is
 * inside.
 */
const RISKY =
  /^(opacity|textShadow|boxShadow|(Webkit)?(filter|backdropFilter|clipPath|mask)\w*|mixBlendMode|overflow[XY]?|transform|rotate|scale|translate)$/i;

/** The element tree without the effects that are known to end or stall the rasteriser. */
export function withoutEffects(node: HostElement): HostElement {
  const { style, children } = node.props;
  const plain = Object.fromEntries(Object.entries(style ?? {}).filter(([name]) => !RISKY.test(name)));
  return {
    type: node.type,
    props: {
      ...node.props,
      ...(style ? { style: plain } : {}),
      ...(children ? { children: children.map((child): HostChild => (typeof child === "string" ? child : withoutEffects(child))) } : {}),
    },
  };
}
