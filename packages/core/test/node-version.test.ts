import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { OgError } from "../src/error.ts";
import { checkNode, OLDEST_NODE } from "../src/node-version.ts";

describe("checkNode", () => {
  test.each(["22.12.0", "22.20.1", "24.0.0", "26.10.0", "100.0.0"])("Node %s runs og-gen", (version) => {
    expect(() => checkNode(version)).not.toThrow();
  });

  test.each(["22.11.9", "20.20.2", "18.0.0", "2.13.0"])("Node %s is refused, with what is needed", (version) => {
    expect(() => checkNode(version)).toThrow(OgError);
    expect(() => checkNode(version)).toThrow(`This is Node ${version}; og-gen needs 22.12 or newer.`);
  });

  test("this Node is new enough", () => {
    expect(() => checkNode()).not.toThrow();
  });

  test.each(["core", "cli", "astro-integration"])("packages/%s asks for the same Node", async (name) => {
    const manifest = await readFile(fileURLToPath(new URL(`../../${name}/package.json`, import.meta.url)), "utf8");
    expect((JSON.parse(manifest) as { readonly engines: { readonly node: string } }).engines.node).toBe(`>=${OLDEST_NODE.join(".")}`);
  });
});
