import type { Worker } from "node:worker_threads";
import { startThread, tryToStartThread } from "../other-thread.ts";
import type { Size } from "../types.ts";
import type { Watch } from "./watch.ts";

/** A band that has to be compressed; see the kernel's `kindOfBand` and `encodeBand`. */
export interface OpenBand {
  readonly index: number;
  readonly kind: number;
  readonly kindAbove: number;
}

/** What compressing has made of a band. */
export interface EncodedBand {
  readonly bits: number;
  readonly adler: number;
  /** Where the bits are, unless they are at the kernel's `bandPointer`. */
  readonly bytes?: Uint8Array | undefined;
}

/** The picture that is cut into bands. */
export interface Banded extends Size {
  /** RGBA, four bytes a pixel, rows from the top. */
  readonly pixels: Uint8Array;
  readonly opaque: boolean;
  /** Rows of a band; the last one may have fewer. */
  readonly bandRows: number;
}

/** What both threads have. */
export interface Shared {
  readonly turns: Int32Array<SharedArrayBuffer>;
  /** `Banded` as numbers, and how many places there are. */
  readonly card: Int32Array<SharedArrayBuffer>;
  /** `BAND_NUMBERS` for each place: an `OpenBand`, and later the bits and the checksum of an `EncodedBand`. */
  readonly bands: Int32Array<SharedArrayBuffer>;
  /** `SLOT_BYTES` for each place: the row above the band and its own, and later its bits. */
  readonly slots: Uint8Array<SharedArrayBuffer>;
  /** What the thread looks after, while it has nothing to compress. */
  readonly watch?: Watch | undefined;
}

// Where what is in `turns`. The caller goes up the places, the thread goes down.
/** The number of the card: the thread sleeps until it changes. */
export const CARD = 0;
/** The place at which the caller is: the thread begins none at or below it. */
export const TURN = 1;
/** From this place on, all are compressed. */
export const DONE = 2;
/** From this place on, the rows are in `slots`. */
export const READY = 3;
/** 1 while the thread works, or has not started yet. */
export const AT_WORK = 4;
export const BAND_NUMBERS = 5;
/** 64 KB of RGB as RGBA, and a row. */
export const SLOT_BYTES = 128 * 1024;
/** More than half of the bands of 1200×630 pixels. */
const MOST_PLACES = 24;
/** This thread compresses fewer before another one has woken up. */
const FEWEST_BANDS = 4;

/** Bands of a card that another thread compresses. */
export interface BandsAhead {
  /** A band whose turn has come, if the thread has come to it; good until the next card. Turns come in the order of the bands. */
  at(place: number): EncodedBand | undefined;
  /** To be called at the end. */
  close(): void;
}

let thread: { readonly worker: Worker; readonly shared: Shared } | undefined;
/** Whether this process may not have another thread. */
let isAlone = false;

/**
 * Has another thread compress bands from the last one back, while the caller goes from the first one on: neither ever waits for
 * the other, and the bands are the same, whoever compresses them. `undefined` where that gains nothing, and the first time,
 * when the thread has not started yet.
 */
export function compressAhead(bands: readonly OpenBand[], picture: Banded): BandsAhead | undefined {
  const { width, height, opaque, bandRows, pixels } = picture;
  const rowBytes = width * 4;
  if (isAlone || bands.length < FEWEST_BANDS || (bandRows + 1) * rowBytes > SLOT_BYTES) return undefined;
  thread ??= start();
  if (!thread || Atomics.load(thread.shared.turns, AT_WORK) === 1) return undefined;
  const { turns, card, bands: numbers, slots } = thread.shared;
  const count = Math.min(MOST_PLACES, Math.ceil(bands.length / 2));
  const first = bands.length - count;
  card.set([width, height, Number(opaque), bandRows, count]);
  for (let place = 0; place < count; place++) {
    const { index, kind, kindAbove } = bands[first + place] as OpenBand;
    numbers.set([index, kind, kindAbove], place * BAND_NUMBERS);
  }
  Atomics.store(turns, TURN, -1);
  Atomics.store(turns, DONE, count);
  Atomics.store(turns, READY, count);
  Atomics.store(turns, AT_WORK, 1);
  for (let place = count - 1; place >= 0; place--) {
    const top = (bands[first + place] as OpenBand).index * bandRows;
    slots.set(pixels.subarray(Math.max(0, top - 1) * rowBytes, (top + bandRows) * rowBytes), place * SLOT_BYTES);
    Atomics.store(turns, READY, place);
    if (place === count - 1) wake(turns);
  }
  return {
    at(band) {
      const place = band - first;
      if (place < 0) return undefined;
      Atomics.store(turns, TURN, place);
      if (place < Atomics.load(turns, DONE)) return undefined;
      const [bits, adler] = numbers.subarray(place * BAND_NUMBERS + 3, (place + 1) * BAND_NUMBERS) as unknown as [number, number];
      return { bits, adler, bytes: slots.subarray(place * SLOT_BYTES, place * SLOT_BYTES + Math.ceil(bits / 8)) };
    },
    close: () => void Atomics.store(turns, TURN, count),
  };
}

/** Ends the thread, unless it watches: its core, and its memory, are for others. */
export function stopAhead(): void {
  if (!thread || thread.shared.watch) return;
  void thread.worker.terminate();
  thread = undefined;
}

/**
 * Starts the thread, which from now on looks after this process as well. Another thread for that would take a core for 30 ms
 * and 10 MB.
 * @param failed is called when it has ended with an error
 * @throws Error where this process may have no other thread
 */
export function startWatch(watch: Watch, failed: () => void): void {
  const shared = share(watch);
  thread = { worker: startThread(MODULE, shared, failed), shared };
}

function wake(turns: Shared["turns"]): void {
  Atomics.add(turns, CARD, 1);
  Atomics.notify(turns, CARD);
}

const MODULE = "render/renderer-thread";

function start(): typeof thread {
  const shared = share();
  const worker = tryToStartThread(MODULE, shared, () => (isAlone = true));
  isAlone = worker === undefined;
  return worker && { worker, shared };
}

function share(watch?: Watch): Shared {
  const numbers = (length: number) => new Int32Array(new SharedArrayBuffer(length * Int32Array.BYTES_PER_ELEMENT));
  const turns = numbers(AT_WORK + 1);
  // Until it has started.
  turns[AT_WORK] = 1;
  return {
    turns,
    card: numbers(5),
    bands: numbers(MOST_PLACES * BAND_NUMBERS),
    slots: new Uint8Array(new SharedArrayBuffer(MOST_PLACES * SLOT_BYTES)),
    watch,
  };
}
