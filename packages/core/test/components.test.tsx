import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { CARD_FIELDS } from "../src/card-fields.ts";
import { expand } from "../src/compose/expand.ts";
import type { Child } from "../src/compose/jsx-runtime.ts";
import { resolveTheme } from "../src/compose/theme.ts";
import {
  accent,
  Avatar,
  checkList,
  codeColors,
  contrast,
  dateParts,
  field,
  fieldList,
  fieldRows,
  formatDate,
  gradientColors,
  grid,
  highlight,
  initials,
  oklch,
  Pattern,
  quotationMark,
  roughLines,
  roughWidth,
  SiteMark,
  surface,
  unquoted,
} from "../src/templates/components/index.ts";
import quote from "../src/templates/quote.tsx";
import type { Page } from "../src/types.ts";

const TEMPLATES = join(import.meta.dirname, "../src/templates");
const NASTY = [
  "#ffe600",
  "#000000",
  "#ffffff",
  "#ffc9de",
  "#39ff14",
  "#00ffff",
  "#777777",
  "#8b0000",
  "#0000ff",
  "#fefae0",
  "rebeccapurple",
];

const page = (data: Page["data"]): Page => ({ id: "a", title: "A", tags: [], data });
const drawn = async (child: Child) => JSON.stringify(await expand(child));

describe("templates", () => {
  const sources = readdirSync(TEMPLATES)
    .filter((file) => file.endsWith(".tsx"))
    .map((file) => [file, readFileSync(join(TEMPLATES, file), "utf8")] as const);

  test.each(sources)("%s imports what a project's own template may import", (_, source) => {
    const imports = [...source.matchAll(/^import (type )?[^;]*? from "([^"]+)";$/gm)].map(([, type, from]) => `${type ?? ""}${from}`);
    expect(new Set(imports)).toEqual(new Set(["type ../compose/jsx-runtime.ts", "type ../types.ts", "./components/index.ts"]));
  });

  test("what they read of the `og:` map is known there", () => {
    const read = sources.flatMap(([, source]) =>
      [...source.matchAll(/\bfield(?:List|Rows)?\(page, ([^)]*)\)/g)].flatMap(([, names = ""]) =>
        [...names.matchAll(/"(?:og\.)?([^"]+)"/g)].map(([, name = ""]) => name),
      ),
    );
    expect(new Set(read)).toEqual(new Set([...CARD_FIELDS, "author"]));
  });
});

describe("fields", () => {
  test("the `og:` map comes first, and numbers are as written", () => {
    const given = page({ og: { version: "1.10", value: 98 }, version: "2", role: "Cook" });
    expect(field(given, "version")).toBe("1.10");
    expect(field(given, "value")).toBe("98");
    expect(field(given, "role")).toBe("Cook");
    expect(field(given, "og.role")).toBeUndefined();
    expect(field(given, "job", "role")).toBe("Cook");
  });

  test("only texts come out", () => {
    for (const odd of [null, true, {}, [], "  \n ", () => "x", new Date(0)]) {
      expect(field(page({ place: odd }), "place")).toBeUndefined();
      expect(field(page({ og: { place: odd }, place: "Ghent" }), "place")).toBe("Ghent");
    }
    expect(field(page({}), "constructor", "__proto__", "toString")).toBeUndefined();
    expect(field(page({ og: "x" }), "place")).toBeUndefined();
  });

  test("code keeps its indent", () => {
    expect(field(page({ code: "\n  a\n    b\n\n" }), "code")).toBe("  a\n    b");
  });

  test("lists and rows leave out what is no text", () => {
    expect(fieldList(page({ highlights: ["a", 2, null, {}, ["b"], ""] }), "highlights")).toEqual(["a", "2"]);
    expect(fieldList(page({ highlights: "a" }), "highlights")).toEqual(["a"]);
    expect(fieldList(page({ highlights: {} }), "highlights")).toEqual([]);
    expect(fieldRows(page({ stats: [{ value: 98, caption: "a", nested: {} }, "b", null] }), "stats")).toEqual([
      { value: "98", caption: "a" },
    ]);
  });
});

