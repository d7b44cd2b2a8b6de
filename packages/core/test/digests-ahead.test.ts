import { hash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { digestAhead } from "../src/collect/digests-ahead.ts";
import type { EntryMemory } from "../src/collect/entry-text.ts";
import { markdownEntries } from "../src/collect/markdown.ts";
import type { Entry } from "../src/types.ts";

/** Where a file is read by this thread is told; the other one has modules of its own. */
const { read } = vi.hoisted(() => ({ read: new Set<string>() }));
vi.mock("../src/collect/file-start.ts", async (original) => {
  const module = await original<typeof import("../src/collect/file-start.ts")>();
  const readStart: typeof module.readStart = (file, buffer) => (read.add(file), module.readStart(file, buffer));
  return { ...module, readStart };
});

const COUNT = 2_000;
const MOST = 1_000;
let folder: string;
let files: string[];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "og-gen-digests-"));
  files = Array.from({ length: COUNT }, (_, index) => join(folder, `page-${String(index).padStart(4, "0")}.md`));
  for (const [index, file] of files.entries()) writeFileSync(file, contentOf(index));
});
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

function contentOf(index: number): string {
  return `---\ntitle: Page ${index}\n---\n${"é".repeat(index)}`;
}

function digestOf(index: number): string {
  return hash("sha256", Buffer.from(contentOf(index)).subarray(0, MOST), "base64url");
}

/** What the thread has come to when it is given so much time before the first turn. */
async function digestsAfter(ms: number, names: readonly string[]): Promise<readonly (string | undefined)[]> {
  const ahead = digestAhead(names, MOST);
  await setTimeout(ms);
  const digests = names.map((_file, index) => ahead?.at(index));
  ahead?.close();
  return digests;
}

/** The same as soon as there is something: this machine may be busy. */
async function digestsOf(names: readonly string[]): Promise<readonly (string | undefined)[]> {
  for (let ms = 200; ; ms *= 3) {
    const digests = await digestsAfter(ms, names);
    if (digests.at(-1) !== undefined || ms > 10_000) return digests;
  }
}

describe.runIf(availableParallelism() > 1)("digests by another thread", () => {
  test("are those of the files' starts, from some file on to the last", async () => {
    const digests = await digestsOf(files);
    const first = digests.findIndex((digest) => digest !== undefined);
    expect(first).toBeGreaterThanOrEqual(0);
    expect(digests.slice(first)).toEqual(files.slice(first).map((_file, index) => digestOf(first + index)));
  });

  test("one that cannot be read has none, and does not keep the others from theirs", async () => {
    const names = files.with(COUNT - 3, join(folder, "missing.md"));
    const digests = await digestsOf(names);
    expect(digests.slice(-5)).toEqual([
      digestOf(COUNT - 5),
      digestOf(COUNT - 4),
      Buffer.alloc(32).toString("base64url"),
      digestOf(COUNT - 2),
      digestOf(COUNT - 1),
    ]);
  });

  test("a thread that comes to nothing leaves all to the caller", async () => {
    const digests = await digestsAfter(0, files);
    expect(digests[0]).toBeUndefined();
    expect(digests.filter((digest, index) => digest !== undefined && digest !== digestOf(index))).toEqual([]);
  });

  test("few files are not worth a thread", () => {
    expect(digestAhead(files.slice(0, 100), MOST)).toBeUndefined();
  });
});

/** Keeps what it is told, as `recall/` does from run to run. */
function memory(): EntryMemory & { readonly known: Map<string, string> } {
  const known = new Map<string, string>();
  return {
    known,
    get isEmpty() {
      return known.size === 0;
    },
    get: (question) => known.get(question),
    set: (question, text) => void known.set(question, text),
  };
}

/** @param pause milliseconds after each 200 entries, as a run has other things to do as well */
async function entriesOf(kept: EntryMemory, pause = 0): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for await (const { entry } of markdownEntries(folder, {}, kept)) {
    if (entries.length % 200 === 0) await setTimeout(pause);
    entries.push(entry);
  }
  return entries;
}

describe.runIf(availableParallelism() > 1)("a large folder that is known", () => {
  test("is the same, and most of its files are not read by the thread that makes pages of them", async () => {
    const kept = memory();
    const first = await entriesOf(kept);
    // This machine may be busy, and the thread late.
    for (const pause of [20, 200, 1_000]) {
      read.clear();
      expect(await entriesOf(kept, pause)).toEqual(first);
      if (read.size < COUNT) break;
    }
    expect(read.size).toBeLessThan(COUNT);
  });

  test("an edited page is read anew, and known from then on", async () => {
    const kept = memory();
    await entriesOf(kept);
    const edited = files[1_800] as string;
    writeFileSync(edited, "---\ntitle: Edited\n---\n");
    const entries = await entriesOf(kept, 20);
    expect(entries[1_800]).toMatchObject({ kind: "page", page: { id: "page-1800", title: "Edited" } });
    expect(entries[1_799]).toMatchObject({ page: { title: "Page 1799" } });
    expect(kept.known.size).toBe(COUNT + 1);
    writeFileSync(edited, contentOf(1_800));
  });

  test("a page that is gone between the listing and its turn is told, and the others come", async () => {
    const kept = memory();
    await entriesOf(kept);
    const gone = files[1_900] as string;
    const entries: Entry[] = [];
    for await (const { entry } of markdownEntries(folder, {}, kept)) {
      if (entries.length === 0) rmSync(gone);
      entries.push(entry);
    }
    // Whoever was faster: what the thread had read before is still a page.
    expect(entries[1_900]).toMatchObject({ page: { id: "page-1900" } });
    expect(entries).toHaveLength(COUNT);
    const next = await entriesOf(kept);
    expect(next).toHaveLength(COUNT - 1);
    writeFileSync(gone, contentOf(1_900));
  });
});
