import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { contrast } from "../src/compose/color.ts";
import type { HostChild, HostElement } from "../src/compose/jsx-runtime.ts";
import event from "../src/templates/event.tsx";
import release from "../src/templates/release.tsx";
import stats from "../src/templates/stats.tsx";
import { grid } from "../src/templates/components/index.ts";
import type { Page, Size, Template, ThemeOptions } from "../src/types.ts";
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
const templateNamed = (name: string) => new Map(templates).get(name) as Template;

async function plainImage(color: string): Promise<string> {
  const png = await sharp({ create: { width: 40, height: 40, channels: 3, background: color } })
    .png()
    .toBuffer();
  return `data:image/png;base64,${png.toString("base64")}`;
}

/** A plain logo, so many times as wide as it is high. */
function logo(ratio: number, color = "#0a7"): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${ratio} 1"><rect width="${ratio}" height="1" fill="${color}"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
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

describe("the site's logo and name", () => {
  const page: Page = { ...BARE, author: { name: "Maximiliane von Hohenstein-Tauber" } };
  const wide = SIZES.wide;
  const { margin } = grid(wide);
  /** The columns of pixels `from` the right edge on. */
  const columns = async (name: string, theme: ThemeOptions, from: number, width: number) =>
    sharp(await paintTree(await treeOf(templateNamed(name), { page, theme, size: wide }), page, wide))
      .extract({ left: wide.width - from, top: 0, width, height: wide.height })
      .raw()
      .toBuffer();

  test.each([
    ["article", { logo: logo(8) }],
    ["quote", { logo: logo(6), siteName: "Larder" }],
    ["photo", { logo: logo(6) }],
    ["code", { logo: logo(6), siteName: "Larder" }],
    ["code", { siteName: "The International Journal of Larders and Pantries" }],
  ] as const)("end where the margin begins: %s, %o", async (name, mark) => {
    const inMargin = await columns(name, mark, margin - 2, margin - 2);
    expect(inMargin.equals(await columns(name, {}, margin - 2, margin - 2))).toBe(true);
    const before = await columns(name, mark, margin + 60, 60);
    expect(before.equals(await columns(name, {}, margin + 60, 60))).toBe(false);
  });

  test("leave the author of a quote whole", async () => {
    const siteName = "The International Journal of Larders and Pantries";
    const author = await columns("quote", { siteName }, wide.width - margin, 640);
    expect(author.equals(await columns("quote", {}, wide.width - margin, 640))).toBe(true);
  });
});

describe("a long title over a long summary", () => {
  const title =
    "An honest, unhurried and occasionally embarrassing account of everything that went wrong while we moved eleven thousand customers from one data centre to another";
  const page: Page = { ...FULL, title, description: title.repeat(2) };

  test.each(["article", "docs", "gradient", "product", "profile"])("is whole: %s", async (name) => {
    for (const size of [SIZES.wide, SIZES.square, SIZES.tall, { width: 800, height: 418 }]) {
      const { lost } = await faultsIn(await treeOf(templateNamed(name), { page, theme: SITE, size }), page, size);
      expect(lost, `${size.width}×${size.height}`).toEqual([]);
    }
  });
});

describe("a brand that is nearly the background", () => {
  const page: Page = { ...BARE, author: { name: "Ada Quill" }, tags: ["Engineering"] };
  /** An area in the brand's colour: where it is, it is not the colour beside it. */
  test.each([
    ["article", "#000000", "dark", { left: 600, top: 6 }, { left: 300, top: 20 }],
    ["product", "#000000", "dark", { left: 877, top: 222 }, { left: 877, top: 190 }],
    ["profile", "#ffffff", "light", { left: 100, top: 400 }, { left: 58, top: 315 }],
    ["quote", "#ffffff", "light", { left: 104, top: 500 }, { left: 104, top: 470 }],
    ["photo", "#000000", "dark", { left: 70, top: 258 }, { left: 30, top: 258 }],
  ] as const)("leaves areas that can be seen: %s, %s", async (name, brand, mode, inside, outside) => {
    const tree = await treeOf(templateNamed(name), { page, theme: { ...SITE, mode, colors: { brand } }, size: SIZES.wide });
    const pixels = await pixelsOf(tree, page, SIZES.wide);
    const at = ({ left, top }: { readonly left: number; readonly top: number }) => colorAt(pixels, 3 * (top * SIZES.wide.width + left));
    expect(contrast(at(inside), at(outside))).toBeGreaterThan(1.15);
  });
});

