/** The canvas once more, slow and plain, as what the kernel is compared with. */
import { crc32, deflateSync } from "node:zlib";
import type { Canvas, Mask } from "../src/render/canvas.ts";

const blocks = new Map<number, Uint8Array>();
let nextPointer = 1;

function keep(bytes: Uint8Array): number {
  blocks.set(nextPointer, bytes);
  return nextPointer++;
}

function block(pointer: number): Uint8Array {
  const bytes = blocks.get(pointer);
  if (!bytes) throw new Error("The mask has been freed.");
  return bytes;
}

const divideBy255 = (value: number) => Math.round(value / 255);

export function openCanvas(width: number, height: number): Canvas {
  const pixels = new Uint8Array(width * height * 4);
  const isOpaque = () => pixels.every((value, index) => index % 4 !== 3 || value === 255);
  return {
    width,
    height,
    load: (rgba) => pixels.set(rgba),
    over(rgba) {
      for (let index = 0; index < pixels.length; index++) {
        const through = 255 - (rgba[index | 3] as number);
        pixels[index] = (rgba[index] as number) + divideBy255((pixels[index] as number) * through);
      }
    },
    draw(mask, x, y, r, g, b, alpha) {
      const coverage = block(mask.pointer);
      const colour = [r, g, b, 255];
      const opacity = Math.round(alpha * 255);
      for (let row = 0; row < mask.height; row++) {
        for (let column = 0; column < mask.width; column++) {
          const [px, py] = [x + mask.left + column, y + mask.top + row];
          if (px < 0 || py < 0 || px >= width || py >= height) continue;
          const k = divideBy255((coverage[row * mask.width + column] as number) * opacity);
          const at = (py * width + px) * 4;
          for (let channel = 0; channel < 4; channel++) {
            pixels[at + channel] = divideBy255((colour[channel] as number) * k + (pixels[at + channel] as number) * (255 - k));
          }
        }
      }
    },
    png() {
      const opaque = isOpaque();
      const stride = 1 + width * (opaque ? 3 : 4);
      const rows = new Uint8Array(stride * height);
      for (let y = 0; y < height; y++) {
        let to = y * stride + 1;
        for (let x = 0; x < width; x++) {
          const from = (y * width + x) * 4;
          const a = pixels[from + 3] as number;
          for (let channel = 0; channel < 3; channel++) {
            const value = pixels[from + channel] as number;
            rows[to++] = a === 0 ? 0 : Math.min(255, Math.floor((value * 255 + (a >> 1)) / a));
          }
          if (!opaque) rows[to++] = a;
        }
      }
      const header = Buffer.alloc(13);
      header.writeUInt32BE(width, 0);
      header.writeUInt32BE(height, 4);
      header.set([8, opaque ? 2 : 6, 0, 0, 0], 8);
      const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
      return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
    },
    rgba: () => pixels.slice(),
  };
}

/** A mask of the kernel as one of this file. */
export function maskOf(bytes: Uint8Array, mask: Mask): Mask {
  return { ...mask, pointer: keep(bytes) };
}

export function coverage({ pointer }: Mask): Uint8Array {
  return block(pointer);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const bytes = Buffer.alloc(data.length + 12);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, "latin1");
  bytes.set(data, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, data.length + 8)), data.length + 8);
  return bytes;
}

interface Edge {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** Lines per pixel in which the coverage is measured; across, it is exact. */
const LINES = 64;
const STEPS = 48;

/**
 * Draws an outline as a mask, by the non-zero winding rule.
 * @param outline operations as numbers: 0 M x y · 1 L x y · 2 Q x1 y1 x y · 3 C x1 y1 x2 y2 x y · 4 Z; y upwards
 * @param scale pixels per unit of the outline
 * @param phaseX where in its pixel the origin is, from the left, 0 to 1
 * @param phaseY the same from the top
 */
export function rasterise(outline: Float32Array, scale: number, phaseX: number, phaseY: number): Mask {
  const edges = flatten(outline, scale, phaseX, phaseY);
  if (edges.length === 0) return { pointer: keep(new Uint8Array(0)), width: 0, height: 0, left: 0, top: 0 };
  const xs = edges.flatMap(({ x0, x1 }) => [x0, x1]);
  const ys = edges.flatMap(({ y0, y1 }) => [y0, y1]);
  const left = Math.floor(Math.min(...xs));
  const top = Math.floor(Math.min(...ys));
  const width = Math.ceil(Math.max(...xs)) - left;
  const height = Math.ceil(Math.max(...ys)) - top;
  const sums = new Float64Array(width * height);
  for (let line = 0; line < height * LINES; line++) {
    const y = top + (line + 0.5) / LINES;
    const crossings = edges
      .filter(({ y0, y1 }) => y0 <= y !== y1 <= y)
      .map(({ x0, y0, x1, y1 }) => ({ x: x0 + ((y - y0) / (y1 - y0)) * (x1 - x0), direction: y1 > y0 ? 1 : -1 }))
      .sort((a, b) => a.x - b.x);
    let winding = 0;
    for (const [index, { x, direction }] of crossings.entries()) {
      winding += direction;
      const next = crossings[index + 1];
      if (winding === 0 || !next) continue;
      for (let column = Math.floor(x); column < next.x; column++) {
        const at = Math.floor(line / LINES) * width + column - left;
        sums[at] = (sums[at] ?? 0) + Math.min(next.x, column + 1) - Math.max(x, column);
      }
    }
  }
  return { pointer: keep(Uint8Array.from(sums, (sum) => Math.min(255, Math.round((sum / LINES) * 255)))), width, height, left, top };
}

function flatten(outline: Float32Array, scale: number, phaseX: number, phaseY: number): readonly Edge[] {
  const edges: Edge[] = [];
  let at = 0;
  let [x, y, startX, startY] = [0, 0, 0, 0];
  const next = (): [number, number] => [phaseX + (outline[at++] as number) * scale, phaseY - (outline[at++] as number) * scale];
  const lineTo = (toX: number, toY: number) => {
    edges.push({ x0: x, y0: y, x1: toX, y1: toY });
    [x, y] = [toX, toY];
  };
  const close = () => lineTo(startX, startY);
  while (at < outline.length) {
    const operation = outline[at++];
    if (operation === 0) {
      close();
      [x, y] = next();
      [startX, startY] = [x, y];
    } else if (operation === 4) close();
    else if (operation === 1) lineTo(...next());
    else {
      const [x0, y0] = [x, y];
      const [x1, y1] = next();
      const [x2, y2] = next();
      const [x3, y3] = operation === 3 ? next() : [x2, y2];
      for (let step = 1; step <= STEPS; step++) {
        const t = step / STEPS;
        const u = 1 - t;
        if (operation === 2) lineTo(u * u * x0 + 2 * u * t * x1 + t * t * x2, u * u * y0 + 2 * u * t * y1 + t * t * y2);
        else {
          const [a, b, c, d] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
          lineTo(a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3);
        }
      }
    }
  }
  close();
  return edges.filter(({ x0, y0, x1, y1 }) => x0 !== x1 || y0 !== y1);
}
