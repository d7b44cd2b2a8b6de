/** Promise 6: whatever happens to the store's files, no wrong byte is published, and each fault is told once. */
import { cpSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { COUNTS, PAGES, TIMEOUT } from "./counts.ts";
import { run, wholeLedgerOf } from "./og-gen.ts";
import { randomNumbers, SEED, shuffled } from "./random.ts";
import { createSite } from "./site.ts";
import { differences, entriesOf, temporariesIn, treeOf } from "./tree.ts";

type Random = () => number;
/** Does something to a file, or to two. Returns the files that are not what they should be then. */
type Fault = (file: string, random: Random, other: () => string) => readonly string[];

const FAULTS: Readonly<Record<string, Fault>> = {
  "flipped bit": (file, random) => {
    const bytes = readFileSync(file);
    const at = Math.floor(random() * bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
    writeFileSync(file, bytes);
    return [file];
  },
  truncation: (file, random) => {
    truncateSync(file, Math.floor(random() * readFileSync(file).length));
    return [file];
  },
  "swapped entries": (file, _random, another) => {
    const other = another();
    const [one, two] = [readFileSync(file), readFileSync(other)];
    writeFileSync(file, two);
    writeFileSync(other, one);
    return [file, other];
  },
  "other version": (file) => {
    writeFileSync(file, Buffer.concat([Buffer.from("OGC9"), readFileSync(file).subarray(4)]));
    return [file];
  },
  "a directory in the way": (file, random) => {
    rmSync(file);
    mkdirSync(random() < 0.5 ? file : join(file, "with", "more"), { recursive: true });
    return [file];
  },
  "a block of zeros": (file, random) => {
    const bytes = readFileSync(file);
    bytes.fill(0, Math.floor(random() * (bytes.length / 2)));
    writeFileSync(file, bytes);
    return [file];
  },
  "bytes at the end": (file) => {
    writeFileSync(file, Buffer.concat([readFileSync(file), Buffer.from("more")]));
    return [file];
  },
  "a file in the place of its folder": (file) => {
    rmSync(dirname(file), { recursive: true });
    writeFileSync(dirname(file), "in the way");
    return [dirname(file)];
  },
};

/** Faults in one run: so many that there are always neighbours, so few that most of the store is whole. */
const AT_ONCE = 40;

test(`${COUNTS.faults} faults in the store`, { timeout: TIMEOUT }, async () => {
  const random = randomNumbers();
  const site = createSite();
  wholeLedgerOf(await run(site.root), PAGES);
  const [images, entries] = [treeOf(site.out), entriesOf(site.cache)];
  const whole = join(site.root, "whole");
  cpSync(site.cache, whole, { recursive: true });
  const kinds = Object.entries(FAULTS);

  let done = 0;
  while (done < COUNTS.faults) {
    rmSync(site.out, { recursive: true });
    rmSync(site.cache, { recursive: true });
    cpSync(whole, site.cache, { recursive: true });
    const files = shuffled(Object.keys(entries), random).map((file) => join(site.cache, file));
    const faulty = new Set<string>();
    // One fault a folder, as a file in a folder's place takes all of its entries with it.
    const folders = new Set<string>();
    const free = () => {
      for (let file = files.pop(); file !== undefined; file = files.pop()) {
        if (folders.has(dirname(file))) continue;
        folders.add(dirname(file));
        return file;
      }
      throw new Error("There are fewer folders than faults.");
    };
    for (let fault = 0; fault < AT_ONCE && done < COUNTS.faults; fault++, done++) {
      const [, make] = kinds[done % kinds.length] as (typeof kinds)[number];
      for (const file of make(free(), random, free)) faulty.add(file);
    }
    const { runWarnings, rendered } = wholeLedgerOf(await run(site.root), PAGES);
    const told = `seed ${SEED}`;
    expect(differences(treeOf(site.out), images), `images with wrong bytes, ${told}`).toEqual([]);
    expect(new Set(runWarnings.map(({ code }) => code)), told).toEqual(new Set(["W_STORE_ENTRY"]));
    expect(runWarnings.map(({ file }) => join(site.root, file ?? "")).toSorted(), `one warning each, ${told}`).toEqual(
      [...faulty].toSorted(),
    );
    expect(rendered, told).toBeGreaterThanOrEqual(faulty.size);
    expect(differences(entriesOf(site.cache), entries), `entries that were not made again, ${told}`).toEqual([]);
    expect(temporariesIn(site.root)).toEqual([]);
  }
  console.log(`${done} faults of ${kinds.length} kinds in the store: 0 wrong bytes published, one warning each, exit 0. Seed ${SEED}.`);
});
