import { execFileSync } from "node:child_process";
import { beforeAll, describe, expect, test } from "vitest";
import { expand } from "../src/compose/expand.ts";
import { h, type HostElement } from "../src/compose/jsx-runtime.ts";
import { keyOf } from "../src/resolve/key.ts";
import type { Face, Job } from "../src/types.ts";

const FACE: Face = { family: "inter latin", weight: 400, style: "normal", file: "/fonts/inter.woff", digest: "f".repeat(64) };
const DIGEST = "a".repeat(64);

function treeOf(...args: Parameters<typeof h>): HostElement {
  return expand(h(...args)) as HostElement;
}

const JOB: Omit<Job, "key"> = {
  tree: treeOf(
    "div",
    { lang: "en", style: { display: "flex", fontSize: 48 } },
    "Hello ",
    h("b", null, "world"),
    h("img", { src: `og-image:${DIGEST}`, width: 10 }),
  ),
  faces: [FACE, { ...FACE, weight: 700, digest: "e".repeat(64) }],
  images: [{ digest: DIGEST, name: "cover.png", file: "/site/cover.png" }],
  graphemes: { "🙂": "b".repeat(64) },
  width: 1200,
  height: 630,
  format: "png",
  quality: 85,
};

describe("a key", () => {
  test("is 64 hexadecimal digits, the same for the same job", () => {
    expect(keyOf(JOB)).toMatch(/^[0-9a-f]{64}$/);
    expect(keyOf(structuredClone(JOB))).toBe(keyOf(JOB));
  });

  test("is the same in another process", () => {
    const script = `
      const { keyOf } = await import(${JSON.stringify(new URL("../src/resolve/key.ts", import.meta.url).href)});
      console.log(keyOf(${JSON.stringify(JOB)}));`;
    const elsewhere = execFileSync(process.execPath, ["--conditions=@og-gen/source", "--input-type=module", "--eval", script], {
      encoding: "utf8",
      cwd: "/",
      env: { TZ: "Asia/Tokyo", LANG: "tr_TR.UTF-8" },
    });
    expect(elsewhere.trim()).toBe(keyOf(JOB));
  });
});

describe("what is painted counts", () => {
  const changes: Readonly<Record<string, Partial<Job>>> = {
    "the width": { width: 1201 },
    "the height": { height: 631 },
    "the two the other way round": { width: 630, height: 1200 },
    "the format": { format: "jpeg" },
    "another format": { format: "webp" },
    "a text": { tree: treeOf("div", null, "Hello") },
    "a letter of a text": { tree: treeOf("div", null, "hello") },
    "a space in a text": { tree: treeOf("div", null, "Hello ") },
    "an accent in another form": { tree: treeOf("div", null, "é") },
    "an accent": { tree: treeOf("div", null, "e\u0301") },
    "half a surrogate pair": { tree: treeOf("div", null, "\ud83d") },
    "the other half": { tree: treeOf("div", null, "\ude42") },
    "a tag": { tree: treeOf("p", null, "Hello") },
    "a style": { tree: treeOf("div", { style: { color: "red" } }, "Hello") },
    "a style's value": { tree: treeOf("div", { style: { color: "blue" } }, "Hello") },
    "a number that was a text": { tree: treeOf("div", { style: { width: 10 } }, "Hello") },
    "a text that was a number": { tree: treeOf("div", { style: { width: "10" } }, "Hello") },
    "the order of styles": { tree: treeOf("div", { style: { border: "none", borderTop: "1px" } }, "Hello") },
    "the order of styles, changed": { tree: treeOf("div", { style: { borderTop: "1px", border: "none" } }, "Hello") },
    "the language": { tree: treeOf("div", { lang: "ja" }, "Hello") },
    "the text's place": { tree: treeOf("div", null, h("div", null, "Hello")) },
    "two texts": { tree: treeOf("div", null, h("b", null, "Hel"), h("b", null, "lo")) },
    "other two texts": { tree: treeOf("div", null, h("b", null, "Hell"), h("b", null, "o")) },
    "an image": { tree: treeOf("img", { src: `og-image:${"c".repeat(64)}` }) },
    "a font's bytes": { faces: [{ ...FACE, digest: "0".repeat(64) }] },
    "a font's weight": { faces: [{ ...FACE, weight: 500 }] },
    "a font's style": { faces: [{ ...FACE, style: "italic" }] },
    "a font's family": { faces: [{ ...FACE, family: "lora" }] },
    "one font less": { faces: [FACE] },
    "no font": { faces: [] },
    "the order of fonts": { faces: JOB.faces.toReversed() },
    "an emoji": { graphemes: { "🙂": "c".repeat(64) } },
    "no emoji": { graphemes: {} },
    "the bytes that it may have": { maxBytes: 300_000 },
    "other bytes that it may have": { maxBytes: 200_000 },
    "fewest bytes": { optimize: true },
  };

  test("each of these has a key of its own", () => {
    const keys = new Map<string, string>([[keyOf(JOB), "the job itself"]]);
    for (const [what, change] of Object.entries(changes)) {
      const key = keyOf({ ...JOB, ...change });
      expect(keys.get(key), `${what} is as`).toBeUndefined();
      keys.set(key, what);
    }
    expect(keys.size).toBe(Object.keys(changes).length + 1);
  });

  test.each(["jpeg", "webp"] as const)("the quality of %s", (format) => {
    expect(keyOf({ ...JOB, format, quality: 84 })).not.toBe(keyOf({ ...JOB, format }));
  });
});

describe("what is not painted does not count", () => {
  test.each<[string, Partial<Job>]>([
    ["the quality of PNG", { quality: 1 }],
    ["where a font lies", { faces: JOB.faces.map((face) => ({ ...face, file: "/elsewhere/x.ttf" })) }],
    ["where an image lies", { images: [{ digest: DIGEST, name: "cover.png", file: "/elsewhere/y.png" }] }],
    ["what an image is called", { images: [{ digest: DIGEST, name: "../cover.png?v=2" }] }],
    ["that an image came from the network", { images: [{ digest: DIGEST, name: "cover.png", bytes: Buffer.from("x") }] }],
    ["an earlier key", { key: "something" }],
    ["that nothing is optimized", { optimize: false, maxBytes: undefined }],
  ])("%s", (_, change) => {
    expect(keyOf({ ...JOB, ...change })).toBe(keyOf(JOB));
  });

  test("minus zero is zero", () => {
    expect(keyOf({ ...JOB, tree: treeOf("div", { style: { top: -0 } }, "a") })).toBe(
      keyOf({ ...JOB, tree: treeOf("div", { style: { top: 0 } }, "a") }),
    );
  });
});

describe("the packages that paint", () => {
  let versions: Readonly<Record<string, string>>;
  beforeAll(async () => {
    const { default: manifest } = (await import("../package.json", { with: { type: "json" } })) as {
      default: { dependencies: Record<string, string> };
    };
    versions = manifest.dependencies;
  });

  test.each(["satori", "@resvg/resvg-js", "sharp"])("%s is pinned exactly, as its version is part of the key", (name) => {
    expect(versions[name]).toMatch(/^\d+\.\d+\.\d+$/);
  });
});
