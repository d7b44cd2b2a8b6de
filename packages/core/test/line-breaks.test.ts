import { describe, expect, test } from "vitest";
import { markLineBreaks } from "../src/resolve/line-breaks.ts";

/** With `|` where a line may break, and `-` where it may not. */
function marked(text: string): string {
  return markLineBreaks(text).replaceAll("\u200b", "|").replaceAll("\u2060", "-");
}

/** What the lines of a text may be made of. */
function phrases(text: string): readonly string[] {
  return markLineBreaks(text)
    .split(/(?<!\u2060)(?!\u2060)/u)
    .map((phrase) => phrase.replaceAll("\u2060", ""))
    .filter((phrase) => phrase !== "");
}

describe("lines", () => {
  test("of Thai, Lao, Khmer and Burmese may break between words", () => {
    expect(marked("ภาษาไทยสวยงาม")).toBe("ภาษา|ไทย|สวยงาม");
    expect(marked("ພາສາລາວ")).toContain("|");
    expect(marked("ខ្ញុំស្រឡាញ់ភាសាខ្មែរ")).toContain("|");
    expect(marked("ကျွန်တော်မြန်မာစကားပြောတတ်ပါတယ်")).toContain("|");
  });

  test("of Thai never end in a vowel that belongs to the next letter", () => {
    expect(marked("วิธีปรับปรุงความเร็วของเว็บไซต์ให้เร็วขึ้นกว่าเดิม")).not.toMatch(/[เแโใไ]\|/);
  });

  test("of Korean break at spaces, and beside other scripts", () => {
    expect(marked("한국어 제목")).toBe("한-국-어 제-목");
    expect(marked("API를 만들기")).toBe("API를 만-들-기");
  });

  test("of Korean whose letters are set apart are left to the layout", () => {
    expect(markLineBreaks("한국어", true)).toBe("한국어");
  });

  test("of Japanese break between phrases: what is in Hiragana belongs to the word before it", () => {
    expect(phrases("検索エンジンを書いた理由")).toEqual(["検索", "エンジンを", "書いた", "理由"]);
    expect(phrases("静的サイトジェネレーター")).toEqual(["静的", "サイトジェネレーター"]);
    expect(phrases("10のAstroが")).toEqual(["1", "0の", "A", "s", "t", "r", "oが"]);
    expect(phrases("お問い合わせフォーム")).toEqual(["お問い合わせ", "フォーム"]);
  });

  test("of Chinese break between words", () => {
    expect(phrases("搜索引擎以及学到的东西")).toEqual(["搜索", "引擎", "以及", "学", "到", "的", "东西"]);
  });

  test("of Japanese may break in what would be too long for a line", () => {
    for (const phrase of phrases("アイウエオカキクケコサシスセソタチツテトナニヌネノ")) expect(phrase.length).toBeLessThanOrEqual(12);
  });

  test("end with a dash, and with what French sets apart", () => {
    expect(marked("CSS — a review – in short")).toBe("CSS -— a review -– in short");
    expect(marked("Pourquoi ? « Parce que » : voilà !")).toBe("Pourquoi -? « -Parce que -» -: voilà -!");
    expect(marked("a :b, x ? y")).toBe("a :b, x -? y");
  });

  test("break long names of programs between their parts, and no short ones", () => {
    expect(marked("org.example.jdbc.DataSourceConfiguration")).toBe("org.|example.|jdbc.|Data|Source|Configuration");
    expect(marked("ERR_INVALID_ARGUMENT_IN_CONSTANT")).toBe("ERR_|INVALID_|ARGUMENT_|IN_|CONSTANT");
    expect(marked("DataSource of example.com")).toBe("DataSource of example.com");
  });

  test("never end at a soft hyphen, where no hyphen would be drawn", () => {
    expect(markLineBreaks("Rechts\u00adschutz")).toBe("Rechtsschutz");
  });

  test("of other scripts are left to the layout", () => {
    for (const text of ["", "A plain title", "—", "عنوان", "हिन्दी", "👩‍👩‍👧"]) expect(markLineBreaks(text)).toBe(text);
  });
});
