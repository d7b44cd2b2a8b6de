import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

/** What decides on the pixels of a card: another version of it may draw others, and the snapshots in `fixtures` show which. */
const PAINTS = ["satori", "harfbuzzjs", "linebreak", "@resvg/resvg-js", "sharp", "@fontsource/inter", "@iconify-json/twemoji"];
const EXACT = /^\d+\.\d+\.\d+$/;

interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
}

async function read(path: string): Promise<string> {
  return readFile(fileURLToPath(new URL(`../${path}`, import.meta.url)), "utf8");
}

test.each(PAINTS)("%s is pinned to one version, which is the one that is installed", async (name) => {
  const { dependencies } = JSON.parse(await read("package.json")) as Manifest;
  const pinned = dependencies[name] ?? "";
  expect(pinned).toMatch(EXACT);
  const { version } = JSON.parse(await read(`node_modules/${name}/package.json`)) as Manifest;
  expect(version).toBe(pinned);
});

test("nothing that is installed runs a script of its own", async () => {
  const { scripts = {} } = JSON.parse(await read("package.json")) as Manifest;
  expect(Object.keys(scripts).filter((name) => /install|prepare/.test(name))).toEqual([]);
  expect(await read("../../pnpm-workspace.yaml")).not.toMatch(/: true/);
});
