import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { generate } from "../src/generate.ts";
import { LIMITS, type Limits } from "../src/limits.ts";
import { createPool } from "../src/render/pool.ts";
import type { PageResult, Renderer } from "../src/types.ts";

const TITLE = "A title of some words, which take more than a few characters";

let root: string;
let renderer: Renderer;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "og-gen-limits-"));
  renderer = createPool({ concurrency: 1, timeout: 20_000 });
  await mkdir(join(root, "content"));
  await writeFile(join(root, "content", "a.md"), `---\ntitle: ${TITLE}\ndeep: [a, [b, [c, d]]]\ncover: ./a.png\n---\n`);
  await writeFile(
    join(root, "content", "a.png"),
    await sharp({ create: { width: 60, height: 40, channels: 3, background: "red" } })
      .png()
      .toBuffer(),
  );
});
afterAll(async () => {
  await renderer.close();
  await rm(root, { recursive: true, force: true });
});

/** With a renderer of its own where that is told of the limit. */
async function resultWith(limits: Partial<Limits>): Promise<PageResult> {
  const { results } = await generate({
    root,
    template: "photo",
    variants: { og: { width: 300, height: 158 } },
    cacheDir: false,
    force: true,
    limits,
    ...("imagePixels" in limits ? {} : { renderer }),
  });
  return results[0] as PageResult;
}

describe("a limit of the configuration is that of the page", () => {
  test("with the usual ones all is well", async () => {
    expect(await resultWith({})).toMatchObject({ status: "rendered" });
  });

  test.each<[Partial<Limits>, string]>([
    [{ frontMatterCharacters: 20 }, "The front matter is longer than 20 characters."],
    [{ frontMatterDepth: 2 }, "The front matter is nested deeper than 2 levels."],
    [{ frontMatterValues: 3 }, "The front matter has more than 3 values, once its aliases are followed."],
    [{ templateElements: 2 }, "The template makes more than 2 elements."],
    [{ templateDepth: 1 }, "The template nests deeper than 1 elements"],
    [{ imageBytes: 50 }, "50 are allowed."],
    [{ imagePixels: 2_399 }, "too many pixels"],
  ])("%o", async (limits, words) => {
    const result = await resultWith(limits);
    expect(result).toMatchObject({ error: { name: "OgError", message: expect.stringContaining(words), page: "a" } });
  });

  test("a text that may be shown in part is cut off there, and has another key", async () => {
    const whole = await resultWith({});
    const cut = await resultWith({ textCharacters: 8 });
    expect(cut).toMatchObject({ status: "rendered", warnings: [{ code: "W_TEXT_CUT" }] });
    expect("cards" in whole && "cards" in cut && whole.cards[0].key !== cut.cards[0].key).toBe(true);
  });

  test("the others stay as they are", async () => {
    expect(await resultWith({ imageBytes: LIMITS.imageBytes })).toMatchObject({
      status: "rendered",
    });
  });
});

test("SECURITY.md lists every limit with its default", async () => {
  const text = await readFile(fileURLToPath(new URL("../../../SECURITY.md", import.meta.url)), "utf8");
  const listed = [...text.matchAll(/^\| `(\w+)` +\| ([\d,]+)/gm)].map(([, name, value]) => [name, Number(value?.replaceAll(",", ""))]);
  expect(Object.fromEntries(listed)).toEqual(LIMITS);
});
