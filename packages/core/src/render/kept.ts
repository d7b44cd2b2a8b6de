/** Things by their names. */
export interface Kept<Value> {
  get(name: string): Value | undefined;
  /** Keeps a value as the one that was used last, in place of another of its name. */
  keep(name: string, value: Value): void;
}

/**
 * Keeps things up to so many bytes in all: what was not used for longest makes room.
 * @param mostBytes all together
 * @param bytesOf what a value takes, always the same for it
 */
export function createKept<Value>(mostBytes: number, bytesOf: (value: Value) => number): Kept<Value> {
  const values = new Map<string, Value>();
  let bytes = 0;

  function drop(name: string): void {
    const value = values.get(name);
    if (value === undefined) return;
    values.delete(name);
    bytes -= bytesOf(value);
  }

  return {
    get: (name) => values.get(name),
    keep(name, value) {
      drop(name);
      values.set(name, value);
      bytes += bytesOf(value);
      for (const oldest of values.keys()) {
        if (bytes <= mostBytes) break;
        drop(oldest);
      }
    },
  };
}
