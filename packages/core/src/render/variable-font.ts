import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Face } from "../types.ts";
import { describeAs, toSfnt } from "../sfnt.ts";

/** TypeScript declares it for browsers only. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<object>;
  instantiate(module: object): Promise<{ readonly exports: unknown }>;
};

/** The functions of hb-subset in WebAssembly that are called: https://harfbuzz.github.io/harfbuzz-hb-subset.html */
interface HarfBuzz {
  readonly memory: { readonly buffer: ArrayBuffer };
  _initialize(): void;
  malloc(size: number): number;
  hb_blob_create(data: number, length: number, mode: number, userData: number, destroy: number): number;
  hb_blob_get_data(blob: number, length: number): number;
  hb_blob_get_length(blob: number): number;
  hb_face_create(blob: number, index: number): number;
  hb_face_reference_blob(face: number): number;
  hb_subset_input_create_or_fail(): number;
  hb_subset_input_keep_everything(input: number): void;
  hb_subset_input_pin_all_axes_to_default(input: number, face: number): number;
  hb_subset_input_pin_axis_location(input: number, face: number, tag: number, value: number): number;
  hb_subset_or_fail(face: number, input: number): number;
}

/** HB_MEMORY_MODE_WRITABLE */
const WRITABLE = 2;

let compiled: Promise<object> | undefined;

/**
 * The font file of a face as a static TrueType or OpenType font with all of its glyphs and features: a variable font at
 * the point of its axes that the face names, other axes at their defaults. It says of itself what the face says.
 * @param bytes TTF, OTF, WOFF or WOFF2
 * @throws Error for a damaged font, or an axis that it does not have
 */
export async function instantiate(
  bytes: Buffer,
  { variation = {}, weight, style }: Pick<Face, "variation" | "weight" | "style">,
): Promise<Buffer> {
  const sfnt = await toSfnt(bytes);
  const font = Object.keys(variation).length === 0 ? sfnt : await pin(sfnt, variation);
  describeAs(font, weight, style);
  return font;
}

async function pin(sfnt: Buffer, variation: Readonly<Record<string, number>>): Promise<Buffer> {
  compiled ??= readFile(createRequire(import.meta.url).resolve("harfbuzzjs/hb-subset.wasm")).then((wasm) => WebAssembly.compile(wasm));
  // A new one each time (0.5 ms): it leaves no memory behind, and a damaged font cannot change what others come out as.
  const harfBuzz = (await WebAssembly.instantiate(await compiled)).exports as HarfBuzz;
  harfBuzz._initialize();
  return pinnedOrDamaged(harfBuzz, sfnt, variation);
}

/** WebAssembly that reads where nothing is ends with an error which tells a user nothing. */
function pinnedOrDamaged(...args: Parameters<typeof pinned>): Buffer {
  try {
    return pinned(...args);
  } catch (thrown) {
    throw thrown instanceof Error && thrown.name === "RuntimeError" ? new Error("it is damaged", { cause: thrown }) : thrown;
  }
}

function pinned(harfBuzz: HarfBuzz, sfnt: Uint8Array, variation: Readonly<Record<string, number>>): Buffer {
  const data = harfBuzz.malloc(sfnt.length);
  new Uint8Array(harfBuzz.memory.buffer).set(sfnt, data);
  const face = harfBuzz.hb_face_create(harfBuzz.hb_blob_create(data, sfnt.length, WRITABLE, 0, 0), 0);
  const input = harfBuzz.hb_subset_input_create_or_fail();
  harfBuzz.hb_subset_input_keep_everything(input);
  harfBuzz.hb_subset_input_pin_all_axes_to_default(input, face);
  for (const [axis, value] of Object.entries(variation)) {
    if (!harfBuzz.hb_subset_input_pin_axis_location(input, face, tag(axis), value)) throw new Error(`its axis "${axis}" cannot be set`);
  }
  const instance = harfBuzz.hb_subset_or_fail(face, input);
  if (instance === 0) throw new Error("its tables are damaged");
  const blob = harfBuzz.hb_face_reference_blob(instance);
  const start = harfBuzz.hb_blob_get_data(blob, 0);
  return Buffer.from(new Uint8Array(harfBuzz.memory.buffer, start, harfBuzz.hb_blob_get_length(blob)));
}

function tag(axis: string): number {
  return Buffer.from(axis, "latin1").readUInt32BE(0);
}
