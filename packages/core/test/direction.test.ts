import { describe, expect, test } from "vitest";
import { directionOf } from "../src/compose/direction.ts";

describe("the direction of a page", () => {
  test("its own comes first", () => {
    expect(directionOf({ dir: "ltr", lang: "ar", title: "سلام" })).toBe("ltr");
    expect(directionOf({ dir: "rtl", lang: "en", title: "Hello" })).toBe("rtl");
  });

  test("its language's comes before its title's", () => {
    expect(directionOf({ lang: "en", title: "سلام" })).toBe("ltr");
    expect(directionOf({ lang: "fa", title: "Astro 5" })).toBe("rtl");
  });
});

describe("languages", () => {
  test.each([
    "ar",
    "AR",
    "ar-EG",
    "ar_EG",
    "he",
    "iw",
    "fa-IR",
    "prs",
    "ur",
    "ps",
    "yi",
    "dv",
    "ckb",
    "ug",
    "sd",
    "ks",
    "nqo",
    "mzn",
    "azb",
  ])("%s is written from right to left", (lang) => {
    expect(directionOf({ lang, title: "Hello" })).toBe("rtl");
  });

  test.each(["en", "pt-BR", "zh-Hant", "ja", "ru", "hi", "tr", "az", "ku", "pa", "th"])("%s is written from left to right", (lang) => {
    expect(directionOf({ lang, title: "سلام" })).toBe("ltr");
  });

  test.each([
    ["az-Arab", "rtl"],
    ["az_Arab", "rtl"],
    ["pa-Arab-PK", "rtl"],
    ["ff-Adlm", "rtl"],
    ["ar-Latn", "ltr"],
    ["sd-Deva", "ltr"],
    ["uz-Cyrl", "ltr"],
  ])("the script in %s decides: %s", (lang, dir) => {
    expect(directionOf({ lang, title: "1" })).toBe(dir);
  });

  test.each(["", "x-klingon", "english", "en--", "日本語", "*"])("%j is no language: the title decides", (lang) => {
    expect(directionOf({ lang, title: "سلام" })).toBe("rtl");
    expect(directionOf({ lang, title: "Hello" })).toBe("ltr");
  });
});

describe("titles", () => {
  test.each([
    ["Hello", "ltr"],
    ["שלום", "rtl"],
    ["سلام Astro", "rtl"],
    ["Astro سلام", "ltr"],
    ["5 أسباب", "rtl"],
    ["🙂 (مرحبا)", "rtl"],
    ["ދިވެހި", "rtl"],
    ["ߒߞߏ", "rtl"],
    ["𞤀𞤣𞤤𞤢𞤥", "rtl"],
    ["日本語", "ltr"],
    ["Привет", "ltr"],
    ["", "ltr"],
    ["2024", "ltr"],
    ["🙂", "ltr"],
  ])("%j: %s", (title, dir) => {
    expect(directionOf({ title })).toBe(dir);
  });
});
