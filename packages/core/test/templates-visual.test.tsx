import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp, { type Sharp } from "sharp";
import { describe, expect, test } from "vitest";
import { expand } from "../src/compose/expand.ts";
import { builtInTemplates } from "../src/compose/template.ts";
import { resolveTheme } from "../src/compose/theme.ts";
import { paint } from "../src/render/paint.ts";
import { createEmojiFinder } from "../src/resolve/emoji.ts";
import { openFonts } from "../src/resolve/fonts.ts";
import { createImageFinder } from "../src/resolve/images.ts";
import { resolveJob } from "../src/resolve/job.ts";
import article from "../src/templates/article.tsx";
import minimal from "../src/templates/minimal.tsx";
import photo from "../src/templates/photo.tsx";
import type { Page, Template, ThemeOptions } from "../src/types.ts";

/**
 * Every built-in template as a small picture beside the one that was looked at and found good. After a change that is
 * meant: `UPDATE_SNAPSHOTS=1 vitest run templates-visual`, then look at each picture in fixtures/snapshots.
 */
const FIXTURES = fileURLToPath(new URL("../../../fixtures/", import.meta.url));
const SNAPSHOTS = join(FIXTURES, "snapshots");
const UPDATE = process.env["UPDATE_SNAPSHOTS"] === "1";
const SIZE = { width: 1200, height: 630 };
const SMALL_WIDTH = 300;

const templates: Readonly<Record<string, Template>> = { article, minimal, photo };

/** The picture of a page at the size of a snapshot: red, green and blue of each pixel. */
async function smallPicture(
  template: Template,
  page: Page,
  theme: ThemeOptions,
): Promise<{ readonly full: Uint8Array; readonly small: Sharp }> {
  const resolver = {
    fonts: openFonts([], FIXTURES),
    images: createImageFinder({ root: FIXTURES, publicDir: FIXTURES, remoteHosts: [] }),
    emoji: createEmojiFinder("twemoji", FIXTURES),
  };
  const input = { page, theme: resolveTheme(theme), size: SIZE, variant: "og", dir: page.dir ?? "ltr" } as const;
  const { job, warnings } = await resolveJob(resolver, await expand(await template(input)), page, { ...SIZE, format: "png", quality: 85 });
  expect(warnings).toEqual([]);
  const { bytes: full } = await paint(job);
  return { full, small: sharp(full).resize(SMALL_WIDTH).removeAlpha() };
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

const title = "Leaving the cloud, one service at a time";
const full: Page = {
  id: "post",
  title,
  description: "How a small team moved forty services home in a weekend, what broke on the way, and why nobody noticed on Monday.",
  image: "covers/hills.jpg",
  author: { name: "Ada Quill", avatar: "images/ada.png" },
  date: "2026-02-03",
  tags: ["Engineering"],
  data: {},
};
const bare: Page = { id: "post", title, tags: [], data: {} };
const site: ThemeOptions = { siteName: "Larder", logo: "images/logo.svg" };

describe.each(Object.entries(templates))("%s", (name, template) => {
  for (const mode of ["light", "dark"] as const) {
    for (const dir of ["ltr", "rtl"] as const) {
      test(`${mode}, ${dir}, all fields`, async () => {
        await expectToLookLike(`${name}-${mode}-${dir}-full`, await smallPicture(template, { ...full, dir }, { ...site, mode }));
      });
      test(`${mode}, ${dir}, a title alone`, async () => {
        await expectToLookLike(`${name}-${mode}-${dir}-bare`, await smallPicture(template, { ...bare, dir }, { mode }));
      });
    }
  }

  test("more words than there is room for", async () => {
    const page: Page = {
      ...full,
      title:
        "An unreasonably long headline about migrating a monolith written in four languages to a smaller one written in one, and what the lawyers, the accountants and the dog had to say about each and every single step of it, from Monday to Sunday",
      description: full.description?.repeat(4),
      author: { name: "Hubert Blaine Wolfeschlegelsteinhausenbergerdorff the Third of that name", avatar: "images/ada.png" },
      tags: ["Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz, und noch einige Wörter dazu"],
    };
    await expectToLookLike(
      `${name}-long`,
      await smallPicture(template, page, { ...site, siteName: "The Society for the Prevention of Long Names" }),
    );
  });
});

test("every built-in template is looked at, and every snapshot belongs to a test", async () => {
  expect(Object.keys(templates).toSorted()).toEqual(builtInTemplates());
  expect(await readdir(SNAPSHOTS)).toHaveLength(builtInTemplates().length * 9);
});

test("a picture that changed a little is seen", async () => {
  if (UPDATE) return;
  const { small } = await smallPicture(article, { ...full, date: "2026-02-04" }, { ...site, mode: "light" });
  expect(await percentThatDiffer(small, join(SNAPSHOTS, "article-light-ltr-full.png"))).toBeGreaterThan(0);
  const other = await smallPicture(article, { ...full, title: `${title}s` }, { ...site, mode: "light" });
  expect(await percentThatDiffer(other.small, join(SNAPSHOTS, "article-light-ltr-full.png"))).toBeGreaterThan(0.05);
  expect((await readFile(join(SNAPSHOTS, "article-light-ltr-full.png"))).length).toBeLessThan(40_000);
});
