import type { Size } from "../../types.ts";
import type { DecoratedBox } from "./decorations.ts";

/**
 * What most boxes paint, written as satori writes it: a colour, a gradient of opaque colours, a picture, all with corners that
 * are round alike. satori takes 80 ms for its first one, most of them to be loaded.
 * @param natural the size of a picture by itself
 * @returns markup; `undefined` for what only satori draws
 */
export function plainMarkup(box: DecoratedBox, natural: Size | undefined): string | undefined {
  const { borderRadius = 0, backgroundColor, backgroundImage, objectFit, ...others } = box.style;
  if (Object.keys(others).length > 0 || typeof borderRadius !== "number" || borderRadius < 0) return undefined;
  const outline = borderRadius === 0 ? "" : roundedOutline(box, borderRadius);
  const layers = [
    backgroundColor === undefined ? "" : filled(box, outline, backgroundColor),
    backgroundImage === undefined ? "" : gradient(box, outline, backgroundImage),
    box.type === "img" ? picture(box, outline, objectFit, natural) : objectFit === undefined ? "" : undefined,
  ];
  return layers.includes(undefined) ? undefined : layers.join("");
}

/** As a path: from the top left corner's end round to it. */
function roundedOutline({ left, top, width, height }: DecoratedBox, asked: number): string {
  // https://www.w3.org/TR/css-backgrounds-3/#corner-overlap
  const radius = Math.min(asked, width / 2, height / 2);
  const [across, down] = [width - 2 * radius, height - 2 * radius];
  const corner = (x: number, y: number) => `a${radius},${radius} 0 0 1 ${x},${y}`;
  return [
    `M${left + radius},${top}`,
    `h${across} ${corner(radius, radius)}`,
    `v${down} ${corner(-radius, radius)}`,
    `h${-across} ${corner(-radius, -radius)}`,
    `v${-down} ${corner(radius, -radius)}`,
  ].join(" ");
}

