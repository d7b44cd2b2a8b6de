import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PACKAGE } from "../own-files.ts";

/** What `kernel/index.ts` exports. Pointers are addresses in `memory`, which moves when it grows. */
export interface Kernel {
  readonly memory: { readonly buffer: ArrayBuffer };
  allocate(bytes: number): number;
  release(pointer: number): void;
  isOpaque(pixels: number, count: number): number;
  layOver(below: number, above: number, count: number): void;
  drawMask(
    canvas: number,
    width: number,
    height: number,
    mask: number,
    maskWidth: number,
    maskHeight: number,
    x: number,
    y: number,
    colour: number,
    opacity: number,
  ): void;
  addMask(into: number, width: number, height: number, mask: number, maskWidth: number, maskHeight: number, x: number, y: number): void;
  beginPng(canvas: number, width: number, height: number, opaque: number): number;
  movePixels(canvas: number): void;
  kindOfBand(index: number): number;
  encodeBand(index: number, kind: number, kindAbove: number): number;
  addBand(bits: number, adler: number): number;
  endPng(): void;
  readonly bandPointer: { readonly value: number };
  readonly bandAdler: { readonly value: number };
  output(): number;
  outlineBuffer(length: number): number;
  rasterise(length: number, scale: number, phaseX: number, phaseY: number): void;
  readonly maskPointer: { readonly value: number };
  readonly maskWidth: { readonly value: number };
  readonly maskHeight: { readonly value: number };
  readonly maskLeft: { readonly value: number };
  readonly maskTop: { readonly value: number };
}

/** Node has it, but its types do not. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
  readonly RuntimeError: new () => Error;
};

let loaded: Kernel | undefined;

/** The kernel, compiled when it is first asked for. */
export function kernel(): Kernel {
  // There is one, for the sources as well.
  loaded ??= new WebAssembly.Instance(new WebAssembly.Module(readFileSync(join(PACKAGE, "dist/render/kernel.wasm")))).exports as Kernel;
  return loaded;
}

/** Whether the kernel stopped in the middle of its work: its memory is not to be relied on any more. */
export function isTrap(thrown: unknown): boolean {
  return thrown instanceof WebAssembly.RuntimeError;
}

/** A view of the kernel's memory, good until the kernel allocates. */
export function bytesAt(pointer: number, length: number): Uint8Array {
  return new Uint8Array(kernel().memory.buffer, pointer, length);
}
