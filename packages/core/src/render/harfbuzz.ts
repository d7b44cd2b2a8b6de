import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { PACKAGE } from "../own-files.ts";

/** TypeScript declares it for browsers only. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

/** The functions of HarfBuzz in WebAssembly that are called: https://harfbuzz.github.io/harfbuzz-hb-buffer.html and others */
interface HarfBuzz {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  readonly __indirect_function_table: { grow(entries: number): number; set(index: number, value: unknown): void };
  __wasm_call_ctors(): void;
  malloc(size: number): number;
  free(pointer: number): void;
  hb_blob_create(data: number, length: number, mode: number, userData: number, destroy: number): number;
  hb_face_create(blob: number, index: number): number;
  hb_font_create(face: number): number;
  hb_font_set_scale(font: number, x: number, y: number): void;
  hb_buffer_create(): number;
  hb_buffer_clear_contents(buffer: number): void;
  hb_buffer_add_utf16(buffer: number, text: number, length: number, offset: number, itemLength: number): void;
  hb_buffer_guess_segment_properties(buffer: number): void;
  hb_buffer_get_length(buffer: number): number;
  hb_buffer_get_glyph_infos(buffer: number, length: number): number;
  hb_buffer_get_glyph_positions(buffer: number, length: number): number;
  hb_shape(font: number, buffer: number, features: number, count: number): void;
  hb_set_create(): number;
  hb_set_destroy(set: number): void;
  hb_face_collect_unicodes(face: number, set: number): void;
  hb_set_next_many(set: number, after: number, out: number, size: number): number;
  hb_draw_funcs_create(): number;
  hb_draw_funcs_set_move_to_func(pen: number, does: number, userData: number, destroy: number): void;
  hb_draw_funcs_set_line_to_func(pen: number, does: number, userData: number, destroy: number): void;
  hb_draw_funcs_set_quadratic_to_func(pen: number, does: number, userData: number, destroy: number): void;
  hb_draw_funcs_set_cubic_to_func(pen: number, does: number, userData: number, destroy: number): void;
  hb_draw_funcs_set_close_path_func(pen: number, does: number, userData: number, destroy: number): void;
  hb_font_draw_glyph(font: number, glyph: number, pen: number, data: number): void;
}

/** What `kernel/pen.ts` exports. */
interface Pen {
  readonly moveTo: unknown;
  readonly lineTo: unknown;
  readonly quadraticTo: unknown;
  readonly cubicTo: unknown;
  readonly closePath: unknown;
}

/** A glyph of a shaped text, in font units. */
export interface ShapedGlyph {
  readonly glyph: number;
  /** Where the character in the text begins that it stands for; glyphs with the same one are one character. */
  readonly cluster: number;
  readonly advance: number;
  /** From its origin, to the right and upwards. */
  readonly right: number;
  readonly up: number;
}

/** A font as HarfBuzz reads it. What is wrong with one is thrown by its functions, as an Error. */
export interface HarfBuzzFont {
  /** What it has a glyph for. */
  characters(): ReadonlySet<number>;
  readonly shape: Shape;
  /** The outline of a glyph as the kernel takes it, in font units; empty for one that draws nothing, or is damaged. */
  outline(glyph: number): Float32Array;
}

/** Shapes a text of one direction. @param isSpaced whether letters are set apart, so that none are joined to a ligature */
export type Shape = (text: string, isSpaced: boolean) => readonly ShapedGlyph[];

/** HB_MEMORY_MODE_WRITABLE */
const WRITABLE = 2;
/** UTF-16 code units at a time. */
const MOST_TEXT = 4096;
/** Bytes of `hb_glyph_info_t` and `hb_glyph_position_t`; the first begins with glyph, flags and cluster, the second with its four numbers. */
const STRUCT = 20;
const PAGE = 65_536;

let compiled: { readonly harfBuzz: object; readonly pen: object } | undefined;

