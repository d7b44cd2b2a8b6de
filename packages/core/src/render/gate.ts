import { OgError } from "../error.ts";

/**
 * What stands between satori and resvg: satori's markup is not always well escaped, and resvg reads the file that an
 * `href` names. Only the elements and attributes on these lists pass, and only references into the document or to
 * pixels that are in it.
 */
const ELEMENTS = new Set([
  "svg",
  "g",
  "defs",
  "path",
  "rect",
  "circle",
  "ellipse",
  "line",
  "polyline",
  "polygon",
  "image",
  "clipPath",
  "mask",
  "pattern",
  "linearGradient",
  "radialGradient",
  "stop",
  "filter",
  "feBlend",
  "feColorMatrix",
  "feComponentTransfer",
  "feComposite",
  "feDropShadow",
  "feFlood",
  "feFuncA",
  "feFuncB",
  "feFuncG",
  "feFuncR",
  "feGaussianBlur",
  "feMerge",
  "feMergeNode",
  "feMorphology",
  "feOffset",
]);

/** Without those that load (`xlink:href`, `xml:base`), run (`on…`) or animate. */
const ATTRIBUTES = new Set([
  "xmlns",
  "id",
  "class",
  "x",
  "y",
  "x1",
  "y1",
  "x2",
  "y2",
  "cx",
  "cy",
  "r",
  "rx",
  "ry",
  "fx",
  "fy",
  "fr",
  "width",
  "height",
  "viewBox",
  "d",
  "points",
  "transform",
  "preserveAspectRatio",
  "href",
  "style",
  "opacity",
  "color",
  "display",
  "visibility",
  "overflow",
  "offset",
  "pathLength",
  "dx",
  "dy",
  "in",
  "in2",
  "k1",
  "k2",
  "k3",
  "k4",
  "mode",
  "operator",
  "radius",
  "result",
  "scale",
  "stdDeviation",
  "type",
  "values",
  "tableValues",
  "slope",
  "intercept",
  "amplitude",
  "exponent",
  "primitiveUnits",
  "filterUnits",
  "maskUnits",
  "maskContentUnits",
  "clipPathUnits",
  "patternUnits",
  "patternContentUnits",
  "patternTransform",
  "gradientUnits",
  "gradientTransform",
  "spreadMethod",
  "paint-order",
  "image-rendering",
  "shape-rendering",
  "mask-type",
]);
const ATTRIBUTE_FAMILIES =
  /^(fill|stroke|stop|clip|mask|flood|color-interpolation|vector)(-[a-z]+)*$|^data(-[a-z]+)+$|^(filter|isolation|mix-blend-mode)$/;

const TAG = /<(\/?)([A-Za-z]+)((?:\s+[A-Za-z][A-Za-z0-9:-]*="[^"<]*")*)\s*(\/?)>/y;
const ATTRIBUTE = /\s+([A-Za-z][A-Za-z0-9:-]*)="([^"<]*)"/g;
/** `&#117;rl(` is `url(` to whoever reads it: only what stands for itself may be written in another way. */
const DISGUISE = /&(?!(?:amp|lt|gt|quot|apos|#39);)/;
const PIXELS = /^data:image\/(?:png|jpeg);base64,[A-Za-z0-9+/]*={0,2}$/;
/** A `url()` of anything but an element of the same document. */
const NOT_INSIDE = /url\((?!\s*(['"]?)#[^\s'"()]+\1\s*\))/i;
const FRAGMENT = /^#[\w.:-]+$/;
/** How satori embeds the `<svg>` of a template. */
const NESTED = /^data:image\/svg\+xml;(?:utf8|charset=utf-8),/i;
const MAX_NESTING = 2;

/** @throws OgError `E_SVG` when anything in `svg` is not on the lists */
export function gate(svg: string, nesting = 0): void {
  let position = 0;
  while (position < svg.length) {
    const open = svg.indexOf("<", position);
    const text = svg.slice(position, open < 0 ? undefined : open);
    if (text.trim() !== "") throw refused(`text outside of elements ("${text.trim().slice(0, 40)}")`);
    if (open < 0) return;
    TAG.lastIndex = open;
    const [tag, closing, name = "", attributes = ""] = TAG.exec(svg) ?? [];
    if (tag === undefined) throw refused(`markup that is not an element (${svg.slice(open, open + 40)})`);
    if (!ELEMENTS.has(name)) throw refused(`the element <${name}>`);
    if (closing && attributes) throw refused("attributes on an end tag");
    for (const [, attribute = "", value = ""] of attributes.matchAll(ATTRIBUTE)) checkAttribute(name, attribute, value, nesting);
    position = open + tag.length;
  }
}

function checkAttribute(element: string, name: string, value: string, nesting: number): void {
  if (!ATTRIBUTES.has(name) && !ATTRIBUTE_FAMILIES.test(name)) throw refused(`the attribute ${name} of <${element}>`);
  if (DISGUISE.test(value)) throw refused(`the attribute ${name} of <${element}> in disguise (${value.slice(0, 60)})`);
  if (name === "href") checkReference(element, value, nesting);
  else if (name === "xmlns" && value !== "http://www.w3.org/2000/svg") throw refused(`the namespace ${value}`);
  else if (/url\(/i.test(value) && NOT_INSIDE.test(value)) throw refused(`a reference to ${value.slice(0, 60)}`);
  else if (name === "style" && /[@\\]|expression|import/i.test(value)) throw refused(`the style ${value.slice(0, 60)}`);
}

function checkReference(element: string, value: string, nesting: number): void {
  if (FRAGMENT.test(value) || PIXELS.test(value)) return;
  // In a drawing that is percent-encoded, a character reference can only be a disguise: it is read first.
  if (element === "image" && NESTED.test(value) && !value.includes("&") && nesting < MAX_NESTING) {
    gate(decoded(value.slice(value.indexOf(",") + 1)), nesting + 1);
    return;
  }
  throw refused(`a reference to ${value.slice(0, 60)}`);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw refused("an embedded drawing that cannot be read");
  }
}

function refused(what: string): OgError {
  return new OgError("E_SVG", `The card's SVG holds ${what}, which may not reach the rasteriser.`, {
    hint: "Draw it with HTML elements, or with the SVG elements that templates have.",
  });
}
