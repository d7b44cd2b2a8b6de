import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { generate } from "../src/generate.ts";
import type { Options } from "../src/options.ts";
import { plan } from "../src/plan.ts";
import { formatOf, isWhole } from "../src/format-of.ts";
import { readManifest } from "../src/publish/manifest.ts";
import { metaTags } from "../src/publish/meta-tags.ts";
import type { Format, Ledger, Renderer } from "../src/types.ts";

const FIXTURES = join(import.meta.dirname, "../../../fixtures");

let projects: string;
beforeAll(async () => {
  projects = await mkdtemp(join(tmpdir(), "og-gen-max-bytes-"));
});
afterAll(() => rm(projects, { recursive: true, force: true, maxRetries: 5 }));

async function project() {
  const root = await mkdtemp(join(projects, "project-"));
  const out = join(root, "public", "og");
  await mkdir(join(root, "content"));
  await cp(join(FIXTURES, "covers", "hills.jpg"), join(root, "content", "hills.jpg"));
  const write = async (path: string, content: string | Uint8Array): Promise<void> => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  };
  await write("content/a.md", "---\ntitle: A photograph\nimage: ./hills.jpg\n---\n");
  const common: Options = { root, site: "https://example.com", template: "photo", variants: { og: { width: 480, height: 252 } } };
  return {
    root,
    out,
    write,
    run: (options: Options = {}) => generate({ ...common, ...options }),
    plan: (options: Options = {}) => plan({ ...common, ...options }),
    images: async () => (await readdir(out, { recursive: true })).filter((path) => !path.endsWith(".json")).toSorted(),
  };
}

function cardOf({ results: [result] }: Ledger) {
  if (!result || !("cards" in result)) throw new Error("It has no card.");
  return result.cards[0];
}

const STARTS: Readonly<Record<Format, Buffer>> = {
  png: Buffer.from("89504e470d0a1a0a", "hex"),
  jpeg: Buffer.from("ffd8ffe0", "hex"),
  webp: Buffer.from("RIFF\0\0\0\0WEBP", "latin1"),
};

/** Gives what begins like an image of a format, with this many bytes. */
function rendererOf(format: Format, bytes = 100): Renderer {
  return {
    render: async () => ({ bytes: Buffer.concat([STARTS[format], Buffer.alloc(bytes - STARTS[format].length)]), degraded: false }),
    close: async () => undefined,
  };
}

describe("a card that is too large as a PNG", () => {
  test("is a JPEG: its file, its card, the manifest and the tags say so", async () => {
    const { run, out, images } = await project();
    const ledger = await run({ maxBytes: 20_000 });
    expect(await images()).toEqual(["a.jpg"]);
    const card = cardOf(ledger);
    expect(card).toMatchObject({ file: join(out, "a.jpg"), type: "image/jpeg", bytes: (await stat(join(out, "a.jpg"))).size });
    expect(card.bytes).toBeLessThanOrEqual(20_000);
    expect(card.src).toBe(`/og/a.jpg?v=${card.key.slice(0, 8)}`);
    expect(await sharp(card.file).metadata()).toMatchObject({ format: "jpeg", width: 480, height: 252 });
    expect(readManifest(out).pages["a"]?.images[0]).toMatchObject({ file: "a.jpg", type: "image/jpeg", src: card.src, key: card.key });
    const tags = new Map(ledger.results.flatMap((result) => metaTags(result)).map(({ key, content }) => [key, content]));
    expect(tags.get("og:image")).toBe(`https://example.com${card.src}`);
    expect(tags.get("og:image:type")).toBe("image/jpeg");
    expect(ledger.warnings).toEqual([]);
  });

  test("is current in the next run, also for `plan()` and for `force`", async () => {
    const { run, plan, out, images } = await project();
    const options = { maxBytes: 20_000 };
    const first = cardOf(await run(options));
    const second = await run(options);
    expect(second).toMatchObject({ cached: 1, written: 0 });
    expect(cardOf(second)).toEqual(first);
    expect((await plan(options)).planned[0]?.cards).toMatchObject([{ reason: "current", file: join(out, "a.jpg") }]);
    await run({ ...options, force: true });
    expect(await images()).toEqual(["a.jpg"]);
    await rm(first.file);
    expect((await plan(options)).planned[0]?.cards).toMatchObject([{ reason: "missing", file: join(out, "a.jpg") }]);
    expect(cardOf(await run(options))).toEqual(first);
  });

  test("comes from the store as what it is", async () => {
    const { run, out, images } = await project();
    const first = cardOf(await run({ maxBytes: 20_000 }));
    await rm(out, { recursive: true });
    const again = await run({ maxBytes: 20_000 });
    expect(again).toMatchObject({ cached: 1, written: 1 });
    expect(cardOf(again)).toEqual(first);
    expect(await images()).toEqual(["a.jpg"]);
  });

  test("has the same bytes with any number of processes", async () => {
    const [one, other] = [await project(), await project()];
    for (const site of [one, other]) {
      for (const id of ["b", "c", "d"]) await site.write(`content/${id}.md`, `---\ntitle: Photograph ${id}\nimage: ./hills.jpg\n---\n`);
    }
    const options = { maxBytes: 30_000, optimize: true };
    await one.run({ ...options, concurrency: 1 });
    await other.run({ ...options, concurrency: 3 });
    expect(await other.images()).toEqual(await one.images());
    for (const path of await one.images()) expect(await readFile(join(other.out, path))).toEqual(await readFile(join(one.out, path)));
  });

  test("stays a PNG where there is no limit, and where it is a further variant", async () => {
    const { run, images } = await project();
    const variants = { og: { width: 480, height: 252, maxBytes: false }, square: { width: 400, height: 400 } } as const;
    expect((await run({ maxBytes: 20_000, variants })).warnings).toEqual([]);
    expect(await images()).toEqual(["a.png", "a.square.png"]);
  });

  test("a further variant may have a limit of its own", async () => {
    const { run, images } = await project();
    await run({ variants: { og: { width: 480, height: 252 }, square: { width: 400, height: 400, maxBytes: 20_000 } } });
    expect(await images()).toEqual(["a.png", "a.square.jpg"]);
  });
});