/** Compiles HarfBuzz, which a first card would wait for. */
export function prepareHarfBuzz(): NonNullable<typeof compiled> {
  return (compiled ??= {
    harfBuzz: new WebAssembly.Module(readFileSync(createRequire(import.meta.url).resolve("harfbuzzjs/hb.wasm"))),
    pen: new WebAssembly.Module(readFileSync(join(PACKAGE, "dist/render/pen.wasm"))),
  });
}

/** A HarfBuzz for one font: a damaged one cannot change what others come out as. */
function open(): HarfBuzz {
  const stop = () => {
    throw new Error("HarfBuzz stopped.");
  };
  const env = {
    _emscripten_runtime_keepalive_clear: () => undefined,
    _abort_js: stop,
    _setitimer_js: () => 0,
    emscripten_resize_heap: (bytes: number) => Number(grow(harfBuzz, bytes >>> 0)),
  };
  const harfBuzz = new WebAssembly.Instance(prepareHarfBuzz().harfBuzz, { env, wasi_snapshot_preview1: { proc_exit: stop } })
    .exports as HarfBuzz;
  harfBuzz.__wasm_call_ctors();
  return harfBuzz;
}

function allocate(harfBuzz: HarfBuzz, bytes: number): number {
  const pointer = harfBuzz.malloc(bytes);
  if (pointer === 0) throw new RangeError("There is no memory left for the font.");
  return pointer;
}

function tag(name: string): number {
  return Buffer.from(name, "latin1").readUInt32BE(0);
}

function grow({ memory }: HarfBuzz, bytes: number): boolean {
  try {
    memory.grow(Math.ceil((bytes - memory.buffer.byteLength) / PAGE));
    return true;
  } catch {
    return false;
  }
}

/** Features that are off where letters are set apart: https://www.w3.org/TR/css-text-3/#letter-spacing-property */
const UNJOINED = ["liga", "clig"];
/** Bytes of `hb_feature_t`: tag, value, and the clusters from and to which it holds. */
const FEATURE = 16;

/** @param sfnt a TrueType or OpenType font */
export function openFont(sfnt: Uint8Array, unitsPerEm: number): HarfBuzzFont {
  const harfBuzz = open();
  const data = allocate(harfBuzz, sfnt.length);
  new Uint8Array(harfBuzz.memory.buffer).set(sfnt, data);
  const face = harfBuzz.hb_face_create(harfBuzz.hb_blob_create(data, sfnt.length, WRITABLE, 0, 0), 0);
  const font = harfBuzz.hb_font_create(face);
  harfBuzz.hb_font_set_scale(font, unitsPerEm, unitsPerEm);
  let characters: ReadonlySet<number> | undefined;
  let shape: Shape | undefined;
  let outline: ((glyph: number) => Float32Array) | undefined;
  return {
    characters: () => (characters ??= unlessStopped(() => charactersOf(harfBuzz, face))),
    shape: (text, isSpaced) => unlessStopped(() => (shape ??= shaper(harfBuzz, font))(text, isSpaced)),
    outline: (glyph) => unlessStopped(() => (outline ??= drawer(harfBuzz, font))(glyph)),
  };
}

function unlessStopped<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (thrown) {
    throw new Error("The font is damaged.", { cause: thrown });
  }
}

const MOST_AT_ONCE = 1024;
/** HB_SET_VALUE_INVALID */
const BEFORE_ALL = 0xffff_ffff;

function charactersOf(harfBuzz: HarfBuzz, face: number): ReadonlySet<number> {
  const set = harfBuzz.hb_set_create();
  harfBuzz.hb_face_collect_unicodes(face, set);
  const list = allocate(harfBuzz, 4 * MOST_AT_ONCE);
  const characters = new Set<number>();
  for (let last = BEFORE_ALL; ;) {
    const count = harfBuzz.hb_set_next_many(set, last, list, MOST_AT_ONCE);
    for (const character of new Uint32Array(harfBuzz.memory.buffer, list, count)) characters.add((last = character));
    if (count < MOST_AT_ONCE) break;
  }
  harfBuzz.free(list);
  harfBuzz.hb_set_destroy(set);
  return characters;
}

