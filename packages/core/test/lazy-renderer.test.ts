import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { generate } from "../src/generate.ts";
import type { Options } from "../src/options.ts";
import { children } from "./forks.ts";

vi.mock("node:child_process", async (importOriginal) => (await import("./forks.ts")).noting(await importOriginal()));
beforeEach(() => void children.splice(0));

async function project(): Promise<Options> {
  const root = await mkdtemp(join(tmpdir(), "og-gen-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  await mkdir(join(root, "content"));
  await writeFile(join(root, "content", "a.md"), "---\ntitle: A\n---\n");
  return { root, source: "content", variants: { og: { width: 120, height: 63 } }, concurrency: 1 };
}

const own: Options["renderer"] = {
  render: async () => ({ bytes: Buffer.from("a picture"), degraded: false }),
  close: async () => undefined,
};

test("the first run of a project starts a process before its pages are read", async () => {
  let seen = -1;
  const source = (async function* () {
    await new Promise((resolve) => setTimeout(resolve, 300));
    seen = children.length;
    yield { id: "a", title: "A" };
  })();
  const ledger = await generate({ ...(await project()), source });
  expect(ledger).toMatchObject({ pages: 1, rendered: 1 });
  expect(seen).toBe(1);
  expect(children).toHaveLength(1);
});

test("a run that finds nothing to do starts none", async () => {
  const options = await project();
  await generate(options);
  children.splice(0);
  expect(await generate(options)).toMatchObject({ pages: 1, cached: 1 });
  expect(children).toHaveLength(0);
});

test("a run that knows the cards of another output folder starts none", async () => {
  const options = await project();
  await generate(options);
  children.splice(0);
  expect(await generate({ ...options, outDir: "other" })).toMatchObject({ pages: 1, cached: 1 });
  expect(existsSync(join(options.root as string, "other", "a.png"))).toBe(true);
  expect(children).toHaveLength(0);
});

test("a renderer of the caller's own, and a store that may have all cards, are asked first", async () => {
  const options = await project();
  expect(await generate({ ...options, renderer: own, force: true })).toMatchObject({ rendered: 1 });
  // Begins and ends as a JPEG.
  const store = { get: async () => Buffer.from([0xff, 0xd8, 0xff, 0xd9]), set: async () => undefined };
  expect(await generate({ ...options, outDir: "other", store })).toMatchObject({ cached: 1 });
  expect(children).toHaveLength(0);
});

test.each([
  ["an option that is wrong", { theme: { brand: "no colour" } }],
  ["a source that is not there", { source: "nowhere" }],
  ["a template that is not there", { template: "./none.tsx" }],
] as const)("a process that was started early ends with the run: %s", async (_what, wrong) => {
  await expect(generate({ ...(await project()), ...(wrong as Options) })).rejects.toThrow(/./);
  expect(children.every(({ exitCode, signalCode }) => exitCode !== null || signalCode !== null)).toBe(true);
});

test("a run that is ended while a template loads, which never does, ends with its process", async () => {
  const options = await project();
  await writeFile(join(options.root as string, "never.tsx"), "await new Promise(() => {}); export default () => null;");
  const run = generate({ ...options, template: "./never.tsx", signal: AbortSignal.timeout(500) });
  await expect(run).rejects.toThrow(/timeout/);
  expect(children.map(({ signalCode }) => signalCode)).toEqual(["SIGKILL"]);
});

test("a run that is ended as soon as it has begun does not wait for a template that never loads", async () => {
  const options = await project();
  await writeFile(join(options.root as string, "never.tsx"), "await new Promise(() => {}); export default () => null;");
  const stop = new AbortController();
  const run = generate({ ...options, template: "./never.tsx", signal: stop.signal });
  stop.abort(new Error("enough"));
  await expect(run).rejects.toThrow("enough");
  expect(children.every(({ signalCode }) => signalCode === "SIGKILL")).toBe(true);
});
