import { describe, expect, test } from "vitest";
import { markLineBreaks } from "../src/resolve/line-breaks.ts";

/** With `|` where a line may break, and `-` where it may not. */
function marked(text: string): string {
  return markLineBreaks(text).replaceAll("\u200b", "|").replaceAll("\u2060", "-");
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

  test("of other scripts are left to the layout", () => {
    for (const text of ["", "A plain title", "日本語の見出し", "عنوان", "हिन्दी", "👩‍👩‍👧"]) expect(markLineBreaks(text)).toBe(text);
  });
});
