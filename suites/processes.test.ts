/** Promise 5: processes that share a store and an output do not disturb each other. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { COUNTS, PAGES, TIMEOUT } from "./counts.ts";
import { run, wholeLedgerOf } from "./og-gen.ts";
import { randomNumbers, SEED } from "./random.ts";
import { createSite, empty, type Site } from "./site.ts";
import { differences, entriesOf, temporariesIn, treeOf } from "./tree.ts";

/** What is there when the processes start. */
const BEGINNINGS: readonly ((site: Site) => void)[] = [
  empty,
  ({ out }) => rmSync(out, { recursive: true }),
  ({ out, cache }) => {
    rmSync(cache, { recursive: true });
    rmSync(join(out, "og-manifest.json"));
  },
  ({ out }) => {
    // One page is out of date: its process takes the manifest away from under the others.
    const manifest = join(out, "og-manifest.json");
    writeFileSync(manifest, readFileSync(manifest, "utf8").replace(/"key": "../, '"key": "00'));
  },
];

test.each([2, 4])(
  `%i processes on one store and one output, ${COUNTS.rounds} rounds of ${PAGES} pages`,
  { timeout: TIMEOUT },
  async (count) => {
    const random = randomNumbers();
    const site = createSite();
    const clean = await run(site.root);
    wholeLedgerOf(clean, PAGES);
    const [images, entries] = [treeOf(site.out), entriesOf(site.cache)];
    for (let round = 0; round < COUNTS.rounds; round++) {
      const told = `round ${round}, seed ${SEED}`;
      (BEGINNINGS[round % BEGINNINGS.length] ?? empty)(site);
      const together = round % 2 === 0;
      const outcomes = await Promise.all(
        Array.from({ length: count }, async () => {
          if (!together) await setTimeout(random() * clean.ms);
          return run(site.root);
        }),
      );
      for (const outcome of outcomes) {
        const { runWarnings } = wholeLedgerOf(outcome, PAGES);
        expect(runWarnings, told).toEqual([]);
      }
      expect(differences(treeOf(site.out), images), told).toEqual([]);
      expect(differences(entriesOf(site.cache), entries), told).toEqual([]);
      expect(temporariesIn(site.root), told).toEqual([]);
    }
    console.log(
      `${count} processes, ${COUNTS.rounds} rounds of ${PAGES} pages: 0 errors, ${PAGES} of ${PAGES} pages in every ledger, images, manifest and store byte-equal. Seed ${SEED}.`,
    );
  },
);
