import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { expect, onTestFinished, test } from "vitest";
import { sweep, sweepOnce, writeWhole } from "../src/whole-file.ts";

async function folder(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "og-gen-whole-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  return root;
}

const MODULE = new URL("../src/whole-file.ts", import.meta.url).href;

/** A process that leaves a temporary file in the folder and goes on until it is killed. */
async function writerIn(root: string) {
  // Its rename never ends.
  const script = `
    import fs from "node:fs";
    import { syncBuiltinESMExports } from "node:module";
    fs.renameSync = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    syncBuiltinESMExports();
    const { writeWhole } = await import(${JSON.stringify(MODULE)});
    await writeWhole(${JSON.stringify(join(root, "card.png"))}, [Buffer.from("half")]);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: "ignore" });
  onTestFinished(() => void child.kill("SIGKILL"));
  await expect.poll(() => readdir(root), { timeout: 10_000 }).toHaveLength(1);
  const [name = ""] = await readdir(root);
  return { name, file: join(root, name), kill: () => (child.kill("SIGKILL"), once(child, "exit")) };
}

test("what a killed process left is swept, what a living one writes is not", async () => {
  const root = await folder();
  const { file, name, kill } = await writerIn(root);
  expect(name).toMatch(/^\.og-gen-.*\.tmp$/);
  await sweep(root);
  expect(existsSync(file)).toBe(true);
  await kill();
  await sweep(root);
  expect(await readdir(root)).toEqual([]);
});

test("what an earlier process with this one's id left is swept", async () => {
  const root = await folder();
  const { name, kill } = await writerIn(root);
  await kill();
  const [, place = ""] = /^\.og-gen-([0-9a-f]+)-/.exec(name) ?? [];
  const [left] = await readdir(root);
  await rm(join(root, left ?? ""));
  await writeFile(join(root, `.og-gen-${place}-${process.pid}-abc-0.tmp`), "half");
  await sweep(root);
  expect(await readdir(root)).toEqual([]);
});

test("what comes from another machine is swept when it is old, and nothing else ever", async () => {
  const root = await folder();
  const foreign = ".og-gen-00000000-1-abc-0.tmp";
  const others = [".og-gen-mine.tmp", "card.png", "x.tmp", ".og-gen-00000000-1-abc-0.tmp.png"];
  const longAgo = new Date(Date.now() - 11 * 60_000);
  for (const name of [foreign, ...others]) await writeFile(join(root, name), "x");
  await sweep(root);
  expect(await readdir(root)).toContain(foreign);
  for (const name of [foreign, ...others]) await utimes(join(root, name), longAgo, longAgo);
  await sweep(root);
  expect((await readdir(root)).toSorted()).toEqual(others.toSorted());
});

test("a temporary file that is swept while it is written costs a second try", async () => {
  const root = await folder();
  const bytes = Buffer.alloc(3_000_000, 7);
  // Another thread, as a file is written in one go.
  const sweeping = new Worker(
    `const { readdirSync, rmSync } = require("node:fs");
     const { root } = require("node:worker_threads").workerData;
     for (let swept = 0; swept < 3; )
       for (const name of readdirSync(root).filter((entry) => entry.endsWith(".tmp"))) {
         rmSync(root + "/" + name, { force: true });
         swept++;
       }`,
    { eval: true, workerData: { root } },
  );
  const end = once(sweeping, "exit");
  let isOver = false;
  void end.then(() => (isOver = true));
  for (let round = 0; round < 20 || !isOver; round++) {
    await writeWhole(join(root, "card.png"), [bytes]);
    await setImmediate();
  }
  await end;
  expect((await readFile(join(root, "card.png"))).equals(bytes)).toBe(true);
  expect(await readdir(root)).toEqual(["card.png"]);
});

test("a folder that is taken away while its files are written is made again", async () => {
  const root = await folder();
  for (let round = 0; round < 20; round++) {
    const writing = writeWhole(join(root, "og", "blog", "card.png"), [Buffer.from("whole")], join(root, "og"));
    await Promise.all([writing, rm(join(root, "og"), { recursive: true, force: true }).catch(() => undefined)]);
  }
  await writeWhole(join(root, "og", "blog", "card.png"), [Buffer.from("whole")], join(root, "og"));
  expect(await readdir(join(root, "og"), { recursive: true })).toEqual(["blog", join("blog", "card.png")]);
});

test("a folder is swept once where it is asked so", async () => {
  const root = await folder();
  const { name, kill } = await writerIn(root);
  await kill();
  await sweepOnce(root);
  expect(await readdir(root)).toEqual([]);
  await writeFile(join(root, name), "half");
  await sweepOnce(root);
  expect(await readdir(root)).toEqual([name]);
});
