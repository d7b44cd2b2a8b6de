/**
 * Glyph outlines as coverage masks.
 *
 * Each line adds the area that it cuts off to the right of it to the cells that it crosses, with the sign of its
 * direction; a running sum along each row then gives, for each pixel, winding number × coverage. That is exact for
 * contours that do not overlap, in one pass, without sorting: the "signed area" of FreeType's smooth rasteriser and of
 * https://medium.com/@raphlinus/inside-the-fastest-font-renderer-in-the-world-75ae5270c445
 *
 * The absolute sum, at most 1, is the non-zero winding rule, except in pixels that edges of overlapping contours share:
 * two edges that lie on each other would cover twice. Variable fonts draw letters from overlapping strokes. Where a sum
 * exceeds 1 the glyph is therefore drawn again, 4×4 times as large, and averaged, as FreeType does for outlines that are
 * flagged as overlapping (FT_OUTLINE_OVERLAP): what remains wrong is a sixteenth of a pixel.
 */
import { allocate, Scratch } from "./heap";

/** How far a chord may be from its curve, in pixels. */
const TOLERANCE: f32 = 0.02;
const OVERLAP_FACTOR: i32 = 4;
/** More than rounding makes. */
const OVERLAP: f32 = 1.004;
const KEPT_SCRATCH: usize = 4 << 20;

const outlines = new Scratch();
const cells = new Scratch();
const fine = new Scratch();

export let maskPointer: usize = 0;
export let maskWidth: i32 = 0;
export let maskHeight: i32 = 0;
export let maskLeft: i32 = 0;
export let maskTop: i32 = 0;

let sums: usize = 0;
let stride: i32 = 0;
let rows: i32 = 0;

/** Where the caller writes an outline: operations as 32-bit floats, as `rasterise` in canvas.ts documents them. */
export function outlineBuffer(length: usize): usize {
  return outlines.take(length << 2);
}

/** Draws the outline of `length` numbers that is in the buffer; the mask is what the exported variables then say. */
export function rasterise(length: usize, scale: f32, phaseX: f32, phaseY: f32): void {
  const outline = outlines.take(length << 2);
  const end = outline + (length << 2);
  maskPointer = 0;
  maskWidth = maskHeight = maskLeft = maskTop = 0;
  measure(outline, end, scale, phaseX, phaseY);
  if (maskWidth == 0 || maskHeight == 0) return;
  maskPointer = allocate(<usize>maskWidth * maskHeight);
  if (draw(outline, end, scale, phaseX - <f32>maskLeft, phaseY - <f32>maskTop, maskWidth, maskHeight, maskPointer)) {
    drawOverlapping(outline, end, scale, phaseX, phaseY);
  }
  outlines.trim(KEPT_SCRATCH);
  cells.trim(KEPT_SCRATCH);
  fine.trim(KEPT_SCRATCH);
}

function drawOverlapping(outline: usize, end: usize, scale: f32, phaseX: f32, phaseY: f32): void {
  const factor = <f32>OVERLAP_FACTOR;
  const width = maskWidth * OVERLAP_FACTOR;
  const height = maskHeight * OVERLAP_FACTOR;
  const large = fine.take(<usize>width * height);
  draw(outline, end, scale * factor, (phaseX - <f32>maskLeft) * factor, (phaseY - <f32>maskTop) * factor, width, height, large);
  for (let y = 0; y < maskHeight; y++) {
    for (let x = 0; x < maskWidth; x++) {
      let sum: u32 = 0;
      for (let row = 0; row < OVERLAP_FACTOR; row++) {
        const at = large + (y * OVERLAP_FACTOR + row) * width + x * OVERLAP_FACTOR;
        sum += <u32>load<u8>(at) + load<u8>(at, 1) + load<u8>(at, 2) + load<u8>(at, 3);
      }
      store<u8>(maskPointer + y * maskWidth + x, (sum + 8) >> 4);
    }
  }
}

/** How many numbers follow an operation. */
function operands(operation: i32): i32 {
  return operation == 4 ? 0 : operation == 3 ? 6 : operation == 2 ? 4 : 2;
}

