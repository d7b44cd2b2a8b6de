import { describe, expect, test } from "vitest";
import { contrast, oklch } from "../src/compose/color.ts";
import { contrastWarnings, resolveTheme } from "../src/compose/theme.ts";
import { OgError } from "../src/error.ts";

const BRANDS = Array.from({ length: 24 }, (_, step) =>
  [0, 40, 100].flatMap((strength) => [5, 35, 60, 95].map((light) => `hsl(${step * 15} ${strength}% ${light}%)`)),
).flat();

describe("a palette from one brand colour", () => {
  test("light: near white, near black, and grey between", () => {
    const { background, foreground, muted, brand } = resolveTheme({ colors: { brand: "#16a34a" } }).colors;
    expect(brand).toBe("#16a34a");
    expect(oklch(background).l).toBeGreaterThan(0.95);
    expect(oklch(foreground).l).toBeLessThan(0.3);
    expect(oklch(muted).l).toBeGreaterThan(oklch(foreground).l);
  });

  test("dark: the other way round", () => {
    const { background, foreground, muted } = resolveTheme({ mode: "dark", colors: { brand: "#16a34a" } }).colors;
    expect(oklch(background).l).toBeLessThan(0.25);
    expect(oklch(foreground).l).toBeGreaterThan(0.9);
    expect(oklch(muted).l).toBeLessThan(oklch(foreground).l);
  });

  test("the neutrals have a breath of the brand's hue", () => {
    const { foreground } = resolveTheme({ colors: { brand: "#16a34a" } }).colors;
    expect(Math.abs(oklch(foreground).h - oklch("#16a34a").h)).toBeLessThan(8);
    const grey = resolveTheme({ colors: { brand: "#777777" } }).colors;
    expect(oklch(grey.foreground).c).toBeLessThan(0.005);
  });

  test.each(["light", "dark"] as const)("every text reads on its background, %s", (mode) => {
    expect(BRANDS.length).toBeGreaterThan(200);
    const illegible = BRANDS.flatMap((brand) => {
      const { foreground, muted, background } = resolveTheme({ mode, colors: { brand } }).colors;
      return [foreground, muted].filter((color) => contrast(color, background) < 4.5).map((color) => `${brand}: ${color} on ${background}`);
    });
    expect(illegible).toEqual([]);
  });
});

describe("a background of one's own", () => {
  test.each(["#0b0b0f", "#1e293b", "#808080", "#94a3b8", "#fde047", "#ffffff"])(
    "%s: the text that follows from it reads, whatever the mode",
    (background) => {
      for (const mode of [undefined, "light", "dark"] as const) {
        const { foreground, muted } = resolveTheme({ mode, colors: { background } }).colors;
        expect(contrast(foreground, background)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(muted, background)).toBeGreaterThanOrEqual(4.5);
      }
    },
  );

  test("a dark one alone makes the mode dark", () => {
    expect(resolveTheme({ colors: { background: "#0b0b0f" } })).toMatchObject({ mode: "dark" });
    expect(resolveTheme({ colors: { background: "#fef3c7" } })).toMatchObject({ mode: "light" });
    expect(resolveTheme({ mode: "light", colors: { background: "#0b0b0f" } })).toMatchObject({ mode: "light" });
  });

  test("a foreground of one's own is left as it is", () => {
    expect(resolveTheme({ colors: { background: "#ffffff", foreground: "#dddddd" } }).colors.foreground).toBe("#dddddd");
  });
});

