/**
 * Rewrites satori's SVG into an equivalent one that resvg paints faster:
 *
 * - a mask that is one white rectangle, or a clip path that is one, around its element's own box or the whole card
 *   hides nothing: resvg would still paint the element on a layer of its own;
 * - a gradient wrapped in a `<pattern>` is painted to a bitmap first; used directly, it is a shader;
 * - what nothing refers to any more goes.
 *
 * It knows the exact shapes that satori writes; any other is left as it is.
 */
export function simplify(svg: string): string {
  return dropUnused(unwrapGradients(dropIdleClips(svg)));
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const RECT_MASK = /<mask id="([^"]+)"><rect (x="[^"]*" y="[^"]*" width="[^"]*" height="[^"]*") fill="#fff"\/><\/mask>/g;
const RECT_CLIP = /<clipPath id="([^"]+)"><rect (x="[^"]*" y="[^"]*" width="[^"]*" height="[^"]*")\/><\/clipPath>/g;
const CLIPPED = /<(image|rect|g|path|clipPath|mask)( [^>]*?)? (?:mask|clip-path)="url\(#([^)"]+)\)"/g;
const CARD = /^<svg [^>]*>/;
/** An element has a mask and a clip path, which may have a clip path itself. */
const MOST_PASSES = 4;

function dropIdleClips(svg: string): string {
  let text = svg;
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const next = dropIdleClipsOnce(text);
    if (next === text) break;
    text = next;
  }
  return text;
}

function dropIdleClipsOnce(svg: string): string {
  const boxes = new Map<string, Box>();
  for (const shape of [RECT_MASK, RECT_CLIP])
    for (const [, id = "", attributes = ""] of svg.matchAll(shape)) boxes.set(id, boxOf(attributes));
  const card = { ...boxOf(CARD.exec(svg)?.[0] ?? ""), x: 0, y: 0 };
  return svg.replace(CLIPPED, (all: string, element: string, attributes = "", id: string) => {
    const box = boxes.get(id);
    const idle =
      box &&
      !attributes.includes("transform=") &&
      (covers(box, card) || (/^(image|rect)$/.test(element) && covers(box, boxOf(attributes))));
    return idle ? `<${element}${attributes}` : all;
  });
}

const WRAPPED_GRADIENT =
  /<pattern id="([^"]+)" x="0" y="0" width="1" height="1" patternUnits="objectBoundingBox"><(linear|radial)Gradient id="([^"]+)"([^>]*)>((?:<stop [^>]*\/>)*)<\/\2Gradient><rect x="0" y="0" ([^>]*)fill="url\(#\3\)"\/><\/pattern>/g;

function unwrapGradients(svg: string): string {
  return svg.replace(
    WRAPPED_GRADIENT,
    (all: string, id: string, kind: string, _gradient: string, attributes: string, stops: string, rect: string) => {
      const uses = [...svg.matchAll(new RegExp(`<(\\w+) ([^>]*)fill="url\\(#${escapeRegExp(id)}\\)"`, "g"))];
      const [use] = uses;
      if (
        uses.length !== 1 ||
        use?.[1] !== "rect" ||
        /Transform/.test(attributes) ||
        !attributes.includes('gradientUnits="userSpaceOnUse"')
      )
        return all;
      const target = boxOf(use[2] ?? "");
      const tile = boxOf(rect);
      if (target.width !== tile.width || target.height !== tile.height) return all;
      const moved = target.x === 0 && target.y === 0 ? "" : ` gradientTransform="translate(${target.x} ${target.y})"`;
      return `<${kind}Gradient id="${id}"${attributes}${moved}>${stops}</${kind}Gradient>`;
    },
  );
}

function dropUnused(svg: string): string {
  const drop = (all: string, id: string) => (svg.includes(`url(#${id})`) ? all : "");
  return svg.replace(RECT_MASK, drop).replace(RECT_CLIP, drop);
}

function boxOf(attributes: string): Box {
  const number = (name: string) => Number(new RegExp(`(?:^|\\s)${name}="([-\\d.e]+)"`).exec(attributes)?.[1] ?? Number.NaN);
  return { x: number("x"), y: number("y"), width: number("width"), height: number("height") };
}

function covers(outer: Box, inner: Box): boolean {
  return (
    outer.x <= inner.x &&
    outer.y <= inner.y &&
    outer.x + outer.width >= inner.x + inner.width &&
    outer.y + outer.height >= inner.y + inner.height
  );
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
