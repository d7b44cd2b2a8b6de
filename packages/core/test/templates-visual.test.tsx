import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp, { type Sharp } from "sharp";
import { describe, expect, test } from "vitest";
import article from "../src/templates/article.tsx";
import product from "../src/templates/product.tsx";
import type { Template } from "../src/types.ts";
import { BARE, FIXTURES, FULL, LONG, loadTemplates, paintTree, SITE, SIZES, treeOf, type Picture } from "./paint-template.ts";

/**
 * Every built-in template as a small picture beside the one that was looked at and found good. After a change that is
 * meant: `UPDATE_SNAPSHOTS=1 vitest run templates-visual`, then look at each picture in fixtures/snapshots.
 */
const SNAPSHOTS = join(FIXTURES, "snapshots");
const UPDATE = process.env["UPDATE_SNAPSHOTS"] === "1";
const SMALL_WIDTH = { wide: 300, square: 200, tall: 160 } as const;
const MEGABYTE = 1_000_000;

const looked = new Set<string>();

/** The picture of a page, and as small as a snapshot. */
async function smallPicture(
  template: Template,
  { page, theme, shape = "wide" }: Omit<Picture, "size"> & { readonly shape?: keyof typeof SIZES },
): Promise<{ readonly full: Uint8Array; readonly small: Sharp }> {
  const size = SIZES[shape];
  const full = await paintTree(await treeOf(template, { page, theme, size }), page, size);
  return { full, small: sharp(full).resize(SMALL_WIDTH[shape]).removeAlpha() };
}

/** How many of a hundred pixels differ visibly: one channel by more than the palette of a snapshot is off. */
async function percentThatDiffer(actual: Sharp, snapshot: string): Promise<number> {
  const [a, b] = await Promise.all([actual.clone().raw().toBuffer(), sharp(snapshot).removeAlpha().toColourspace("srgb").raw().toBuffer()]);
  if (a.length !== b.length) return 100;
  let differ = 0;
  for (let pixel = 0; pixel < a.length; pixel += 3) {
    if ([0, 1, 2].some((channel) => Math.abs((a[pixel + channel] as number) - (b[pixel + channel] as number)) > 40)) differ++;
  }
  return (100 * 3 * differ) / a.length;
}

async function expectToLookLike(name: string, { full, small }: Awaited<ReturnType<typeof smallPicture>>): Promise<void> {
  const snapshot = join(SNAPSHOTS, `${name}.png`);
  looked.add(`${name}.png`);
  if (UPDATE) {
    await mkdir(SNAPSHOTS, { recursive: true });
    await writeFile(snapshot, await small.clone().png({ palette: true, colours: 256, effort: 10 }).toBuffer());
    return;
  }
  const percent = existsSync(snapshot) ? await percentThatDiffer(small, snapshot) : 100;
  if (percent <= 0.05) return;
  const folder = await mkdtemp(join(tmpdir(), "og-gen-looks-"));
  await writeFile(join(folder, `${name}.png`), full);
  expect.fail(
    `${name}: ${percent.toFixed(2)} % of the pixels are not those of ${snapshot}. The picture is now ${join(folder, `${name}.png`)}; if it is meant, run again with UPDATE_SNAPSHOTS=1.`,
  );
}

describe.each(await loadTemplates())("%s", (name, template) => {
  for (const mode of ["light", "dark"] as const) {
    for (const dir of ["ltr", "rtl"] as const) {
      test(`${mode}, ${dir}, all fields`, async () => {
        await expectToLookLike(
          `${name}-${mode}-${dir}-full`,
          await smallPicture(template, { page: { ...FULL, dir }, theme: { ...SITE, mode } }),
        );
      });
      test(`${mode}, ${dir}, a title alone`, async () => {
        await expectToLookLike(`${name}-${mode}-${dir}-bare`, await smallPicture(template, { page: { ...BARE, dir }, theme: { mode } }));
      });
    }
  }

  for (const shape of ["square", "tall"] as const) {
    test(`${shape}, all fields`, async () => {
      await expectToLookLike(`${name}-${shape}-full`, await smallPicture(template, { page: FULL, theme: SITE, shape }));
    });
    test(`${shape}, a title alone, from right to left`, async () => {
      const page = { ...BARE, dir: "rtl" } as const;
      await expectToLookLike(`${name}-${shape}-bare`, await smallPicture(template, { page, theme: { mode: "dark" }, shape }));
    });
  }

  test("a title of three characters", async () => {
    await expectToLookLike(`${name}-short`, await smallPicture(template, { page: { ...BARE, title: "Hi!" }, theme: SITE }));
  });

  test("more words than there is room for", async () => {
    const theme = { ...SITE, siteName: "The Society for the Prevention of Long Names" };
    await expectToLookLike(`${name}-long`, await smallPicture(template, { page: LONG, theme }));
  });
});

describe("product", () => {
  test.each(["wide", "tall"] as const)("in a phone, %s", async (shape) => {
    const page = { ...FULL, image: "covers/bright-portrait.jpg", data: { og: { frame: "phone" } } };
    await expectToLookLike(`product-phone-${shape}`, await smallPicture(product, { page, theme: SITE, shape }));
  });
  test("a screenshot", async () => {
    const page = { ...FULL, image: "covers/app.png" };
    await expectToLookLike("product-screenshot", await smallPicture(product, { page, theme: { ...SITE, colors: { brand: "#f97316" } } }));
  });
});

test("every snapshot belongs to a test, and all are small", async () => {
  const files = await readdir(SNAPSHOTS);
  const left = files.filter((file) => !looked.has(file));
  if (UPDATE) await Promise.all(left.map((file) => rm(join(SNAPSHOTS, file))));
  else expect(left).toEqual([]);
  const sizes = await Promise.all([...looked].map(async (file) => (await stat(join(SNAPSHOTS, file))).size));
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(5 * MEGABYTE);
});

test("a picture that changed a little is seen", async () => {
  if (UPDATE) return;
  const snapshot = join(SNAPSHOTS, "article-light-ltr-full.png");
  const theme = { ...SITE, mode: "light" } as const;
  const day = await smallPicture(article, { page: { ...FULL, dir: "ltr", date: "2026-02-04" }, theme });
  expect(await percentThatDiffer(day.small, snapshot)).toBeGreaterThan(0);
  const letter = await smallPicture(article, { page: { ...FULL, dir: "ltr", title: `${FULL.title}s` }, theme });
  expect(await percentThatDiffer(letter.small, snapshot)).toBeGreaterThan(0.05);
  expect((await readFile(snapshot)).length).toBeLessThan(40_000);
});
