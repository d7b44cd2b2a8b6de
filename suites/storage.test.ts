/** Promise 8: where the system refuses, no part of a file is published, and the store's troubles do not cost the build. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, type TestContext } from "vitest";
import { createBuiltSite, htmlOf } from "./built-site.ts";
import { COUNTS, FULL, PAGES, TIMEOUT } from "./counts.ts";
import { FAULTY_FILES, ledgerOf, run, wholeLedgerOf } from "./og-gen.ts";
import { SEED } from "./random.ts";
import { copyOf, createSite, empty, temporaryFolder, type Site } from "./site.ts";
import { differences, entriesOf, temporariesIn, treeOf, type Tree, wrongIn } from "./tree.ts";

/** Made once, well. */
let made: Site;
let images: Tree;
let entries: Tree;
/** Each test's own copy. */
let site: Site;

const home = temporaryFolder(afterAll);

beforeAll(async () => {
  made = createSite(home);
  wholeLedgerOf(await run(made.root), PAGES);
  [images, entries] = [treeOf(made.out), entriesOf(made.cache)];
}, TIMEOUT);

beforeEach(() => {
  site = copyOf(made);
});

/** What `ulimit -f` counts in, at most. */
const BLOCK = 1024;

function codes(warnings: readonly { readonly code: string }[]): readonly string[] {
  return warnings.map(({ code }) => code);
}

/** The failed pages' errors, each once. */
function failuresIn({ results }: ReturnType<typeof ledgerOf>): readonly string[] {
  return [...new Set(results.flatMap(({ status, error }) => (status === "failed" ? [error?.code ?? "none"] : [])))];
}

describe("a full disk", () => {
  /** Both are sizes in KB: with the first, about half of the files fit. */
  const [SMALL, LARGE] = [PAGES * 2, PAGES * 64];

  test("under the store: one warning, all images", { timeout: TIMEOUT }, async (context) => {
    const disk = mount(SMALL, context);
    const full = { ...site, cache: join(disk.folder, "cache") };
    empty(site);
    const outcome = await run(site.root, { env: { SITE_CACHE: full.cache } });
    expect(codes(wholeLedgerOf(outcome, PAGES).runWarnings)).toEqual(["W_STORE_WRITE"]);
    expect(differences(treeOf(site.out), images)).toEqual([]);
    const kept = entriesOf(full.cache);
    expect(wrongIn(kept, entries)).toEqual([]);
    expect(Object.keys(kept).length).toBeGreaterThan(0);
    expect(temporariesIn(full.cache, site.out)).toEqual([]);
    console.log(`Full disk under the store: one warning, exit 0; ${Object.keys(kept).length} whole entries fitted.`);
  });

  test(
    "under the output: the pages that did not fit fail, what is there is whole, and room heals it",
    { timeout: TIMEOUT },
    async (context) => {
      const disk = mount(SMALL, context);
      const out = join(disk.folder, "out");
      const env = { SITE_OUT: out };
      const report = ledgerOf(await run(site.root, { env }));
      expect(failuresIn(report)).toEqual(["E_WRITE"]);
      expect(report.failed + report.cached).toBe(PAGES);
      const there = treeOf(out);
      delete (there as Record<string, string>)["og-manifest.json"];
      expect(wrongIn(there, images)).toEqual([]);
      expect(Object.keys(there)).toHaveLength(report.cached);
      expect(temporariesIn(disk.folder)).toEqual([]);
      disk.resize(LARGE);
      wholeLedgerOf(await run(site.root, { env }), PAGES);
      expect(imagesOf(treeOf(out))).toEqual(imagesOf(images));
      console.log(
        `Full disk under the output: ${report.failed} pages failed and said so, ${report.cached} images whole, exit 1; with room again exit 0.`,
      );
    },
  );

  test(`at random writes (a system that says so in the middle of a file), ${COUNTS.fullDisks} runs`, { timeout: TIMEOUT }, async () => {
    let failed = 0;
    for (let round = 0; round < COUNTS.fullDisks; round++) {
      empty(site);
      const env = { ...FAULTY_FILES, NO_SPACE: String(SEED + round) };
      const report = ledgerOf(await run(site.root, { env }));
      expect(codes(report.runWarnings).filter((code) => code !== "W_MANIFEST_WRITE")).toEqual(["W_STORE_WRITE"]);
      expect(failuresIn(report)).toEqual(["E_WRITE"]);
      expect(report.rendered + report.failed).toBe(PAGES);
      failed += report.failed;
      expect(wrongIn(imagesOf(treeOf(site.out)), images)).toEqual([]);
      expect(wrongIn(entriesOf(site.cache), entries)).toEqual([]);
      expect(temporariesIn(site.root)).toEqual([]);
    }
    wholeLedgerOf(await run(site.root), PAGES);
    expect(differences(treeOf(site.out), images)).toEqual([]);
    console.log(
      `${COUNTS.fullDisks} runs with writes that fail half-way: ${failed} pages failed and said so, 0 partial files, 0 temporary files. Seed ${SEED}.`,
    );
  });
});