describe("a person without a picture", () => {
  test.each([
    ["Ada Quill", "AQ"],
    ["ada", "A"],
    ["Jean-Luc de la Tour", "JT"],
    ["  élodie   Brun ", "ÉB"],
    ["Ada Quill (she/her)", "AQ"],
    ["Quill, Ada", "Q"],
    ["王小明", "王"],
    ["山田 太郎", "山"],
    ["김민수", "김"],
    ["محمد علي", "م"],
    ["דוד לוי", "דל"],
    ["Ольга Токарчук", "ОТ"],
    ["अमृता प्रीतम", "अ"],
    ["प्रिया शर्मा", "प्रि"],
    ["🎉 Ada", "A"],
    ["!", ""],
  ])("%s", (name, letters) => {
    expect(initials(name)).toBe(letters);
  });

  test("has the capitals of the page's language", () => {
    expect(initials("ilker ışık", "tr-TR")).toBe("İI");
    expect(initials("ilker ışık")).toBe("II");
    expect(initials("ada quill", "not a language")).toBe("AQ");
  });

  test("has initials that read on the colour; one with a picture has the picture", async () => {
    expect(await drawn(<Avatar name="Ada Quill" size={80} color="#ffe600" />)).toContain("AQ");
    expect(await drawn(<Avatar name="Ada Quill" src="ada.png" size={80} color="#ffe600" />)).not.toContain("AQ");
  });
});

describe("quotations", () => {
  test.each([
    ["en", "ltr", "“"],
    ["de-AT", "ltr", "„"],
    ["fr", "ltr", "«"],
    ["pt", "ltr", "“"],
    ["pt_PT", "ltr", "«"],
    ["sv", "ltr", "”"],
    ["fa", "rtl", "«"],
    ["csb", "ltr", "“"],
    [undefined, "ltr", "“"],
    [undefined, "rtl", "”"],
  ] as const)("begin as the language begins them: %s, %s", (lang, dir, mark) => {
    expect(quotationMark(lang, dir)).toBe(mark);
  });

  test.each([
    ["“Simplicity is prerequisite for reliability.”", "Simplicity is prerequisite for reliability."],
    ["« La simplicité. »", "La simplicité."],
    ['"Less, but better."', "Less, but better."],
    ["„Weniger“", "Weniger"],
    ["「継続は力なり」", "継続は力なり"],
    ['"Yes" and "no"', '"Yes" and "no"'],
    ["He said “no”", "He said “no”"],
    ["“A ‘b’ c”", "A ‘b’ c"],
    ["“”", "“”"],
  ])("%s has no marks of its own around it", (text, words) => {
    expect(unquoted(text)).toBe(words);
  });

  test("have one sign, and no second one in the text", async () => {
    const tree = await drawn(
      await quote({
        page: { ...page({}), title: "« La simplicité. »", lang: "fr" },
        theme: resolveTheme({}),
        size: { width: 1200, height: 630 },
        variant: "og",
        dir: "ltr",
      }),
    );
    expect(tree.match(/[«»“]/g)).toEqual(["«"]);
  });
});

