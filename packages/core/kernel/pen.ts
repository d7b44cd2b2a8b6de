// The outlines of glyphs, as HarfBuzz draws them: a program of its own, which works in the memory of HarfBuzz. Each function is
// called as https://harfbuzz.github.io/harfbuzz-hb-draw.html says, with `paper` as its data: the address at which it goes on, the
// address of the paper's end, then the outline as `outlineBuffer()` takes it. Where the paper ends it is not written any more, but
// counted on.

const MOVE: f32 = 0;
const LINE: f32 = 1;
const QUADRATIC: f32 = 2;
const CUBIC: f32 = 3;
const CLOSE: f32 = 4;

/** Takes room for numbers; 0 where there is none. */
function take(paper: u32, numbers: u32): u32 {
  const at = load<u32>(paper);
  const next = at + 4 * numbers;
  store<u32>(paper, next);
  return next <= load<u32>(paper, 4) ? at : 0;
}

function put(paper: u32, kind: f32, x: f32, y: f32): void {
  const at = take(paper, 3);
  if (at == 0) return;
  store<f32>(at, kind);
  store<f32>(at, x, 4);
  store<f32>(at, y, 8);
}

export function moveTo(_pen: u32, paper: u32, _state: u32, x: f32, y: f32, _user: u32): void {
  put(paper, MOVE, x, y);
}

export function lineTo(_pen: u32, paper: u32, _state: u32, x: f32, y: f32, _user: u32): void {
  put(paper, LINE, x, y);
}

export function quadraticTo(_pen: u32, paper: u32, _state: u32, cx: f32, cy: f32, x: f32, y: f32, _user: u32): void {
  const at = take(paper, 5);
  if (at == 0) return;
  store<f32>(at, QUADRATIC);
  store<f32>(at, cx, 4);
  store<f32>(at, cy, 8);
  store<f32>(at, x, 12);
  store<f32>(at, y, 16);
}

export function cubicTo(_pen: u32, paper: u32, _state: u32, c1x: f32, c1y: f32, c2x: f32, c2y: f32, x: f32, y: f32, _user: u32): void {
  const at = take(paper, 7);
  if (at == 0) return;
  store<f32>(at, CUBIC);
  store<f32>(at, c1x, 4);
  store<f32>(at, c1y, 8);
  store<f32>(at, c2x, 12);
  store<f32>(at, c2y, 16);
  store<f32>(at, x, 20);
  store<f32>(at, y, 24);
}

export function closePath(_pen: u32, paper: u32, _state: u32, _user: u32): void {
  const at = take(paper, 1);
  if (at != 0) store<f32>(at, CLOSE);
}
