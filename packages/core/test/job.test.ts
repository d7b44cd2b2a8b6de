import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { compose } from "../src/compose/compose.ts";
import { expand } from "../src/compose/expand.ts";
import { h, type Child, type HostElement } from "../src/compose/jsx-runtime.ts";
import { createTemplateLoader } from "../src/compose/template.ts";
import { resolveTheme } from "../src/compose/theme.ts";
import { createEmojiFinder } from "../src/resolve/emoji.ts";
import { openFonts } from "../src/resolve/fonts.ts";
import { createImageFinder } from "../src/resolve/images.ts";
import { LIMITS } from "../src/limits.ts";
import { resolveJob, type Resolver } from "../src/resolve/job.ts";
import type { Job, Page, ThemeOptions, Warning } from "../src/types.ts";
import { createWatchdog } from "../src/watchdog.ts";

const INTER = dirname(createRequire(import.meta.url).resolve("@fontsource/inter/package.json"));
const OUTPUT = { width: 1200, height: 630, format: "png", quality: 85 } as const;

/** A project with these files, for the time of the test. */
async function project(files: Record<string, string> = {}): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "og-gen-job-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return root;
}

function open(root: string, fonts: readonly { readonly file: string; readonly family?: string }[] = []): Resolver {
  return {
    images: createImageFinder({ root, publicDir: join(root, "public"), contentDir: join(root, "content"), remoteHosts: [] }),
    fonts: openFonts(fonts, root),
    emoji: createEmojiFinder("twemoji", root),
  };
}

function page(more: Partial<Page> = {}): Page {
  return { id: "a", title: "Hello", tags: [], data: {}, ...more };
}

function treeOf(...children: readonly Child[]): HostElement {
  return expand(h("div", { style: { display: "flex" } }, ...children)) as HostElement;
}