describe("dates in the page's language", () => {
  test.each([
    ["2026-05-14", undefined, "May 14, 2026", { day: "14", month: "May", weekday: "Thursday", year: "2026", time: undefined }],
    ["2026-05-14", "de", "14. Mai 2026", { day: "14", month: "Mai", weekday: "Donnerstag", year: "2026", time: undefined }],
    ["2026-05-14T18:30", "de", "14. Mai 2026", { day: "14", month: "Mai", weekday: "Donnerstag", year: "2026", time: "18:30" }],
    ["2026-05-14 18:30:00", "fr", "14 mai 2026", { day: "14", month: "mai", weekday: "jeudi", year: "2026", time: "18:30" }],
    ["2026-05-14", "ja", "2026年5月14日", { day: "14", month: "5月", weekday: "木曜日", year: "2026年", time: undefined }],
    ["2026-05-14", "zh", "2026年5月14日", { day: "14", month: "5月", weekday: "星期四", year: "2026年", time: undefined }],
    ["2026-09-01", "el", "1 Σεπτεμβρίου 2026", { day: "1", month: "Σεπτέμβριος", weekday: "Τρίτη", year: "2026", time: undefined }],
    ["2026-05-14", "ca", "14 de maig del 2026", { day: "14", month: "maig", weekday: "dijous", year: "2026", time: undefined }],
    ["2026-5-4", "en-GB", "4 May 2026", { day: "4", month: "May", weekday: "Monday", year: "2026", time: undefined }],
    ["2026-05-14", "not a language", "May 14, 2026", { day: "14", month: "May", weekday: "Thursday", year: "2026", time: undefined }],
  ])("%s, %s", (date, lang, full, parts) => {
    expect(formatDate(date, lang)).toBe(full);
    expect(dateParts(date, lang)).toEqual(parts);
  });

  test("other words stay as they are", () => {
    expect(formatDate("next spring")).toBe("next spring");
    expect(dateParts("next spring")).toBeUndefined();
  });
});

