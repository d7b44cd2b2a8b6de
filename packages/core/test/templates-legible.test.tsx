import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { contrast } from "../src/compose/color.ts";
import type { HostChild, HostElement } from "../src/compose/jsx-runtime.ts";
import event from "../src/templates/event.tsx";
import release from "../src/templates/release.tsx";
import stats from "../src/templates/stats.tsx";
import { grid } from "../src/templates/components/index.ts";
import type { Page, Size } from "../src/types.ts";
import { BARE, FULL, LONG, faultsIn, loadTemplates, paintTree, SITE, SIZES, treeOf } from "./paint-template.ts";

/** What brands are like that palettes are not made for. */
const BRANDS = [
  "#ffe600",
  "#000000",
  "#ffffff",
  "#ffc9de",
  "#39ff14",
  "#ff000080",
  "#00ffff",
  "#777777",
  "#8b0000",
  "#0000ff",
  "#fefae0",
  "#ff00ff",
];
/** Those with which a card of few fields is looked at, too. */
const SPARSE = new Set(["#ffe600", "#000000", "#ffffff"]);
const WHITE_PHOTO = await plainImage("#ffffff");
/** https://www.w3.org/TR/WCAG22/#contrast-minimum: large text is from 24 px. What is from 40 px here is from 16 px in a feed. */
const LARGE = 40;
const SMALL_INK = "#ff00ff";
const LARGE_INK = "#00ff00";

const LONG_SITE = { ...SITE, siteName: "The Society for the Prevention of Long Names" };

const templates = await loadTemplates();

async function plainImage(color: string): Promise<string> {
  const png = await sharp({ create: { width: 40, height: 40, channels: 3, background: color } })
    .png()
    .toBuffer();
  return `data:image/png;base64,${png.toString("base64")}`;
}

type Style = Readonly<Record<string, unknown>>;

/** The tree with another style for each element, and whether it has text of its own. */
function restyled(node: HostElement, restyle: (style: Style, hasText: boolean, fontSize: number) => Style, inherited = 16): HostElement {
  const { style = {}, children } = node.props;
  // How large a fitted text becomes is not known yet: it may be its smallest size.
  const own = node.type === "fitted-text" ? node.props["min"] : style["fontSize"];
  const fontSize = typeof own === "number" ? own : inherited;
  const hasText = children?.some((child) => typeof child === "string") ?? false;
  return {
    type: node.type,
    props: {
      ...node.props,
      style: restyle(style, hasText, fontSize),
      ...(children
        ? { children: children.map((child): HostChild => (typeof child === "string" ? child : restyled(child, restyle, fontSize))) }
        : {}),
    },
  };
}

function textsIn({ props: { children = [] } }: HostElement): readonly string[] {
  return children.flatMap((child) => (typeof child === "string" ? [child] : textsIn(child)));
}

/** The style of the element whose text is `text`. */
function styleOf(text: string, { props: { children = [], style = {} } }: HostElement): Style | undefined {
  if (children.includes(text)) return style;
  return children.map((child) => (typeof child === "string" ? undefined : styleOf(text, child))).find((found) => found !== undefined);
}

async function pixelsOf(tree: HostElement, page: Page, size: Size): Promise<Buffer> {
  return sharp(await paintTree(tree, page, size))
    .removeAlpha()
    .raw()
    .toBuffer();
}

const colorAt = (pixels: Buffer, offset: number): string => `#${pixels.toString("hex", offset, offset + 3)}`;

/** The worst ratio of small and of large text with what is under it, over all pixels that a letter fills. */
async function worstContrast(tree: HostElement, page: Page, size: Size): Promise<{ readonly small: number; readonly large: number }> {
  const unit = size.width / 1200;
  const [asIs, without, marked] = await Promise.all([
    pixelsOf(tree, page, size),
    pixelsOf(
      restyled(tree, (style, hasText) => (hasText ? { ...style, color: "rgba(0,0,0,0)" } : style)),
      page,
      size,
    ),
    pixelsOf(
      restyled(tree, (style, hasText, fontSize) =>
        hasText ? { ...style, color: fontSize < LARGE * unit ? SMALL_INK : LARGE_INK } : style,
      ),
      page,
      size,
    ),
  ]);
  const worst = { [SMALL_INK]: 21, [LARGE_INK]: 21 };
  const seen = new Set<string>();
  for (let offset = 0; offset < marked.length; offset += 3) {
    const ink = colorAt(marked, offset);
    if (ink !== SMALL_INK && ink !== LARGE_INK) continue;
    const [over, under] = [colorAt(asIs, offset), colorAt(without, offset)];
    // A brand that is one of the inks fills areas with it.
    if (under === ink || seen.has(ink + over + under)) continue;
    seen.add(ink + over + under);
    worst[ink] = Math.min(worst[ink], contrast(over, under));
  }
  return { small: worst[SMALL_INK], large: worst[LARGE_INK] };
}