/** The box of all points, control points included, in whole pixels. */
function measure(outline: usize, end: usize, scale: f32, phaseX: f32, phaseY: f32): void {
  let left = f32.MAX_VALUE;
  let top = f32.MAX_VALUE;
  let right = -f32.MAX_VALUE;
  let bottom = -f32.MAX_VALUE;
  for (let at = outline; at < end;) {
    const count = operands(<i32>load<f32>(at));
    at += 4;
    for (let operand = 0; operand < count; operand += 2, at += 8) {
      const x = phaseX + load<f32>(at) * scale;
      const y = phaseY - load<f32>(at, 4) * scale;
      left = min(left, x);
      top = min(top, y);
      right = max(right, x);
      bottom = max(bottom, y);
    }
  }
  if (!(left < right && top < bottom)) return;
  maskLeft = <i32>Mathf.floor(left);
  maskTop = <i32>Mathf.floor(top);
  maskWidth = <i32>Mathf.ceil(right) - maskLeft;
  maskHeight = <i32>Mathf.ceil(bottom) - maskTop;
}

/**
 * Draws an outline into a mask that holds all of it.
 * @returns whether contours overlap
 */
function draw(outline: usize, end: usize, scale: f32, originX: f32, originY: f32, width: i32, height: i32, mask: usize): bool {
  // A line along the right edge adds to the two cells after it.
  stride = width + 2;
  rows = height;
  const bytes = (<usize>stride * height) << 2;
  sums = cells.take(bytes);
  memory.fill(sums, 0, bytes);
  addContours(outline, end, scale, originX, originY);
  let most: f32 = 0;
  for (let y = 0; y < height; y++) {
    let winding: f32 = 0;
    const row = sums + ((y * stride) << 2);
    const to = mask + y * width;
    for (let x = 0; x < width; x++) {
      winding += load<f32>(row + (x << 2));
      const covered = abs(winding);
      most = max(most, covered);
      store<u8>(to + x, <u8>(min<f32>(covered, 1) * 255 + 0.5));
    }
  }
  return most > OVERLAP;
}

function addContours(outline: usize, end: usize, scale: f32, originX: f32, originY: f32): void {
  let x: f32 = 0;
  let y: f32 = 0;
  let startX: f32 = 0;
  let startY: f32 = 0;
  for (let at = outline; at < end;) {
    const operation = <i32>load<f32>(at);
    at += 4;
    if (operation == 0 || operation == 4) {
      addLine(x, y, startX, startY);
      x = startX;
      y = startY;
      if (operation == 4) continue;
    }
    const x1 = originX + load<f32>(at) * scale;
    const y1 = originY - load<f32>(at, 4) * scale;
    at += 8;
    if (operation == 0) {
      x = startX = x1;
      y = startY = y1;
      continue;
    }
    if (operation == 1) {
      addLine(x, y, x1, y1);
      x = x1;
      y = y1;
      continue;
    }
    const x2 = originX + load<f32>(at) * scale;
    const y2 = originY - load<f32>(at, 4) * scale;
    at += 8;
    if (operation == 2) {
      addQuadratic(x, y, x1, y1, x2, y2);
      x = x2;
      y = y2;
      continue;
    }
    const x3 = originX + load<f32>(at) * scale;
    const y3 = originY - load<f32>(at, 4) * scale;
    at += 8;
    addCubic(x, y, x1, y1, x2, y2, x3, y3);
    x = x3;
    y = y3;
  }
  addLine(x, y, startX, startY);
}

/** The chords of `n` equal steps of a parameter are at most |second derivative| / (8 n²) from the curve. */
function steps(secondDerivative: f32): i32 {
  return max(1, <i32>Mathf.ceil(Mathf.sqrt(secondDerivative / (8 * TOLERANCE))));
}

function length(x: f32, y: f32): f32 {
  return Mathf.sqrt(x * x + y * y);
}

