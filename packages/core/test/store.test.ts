import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { createFileStore } from "../src/store/file-store.ts";
import { noStore } from "../src/store/no-store.ts";
import type { Warning } from "../src/types.ts";

const KEY = "ab".repeat(32);
const OTHER = "cd".repeat(32);
const BYTES = new Uint8Array([1, 2, 3, 250, 0, 9]);

/** A store in a folder of its own, for the time of the test. */
async function open() {
  const root = await mkdtemp(join(tmpdir(), "og-gen-store-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const folder = join(root, "kept", "here");
  const warnings: Warning[] = [];
  const store = createFileStore(folder, (warning) => warnings.push(warning));
  return { store, folder, warnings, codes: () => warnings.map(({ code }) => code) };
}

function entryOf(folder: string, key: string): string {
  return join(folder, key.slice(0, 2), key);
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

describe("what is kept", () => {
  test("is given back, byte for byte", async () => {
    const { store, warnings } = await open();
    expect(await store.get(KEY)).toBeUndefined();
    await store.set(KEY, BYTES);
    expect(await store.get(KEY)).toEqual(Buffer.from(BYTES));
    expect(await store.get(OTHER)).toBeUndefined();
    expect(warnings).toEqual([]);
  });

  test("also when there are no bytes, or many", async () => {
    const { store } = await open();
    const many = new Uint8Array(3_000_000).fill(7);
    await store.set(KEY, new Uint8Array());
    await store.set(OTHER, many);
    expect(await store.get(KEY)).toHaveLength(0);
    expect(many.every((byte) => byte === 7) && Buffer.compare((await store.get(OTHER)) as Uint8Array, many)).toBe(0);
  });

  test("is there for another process that opens the folder", async () => {
    const { store, folder } = await open();
    await store.set(KEY, BYTES);
    const other = createFileStore(folder, ({ message }) => expect.unreachable(message));
    expect(await other.get(KEY)).toEqual(Buffer.from(BYTES));
  });

  test("can be replaced", async () => {
    const { store } = await open();
    await store.set(KEY, BYTES);
    await store.set(KEY, new Uint8Array([9]));
    expect(await store.get(KEY)).toEqual(Buffer.from([9]));
  });
});

describe("a damaged entry is a warning, and nothing is given", () => {
  test.each<[string, (entry: Buffer) => Uint8Array]>([
    ["truncated", (entry) => entry.subarray(0, entry.length - 1)],
    ["cut to its header", (entry) => entry.subarray(0, 36)],
    ["cut inside its header", (entry) => entry.subarray(0, 20)],
    ["empty", () => new Uint8Array()],
    ["longer", (entry) => Buffer.concat([entry, Buffer.from([0])])],
    ["with a flipped bit in its bytes", (entry) => entry.map((byte, index) => (index === entry.length - 1 ? byte ^ 1 : byte))],
    ["with a flipped bit in its digest", (entry) => entry.map((byte, index) => (index === 10 ? byte ^ 128 : byte))],
    ["of another layout", (entry) => Buffer.concat([Buffer.from("OGC0"), entry.subarray(4)])],
    ["without a header", () => BYTES],
  ])("%s", async (_name, damage) => {
    const { store, folder, codes, warnings } = await open();
    await store.set(KEY, BYTES);
    const file = entryOf(folder, KEY);
    await writeFile(file, damage(await readFile(file)));
    expect(await store.get(KEY)).toBeUndefined();
    expect(warnings).toMatchObject([{ code: "W_STORE_ENTRY", file }]);
    await store.set(KEY, BYTES);
    expect(await store.get(KEY)).toEqual(Buffer.from(BYTES));
    expect(codes()).toEqual(["W_STORE_ENTRY"]);
  });

  test("swapped with another", async () => {
    const { store, folder, codes } = await open();
    await store.set(KEY, BYTES);
    await mkdir(dirname(entryOf(folder, OTHER)), { recursive: true });
    await writeFile(entryOf(folder, OTHER), await readFile(entryOf(folder, KEY)));
    expect(await store.get(OTHER)).toBeUndefined();
    expect(await store.get(KEY)).toEqual(Buffer.from(BYTES));
    expect(codes()).toEqual(["W_STORE_ENTRY"]);
  });

  test("a folder in its place", async () => {
    const { store, folder, codes } = await open();
    await mkdir(join(entryOf(folder, KEY), "inside"), { recursive: true });
    expect(await store.get(KEY)).toBeUndefined();
    await store.set(KEY, BYTES);
    expect(await store.get(KEY)).toEqual(Buffer.from(BYTES));
    expect(codes()).toEqual(["W_STORE_ENTRY"]);
  });
});

describe("something in the way of an entry's folder", () => {
  test("a file is told once, and the store heals", async () => {
    const { store, folder, warnings } = await open();
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, KEY.slice(0, 2)), "a file");
    expect(await store.get(KEY)).toBeUndefined();
    await store.set(KEY, BYTES);
    expect(await store.get(KEY)).toEqual(Buffer.from(BYTES));
    expect(warnings).toMatchObject([{ code: "W_STORE_ENTRY", file: join(folder, KEY.slice(0, 2)) }]);
  });
});

test("a file in the place of a folder: all of its entries are there again, however many are made at once", async () => {
  for (let round = 0; round < 20; round++) {
    const { store, folder, codes } = await open();
    const keys = Array.from({ length: 30 }, (_key, index) => `ab${String(index).padStart(62, "0")}`);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "ab"), "in the way");
    await Promise.all(keys.map((key) => store.set(key, BYTES)));
    for (const key of keys) expect(await store.get(key)).toEqual(Buffer.from(BYTES));
    expect(codes()).toEqual(["W_STORE_ENTRY"]);
  }
});