describe.each(templates)("%s", (_, template) => {
  const size = { width: 480, height: 252 };
  const full = { ...FULL, image: WHITE_PHOTO };
  const sparse = { ...BARE, description: FULL.description, data: { og: { code: "x" } } };

  test.each(BRANDS)("all text reads, whatever the brand: %s", async (brand) => {
    for (const mode of ["light", "dark"] as const) {
      for (const page of mode === "light" && SPARSE.has(brand) ? [full, sparse] : [full]) {
        const tree = await treeOf(template, { page, theme: { siteName: "Larder", mode, colors: { brand } }, size });
        const { small, large } = await worstContrast(tree, page, size);
        expect(small, `text below ${LARGE} px, ${mode}`).toBeGreaterThanOrEqual(4.5);
        expect(large, `text from ${LARGE} px, ${mode}`).toBeGreaterThanOrEqual(3);
      }
    }
  });

  describe.each(Object.entries(SIZES))("%s", (_shape, size) => {
    test.each([
      ["all fields", FULL, "ltr"],
      ["more words than there is room for", LONG, "ltr"],
      ["the same, from right to left", LONG, "rtl"],
      ["a word as long as the title", { ...FULL, title: "donaudampfschifffahrtsgesellschaftskapitänsmütze".repeat(3) }, "ltr"],
      ["three characters", { ...FULL, title: "Hi!" }, "ltr"],
    ] as const)("no text near the edge or on other text: %s", async (_name, given, dir) => {
      const page: Page = { ...given, dir };
      const { outside, overlapping, texts } = await faultsIn(await treeOf(template, { page, theme: LONG_SITE, size }), page, size);
      expect(outside).toEqual([]);
      expect(overlapping).toEqual([]);
      expect(texts).toBeGreaterThan(1);
    });
  });
});

describe("release", () => {
  const highlights = [
    "Whole-word search that finds what the reader had in mind",
    "Half the memory for an index that is twice as large now",
    "A dark theme which follows what the system of a reader is",
    "Fewer dependencies: only three packages are left, of twenty",
  ];
  const drawn = async (size: Size, og: object, given: Partial<Page> = {}) => {
    const page: Page = { ...BARE, ...given, data: { og: { version: "3.2.0", ...og } } };
    // A headline hangs out by the space at the side of its first letter.
    return faultsIn(await treeOf(release, { page, theme: SITE, size }), page, size, grid(size).margin - 6);
  };

  test.each([
    [1200, 900],
    [1080, 1080],
    [1500, 500],
    [300, 300],
  ])("a list keeps to the margins at %i×%i", async (width, height) => {
    expect(await drawn({ width, height }, { highlights })).toMatchObject({ outside: [], overlapping: [], lost: [] });
    const long = await drawn({ width, height }, { highlights: highlights.map((text) => text.repeat(4)) });
    expect(long).toMatchObject({ outside: [], overlapping: [] });
    expect(long.lost).toHaveLength(highlights.length);
  });

  test.each(["2026.11.30-nightly", "v12.0.0-rc.14+build.20261130", "20261130.123456789.0", "v4.0.0-beta.1"])(
    "no part of %s is lost",
    async (version) => {
      for (const size of Object.values(SIZES)) {
        expect(await drawn(size, { version, highlights: ["One", "Two"] })).toMatchObject({ outside: [], overlapping: [], lost: [] });
      }
    },
  );

  test.each([
    ["3.0", ["3.0"]],
    ["v4.0.0-beta.1", ["v4.0.0-beta.1"]],
    ["Version 1.0", ["1.0"]],
    ["Larder 3.2.0", ["3.2.0", "Larder"]],
    ["Larder, version 3.2.0+b7", ["3.2.0+b7", "Larder"]],
    ["Release notes: 3.2.0", ["3.2.0", "Release notes"]],
    ["3.0: faster builds", ["3.0", "faster builds"]],
    ["What's new in 3.2", ["3.2", "What's new in 3.2"]],
    ["Astro 4.0: faster builds", ["4.0", "Astro 4.0: faster builds"]],
    ["3.0 is here", ["3.0", "3.0 is here"]],
    ["Larder", ["Larder"]],
  ])("a version in the title %s stands once, where the rest can stand alone", async (title, texts) => {
    const tree = await treeOf(release, { page: { ...BARE, title }, theme: {}, size: SIZES.wide });
    expect(textsIn(tree)).toEqual(texts);
  });
});