test("a full disk while tags are written: every page is as before or as after", { timeout: TIMEOUT }, async () => {
  const args = ["html", "dist", "--inject"];
  const built = createBuiltSite();
  const before = htmlOf(built);
  const refused = await run(built.root, { args, env: { ...FAULTY_FILES, NO_SPACE: String(SEED) } });
  expect({ code: refused.code, told: /E_WRITE/.test(refused.stderr) }).toEqual({ code: 1, told: true });
  const between = htmlOf(built);
  expect(temporariesIn(built.root)).toEqual([]);
  const next = await run(built.root, { args });
  expect({ code: next.code, stderr: next.stderr }).toEqual({ code: 0, stderr: "" });
  const after = htmlOf(built);
  const torn = Object.keys(between).filter((file) => between[file] !== before[file] && between[file] !== after[file]);
  expect(torn).toEqual([]);
  expect(differences(before, after)).toHaveLength(built.pages);
});

test.skipIf(process.platform === "win32")("no room for the report: the earlier one stays", { timeout: TIMEOUT }, async () => {
  const report = join(site.root, "report.json");
  const args = ["--dry-run", "--json=report.json"];
  expect((await run(site.root, { args })).code).toBe(0);
  const earlier = readFileSync(report, "utf8");
  expect(earlier.length).toBeGreaterThan(2 * BLOCK);
  // A file may have one block: the system refuses the rest of it in the middle.
  const through = ["sh", "-c", 'ulimit -f 1; trap "" XFSZ; exec "$@"', "sh"];
  const { code, stderr } = await run(site.root, { args, through });
  expect({ code, told: /E_WRITE/.test(stderr) }).toEqual({ code: 1, told: true });
  expect(readFileSync(report, "utf8")).toBe(earlier);
  expect(temporariesIn(site.root)).toEqual([]);
});

describe("without the permission", () => {
  test("to write the store: one warning, and what it has is used", { timeout: TIMEOUT }, async (context) => {
    const through = unprivileged(context);
    const folders = readdirSync(site.cache);
    for (const folder of folders.slice(0, folders.length / 2)) rmSync(join(site.cache, folder), { recursive: true });
    const left = Object.keys(entriesOf(site.cache)).length;
    rmSync(site.out, { recursive: true });
    forbid(0o555, site.cache, ...readdirSync(site.cache).map((folder) => join(site.cache, folder)));
    const { runWarnings, cached } = wholeLedgerOf(await run(site.root, { through }), PAGES);
    expect({ warnings: codes(runWarnings), cached }).toEqual({ warnings: ["W_STORE_WRITE"], cached: left });
    expect(differences(treeOf(site.out), images)).toEqual([]);
    console.log(`Read-only store: one warning, exit 0, ${cached} cards from it.`);
  });

  test("to enter the store: one warning", { timeout: TIMEOUT }, async (context) => {
    const through = unprivileged(context);
    rmSync(site.out, { recursive: true });
    forbid(0o000, site.cache);
    const { runWarnings, rendered } = wholeLedgerOf(await run(site.root, { through }), PAGES);
    expect({ warnings: runWarnings.length, rendered }).toEqual({ warnings: 1, rendered: PAGES });
    expect(differences(treeOf(site.out), images)).toEqual([]);
    console.log("Forbidden store: one warning, exit 0.");
  });

  test("to read some of its entries: one warning, and they are made again", { timeout: TIMEOUT }, async (context) => {
    const through = unprivileged(context);
    rmSync(site.out, { recursive: true });
    const some = Object.keys(entries).slice(0, 10);
    forbid(0o000, ...some.map((entry) => join(site.cache, entry)));
    const { runWarnings, rendered } = wholeLedgerOf(await run(site.root, { through }), PAGES);
    expect({ warnings: codes(runWarnings), rendered }).toEqual({ warnings: ["W_STORE_READ"], rendered: 10 });
    expect(differences(treeOf(site.out), images)).toEqual([]);
    expect(differences(entriesOf(site.cache), entries)).toEqual([]);
  });

  test(
    "to write the output: nothing to do is no trouble; otherwise the pages fail, and what is there stays",
    { timeout: TIMEOUT },
    async (context) => {
      const through = unprivileged(context);
      const folders = ["", "blog", "docs", "docs/guide"].map((folder) => join(site.out, folder));
      const missing = ["blog/page-0.png", "page-2.png"];
      forbid(0o555, ...folders);
      const idle = wholeLedgerOf(await run(site.root, { through }), PAGES);
      expect({ cached: idle.cached, warnings: idle.runWarnings }).toEqual({ cached: PAGES, warnings: [] });
      for (const folder of folders) chmodSync(folder, 0o755);
      for (const file of missing) rmSync(join(site.out, file));
      for (const folder of folders) chmodSync(folder, 0o555);
      const report = ledgerOf(await run(site.root, { through }));
      expect(failuresIn(report)).toEqual(["E_WRITE"]);
      expect({ failed: report.failed, cached: report.cached }).toEqual({ failed: missing.length, cached: PAGES - missing.length });
      expect(wrongIn(treeOf(site.out), images)).toEqual([]);
      for (const folder of folders) chmodSync(folder, 0o755);
      wholeLedgerOf(await run(site.root, { through }), PAGES);
      expect(differences(treeOf(site.out), images)).toEqual([]);
      console.log(`Read-only output: ${missing.length} missing images failed and said so, exit 1; the others untouched.`);
    },
  );

  test("to enter the output: every page fails, and says so", { timeout: TIMEOUT }, async (context) => {
    const through = unprivileged(context);
    forbid(0o000, site.out);
    const report = ledgerOf(await run(site.root, { through }));
    expect({ failed: report.failed, errors: failuresIn(report) }).toEqual({ failed: PAGES, errors: ["E_WRITE"] });
    chmodSync(site.out, 0o755);
    expect(differences(treeOf(site.out), images)).toEqual([]);
  });

  test("to read a page: it is told, and the others are done; a folder of pages ends the run", { timeout: TIMEOUT }, async (context) => {
    const through = unprivileged(context);
    rmSync(site.out, { recursive: true });
    forbid(0o000, join(site.root, "content/blog/page-3.md"));
    const report = ledgerOf(await run(site.root, { through }));
    expect({ pages: report.pages, fallback: report.fallback, cached: report.cached }).toEqual({
      pages: PAGES,
      fallback: 1,
      cached: PAGES - 1,
    });
    forbid(0o000, join(site.root, "content/blog"));
    const { code, stdout, stderr } = await run(site.root, { through });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("E_SOURCE");
  });
});

