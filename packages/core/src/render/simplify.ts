import { contains, type Box } from "./bounds.ts";

/**
 * Rewrites satori's SVG into one that looks the same and that resvg paints faster:
 *
 * - a mask that is one white rectangle, or a clip path that is one, around its element's own box or the whole card
 *   hides nothing: resvg would still paint the element on a layer of its own;
 * - a gradient wrapped in a `<pattern>` is painted to a bitmap first; used directly, it is a shader;
 * - what nothing refers to any more goes.
 *
 * Two things do look otherwise, and better: a shadow beyond an element's mask is not cut off where the mask's region ends
 * (a tenth beyond the element), and the rim of a turned gradient is not blurred by the bitmap.
 *
 * It knows the exact shapes that satori writes; any other is left as it is.
 */
export function simplify(svg: string): string {
  return dropUnused(unwrapGradients(dropIdleClips(svg)));
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

/** The masks and clip paths that are a rectangle, by their identifiers. */
export function rectangles(svg: string): ReadonlyMap<string, Box> {
  const boxes = new Map<string, Box>();
  for (const shape of [RECT_MASK, RECT_CLIP])
    for (const [, id = "", attributes = ""] of svg.matchAll(shape)) boxes.set(id, boxOf(attributes));
  return boxes;
}

const ROUNDED_CLIP =
  /<clipPath id="([^"]+)"><path (x="[^"]*" y="[^"]*" width="[^"]*" height="[^"]*") d="M[\d.]+,[-\d.]+((?: (?:[hv]-?[\d.]+|a[\d.]+,[\d.]+ 0 0 1 -?[\d.]+,-?[\d.]+))+)"\/><\/clipPath>/g;
const RADII = /a([\d.]+),([\d.]+)/g;

/** What masks and clip paths certainly do not cut off, by their identifiers: of each, boxes all of which is seen. */
export function uncutBoxes(svg: string): ReadonlyMap<string, readonly Box[]> {
  const boxes = new Map([...rectangles(svg)].map(([id, box]) => [id, [box]]));
  for (const [, id = "", attributes = "", corners = ""] of svg.matchAll(ROUNDED_CLIP)) {
    const { left, top, right, bottom } = boxOf(attributes);
    const rx = Math.max(...Array.from(corners.matchAll(RADII), ([, radius]) => Number(radius)));
    const ry = Math.max(...Array.from(corners.matchAll(RADII), ([, , radius]) => Number(radius)));
    const inset = (by: number) => ({ left: left + rx * by, top: top + ry * by, right: right - rx * by, bottom: bottom - ry * by });
    const [round, square] = [inset(1), inset(1 - Math.SQRT1_2)];
    boxes.set(id, [{ left, right, top: round.top, bottom: round.bottom }, { left: round.left, right: round.right, top, bottom }, square]);
  }
  return boxes;
}

function dropIdleClipsOnce(svg: string): string {
  const boxes = uncutBoxes(svg);
  const card = boxOf((CARD.exec(svg)?.[0] ?? "").replace(">", ' x="0" y="0">'));
  return svg.replace(CLIPPED, (all: string, element: string, attributes = "", id: string) => {
    const shown = boxes.get(id) ?? [];
    const idle =
      !attributes.includes("transform=") &&
      shown.some((box) => contains(box, card) || (/^(image|rect)$/.test(element) && contains(box, boxOf(attributes))));
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
      const [left, top, width, height] = ["x", "y", "width", "height"].map((name) => numberOf(use[2] ?? "", name));
      if (width !== numberOf(rect, "width") || height !== numberOf(rect, "height")) return all;
      const moved = left === 0 && top === 0 ? "" : ` gradientTransform="translate(${left} ${top})"`;
      return `<${kind}Gradient id="${id}"${attributes}${moved}>${stops}</${kind}Gradient>`;
    },
  );
}

function dropUnused(svg: string): string {
  const drop = (all: string, id: string) => (svg.includes(`url(#${id})`) ? all : "");
  return svg.replace(RECT_MASK, drop).replace(RECT_CLIP, drop);
}

function boxOf(attributes: string): Box {
  const [left, top] = [numberOf(attributes, "x"), numberOf(attributes, "y")];
  return { left, top, right: left + numberOf(attributes, "width"), bottom: top + numberOf(attributes, "height") };
}

function numberOf(attributes: string, name: string): number {
  return Number(new RegExp(`(?:^|\\s)${name}="([-\\d.e]+)"`).exec(attributes)?.[1] ?? Number.NaN);
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
