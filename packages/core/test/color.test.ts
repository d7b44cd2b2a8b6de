import { describe, expect, test } from "vitest";
import { contrast, hex, isColor, mix, oklch, readable, shade, textOn } from "../src/compose/color.ts";

/** A wheel of hues in several strengths and lightnesses, and the greys, where white and black text change places. */
const COLORS = [
  ...Array.from({ length: 24 }, (_, step) =>
    [30, 70, 100].flatMap((strength) => [20, 45, 60, 80].map((light) => `hsl(${step * 15} ${strength}% ${light}%)`)),
  ).flat(),
  ...Array.from({ length: 33 }, (_, step) => hex({ l: step / 32, c: 0, h: 0 })),
];

describe("isColor", () => {
  test.each([
    "#fff",
    "#4f46e5",
    "#4f46e580",
    "rebeccapurple",
    "RED",
    "rgb(79 70 229)",
    "rgba(79, 70, 229, 0.5)",
    "hsl(120deg 50% 50%)",
    "oklch(60% 0.2 30)",
    "color(display-p3 1 0 0)",
  ])("%s is one", (color) => {
    expect(isColor(color)).toBe(true);
  });

  test.each([
    "",
    "bleu",
    "#12",
    "#ggg",
    "ff0000",
    "0xff0000",
    "var(--brand)",
    "currentColor",
    "inherit",
    "red; background: url(x)",
    "url(#a)",
  ])("%j is none", (color) => {
    expect(isColor(color)).toBe(false);
  });
});

describe("contrast", () => {
  test.each([
    ["#000", "#fff", 21],
    ["#fff", "#fff", 1],
    ["#777", "#fff", 4.48],
    ["#4f46e5", "#fff", 6.29],
  ])("of %s on %s is %d", (a, b, ratio) => {
    expect(contrast(a, b)).toBeCloseTo(ratio, 1);
    expect(contrast(b, a)).toBeCloseTo(ratio, 1);
  });
});

describe("textOn", () => {
  test("is white on a dark colour, and a dark shade of a light one", () => {
    expect(textOn("#4f46e5")).toBe("#ffffff");
    expect(textOn("#000")).toBe("#ffffff");
    const onYellow = textOn("#fde047");
    expect(oklch(onYellow).l).toBeLessThan(0.25);
    expect(onYellow).not.toBe("#000000");
  });

  test("reads on every colour", () => {
    expect(COLORS.filter((color) => contrast(textOn(color), color) < 4.5)).toEqual([]);
  });
});

describe("readable", () => {
  test("is the colour itself where that reads", () => {
    expect(readable("#4f46e5", "#ffffff")).toBe("#4f46e5");
    expect(readable("#f59e0b", "#000000")).toBe("#f59e0b");
  });

  test("is the same hue, as near as it gets, where it does not", () => {
    const amber = readable("#f59e0b", "#ffffff");
    expect(contrast(amber, "#ffffff")).toBeGreaterThanOrEqual(4.5);
    expect(contrast(amber, "#ffffff")).toBeLessThan(5.2);
    expect(Math.abs(oklch(amber).h - oklch("#f59e0b").h)).toBeLessThan(5);
    expect(oklch(readable("#312e81", "#000000")).l).toBeGreaterThan(oklch("#312e81").l);
  });

  test.each(["#4f46e5", "#888888", "#ffff00", "#ffffff", "#000000"])("%s can be read on every colour", (color) => {
    expect(COLORS.filter((background) => contrast(readable(color, background), background) < 4.5)).toEqual([]);
  });

  test("large text needs less", () => {
    expect(readable("#888888", "#ffffff", 3)).toBe("#888888");
    expect(readable("#888888", "#ffffff")).not.toBe("#888888");
  });
});

describe("shade, hex and mix", () => {
  test("a shade has the lightness, and the hue of the colour", () => {
    const { l, h } = oklch(shade("#4f46e5", 0.3));
    expect(l).toBeCloseTo(0.3, 1);
    expect(Math.abs(h - oklch("#4f46e5").h)).toBeLessThan(3);
    expect(shade("#4f46e5", 0.5, 0)).toMatch(/^#(..)\1\1$/);
  });

  test("what no screen can show loses its chroma, not its lightness", () => {
    const color = hex({ l: 0.7, c: 0.4, h: 150 });
    expect(color).toMatch(/^#[0-9a-f]{6}$/);
    expect(oklch(color).l).toBeCloseTo(0.7, 1);
  });

  test("greys have a hue too", () => {
    expect(oklch("#808080")).toMatchObject({ h: expect.any(Number) });
    expect(shade("#808080", 0.2)).toMatch(/^#[0-9a-f]{6}$/);
  });

  test.each([
    [0, "#ffffff"],
    [1, "#000000"],
    [0.5, "#808080"],
  ])("%d of black over white is %s", (share, expected) => {
    expect(mix("#000", "#fff", share)).toBe(expected);
  });

  test("what is no colour throws", () => {
    expect(() => oklch("bleu")).toThrow(new RangeError('"bleu" is not a CSS colour'));
  });
});