describe("a job", () => {
  let resolver: Resolver;
  let root: string;
  beforeAll(() => {
    root = tmpdir();
    resolver = open(root);
  });
  const resolve = async (...children: readonly Child[]) => resolveJob(resolver, treeOf(...children), page(), OUTPUT);

  test("holds all that is painted, as plain data", async () => {
    const { job, warnings } = await resolve("Hello ", h("b", null, "world"), h("img", { src: "data:,x" }));
    expect(warnings).toEqual([]);
    expect(job).toMatchObject({ ...OUTPUT, key: expect.stringMatching(/^[0-9a-f]{64}$/), tree: { type: "div" }, graphemes: {} });
    expect(job.faces.map(({ weight }) => weight)).toEqual([400, 700]);
    expect(job.images).toHaveLength(1);
    expect(structuredClone({ ...job, images: [] })).toEqual({ ...job, images: [] });
    expect(() => structuredClone(job)).not.toThrow();
  });

  test("emoji are images, and no font misses them", async () => {
    const { job, warnings } = await resolve("Hi 🙂 👩🏽‍🚀");
    expect(warnings).toEqual([]);
    expect(Object.keys(job.graphemes).toSorted()).toEqual(["👩🏽‍🚀", "🙂"].toSorted());
    expect(job.images.map(({ digest }) => digest).toSorted()).toEqual(Object.values(job.graphemes).toSorted());
  });

  function only(warnings: readonly Warning[]): Warning {
    expect(warnings).toHaveLength(1);
    return warnings[0] as Warning;
  }

  test("a character that no font has is a warning with page, file and code point", async () => {
    const { warnings } = await resolveJob(resolver, treeOf("日本 日"), page({ id: "blog/x", file: "/site/x.md", lang: "ja" }), OUTPUT);
    expect(only(warnings)).toMatchObject({
      code: "W_GLYPH",
      page: "blog/x",
      file: "/site/x.md",
      message: "No font has these Japanese characters.",
      detail: "U+65E5 日, U+672C 本",
    });
    expect(only(warnings).hint).toBe("npm install @fontsource/noto-sans-jp, or list a font file under `fonts`.");
  });

  test("one for each script, and many of one are counted", async () => {
    const { warnings } = await resolve("ابت ", "一丁丂七丄丅丆万丈三上下不与");
    expect(warnings.map(({ message }) => message)).toEqual([
      "No font has these Arabic characters.",
      "No font has these Chinese characters.",
    ]);
    expect(warnings[1]?.detail).toMatch(/^(U\+4E\w\w ., ){11}U\+4E\w\w . and 2 more$/);
  });

  test("an SVG image with text in it is a warning, as the machine's fonts draw it", async () => {
    const svg = (inside: string) => `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg">${inside}</svg>`)}`;
    const { warnings } = await resolve(h("img", { src: svg("<text>Acme</text>") }), h("img", { src: svg("<path d='M0 0'/>") }));
    expect(only(warnings)).toMatchObject({ code: "W_SVG_TEXT", page: "a", hint: expect.stringContaining("paths") });
  });

  test("a family that nobody has is a warning", async () => {
    const { warnings } = await resolve(h("p", { style: { fontFamily: "Gill Sans" } }, "a"));
    expect(only(warnings)).toMatchObject({
      code: "W_FONT_FAMILY",
      page: "a",
      message: 'The font family "Gill Sans" is not known; the next one of its list, or Inter, stands in for it.',
      hint: "List its files under `fonts`, or install it: npm install @fontsource/gill-sans (or @fontsource-variable/gill-sans)",
    });
  });

  test.each<[string, Record<string, unknown>, object]>([
    [
      "a bold",
      { fontWeight: 700 },
      {
        code: "W_FONT_WEIGHT",
        message: 'The font "Own" has no weight near 700: 400 is drawn instead, artificially thickened.',
        hint: "List a file of that weight, or a variable font, under `fonts`, or ask for a weight that the family has: 400.",
      },
    ],
    [
      "an italic",
      { fontStyle: "italic" },
      {
        code: "W_FONT_STYLE",
        message: 'The font "Own" has no italic: its upright letters are drawn, artificially slanted.',
        hint: "List an italic file under `fonts`, or ask for no italic.",
      },
    ],
  ])("%s that a family lacks is a warning, the same for each page", async (_, style, warning) => {
    const own = open(root, [{ file: join(INTER, "files/inter-latin-400-normal.woff"), family: "Own" }]);
    for (const text of ["Hello", "World"]) {
      const { warnings } = await resolveJob(own, treeOf(h("p", { style: { fontFamily: "Own", ...style } }, text)), page(), OUTPUT);
      expect(only(warnings)).toMatchObject({ ...warning, page: "a" });
      expect(only(warnings)).not.toHaveProperty("detail");
    }
  });

  test("what the system fonts of a list are called is no package", async () => {
    const { warnings } = await resolve(
      h("p", { style: { fontFamily: "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, sans-serif" } }, "a"),
    );
    for (const { hint } of warnings) expect(hint).not.toMatch(/@fontsource\/(-apple-system|blinkmacsystemfont|segoe-ui)/);
  });

  test("an image that cannot be had is an error", async () => {
    await expect(resolve(h("img", { src: "missing.png" }))).rejects.toMatchObject({ code: "E_IMAGE" });
  });
});

describe("the key of a page, from its template on", () => {
  const FILES = {
    "content/blog/cover.png": "cover",
    "content/blog/copy.png": "cover",
    "content/blog/other.png": "other",
    "logo.svg": "<svg/>",
  };

  /** The job of a page with the template `article`. */
  async function jobOf(
    more: Partial<Page>,
    { theme = {}, template = "article", root }: { readonly theme?: ThemeOptions; readonly template?: string; readonly root: string },
  ): Promise<Job> {
    const composition = {
      page: page(more),
      theme: resolveTheme(theme),
      size: OUTPUT,
      variant: "og",
      template: await createTemplateLoader({ root, templates: {} }).configured(template),
    };
    const [tree] = await compose([composition], 5_000, LIMITS, createWatchdog(5_000));
    if (!tree || tree instanceof Error) throw tree ?? new Error("nothing was composed");
    return (await resolveJob(open(root), tree, composition.page, OUTPUT)).job;
  }

  test("follows all that shows", async () => {
    const root = await project(FILES);
    const file = join(root, "content/blog/post.md");
    const keys = await Promise.all([
      jobOf({ file }, { root }),
      jobOf({ file, title: "Hello!" }, { root }),
      jobOf({ file, description: "More" }, { root }),
      jobOf({ file, tags: ["news"] }, { root }),
      jobOf({ file, date: "2026-01-02" }, { root }),
      jobOf({ file, date: "2026-01-02", lang: "de" }, { root }),
      jobOf({ file, author: { name: "Ada" } }, { root }),
      jobOf({ file, author: { name: "Ada", avatar: "cover.png" } }, { root }),
      jobOf({ file, author: { name: "Ada", avatar: "other.png" } }, { root }),
      jobOf({ file, dir: "rtl" }, { root }),
      jobOf({ file }, { root, theme: { colors: { brand: "#ff0000" } } }),
      jobOf({ file }, { root, theme: { mode: "dark" } }),
      jobOf({ file }, { root, theme: { siteName: "Larder" } }),
      jobOf({ file }, { root, theme: { logo: "/logo.svg" } }),
      jobOf({ file }, { root, template: "minimal" }),
      jobOf({ file }, { root, template: "photo" }),
      jobOf({ file, image: "cover.png" }, { root, template: "photo" }),
      jobOf({ file, image: "other.png" }, { root, template: "photo" }),
    ]);
    expect(new Set(keys.map(({ key }) => key)).size).toBe(keys.length);
  });

  test("follows nothing else", async () => {
    const root = await project(FILES);
    const file = join(root, "content/blog/post.md");
    const { key } = await jobOf({ file, author: { name: "Ada", avatar: "cover.png" } }, { root });
    const author = { name: "Ada", avatar: "cover.png" };
    for (const more of [
      { id: "another/id" },
      { url: "/elsewhere" },
      { data: { draft: false, weight: 3, nested: { a: [1] } } },
      { card: { alt: "A picture", template: "article" } },
      { author: { name: "Ada", avatar: "copy.png" } },
      { author: { name: "Ada", avatar: "./cover.png?v=2" } },
      { image: "cover.png" },
      { file: join(root, "content/blog/renamed.mdx") },
    ]) {
      expect((await jobOf({ file, author, ...more }, { root })).key).toBe(key);
    }
  });

  test("follows the bytes of images and fonts, not their names", async () => {
    const root = await project(FILES);
    await copyFile(join(INTER, "files/inter-latin-400-normal.woff"), join(root, "a.woff"));
    await copyFile(join(INTER, "files/inter-latin-400-normal.woff"), join(root, "b.woff"));
    await copyFile(join(INTER, "files/inter-latin-500-normal.woff"), join(root, "c.woff"));
    const keyWith = async (font: string, src: string) =>
      (
        await resolveJob(
          open(root, [{ file: join(root, font), family: "Own" }]),
          treeOf(h("p", { style: { fontFamily: "Own" } }, "a"), h("img", { src })),
          page(),
          OUTPUT,
        )
      ).job.key;
    const key = await keyWith("a.woff", "content/blog/cover.png");
    expect(await keyWith("b.woff", "content/blog/copy.png")).toBe(key);
    expect(await keyWith("c.woff", "content/blog/cover.png")).not.toBe(key);
    expect(await keyWith("a.woff", "content/blog/other.png")).not.toBe(key);
    await writeFile(join(root, "content/blog/cover.png"), "edited");
    expect(await keyWith("a.woff", "content/blog/cover.png")).not.toBe(key);
  });

  test("is the same wherever the project lies", async () => {
    const [here, there] = await Promise.all([project(FILES), project(FILES)]);
    const keys = await Promise.all(
      [here, there].map(async (root) => {
        const { key, tree } = await jobOf(
          { file: join(root, "content/blog/post.md"), image: "cover.png" },
          { root, template: "photo", theme: { logo: "/logo.svg" } },
        );
        expect(JSON.stringify(tree)).not.toContain(root);
        return key;
      }),
    );
    expect(keys[1]).toBe(keys[0]);
  });
});
