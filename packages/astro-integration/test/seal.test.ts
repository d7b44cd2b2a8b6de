import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readSeal } from "../src/seal.ts";

async function folder(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "og-gen-seal-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  return root;
}

test("stays from build to build, and is another one in another place", async () => {
  const [here, there] = [join(await folder(), "cache"), await folder()];
  const seal = await readSeal(here);
  expect(seal).toMatch(/^[0-9a-f]{32}$/);
  expect(await readSeal(here)).toBe(seal);
  expect(await readSeal(there)).not.toBe(seal);
});

test("one that is damaged is made anew, and one that cannot be kept costs nothing", async () => {
  const root = await folder();
  await writeFile(join(root, "og-gen-seal"), "");
  expect(await readSeal(root)).toMatch(/^[0-9a-f]{32}$/);
  expect(await readSeal(join(root, "og-gen-seal"))).toMatch(/^[0-9a-f]{32}$/);
});