function addQuadratic(x0: f32, y0: f32, x1: f32, y1: f32, x2: f32, y2: f32): void {
  const count = steps(2 * length(x0 - 2 * x1 + x2, y0 - 2 * y1 + y2));
  let fromX = x0;
  let fromY = y0;
  for (let step = 1; step < count; step++) {
    const t = <f32>step / <f32>count;
    const u: f32 = 1 - t;
    const x: f32 = u * u * x0 + 2 * u * t * x1 + t * t * x2;
    const y: f32 = u * u * y0 + 2 * u * t * y1 + t * t * y2;
    addLine(fromX, fromY, x, y);
    fromX = x;
    fromY = y;
  }
  addLine(fromX, fromY, x2, y2);
}

function addCubic(x0: f32, y0: f32, x1: f32, y1: f32, x2: f32, y2: f32, x3: f32, y3: f32): void {
  const count = steps(6 * max(length(x0 - 2 * x1 + x2, y0 - 2 * y1 + y2), length(x1 - 2 * x2 + x3, y1 - 2 * y2 + y3)));
  let fromX = x0;
  let fromY = y0;
  for (let step = 1; step < count; step++) {
    const t = <f32>step / <f32>count;
    const u: f32 = 1 - t;
    const a: f32 = u * u * u;
    const b: f32 = 3 * u * u * t;
    const c: f32 = 3 * u * t * t;
    const d: f32 = t * t * t;
    const x: f32 = a * x0 + b * x1 + c * x2 + d * x3;
    const y: f32 = a * y0 + b * y1 + c * y2 + d * y3;
    addLine(fromX, fromY, x, y);
    fromX = x;
    fromY = y;
  }
  addLine(fromX, fromY, x3, y3);
}

function add(cell: usize, value: f32): void {
  store<f32>(cell, load<f32>(cell) + value);
}

/** Adds the signed area to the right of a line, row by row; the sum of what a row's cells get is the height of the line in it. */
function addLine(fromX: f32, fromY: f32, toX: f32, toY: f32): void {
  if (fromY == toY) return;
  const down = fromY < toY;
  const sign: f32 = down ? 1 : -1;
  const top = down ? fromY : toY;
  const bottom = down ? toY : fromY;
  const slope = (toX - fromX) / (toY - fromY);
  let x = down ? fromX : toX;
  const end = min(rows, <i32>Mathf.ceil(bottom));
  for (let row = <i32>top; row < end; row++) {
    const height = min<f32>(<f32>(row + 1), bottom) - max<f32>(<f32>row, top);
    const nextX = x + slope * height;
    // Rounding must not carry a point on the mask's edge out of it.
    const left = max<f32>(0, min(x, nextX));
    const right = max<f32>(0, max(x, nextX));
    x = nextX;
    const first = <i32>left;
    const firstEdge = <f32>first;
    const area = height * sign;
    const cell = sums + ((row * stride + first) << 2);
    if (right <= firstEdge + 1) {
      const beyond = area * (<f32>0.5 * (left + right) - firstEdge);
      add(cell, area - beyond);
      add(cell + 4, beyond);
      continue;
    }
    // `area` is spread evenly over left…right; of what falls into a cell, the part to the right of it goes on to the next.
    const perPixel = area / (right - left);
    const last = <i32>Mathf.ceil(right) - 1;
    const inFirst: f32 = firstEdge + 1 - left;
    const inLast: f32 = right - <f32>last;
    const coversFirst: f32 = 0.5 * perPixel * inFirst * inFirst;
    add(cell, coversFirst);
    let covered = coversFirst;
    let beyond = perPixel * inFirst - coversFirst;
    let at = cell + 4;
    for (let column = first + 1; column < last; column++, at += 4) {
      const value = beyond + <f32>0.5 * perPixel;
      add(at, value);
      covered += value;
      beyond = 0.5 * perPixel;
    }
    const lastValue = beyond + perPixel * inLast * (<f32>1 - <f32>0.5 * inLast);
    add(at, lastValue);
    add(at + 4, area - covered - lastValue);
  }
}
