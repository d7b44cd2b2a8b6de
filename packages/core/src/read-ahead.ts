/**
 * The items of a source in batches, while it is read ahead of whoever takes them: the number of pages is known long
 * before the last is painted, and a source without end is still not read without end.
 * @param most items that wait at most
 * @param tellTotal is told the number of items when the source has been read to its end
 */
export async function* readAhead<T>(
  source: AsyncIterable<T>,
  batch: number,
  most: number,
  tellTotal: (items: number) => void,
): AsyncGenerator<readonly T[]> {
  const waiting: T[] = [];
  let arrived = Promise.withResolvers<void>();
  let taken = Promise.withResolvers<void>();
  let isOver = false;

  async function read(): Promise<void> {
    let items = 0;
    for await (const item of source) {
      if (isOver) return;
      waiting.push(item);
      items++;
      if (waiting.length >= batch) arrived.resolve();
      if (waiting.length >= most) await taken.promise;
    }
    tellTotal(items);
  }

  const reading = read().finally(() => {
    isOver = true;
    arrived.resolve();
  });
  reading.catch(() => undefined);
  try {
    for (;;) {
      if (waiting.length < batch && !isOver) await arrived.promise;
      if (waiting.length === 0 && isOver) break;
      const items = waiting.splice(0, batch);
      if (!isOver && waiting.length < batch) arrived = Promise.withResolvers();
      taken.resolve();
      taken = Promise.withResolvers();
      yield items;
    }
    await reading;
  } finally {
    isOver = true;
    taken.resolve();
  }
}