function shaper(harfBuzz: HarfBuzz, font: number): Shape {
  const buffer = harfBuzz.hb_buffer_create();
  const characters = allocate(harfBuzz, 2 * MOST_TEXT);
  const features = allocate(harfBuzz, UNJOINED.length * FEATURE);
  const off = UNJOINED.flatMap((name) => [tag(name), 0, 0, 0xffff_ffff]);
  new Uint32Array(harfBuzz.memory.buffer, features, off.length).set(off);
  return (text, isSpaced) => {
    if (text.length > MOST_TEXT) throw new Error("The text is too long to be shaped at once.");
    const units = new Uint16Array(harfBuzz.memory.buffer, characters, text.length);
    for (let index = 0; index < text.length; index++) units[index] = text.charCodeAt(index);
    harfBuzz.hb_buffer_clear_contents(buffer);
    harfBuzz.hb_buffer_add_utf16(buffer, characters, text.length, 0, text.length);
    harfBuzz.hb_buffer_guess_segment_properties(buffer);
    harfBuzz.hb_shape(font, buffer, features, isSpaced ? UNJOINED.length : 0);
    return read(harfBuzz, buffer);
  };
}

function read(harfBuzz: HarfBuzz, buffer: number): readonly ShapedGlyph[] {
  const length = harfBuzz.hb_buffer_get_length(buffer);
  const infos = new Uint32Array(harfBuzz.memory.buffer, harfBuzz.hb_buffer_get_glyph_infos(buffer, 0), (length * STRUCT) / 4);
  const positions = new Int32Array(harfBuzz.memory.buffer, harfBuzz.hb_buffer_get_glyph_positions(buffer, 0), (length * STRUCT) / 4);
  return Array.from({ length }, (_glyph, index) => {
    const at = (index * STRUCT) / 4;
    return {
      glyph: infos[at] as number,
      cluster: infos[at + 2] as number,
      advance: positions[at] as number,
      right: positions[at + 2] as number,
      up: positions[at + 3] as number,
    };
  });
}

/** Bytes of an outline; one that needs more gets them. */
const OUTLINE = 16 * 1024;
/** Of the two addresses before an outline. */
const BOUNDS = 8;

/** The pen writes into the memory of HarfBuzz, which calls it as its own functions. */
function drawer(harfBuzz: HarfBuzz, font: number): (glyph: number) => Float32Array {
  const { memory, __indirect_function_table: functions } = harfBuzz;
  const { moveTo, lineTo, quadraticTo, cubicTo, closePath } = new WebAssembly.Instance(prepareHarfBuzz().pen, { env: { memory } })
    .exports as Pen;
  const strokes = [moveTo, lineTo, quadraticTo, cubicTo, closePath];
  const first = functions.grow(strokes.length);
  for (const [index, stroke] of strokes.entries()) functions.set(first + index, stroke);
  const pen = harfBuzz.hb_draw_funcs_create();
  harfBuzz.hb_draw_funcs_set_move_to_func(pen, first, 0, 0);
  harfBuzz.hb_draw_funcs_set_line_to_func(pen, first + 1, 0, 0);
  harfBuzz.hb_draw_funcs_set_quadratic_to_func(pen, first + 2, 0, 0);
  harfBuzz.hb_draw_funcs_set_cubic_to_func(pen, first + 3, 0, 0);
  harfBuzz.hb_draw_funcs_set_close_path_func(pen, first + 4, 0, 0);
  let room = OUTLINE;
  let paper = allocate(harfBuzz, BOUNDS + room);
  return function draw(glyph: number): Float32Array {
    const start = paper + BOUNDS;
    new Uint32Array(memory.buffer, paper, 2).set([start, start + room]);
    harfBuzz.hb_font_draw_glyph(font, glyph, pen, paper);
    const [end = start] = new Uint32Array(memory.buffer, paper, 1);
    if (end <= start + room) return new Float32Array(memory.buffer.slice(start, end));
    room = end - start;
    harfBuzz.free(paper);
    paper = allocate(harfBuzz, BOUNDS + room);
    return draw(glyph);
  };
}
