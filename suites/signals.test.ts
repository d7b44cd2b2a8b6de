/** Promise 4: SIGINT and SIGTERM end a run soon, with the code that a shell expects, and without leavings. */
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { COUNTS, PAGES, TIMEOUT } from "./counts.ts";
import { run, SEES_PROCESSES, start, untilGone, wholeLedgerOf } from "./og-gen.ts";
import { randomNumbers, SEED } from "./random.ts";
import { createSite, empty } from "./site.ts";
import { differences, entriesOf, temporariesIn, treeOf, wrongIn } from "./tree.ts";

const MOST_MS = 2_000;
const CODES = { SIGINT: 130, SIGTERM: 143 } as const;

test.skipIf(process.platform === "win32")(
  `SIGINT and SIGTERM at ${COUNTS.signals} random moments of a run of ${PAGES} pages`,
  { timeout: TIMEOUT },
  async () => {
    const random = randomNumbers();
    const site = createSite();
    const clean = await run(site.root);
    wholeLedgerOf(clean, PAGES);
    const [images, entries] = [treeOf(site.out), entriesOf(site.cache)];

    let slowest = 0;
    let done = 0;
    while (done < COUNTS.signals) {
      empty(site);
      const name = done % 2 === 0 ? "SIGINT" : "SIGTERM";
      // A terminal's Ctrl-C reaches the renderers, too.
      const toAll = done % 4 < 2;
      const at = random() * clean.ms;
      const told = `${name} ${toAll ? "to the group " : ""}at ${Math.round(at)} ms of ${Math.round(clean.ms)}, seed ${SEED}`;
      const started = start(site.root, { ownGroup: true });
      await setTimeout(at);
      if (started.child.exitCode !== null) continue;
      const sent = performance.now();
      process.kill(toAll ? -(started.child.pid as number) : (started.child.pid as number), name);
      const { code, stdout, stderr } = await started.ended;
      const ms = performance.now() - sent;
      // The run had ended when the signal came.
      if (code === 0 && stdout !== "") continue;
      expect({ code, stderr: code === CODES[name] ? "" : stderr }, told).toEqual({ code: CODES[name], stderr: "" });
      expect(ms, told).toBeLessThan(MOST_MS);
      await untilGone(started, Math.max(0, MOST_MS - ms));
      expect(temporariesIn(site.out, site.cache), told).toEqual([]);
      expect(wrongIn(treeOf(site.out), images), told).toEqual([]);
      expect(wrongIn(entriesOf(site.cache), entries), told).toEqual([]);
      slowest = Math.max(slowest, ms);
      done++;
      if (done % 10 !== 0 && done !== COUNTS.signals) continue;
      wholeLedgerOf(await run(site.root), PAGES);
      expect(differences(treeOf(site.out), images), told).toEqual([]);
    }
    console.log(
      `${done} signals: exit 130 or 143 within ${Math.round(slowest)} ms, 0 temporary files${SEES_PROCESSES ? ", 0 children left" : ""}. Seed ${SEED}.`,
    );
  },
);