test("a damaged entry is told once, however often it is asked for", async () => {
  const { store, folder, codes } = await open();
  await store.set(KEY, BYTES);
  await writeFile(entryOf(folder, KEY), "damaged");
  expect(await Promise.all([KEY, KEY, KEY].map((key) => store.get(key)))).toEqual([undefined, undefined, undefined]);
  expect(codes()).toEqual(["W_STORE_ENTRY"]);
});

test("entries that cannot be read for another reason are one warning for all", async () => {
  const { store, folder, warnings } = await open();
  for (const key of [KEY, OTHER]) {
    await mkdir(dirname(entryOf(folder, key)), { recursive: true });
    await symlink(entryOf(folder, key), entryOf(folder, key));
    expect(await store.get(key)).toBeUndefined();
  }
  expect(warnings).toMatchObject([{ code: "W_STORE_READ", file: folder, message: expect.stringContaining("ELOOP") }]);
});

describe("a folder that cannot be written", () => {
  test("is one warning, however many cards are under way", async () => {
    const { store, folder, warnings } = await open();
    await mkdir(dirname(folder), { recursive: true });
    await writeFile(folder, "a file in place of the folder");
    expect(await store.get(KEY)).toBeUndefined();
    await Promise.all([KEY, OTHER, "ef".repeat(32), KEY].map((key) => store.set(key, BYTES)));
    await store.set(KEY, BYTES);
    expect(await store.get(KEY)).toBeUndefined();
    expect(warnings).toHaveLength(1);
    expect(warnings).toMatchObject([{ code: "W_STORE_WRITE", file: folder }]);
    expect(await readFile(folder, "utf8")).toBe("a file in place of the folder");
  });
});

describe("many writers", () => {
  test("leave one whole entry and no temporary file", async () => {
    const { store, folder, warnings } = await open();
    const second = createFileStore(folder, (warning) => warnings.push(warning));
    const versions = Array.from({ length: 40 }, (_, index) => new Uint8Array(50_000).fill(index));
    const readers = Array.from({ length: 40 }, async () => {
      const found = await store.get(KEY);
      return found === undefined || found.every((byte) => byte === found[0]);
    });
    await Promise.all(versions.map((bytes, index) => (index % 2 ? store : second).set(KEY, bytes)));
    expect(await Promise.all(readers)).toEqual(readers.map(() => true));
    const kept = (await store.get(KEY)) as Uint8Array;
    expect(versions.some((bytes) => Buffer.compare(bytes, kept) === 0)).toBe(true);
    expect(await filesIn(folder)).toEqual([KEY]);
    expect(warnings).toEqual([]);
  });
});

test("no store keeps nothing", async () => {
  await noStore.set(KEY, BYTES);
  expect(await noStore.get(KEY)).toBeUndefined();
});
