/** Promise 7: the same pages are the same bytes, wherever, whenever and in whatever order they are made. */
import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { COUNTS, FULL, TIMEOUT } from "./counts.ts";
import { GOLDEN_CONFIG, imagesOf, PLATFORM, readGolden } from "./golden.ts";
import { run, wholeLedgerOf } from "./og-gen.ts";
import { temporaryFolder } from "./site.ts";
import { differences, treeOf, type Tree } from "./tree.ts";

const CONCURRENCIES = [1, 2, 4, 8];
const TIME_ZONES = ["UTC", "Pacific/Kiritimati", "America/St_Johns", "Asia/Kathmandu", undefined];
const LANGUAGES = ["C", "en_US.UTF-8", "tr_TR.UTF-8", "de_DE.UTF-8", "ja_JP.UTF-8", "ar_EG.UTF-8", undefined];
/** The oldest that is allowed, and the newest of two lines. */
const NODE_VERSIONS = ["22.12.0", "24", "26"];

const HINT = `An upgrade of satori, resvg or sharp, and a change of how cards are painted, may change these pictures; nothing else should.
Look at the cards before and after (fixtures/golden says what they show); where the change is meant, \`pnpm golden\` writes the new list.`;

test(`${COUNTS.determinism} runs of the golden pages`, { timeout: TIMEOUT }, async () => {
  const golden = readGolden();
  const nodes = FULL ? NODE_VERSIONS.map(installNode) : [process.execPath];
  const pages = Object.keys(golden.files).length / 3;
  const isKnown = golden.platform === PLATFORM;
  let first: Tree | undefined;
  for (let index = 0; index < COUNTS.determinism; index++) {
    const out = join(temporaryFolder(), "out");
    const concurrency = pick(CONCURRENCIES, index);
    const [TZ, LANG] = [pick(TIME_ZONES, index), pick(LANGUAGES, index)];
    const node = pick(nodes, Math.floor(index / CONCURRENCIES.length));
    const cwd = index % 3 === 0 ? join(GOLDEN_CONFIG, "..") : index % 3 === 1 ? temporaryFolder() : "/";
    const outcome = await run(cwd, {
      args: ["--config", GOLDEN_CONFIG, "--concurrency", String(concurrency), "--json"],
      env: { TZ, LANG, LC_ALL: LANG, GOLDEN_OUT: out, GOLDEN_ORDER: String(index) },
      node,
    });
    wholeLedgerOf(outcome, pages);
    const tree = treeOf(out);
    const told = `run ${index}: concurrency ${concurrency}, order ${index}, TZ ${TZ}, LANG ${LANG}, ${node}, in ${cwd}`;
    if (isKnown) expect(differences(imagesOf(tree), golden.files), `pictures that are not as they were; ${told}.\n${HINT}`).toEqual([]);
    expect(differences(tree, (first ??= tree)), `files that differ from the first run's; ${told}`).toEqual([]);
  }
  const versions = nodes.map((node) => execFileSync(node, ["--version"], { encoding: "utf8" }).trim());
  const against = isKnown
    ? "against the golden list"
    : `against each other (the golden list is of ${golden.platform}, this is ${PLATFORM})`;
  console.log(`${COUNTS.determinism} runs of ${pages * 3} pictures, Node ${versions.join(", ")}: 0 differing bytes ${against}.`);
});

function pick<T>(choices: readonly T[], index: number): T {
  return choices[index % choices.length] as T;
}

/** Another Node, from the package that `npx -p node@22` installs, too. */
function installNode(version: string): string {
  const folder = temporaryFolder();
  const { status, stderr } = spawnSync("npm", ["install", "--prefix", folder, "--no-save", "--no-audit", "--no-fund", `node@${version}`], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`Node ${version} cannot be installed: ${stderr}`);
  return join(folder, "node_modules", "node", "bin", "node");
}
