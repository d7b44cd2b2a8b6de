import { expect, test } from "vitest";
import { readAhead } from "../src/read-ahead.ts";

async function* numbers(end: number, read: (number: number) => void = () => undefined) {
  for (let number = 0; number < end; number++) {
    read(number);
    yield number;
  }
}

test("batches, in order, and the total before the first is worked on", async () => {
  const events: unknown[] = [];
  for await (const items of readAhead(numbers(5), 2, 100, (total) => events.push(`total ${total}`))) {
    events.push(items);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  expect(events).toContain("total 5");
  expect(events.filter(Array.isArray)).toEqual([[0, 1], [2, 3], [4]]);
  expect(events.indexOf("total 5")).toBeLessThan(2);
});

test("a source without end is read only so far ahead", async () => {
  let last = 0;
  let batches = 0;
  for await (const _items of readAhead(
    numbers(Infinity, (number) => (last = number)),
    2,
    10,
    () => undefined,
  )) {
    if (++batches === 5) break;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  expect(last).toBeLessThan(30);
});

test("what the source throws comes after what it gave", async () => {
  async function* broken() {
    yield 1;
    yield 2;
    yield 3;
    throw new Error("gone");
  }
  const seen: number[] = [];
  await expect(async () => {
    for await (const items of readAhead(broken(), 2, 10, () => undefined)) seen.push(...items);
  }).rejects.toThrow("gone");
  expect(seen).toEqual([1, 2, 3]);
});

test("an empty source", async () => {
  const totals: number[] = [];
  for await (const _items of readAhead(numbers(0), 2, 10, (total) => totals.push(total))) totals.push(-1);
  expect(totals).toEqual([0]);
});
