/** Readers and writers of 16 bytes may touch this many bytes after a block. */
const SLACK: usize = 32;

export function allocate(bytes: usize): usize {
  return heap.alloc(bytes + SLACK);
}

export function release(pointer: usize): void {
  heap.free(pointer);
}

/** A block that only ever grows, for scratch data. */
export class Scratch {
  private pointer: usize = 0;
  private capacity: usize = 0;

  /** At least `bytes` bytes; what was there is lost when it has to grow. */
  take(bytes: usize): usize {
    if (bytes > this.capacity) {
      this.trim(0);
      this.pointer = allocate(bytes);
      this.capacity = bytes;
    }
    return this.pointer;
  }

  /** Gives the block back when it is larger than `most` bytes. */
  trim(most: usize): void {
    if (this.capacity <= most) return;
    release(this.pointer);
    this.pointer = 0;
    this.capacity = 0;
  }
}
