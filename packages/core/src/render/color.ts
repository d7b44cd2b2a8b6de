import type { Color } from "./glyphs.ts";
import { raster } from "./raster.ts";

const HEX = /^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i;
const RGB = /^rgba?\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*(?:,\s*(1|0|0?\.\d+)\s*)?\)$/;
/** What the rasteriser itself is asked about: names, and functions of numbers. */
const OTHER = /^[a-z]+(?:\([\d.,%\s/a-z-]*\))?$/i;

const MAX_COLORS = 1_000;
const colors = new Map<string, Color | undefined>();

/** A paint of SVG as a solid colour; `undefined` where it is none, or one that only the rasteriser can draw. */
export function solidColor(paint: string): Color | undefined {
  if (colors.has(paint)) return colors.get(paint);
  const color = fromHex(paint) ?? fromRgb(paint) ?? fromRasteriser(paint);
  if (colors.size >= MAX_COLORS) colors.clear();
  colors.set(paint, color);
  return color;
}

function fromHex(paint: string): Color | undefined {
  const digits = HEX.exec(paint)?.[1];
  if (digits === undefined) return undefined;
  const long = digits.length < 6 ? Array.from(digits, (digit) => digit + digit).join("") : digits;
  const [r = 0, g = 0, b = 0, alpha = 255] = Array.from(long.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return { r, g, b, alpha: alpha / 255 };
}

function fromRgb(paint: string): Color | undefined {
  const found = RGB.exec(paint);
  if (!found) return undefined;
  const [r = 0, g = 0, b = 0] = found.slice(1, 4).map((channel) => Math.min(255, Number(channel)));
  return { r, g, b, alpha: Number(found[4] ?? 1) };
}

/** A colour in any other way of CSS is what the rasteriser makes of it. */
function fromRasteriser(paint: string): Color | undefined {
  if (!OTHER.test(paint)) return undefined;
  const svg = `<svg width="1" height="1" xmlns="http://www.w3.org/2000/svg"><rect width="1" height="1" fill="${paint}"/></svg>`;
  const [r = 0, g = 0, b = 0, alpha] = raster(svg);
  return alpha === 255 ? { r, g, b, alpha: 1 } : undefined;
}