describe("colours", () => {
  test.each(NASTY)("text reads all along the gradient of %s", (brand) => {
    const { stops, text } = gradientColors(brand);
    expect(stops).toHaveLength(5);
    for (const stop of stops) expect(contrast(text, stop)).toBeGreaterThanOrEqual(4.5);
  });

  test("a brand is left as it is where it can be seen; a grey gives way to the foreground", () => {
    const theme = resolveTheme({ colors: { brand: "#4f46e5" } });
    expect(accent(theme, theme.colors.background)).toBe("#4f46e5");
    const black = resolveTheme({ mode: "dark", colors: { brand: "#000000" } });
    expect(accent(black, black.colors.background)).toBe(black.colors.foreground);
    for (const brand of NASTY) {
      for (const mode of ["light", "dark"] as const) {
        const nasty = resolveTheme({ mode, colors: { brand } });
        expect(contrast(accent(nasty, nasty.colors.background), nasty.colors.background)).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  test("a brand is the colour of an area whose edge can be seen, else a tint of the foreground is", () => {
    const colors = (brand: string, mode: "light" | "dark") => {
      const theme = resolveTheme({ mode, colors: { brand } });
      return { area: surface(theme, theme.colors.background), background: theme.colors.background };
    };
    expect(colors("#ffe600", "light").area).toBe("#ffe600");
    for (const [brand, mode] of [
      ["#000000", "dark"],
      ["#ffffff", "light"],
      ["#f5f0ff", "light"],
    ] as const) {
      const { area, background } = colors(brand, mode);
      expect(contrast(area, background)).toBeGreaterThan(1.3);
    }
  });

  test("the gradient of a brand that is nearly white keeps its hue", () => {
    const { h } = oklch("#f5f0ff");
    for (const stop of gradientColors("#f5f0ff").stops) expect(oklch(stop).h).toBeCloseTo(h, -1);
  });

  test.each(["#14141f", "#ffffff"])("every token reads on %s", (background) => {
    for (const brand of NASTY) {
      for (const color of Object.values(codeColors(brand, background))) expect(contrast(color, background)).toBeGreaterThanOrEqual(4.5);
    }
  });
});

describe("highlight", () => {
  test("tells words apart, and loses none", async () => {
    const code = 'import a from "b";\n\n// why\nconst c = 1;';
    const lines = await highlight(code, "ts");
    expect(lines.map((line) => line.map(({ text }) => text).join("")).join("\n")).toBe(code);
    expect(lines[0]?.[0]).toEqual({ kind: "keyword", text: "import" });
    expect(lines[0]).toContainEqual({ kind: "string", text: '"b"' });
    expect(lines[2]?.every(({ kind }) => kind === "comment")).toBe(true);
  });

  test("takes an HTML comment for one, whatever is in it", async () => {
    const code = "<p>Tom</p> <!-- don't <b>\n  use 🎉 this --> <i>x</i>\n<!-- open";
    const lines = await highlight(code, "html");
    expect(lines.map((line) => line.map(({ text }) => text).join("")).join("\n")).toBe(code);
    const comments = lines.map((line) => line.flatMap(({ kind, text }) => (kind === "comment" ? [text] : [])).join(" "));
    expect(comments).toEqual(["<!-- don't <b>", "use 🎉 this -->", "<!-- open"]);
    expect(lines[1]).toContainEqual({ kind: "name", text: "i" });
  });

  test.each(["py", "rs", "go", "css", "html", "json", "yaml", "sh", "sql", "php", "rb", "diff"])("knows %s", async (language) => {
    const code = "# a\nif x == 'y' {\n  return 1;\n}\n-- b";
    const lines = await highlight(code, language);
    expect(lines.map((line) => line.map(({ text }) => text).join("")).join("\n")).toBe(code);
  });

  test.each(["klingon", "__proto__", undefined])("leaves %s as it is", async (language) => {
    expect(await highlight("let a;\nb", language)).toEqual([[{ kind: "plain", text: "let a;" }], [{ kind: "plain", text: "b" }]]);
  });
});

describe("texts before they are measured", () => {
  test("a letter, a comma, a Chinese character and a mark are not of one width", () => {
    expect(roughWidth("12,345")).toBeCloseTo(5 * roughWidth("1") + roughWidth(","));
    expect(roughWidth("搜索")).toBe(2);
    expect(roughWidth("e\u0301")).toBe(roughWidth("e"));
  });

  test("lines end after words, and within what is longer than a line", () => {
    expect(roughLines("", 10)).toBe(1);
    expect(roughLines("word word word", 100)).toBe(1);
    expect(roughLines("word word word", 3)).toBe(3);
    expect(roughLines("搜".repeat(25), 10)).toBe(3);
  });

  test("a list is of one size: smaller, then of one line, where it would be too high", () => {
    const items = ["Short", "A highlight that is a little too long for one line of this list"];
    const sized = (height: number) => checkList(items, { width: 600, height, fontSize: 30 });
    expect(sized(500)).toMatchObject({ fontSize: 30, rows: [{ most: 1 }, { most: 2 }] });
    for (const height of [500, 120, 90]) expect(sized(height).height).toBeLessThanOrEqual(height);
    expect(sized(90)).toMatchObject({ fontSize: 24, rows: [{ most: 1 }, { most: 1 }] });
  });
});

describe("layout", () => {
  test.each([
    [{ width: 1200, height: 630 }, true, 1],
    [{ width: 1200, height: 1200 }, false, 4 / 3],
    [{ width: 1080, height: 1920 }, false, 1.2],
  ])("%o", (size, wide, unit) => {
    expect(grid(size)).toMatchObject({ wide });
    expect(grid(size).unit).toBeCloseTo(unit, 1);
    expect(grid(size).margin).toBeGreaterThanOrEqual(40);
  });

  test("a pattern fades the other way in a page from right to left", async () => {
    const pattern = (dir: "ltr" | "rtl") => <Pattern kind="dots" color="#eeeeee" background="#ffffff" width={100} height={100} dir={dir} />;
    expect(await drawn(pattern("ltr"))).toContain("to left");
    expect(await drawn(pattern("rtl"))).toContain("to right");
  });

  test("a site without a logo and a name leaves no mark", async () => {
    await expect(async () => drawn(<SiteMark theme={resolveTheme({})} height={40} color="#000000" />)).rejects.toThrow("nothing to draw");
  });
});