const COLOR = /^(#([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})|rgba?\(\s*\d+\s*,\s*\d+\s*,\s*\d+\s*(,\s*[\d.]+\s*)?\))$/i;

function filled({ left, top, width, height }: DecoratedBox, outline: string, paint: unknown): string | undefined {
  if (typeof paint !== "string" || !(COLOR.test(paint) || paint.startsWith("url(#"))) return undefined;
  const place = `x="${left}" y="${top}" width="${width}" height="${height}" fill="${paint}"`;
  return outline === "" ? `<rect ${place}/>` : `<path ${place} d="${outline}"/>`;
}

const LINEAR = /^linear-gradient\(\s*(-?[\d.]+)deg\s*,([^()]*)\)$/;
const RADIAL = /^radial-gradient\(\s*circle at ([\d.]+)% ([\d.]+)%\s*,([^()]*)\)$/;

function gradient(box: DecoratedBox, outline: string, image: unknown): string | undefined {
  if (typeof image !== "string") return undefined;
  const [, degrees, linearStops] = LINEAR.exec(image) ?? [];
  const [, x, y, radialStops] = RADIAL.exec(image) ?? [];
  const stops = colorStops(linearStops ?? radialStops ?? "");
  if (!stops || box.width === 0 || box.height === 0) return undefined;
  const paint = degrees === undefined ? radialGradient(box, Number(x), Number(y), stops) : linearGradient(box, Number(degrees), stops);
  const tile = `<rect x="0" y="0" width="${box.width}" height="${box.height}" fill="url(#gradient)"/>`;
  const pattern = `<pattern id="pattern" x="0" y="0" width="1" height="1" patternUnits="objectBoundingBox">${paint}${tile}</pattern>`;
  return `<defs>${pattern}</defs>${filled(box, outline, "url(#pattern)")}`;
}

interface Stop {
  readonly color: string;
  /** 0 to 1. */
  readonly offset: number;
}

const STOP = /^(#(?:[\da-f]{3}|[\da-f]{6}))(?: ([\d.]+)%)?$/i;

/** Of opaque colours, each but the first and the last at a place. The whole way from 0 to 1 is named. */
function colorStops(list: string): readonly Stop[] | undefined {
  const parts = list.split(",").map((part) => STOP.exec(part.trim()));
  const stops: Stop[] = [];
  for (const [index, found] of parts.entries()) {
    const [, color, percentage] = found ?? [];
    const otherwise = index === 0 ? 0 : index === parts.length - 1 ? 1 : undefined;
    const offset = percentage === undefined ? otherwise : Number(percentage) / 100;
    if (color === undefined || offset === undefined) return undefined;
    if (index === 0 && percentage !== undefined && percentage !== "0") stops.push({ color, offset: 0 });
    stops.push({ color, offset });
  }
  const last = stops.at(-1);
  return last && last.offset !== 1 ? [...stops, { color: last.color, offset: 1 }] : stops;
}

/**
 * Along the line of https://www.w3.org/TR/css-images-3/#linear-gradients, in parts of the box: there, the line that is level with
 * the gradient is not at a right angle to it any more, unless the gradient's own line is turned.
 */
function linearGradient({ width, height }: DecoratedBox, degrees: number, stops: readonly Stop[]): string {
  const angle = (degrees / 180) * Math.PI;
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const length = Math.abs(width * sine) + Math.abs(height * cosine);
  const [x, y] = [(width * sine) / length, (-height * cosine) / length];
  const [halfX, halfY] = [x / (x * x + y * y) / 2, y / (x * x + y * y) / 2];
  const line = `x1="${0.5 - halfX}" y1="${0.5 - halfY}" x2="${0.5 + halfX}" y2="${0.5 + halfY}"`;
  const marks = stops.map(({ color, offset }) => `<stop offset="${offset * 100}%" stop-color="${color}"/>`);
  return `<linearGradient id="gradient" ${line} spreadMethod="pad">${marks.join("")}</linearGradient>`;
}

/** To the farthest corner. */
function radialGradient({ width, height }: DecoratedBox, xPercent: number, yPercent: number, stops: readonly Stop[]): string {
  const [x, y] = [(width * xPercent) / 100, (height * yPercent) / 100];
  const radius = Math.hypot(Math.max(Math.abs(x), Math.abs(width - x)), Math.max(Math.abs(y), Math.abs(height - y)));
  const circle = `gradientUnits="userSpaceOnUse" cx="${x}" cy="${y}" r="${radius}"`;
  const marks = stops.map(({ color, offset }) => `<stop offset="${offset}" stop-color="${color}"/>`);
  return `<radialGradient id="gradient" ${circle} spreadMethod="pad">${marks.join("")}</radialGradient>`;
}

/** Fitted into its box, and cut off at it. */
function picture(box: DecoratedBox, outline: string, fit: unknown, natural: Size | undefined): string | undefined {
  const { src, left, top, width, height, padding } = box;
  const isBare = Object.values(padding).every((side) => side === 0);
  if (!natural || !isBare || (fit !== undefined && fit !== "cover" && fit !== "contain" && fit !== "fill")) return undefined;
  const scales = [width / natural.width, height / natural.height] as const;
  const scale = fit === "cover" ? Math.max(...scales) : Math.min(...scales);
  const isFitted = fit === "cover" || fit === "contain";
  const drawn = isFitted ? { width: natural.width * scale, height: natural.height * scale } : { width, height };
  const x = isFitted ? left + width / 2 - (drawn.width * (width / 2)) / width : left;
  const y = isFitted ? top + height / 2 - (drawn.height * (height / 2)) / height : top;
  if (!(drawn.width > 0 && drawn.height > 0)) return undefined;
  const place = `x="${left}" y="${top}" width="${width}" height="${height}"`;
  return [
    `<clipPath id="clip">${outline === "" ? `<rect ${place}/>` : `<path ${place} d="${outline}"/>`}</clipPath>`,
    `<mask id="mask"><rect ${place} fill="#fff"/></mask>`,
    `<image x="${x}" y="${y}" width="${drawn.width}" height="${drawn.height}" href="${src}" preserveAspectRatio="none" clip-path="url(#clip)" mask="url(#mask)"/>`,
  ].join("");
}