test("a profile on a card of 4:3 has its picture clear of the edge", async () => {
  const size = { width: 1200, height: 900 };
  const tree = await treeOf(templateNamed("profile"), { page: FULL, theme: SITE, size });
  const pixels = await pixelsOf(tree, FULL, size);
  const { margin, unit } = grid(size);
  for (let left = margin; left < margin + 300; left += 10) {
    expect(colorAt(pixels, 3 * (Math.floor(20 * unit) * size.width + left))).toBe(colorAt(pixels, 3 * left));
  }
});

describe("code", () => {
  const withCode = (code: string): Page => ({ ...BARE, data: { og: { code, language: "ts" } } });
  const codeTree = (code: string, size: Size) => treeOf(templateNamed("code"), { page: withCode(code), theme: SITE, size });
  /** The colours along the lower edge of the card, between its margins. */
  const lowerEdge = async (code: string, size: Size) => {
    const pixels = await pixelsOf(await codeTree(code, size), withCode(code), size);
    const { margin } = grid(size);
    const from = (top: number, left: number) => 3 * (top * size.width + left);
    return new Set(
      Array.from({ length: 36 }, (_row, row) => size.height - 1 - row).flatMap((top) =>
        Array.from({ length: size.width - 4 * margin }, (_column, column) => colorAt(pixels, from(top, 2 * margin + column))),
      ),
    ).size;
  };

  test.each([SIZES.wide, { width: 1200, height: 900 }])("that is longer than its window runs off the card: %o", async (size) => {
    expect(await lowerEdge("const answer = 42;\n".repeat(30), size)).toBeGreaterThan(1);
    expect(await lowerEdge("const answer = 42;", size)).toBe(1);
  });

  test("has no ellipsis in a line that its size was chosen for", async () => {
    for (let columns = 28; columns < 44; columns++) {
      expect(JSON.stringify(await codeTree("x".repeat(columns), SIZES.tall))).not.toContain("…");
    }
  });

  test("of one line is larger, and leaves the room of a tall card to the title", async () => {
    const tree = JSON.stringify(await codeTree("npm i larder", SIZES.tall));
    expect(Number(/"fontFamily":"JetBrains Mono","fontSize":([\d.]+)/.exec(tree)?.[1])).toBeGreaterThan(55);
    expect(Number(/"type":"fitted-text","props":\{[^}]*?"height":([\d.]+)/.exec(tree)?.[1])).toBeGreaterThan(900);
  });
});

test.each([
  ["fr/guides/start", "fr", ["Guides"]],
  ["pt-br/docs/intro", "pt-BR", ["Docs"]],
  ["zh/docs/intro", "zh-CN", ["Docs"]],
  ["it/docs/intro", "en", ["It", "Docs"]],
  ["guides/fr/start", "fr", ["Guides", "Fr"]],
])("documentation at %s in %s stands in %j, not in its language", async (id, lang, folders) => {
  const page: Page = { ...BARE, id, lang };
  const texts = textsIn(await treeOf(templateNamed("docs"), { page, theme: {}, size: SIZES.wide }));
  expect(texts.filter((text) => text !== "›" && text !== page.title)).toEqual(folders);
});

test("a Hebrew title does not hang over the margin", async () => {
  const size = SIZES.wide;
  const page: Page = { ...BARE, title: "מה חדש במנוע החיפוש שלנו השנה ולמה", lang: "he" };
  const tree = await treeOf(templateNamed("docs"), { page, theme: { colors: { brand: "#ffffff", foreground: "#000000" } }, size });
  const pixels = await pixelsOf(tree, page, size);
  const { margin } = grid(size);
  for (let top = 0; top < size.height; top++) {
    for (let left = size.width - margin + 1; left < size.width - 20; left++) {
      expect(contrast(colorAt(pixels, 3 * (top * size.width + left)), "#000000")).toBeGreaterThan(10);
    }
  }
});

test("the dark logo of a light theme is seen on a photo", async () => {
  const size = SIZES.wide;
  const tree = await treeOf(templateNamed("photo"), { page: BARE, theme: { logo: logo(1, "#111") }, size });
  const pixels = await pixelsOf(tree, BARE, size);
  const at = (left: number) => colorAt(pixels, 3 * (536 * size.width + left));
  expect(at(90)).toBe("#111111");
  expect(contrast(at(90), at(72))).toBeGreaterThan(10);
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
