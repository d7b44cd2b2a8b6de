/** The other thread of a renderer: it compresses bands, for `bands-ahead.ts`, and looks after the process. */
import { workerData } from "node:worker_threads";
import { AT_WORK, BAND_NUMBERS, CARD, DONE, READY, SLOT_BYTES, TURN, type Shared } from "./bands-ahead.ts";
import { bytesAt, kernel } from "./kernel.ts";
import { INTERVAL_MS, look } from "./watch.ts";

const { turns, card, bands, slots, watch } = workerData as Shared;
const { allocate, beginPng, movePixels, encodeBand, bandPointer, bandAdler } = kernel();
const rows = allocate(SLOT_BYTES);

for (let last = 0; ; last = Atomics.load(turns, CARD)) {
  Atomics.store(turns, AT_WORK, 0);
  while (Atomics.wait(turns, CARD, last, watch ? INTERVAL_MS : Infinity) === "timed-out") if (watch) look(watch);
  const [width, height, opaque, bandRows, count] = card as unknown as [number, number, number, number, number];
  beginPng(rows, width, height, opaque);
  for (let place = count - 1; place > Atomics.load(turns, TURN) && place >= Atomics.load(turns, READY); place--) {
    encode(place, width, bandRows);
    Atomics.store(turns, DONE, place);
  }
}

function encode(place: number, width: number, bandRows: number): void {
  const at = place * BAND_NUMBERS;
  const [index, kind, kindAbove] = bands.subarray(at, at + 3) as unknown as [number, number, number];
  const slot = slots.subarray(place * SLOT_BYTES, (place + 1) * SLOT_BYTES);
  bytesAt(rows, SLOT_BYTES).set(slot);
  // As if all rows of the picture were there: no others are looked at.
  movePixels(rows - Math.max(0, index * bandRows - 1) * width * 4);
  const bits = encodeBand(index, kind, kindAbove);
  slot.set(bytesAt(bandPointer.value, Math.ceil(bits / 8)));
  bands.set([bits, bandAdler.value], at + 3);
}