describe("precedence", () => {
  test("nothing given is the default", () => {
    expect(resolveTheme()).toEqual(resolveTheme({}, undefined));
    expect(resolveTheme()).toMatchObject({
      mode: "light",
      colors: { brand: "#4f46e5" },
      logo: undefined,
      font: { heading: "Inter", body: "Inter" },
      siteName: undefined,
    });
  });

  test("a later part wins, key by key", () => {
    const theme = resolveTheme(
      { mode: "dark", siteName: "A", logo: "a.svg", colors: { brand: "#111111", muted: "#aaaaaa" } },
      { siteName: "B", colors: { brand: "#222222" } },
      undefined,
      { logo: "c.svg" },
    );
    expect(theme).toMatchObject({ mode: "dark", siteName: "B", logo: "c.svg", colors: { brand: "#222222", muted: "#aaaaaa" } });
  });

  test("undefined takes nothing away", () => {
    const theme = resolveTheme(
      { mode: "dark", siteName: "A", logo: "a.svg", font: "Lora", colors: { brand: "#111111" } },
      { mode: undefined, siteName: undefined, logo: undefined, font: undefined, colors: { brand: undefined } },
    );
    expect(theme).toMatchObject({ mode: "dark", siteName: "A", logo: "a.svg", font: { heading: "Lora" }, colors: { brand: "#111111" } });
  });

  test.each([
    ["one family is for all", [{ font: "Lora" }], { heading: "Lora", body: "Lora" }],
    ["one for headings", [{ font: { heading: "Lora" } }], { heading: "Lora", body: "Inter" }],
    ["one for the rest is for headings too", [{ font: { body: "Lora" } }], { heading: "Lora", body: "Lora" }],
    ["a later one for headings", [{ font: "Lora" }, { font: { heading: "Anton" } }], { heading: "Anton", body: "Lora" }],
    ["a later one for all", [{ font: { heading: "Anton" } }, { font: "Lora" }], { heading: "Lora", body: "Lora" }],
  ])("%s", (_, parts, font) => {
    expect(resolveTheme(...parts).font).toEqual(font);
  });
});

describe("colours that are none", () => {
  test.each(["bleu", "#12", "ff0000", "var(--brand)", "currentColor"])("%s", (brand) => {
    expect(() => resolveTheme({ colors: { brand } })).toThrow(
      expect.objectContaining({
        code: "E_OPTION",
        message: `The option \`theme.colors.brand\` is "${brand}"; it must be a CSS colour.`,
        hint: 'Write it as "#4f46e5", "rgb(79 70 229)" or "rebeccapurple".',
      }),
    );
  });

  test.each(["background", "foreground", "muted"])("as %s", (name) => {
    expect(() => resolveTheme({}, { colors: { [name]: "none" } })).toThrow(OgError);
    expect(() => resolveTheme({}, { colors: { [name]: "none" } })).toThrow(`theme.colors.${name}`);
  });
});

describe("colours with less contrast than text needs", () => {
  test("are a warning each, with the ratio and a remedy that has it", () => {
    const warnings = contrastWarnings(resolveTheme({ colors: { background: "#ffffff", foreground: "#111111", muted: "#999999" } }));
    expect(warnings).toEqual([
      { code: "W_CONTRAST", message: expect.stringContaining("2.84:1"), hint: expect.stringMatching(/^#\w{6} is/) },
    ]);
    expect(warnings[0]?.message).toContain("`muted` #999999");
    const remedy = warnings[0]?.hint?.slice(0, 7) ?? "";
    expect(contrastWarnings(resolveTheme({ colors: { background: "#ffffff", muted: remedy } }))).toEqual([]);
  });

  test("are none where they follow from the brand or the background", () => {
    for (const brand of BRANDS) {
      expect(contrastWarnings(resolveTheme({ colors: { brand } }))).toEqual([]);
      expect(contrastWarnings(resolveTheme({ colors: { background: brand } }))).toEqual([]);
    }
  });

  test("count as they are seen, through their transparency", () => {
    const { colors } = resolveTheme({ colors: { brand: "rgb(79 70 229 / 0.1)", background: "#fff", foreground: "rgba(0, 0, 0, 0.3)" } });
    expect(colors.brand).toMatch(/^#[0-9a-f]{6}$/);
    expect(oklch(colors.brand).l).toBeGreaterThan(0.9);
    expect(contrastWarnings(resolveTheme({ colors: { background: "#fff", foreground: "rgba(0, 0, 0, 0.3)" } }))).toHaveLength(1);
  });
});