describe("stats", () => {
  const caption = "of requests answered in under 100 ms";
  const numbers = [
    { value: "12,345,678", caption: "unique visitors in all of the year" },
    { value: "€ 1,200,000", caption: "revenue before taxes and everything" },
    { value: "99.999 %", caption: "availability measured from outside" },
  ];
  const drawn = async (size: Size, og: object, title = FULL.title) => {
    const page: Page = { ...BARE, title, data: { og } };
    return faultsIn(await treeOf(stats, { page, theme: SITE, size }), page, size);
  };

  test.each(Object.entries(SIZES))("a title has several lines, and what is cut is told: %s", async (_shape, size) => {
    const title = "Why we wrote another search engine, and what it told us about how readers look for plums";
    for (const others of [[], numbers]) {
      expect((await drawn(size, { value: "98 %", caption, stats: others }, title)).lost).toEqual([]);
      expect((await drawn(size, { value: "98 %", caption, stats: others }, title.repeat(5))).lost).not.toEqual([]);
    }
  });

  test.each([
    [1200, 630],
    [1200, 900],
    [1080, 1080],
    [800, 418],
  ])("the small numbers are of one size and stand on one line at %i×%i", async (width, height) => {
    const { inks, lost } = await drawn({ width, height }, { value: "98 %", caption, stats: numbers });
    expect(lost).toEqual([]);
    // The highest ink is that of a digit, of the percent sign, of the euro: about one height.
    const tops = numbers.map(({ value }) => inks.find(({ text }) => text === value)?.top ?? 0);
    expect(Math.max(...tops) - Math.min(...tops)).toBeLessThan(3);
  });

  test.each([
    ["€ 12.5 million per year", 1200, 630],
    ["98 %", 1500, 500],
    ["1,234,567,890", 800, 418],
    ["98 %", 1080, 1920],
  ])("a number keeps its distance: %s at %i×%i", async (value, width, height) => {
    for (const others of [[], numbers]) {
      const { inks } = await drawn({ width, height }, { value, caption, stats: others });
      const [above, number, below] = [FULL.title, value, caption].map((text) => inks.find((ink) => ink.text === text));
      const gap = 16 * grid({ width, height }).unit;
      expect((number?.top ?? 0) - (above?.bottom ?? 0)).toBeGreaterThanOrEqual(gap);
      expect((below?.top ?? 0) - (number?.bottom ?? 0)).toBeGreaterThanOrEqual(gap);
    }
  });
});

describe("event", () => {
  const place = "Congress Centrum Bremen, Bürgerweide, Halle 4.1, 28209 Bremen, Germany";
  const drawn = async (size: Size, title = FULL.title) => {
    const page: Page = { ...BARE, title, data: { og: { startDate: "2026-05-14", place } } };
    return faultsIn(await treeOf(event, { page, theme: { siteName: "Larder" }, size }), page, size, 0);
  };

  test.each([
    [1200, 900],
    [1080, 1080],
    [300, 300],
  ])("the day is the largest thing on a flat sheet: %i×%i", async (width, height) => {
    const { inks, overlapping } = await drawn({ width, height });
    const [day, month] = ["14", "May"].map((text) => inks.find((ink) => ink.text === text));
    expect(overlapping).toEqual([]);
    // "May" has a letter below its line.
    expect((day?.bottom ?? 0) - (day?.top ?? 0)).toBeGreaterThan(2 * ((month?.bottom ?? 0) - (month?.top ?? 0)));
  });

  test.each([...Object.values(SIZES), { width: 1200, height: 900 }])(
    "a place has two lines and keeps its distance to the site: $width×$height",
    async (size) => {
      const unit = grid(size).unit;
      for (const title of [FULL.title, LONG.title.slice(0, 187), LONG.title]) {
        const { inks, lost } = await drawn(size, title);
        const [ofPlace, site] = [place, "Larder"].map((text) => inks.find((ink) => ink.text === text));
        expect(lost).not.toContain("Germany");
        expect((ofPlace?.bottom ?? 0) - (ofPlace?.top ?? 0)).toBeGreaterThan(39 * unit);
        expect((site?.top ?? 0) - (ofPlace?.bottom ?? 0)).toBeGreaterThanOrEqual(36 * unit);
      }
    },
  );
});

describe("numbers and versions", () => {
  const og = { value: "<1 s", stats: [{ value: "-5 °C" }, { value: "12 ק״מ" }], version: "~3.0", startDate: "2026-05-14" };
  const stylesOf = async (dir: "ltr" | "rtl") => {
    const page: Page = { ...BARE, dir, data: { og } };
    const trees = await Promise.all([stats, release, event].map((template) => treeOf(template, { page, theme: {}, size: SIZES.wide })));
    return (text: string) => trees.map((tree) => styleOf(text, tree)).find((style) => style !== undefined);
  };

  test("keep their order on a card from right to left", async () => {
    const ofText = await stylesOf("rtl");
    for (const text of ["<1 s", "-5 °C", "~3.0"]) expect(ofText(text)).toMatchObject({ direction: "ltr", textAlign: "right" });
    expect(ofText("12 ק״מ")).not.toHaveProperty("direction");
  });

  test("have figures that stand on the line", async () => {
    const ofText = await stylesOf("ltr");
    for (const text of ["<1 s", "-5 °C", "~3.0", "14"]) expect(ofText(text)).toMatchObject({ fontFeatureSettings: '"lnum"' });
  });
});