describe("a card whose format is another than in the last run", () => {
  test("takes the other's place, there and back", async () => {
    const { run, plan, out, images } = await project();
    await run({ renderer: rendererOf("png") });
    expect(await images()).toEqual(["a.png"]);
    const jpeg = { renderer: rendererOf("jpeg"), maxBytes: 20_000 };
    expect((await plan(jpeg)).planned[0]?.cards).toMatchObject([{ reason: "changed", file: join(out, "a.png") }]);
    expect(cardOf(await run(jpeg))).toMatchObject({ type: "image/jpeg", file: join(out, "a.jpg") });
    expect(await images()).toEqual(["a.jpg"]);
    const png = { renderer: rendererOf("png"), maxBytes: 30_000 };
    expect(cardOf(await run(png))).toMatchObject({ type: "image/png", file: join(out, "a.png") });
    expect(await images()).toEqual(["a.png"]);
    expect(readManifest(out).pages["a"]?.images).toMatchObject([{ file: "a.png", type: "image/png" }]);
  });

  test("leaves a file alone that the manifest does not name", async () => {
    const { run, write, images } = await project();
    await write("public/og/a.jpg", "somebody's own");
    await run({ renderer: rendererOf("png") });
    expect(await images()).toEqual(["a.jpg", "a.png"]);
  });

  test("keeps the old one when the new one cannot be written", async () => {
    const { run, write, images } = await project();
    await run({ renderer: rendererOf("png") });
    await write("public/og/a.jpg/in-the-way", "");
    const ledger = await run({ renderer: rendererOf("jpeg"), maxBytes: 20_000 });
    expect(ledger).toMatchObject({ failed: 1 });
    expect(await images()).toContain("a.png");
  });

  test("a fallback takes its place, too", async () => {
    const { run, write, images } = await project();
    await run({ maxBytes: 20_000 });
    await write("content/a.md", "---\ntitle: A photograph\nimage: ./gone.jpg\n---\n");
    expect(await run({ maxBytes: 20_000 })).toMatchObject({ fallback: 1 });
    expect(await images()).toEqual(["a.png"]);
  });

  test("what a renderer gives in a format that nobody asked for has the path that was asked for", async () => {
    const { run, images } = await project();
    const ledger = await run({ renderer: rendererOf("webp") });
    expect(cardOf(ledger)).toMatchObject({ type: "image/png" });
    expect(await images()).toEqual(["a.png"]);
  });
});

describe("the warning", () => {
  test.each<[Format, RegExp]>([
    ["jpeg", /at the lowest quality/],
    ["png", /transparent card is not made a JPEG/],
  ])("of a %s that stays above `maxBytes`, in each run", async (format, why) => {
    const { run } = await project();
    const options = { renderer: rendererOf(format, 30_001), maxBytes: 30_000 };
    for (const status of ["rendered", "cached"]) {
      const { results, warnings } = await run(options);
      expect(results[0]?.status).toBe(status);
      expect(warnings).toMatchObject([{ code: "W_BYTES", message: expect.stringMatching(why), detail: "31 KB", page: "a" }]);
      expect(warnings[0]?.message).toContain('"og" is larger than 30 KB');
      expect(warnings[0]?.hint).toContain("`maxBytes`");
    }
  });

  test("of a real one", async () => {
    const { run } = await project();
    const ledger = await run({ maxBytes: 1000 });
    expect(cardOf(ledger)).toMatchObject({ type: "image/jpeg" });
    expect(ledger.warnings).toMatchObject([
      { code: "W_BYTES", message: 'The image "og" is larger than 1 KB, even at the lowest quality.' },
    ]);
  });

  test("of more than 600 KB where there is no limit, and no other", async () => {
    const { run } = await project();
    const warningsOf = async (bytes: number, maxBytes: number | false) =>
      (await run({ renderer: rendererOf("png", bytes), maxBytes, force: true })).warnings.map(({ code, message }) => [code, message]);
    const large = [["W_BYTES", 'The image "og" is larger than 600 KB, the most that WhatsApp shows.']];
    expect(await warningsOf(600_000, false)).toEqual([]);
    expect(await warningsOf(600_001, false)).toEqual(large);
    expect(await warningsOf(600_001, 700_000)).toEqual(large);
    expect(await warningsOf(300_000, 300_000)).toEqual([]);
  });
});

test("an image that was cut off is not whole", async () => {
  const image = sharp({ create: { width: 2, height: 2, channels: 3, background: "red" } });
  for (const format of ["png", "jpeg", "webp"] as const) {
    const file = await image.clone().toFormat(format).toBuffer();
    expect([isWhole(file), isWhole(file.subarray(0, -1)), isWhole(Buffer.concat([file, Buffer.from("x")]))]).toEqual([true, false, false]);
  }
  expect(isWhole(Buffer.from("GIF89a"))).toBe(false);
});

test("the first bytes tell the format", async () => {
  const image = sharp({ create: { width: 2, height: 2, channels: 3, background: "red" } });
  for (const format of ["png", "jpeg", "webp"] as const) expect(formatOf(await image.clone().toFormat(format).toBuffer())).toBe(format);
  for (const text of ["", "GIF89a", "RIFF", "RIFF1234WAVE", "\x89PNG", "<svg/>"])
    expect(formatOf(Buffer.from(text, "latin1"))).toBeUndefined();
});
