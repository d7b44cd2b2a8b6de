/** Promise 3: a run that is killed at any moment leaves nothing wrong, and the next one is as if it had never been. */
import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { createBuiltSite, htmlOf } from "./built-site.ts";
import { COUNTS, PAGES, TIMEOUT } from "./counts.ts";
import { FAULTY_FILES, run, start, untilGone, wholeLedgerOf } from "./og-gen.ts";
import { randomNumbers, SEED } from "./random.ts";
import { createSite, empty } from "./site.ts";
import { differences, entriesOf, temporariesIn, treeOf, wrongIn } from "./tree.ts";

/** Children notice within half a second that their parent is gone; this is for a machine that is busy. */
const CHILDREN_END_MS = 5_000;

/** An image and an entry for each page, and the manifest. */
const FILES = 2 * PAGES + 1;

describe.skipIf(process.platform === "win32")("killed", () => {
  test(`kill -9 at ${COUNTS.kills} random moments of a run of ${PAGES} pages`, { timeout: TIMEOUT }, async () => {
    const random = randomNumbers();
    const site = createSite();
    const clean = await run(site.root);
    wholeLedgerOf(clean, PAGES);
    const [images, entries] = [treeOf(site.out), entriesOf(site.cache)];
    expect(Object.keys(images)).toHaveLength(PAGES + 1);
    expect(Object.keys(entries)).toHaveLength(PAGES);

    const seen = { afterTheEnd: 0, withTemporaryFiles: 0, slowestChild: 0 };
    for (let kill = 0; kill < COUNTS.kills; kill++) {
      empty(site);
      // Every second one comes in the middle of a file: an image, an entry, or the manifest at the end.
      const inFile = kill % 2 === 1 ? 1 + Math.floor(random() * FILES) : undefined;
      const at = random() * clean.ms;
      const told = `kill ${kill} ${inFile ? `in file ${inFile}` : `at ${Math.round(at)} ms of ${Math.round(clean.ms)}`}, seed ${SEED}`;
      const started = start(site.root, inFile ? { env: { ...FAULTY_FILES, KILL_AT: String(inFile) } } : {});
      if (inFile === undefined) {
        await setTimeout(at);
        started.child.kill("SIGKILL");
      }
      const { code } = await started.ended;
      if (inFile !== undefined) expect(code, told).toBe(137);
      if (code !== 137) seen.afterTheEnd++;
      seen.slowestChild = Math.max(seen.slowestChild, await untilGone(started, CHILDREN_END_MS));
      expect(wrongIn(treeOf(site.out), images), `images that are not whole: ${told}`).toEqual([]);
      expect(wrongIn(entriesOf(site.cache), entries), `entries that are not whole: ${told}`).toEqual([]);
      if (temporariesIn(site.out, site.cache).length > 0) seen.withTemporaryFiles++;

      wholeLedgerOf(await run(site.root), PAGES);
      expect(differences(treeOf(site.out), images), `images that the next run made otherwise: ${told}`).toEqual([]);
      expect(differences(entriesOf(site.cache), entries), `entries that the next run made otherwise: ${told}`).toEqual([]);
      expect(temporariesIn(site.root), `temporary files: ${told}`).toEqual([]);
    }
    console.log(
      `${COUNTS.kills} kills (${seen.afterTheEnd} came after the run's end, ${seen.withTemporaryFiles} left temporary files): ` +
        `0 corrupt images or entries, every next run byte-equal, 0 temporary files after it; children gone within ${Math.round(seen.slowestChild)} ms. Seed ${SEED}.`,
    );
  });

  test("kill -9 while tags are written into the pages", { timeout: TIMEOUT }, async () => {
    const random = randomNumbers();
    const args = ["html", "dist", "--inject", "--json"];
    const reference = createBuiltSite();
    const clean = await run(reference.root, { args });
    wholeLedgerOf(clean, reference.pages);
    const [before, after] = [htmlOf(createBuiltSite()), htmlOf(reference)];
    expect(differences(before, after)).toHaveLength(reference.pages);

    const site = createBuiltSite();
    // Once its images are there, what a run writes is tags, and at most one file beside them.
    wholeLedgerOf(await run(site.root, { args }), site.pages);
    const kills = Math.ceil(COUNTS.kills / 10);
    for (let kill = 0; kill < kills; kill++) {
      site.restore();
      const page = 2 + Math.floor(random() * (site.pages - 1));
      const started = start(site.root, { args, env: { ...FAULTY_FILES, KILL_AT: String(page) } });
      expect((await started.ended).code, `in page ${page}, seed ${SEED}`).toBe(137);
      await untilGone(started, CHILDREN_END_MS);
      const torn = Object.entries(htmlOf(site)).filter(([file, digest]) => digest !== before[file] && digest !== after[file]);
      expect(torn, `pages that are neither as before nor as after, seed ${SEED}`).toEqual([]);
      wholeLedgerOf(await run(site.root, { args }), site.pages);
      expect(differences(htmlOf(site), after)).toEqual([]);
      expect(temporariesIn(site.root)).toEqual([]);
    }
    console.log(`${kills} kills while tags were written: every page as before or as after, 0 temporary files after the next run.`);
  });
});