describe.skipIf(process.platform === "win32")("64 file descriptors", () => {
  test.each([undefined, FULL ? 40 : 12])("with a concurrency of %s", { timeout: TIMEOUT }, async (concurrency) => {
    const through = ["sh", "-c", 'ulimit -n 64 && exec "$@"', "sh"];
    const args = ["--json", ...(concurrency ? ["--concurrency", String(concurrency)] : [])];
    empty(site);
    const painted = wholeLedgerOf(await run(site.root, { through, args }), PAGES);
    expect({ rendered: painted.rendered, warnings: painted.runWarnings }).toEqual({ rendered: PAGES, warnings: [] });
    expect(differences(treeOf(site.out), images)).toEqual([]);
    rmSync(site.out, { recursive: true });
    expect(wholeLedgerOf(await run(site.root, { through, args }), PAGES).cached).toBe(PAGES);
    expect(differences(treeOf(site.out), images)).toEqual([]);
    console.log(`64 file descriptors, ${concurrency ?? "default"} concurrency: ${PAGES} of ${PAGES} pages, 0 warnings, exit 0.`);
  });
});

/** Without the manifest: it names only the pages that have an image, and its addresses follow from where the output is. */
function imagesOf(tree: Tree): Tree {
  return Object.fromEntries(Object.entries(tree).filter(([file]) => !file.endsWith(".json")));
}

/** A disk of so many KB; the test is skipped where the system does not let us mount one. */
function mount(kilobytes: number, { skip }: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "og-gen-disk-"));
  const { status, stderr } = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${kilobytes}k`, "tmpfs", folder], { encoding: "utf8" });
  onTestFinished(() => {
    if (status === 0) spawnSync("umount", ["-l", folder]);
    rmSync(folder, { recursive: true, force: true });
  });
  skip(status !== 0, `A small disk cannot be mounted here (it takes root on Linux): ${stderr?.trim() ?? "there is no mount"}`);
  const resize = (to: number) => expect(spawnSync("mount", ["-o", `remount,size=${to}k`, folder]).status).toBe(0);
  return { folder, resize };
}

/** Starts a command that permissions hold for: root's own do not, unless it gives them up. */
function unprivileged({ skip }: TestContext): readonly string[] {
  const without = "-dac_override,-dac_read_search";
  const through = process.getuid?.() === 0 ? ["setpriv", `--bounding-set=${without}`, `--inh-caps=${without}`] : [];
  const folder = join(site.root, "forbidden");
  mkdirSync(folder);
  forbid(0o555, folder);
  const [command = "", ...rest] = [...through, process.execPath, "-e", 'require("node:fs").writeFileSync("file", "")'];
  const { status } = spawnSync(command, rest, { cwd: folder });
  skip(status !== 1, "Permissions cannot be made to hold here: the tests run as root, and `setpriv` cannot take root's rights away.");
  return through;
}

/** For the time of the test. */
function forbid(mode: number, ...paths: readonly string[]): void {
  const before = paths.map((path) => [path, statSync(path).mode] as const);
  onTestFinished(() => {
    for (const [path, known] of before) if (statSync(path, { throwIfNoEntry: false })) chmodSync(path, known);
  });
  for (const path of paths.toReversed()) chmodSync(path, mode);
}
