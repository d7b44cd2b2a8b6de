import { describe, expect, test } from "vitest";
import { firstHeading } from "../src/collect/heading.ts";
import { CARD_FIELDS } from "../src/card-fields.ts";
import { pageFromData, skipReason } from "../src/collect/page-data.ts";
import { OgError } from "../src/error.ts";
import type { Page, Warning } from "../src/types.ts";

const ORIGIN = { id: "blog/my-first-post", file: "/site/blog/my-first-post.md", body: "" };

/** The page of some front matter that has a title, and the codes and messages of its warnings. */
function pageOf(data: Record<string, unknown>): { page: Page; warnings: Warning[] } {
  return pageFromData({ title: "A title", ...data }, ORIGIN);
}

/** A page for which nothing had to be said. */
function quiet(data: Record<string, unknown>): Page {
  const { page, warnings } = pageOf(data);
  expect(warnings).toEqual([]);
  return page;
}

describe("title", () => {
  test.each([
    ["Hello", "Hello"],
    ["  Hello \n", "Hello"],
    ["two\r\nlines\n", "two\nlines"],
    [3, "3"],
    [0, "0"],
    [true, "true"],
    [false, "false"],
    ["1.10", "1.10"],
  ])("%j is %j", (title, expected) => {
    expect(quiet({ title }).title).toBe(expected);
  });

  test.each([
    ["title", { title: { en: "Hello" } }, "`title` is a map, and a title is one text."],
    ["title", { title: ["Hello"] }, "`title` is a list, and a title is one text."],
    ["og.title", { og: { title: ["Hello"] } }, "`og.title` is a list, and a title is one text."],
  ])("%s cannot be anything else", (_, data, message) => {
    expect(() => pageOf(data)).toThrow(expect.objectContaining({ code: "E_PAGE", message, page: ORIGIN.id, file: ORIGIN.file }));
    expect(() => pageOf(data)).toThrow(OgError);
  });

  test("control characters are left out of it", () => {
    const { page, warnings } = pageOf({ title: "a\u0007b\u0000c\u0085\ud83d \u{1F600}" });
    expect(page.title).toBe("abc \u{1F600}");
    expect(warnings).toMatchObject([{ code: "W_CONTROL_CHARACTERS", page: ORIGIN.id, file: ORIGIN.file }]);
  });

  test.each([{}, { title: null }, { title: "" }, { title: " \n" }, { title: "\u0000" }])("%j has none: the heading is used", (data) => {
    const { page, warnings } = pageFromData(data, { ...ORIGIN, body: "Text\n\n# The *heading*\n" });
    expect(page.title).toBe("The heading");
    expect(warnings.at(-1)).toMatchObject({ code: "W_TITLE_FROM_HEADING", hint: "Give it a `title` in its front matter." });
  });

  test.each([
    ["blog/my-first-post", "My first post"],
    ["blog/2024-01-02-new_year", "New year"],
    ["2024", "2024"],
    ["iPhone", "IPhone"],
    ["épigraphe", "Épigraphe"],
    ["", "Home"],
  ])("of the page %j without a heading", (id, title) => {
    const { page, warnings } = pageFromData({}, { id, file: "/site/blog/index.md", body: "No heading." });
    expect(page.title).toBe(title);
    expect(warnings).toMatchObject([{ code: "W_TITLE_FROM_FILE" }]);
  });

  test.each(["time", "file", "site"])("the key %s is not a slip", (key) => {
    expect(pageFromData({ [key]: "Hello" }, ORIGIN).warnings).toMatchObject([{ hint: "Give it a `title` in its front matter." }]);
  });

  test.each(["Title", "titel", "TITLE"])("the key %s may be a slip", (key) => {
    expect(pageFromData({ [key]: "Hello" }, ORIGIN).warnings).toMatchObject([{ hint: `Did you mean \`title\` where it says \`${key}\`?` }]);
  });
});

describe("fields", () => {
  test("the smallest page", () => {
    expect(quiet({})).toEqual({ ...ORIGIN, body: undefined, title: "A title", tags: [], data: { title: "A title" }, card: {} });
  });

  test.each<[keyof Page, Record<string, unknown>, unknown]>([
    ["description", { description: "a", excerpt: "b" }, "a"],
    ["description", { description: "", excerpt: "b" }, "b"],
    ["description", { summary: " a\n" }, "a"],
    ["description", { description: 42 }, "42"],
    ["description", { excerpt: true }, undefined],
    ["lang", { lang: "pt_br" }, "pt-BR"],
    ["lang", { language: "zh-hant" }, "zh-Hant"],
    ["lang", { locale: "no" }, "no"],
    ["dir", { dir: "RTL" }, "rtl"],
    ["url", { url: "https://example.com/a" }, "https://example.com/a"],
    ["url", { permalink: "/a/" }, "/a/"],
    ["url", { permalink: false, canonical: "/a/" }, "/a/"],
    ["url", { permalink: "/blog/{{ title | slugify }}/", canonical: "/a/" }, "/a/"],
    ["url", { permalink: "/:year/:title/" }, undefined],
    ["url", { url: ":slug" }, undefined],
    ["url", { permalink: "404.html" }, undefined],
    ["date", { date: "git Last Modified", published: "2024-01-02" }, "2024-01-02"],
    ["date", { date: "Created" }, undefined],
    ["image", { cover: "./a.png", image: "b.png" }, "./a.png"],
    ["image", { heroImage: { src: "/a.png", width: 1 } }, "/a.png"],
    ["image", { coverImage: { url: "https://example.com/a.png" } }, "https://example.com/a.png"],
    ["image", { thumbnail: { path: "a.png" } }, "a.png"],
    ["image", { cover: { image: "a.png", alt: "A" } }, "a.png"],
    ["image", { banner: { content: "Not an image" }, cover: false }, undefined],
    ["author", { author: "Ada" }, { name: "Ada" }],
    ["author", { authors: [{ name: "Ada", picture: "/ada.png" }, "Bo"] }, { name: "Ada", avatar: "/ada.png" }],
    ["author", { by: { name: "Ada", avatar: { src: "/ada.png" } } }, { name: "Ada", avatar: "/ada.png" }],
    ["date", { date: "2024-01-02 23:30:00" }, "2024-01-02 23:30:00"],
    ["date", { pubDate: "Jul 08 2022" }, "Jul 08 2022"],
    ["date", { published: true, created: 2024 }, "2024"],
    ["date", { publishedAt: "2024-02-29T23:59:60Z" }, "2024-02-29T23:59:60Z"],
    ["tags", { tags: ["a", " b ", 3, "a", null] }, ["a", "b", "3"]],
    ["tags", { keywords: "a, b,, c" }, ["a", "b", "c"]],
    ["tags", { tags: [], categories: ["a"] }, []],
  ])("%s of %j", (field, data, expected) => {
    expect(quiet(data)[field]).toEqual(expected);
  });

  test.each([
    ["W_FIELD", { description: ["a"] }, "`description` is a list, not a text, and is left out."],
    ["W_FIELD", { lang: "C++" }, "`lang: C++` is not a language tag such as `pt-BR`, and is left out."],
    ["W_FIELD", { dir: "up" }, "`dir: up` is not `ltr` or `rtl`, and is left out."],
    ["W_FIELD", { url: "a/b" }, "`url: a/b` is not an address, or a path that begins with `/`, and is left out."],
    ["W_FIELD", { url: "//example.com/" }, "`url: //example.com/` is not an address, or a path that begins with `/`, and is left out."],
    [
      "W_FIELD",
      { url: "javascript:alert(1)" },
      "`url: javascript:alert(1)` is not an address, or a path that begins with `/`, and is left out.",
    ],
    ["W_FIELD", { image: ["a.png"] }, "`image` is a list, not the path or address of an image, and is left out."],
    ["W_FIELD", { author: { email: "a@b.c" } }, "`author` is a map, not a name, or a map with a `name`, and is left out."],
    ["W_FIELD", { tags: { a: 1 } }, "`tags` is a map, not a list of texts, and is left out."],
    ["W_FIELD", { tags: ["a", ["b"]] }, "`tags` is a list, not a list of texts, and is left out."],
    ["W_DATE", { date: "2024-02-30" }, "`date: 2024-02-30` is not a date of the calendar, and is left out."],
    ["W_DATE", { date: "2023-02-29 10:00" }, "`date: 2023-02-29 10:00` is not a date of the calendar, and is left out."],
    ["W_DATE", { date: "2024-13-01" }, "`date: 2024-13-01` is not a date of the calendar, and is left out."],
    ["W_DATE", { date: "2024-01-02T25:00:00" }, "`date: 2024-01-02T25:00:00` is not a date of the calendar, and is left out."],
    ["W_DATE", { date: { year: 2024 } }, "`date` is a map, not a date of the calendar, and is left out."],
    ["W_FIELD", { og: "yes please" }, "`og` is `yes please`, not a map, and is left out."],
    ["W_FIELD", { og: ["a"] }, "`og` is a list, not a map, and is left out."],
  ])("%s for %j", (code, data, message) => {
    const { page, warnings } = pageOf(data);
    expect(warnings).toEqual([{ code, message, page: ORIGIN.id, file: ORIGIN.file, hint: undefined }]);
    expect(page).toEqual({ ...quiet({}), data: page.data });
  });

  test("what comes after a value of the wrong type is used", () => {
    const { page, warnings } = pageOf({ description: ["a"], summary: "b" });
    expect(page.description).toBe("b");
    expect(warnings).toHaveLength(1);
  });

  test("a key of the prototype is not a value", () => {
    const { page } = pageFromData(Object.create({ title: "Inherited" }) as Record<string, unknown>, ORIGIN);
    expect(page.title).toBe("My first post");
  });
});

describe("the og map", () => {
  test("wins over the front matter", () => {
    const data = { title: "a", description: "a", cover: "a.png", author: "a", date: "2024-01-01", tags: ["a"] };
    const og = {
      title: "b",
      description: "b",
      image: { src: "b.png" },
      author: "b",
      date: "2024-01-02",
      tags: "b, c",
      template: "minimal",
      alt: "d",
    };
    expect(quiet({ ...data, og })).toMatchObject({
      title: "b",
      description: "b",
      image: "b.png",
      author: { name: "b" },
      date: "2024-01-02",
      tags: ["b", "c"],
      card: { template: "minimal", alt: "d" },
    });
    expect(quiet({ ...data, og: { title: "", description: null } })).toMatchObject({ title: "a", description: "a" });
    expect(quiet({ ...data, og: true })).toMatchObject({ title: "a" });
  });

  test.each([
    ["tempalte", "Did you mean `og.template`?"],
    ["Title", "Did you mean `og.title`?"],
    ["colour", `Known keys: title, description, image, template, alt, author, date, tags, ${CARD_FIELDS.join(", ")}.`],
    ["captoin", "Did you mean `og.caption`?"],
  ])("the key %s means nothing", (key, hint) => {
    const { warnings } = pageOf({ og: { [key]: "x" } });
    expect(warnings).toEqual([{ code: "W_OG_KEY", message: `\`og.${key}\` means nothing.`, hint, page: ORIGIN.id, file: ORIGIN.file }]);
  });
});

test("what templates draw beside a page's own fields is known, and `og.language` is not the page's", () => {
  const og = Object.fromEntries(CARD_FIELDS.map((name) => [name, "ts"]));
  expect(pageOf({ og, lang: "fr" })).toMatchObject({ page: { lang: "fr", data: { og } }, warnings: [] });
  expect(pageOf({ title: "a", og: { lang: "js", language: "js" } }).page.lang).toBeUndefined();
});

describe("skipReason", () => {
  test.each([
    [{ draft: true }, "draft"],
    [{ draft: "True" }, "draft"],
    [{ draft: "yes" }, "draft"],
    [{ published: false }, "draft"],
    [{ published: "No" }, "draft"],
    [{ draft: true, og: false }, "draft"],
    [{ og: false }, "og: false"],
    [{}, undefined],
    [{ draft: false, published: true, og: true }, undefined],
    [{ draft: "false", published: "2024-01-02", og: {} }, undefined],
  ])("of %j is %j", (data, reason) => {
    expect(skipReason(data)).toBe(reason);
  });
});

describe("firstHeading", () => {
  test.each([
    ["# Hi", "Hi"],
    ["text\n\n   #\tHi  ##  \n", "Hi"],
    ["## Two\n\n# One", "One"],
    ["# \n\n# ![](logo.png)\n\n# Hi", "Hi"],
    ["Hi\n===", "Hi"],
    ["Hi\nthere\n===\n", "Hi there"],
    ["Two\n---\n\nOne\n=\n", "One"],
    ["text\n\n===\n", undefined],
    ["#Hi", undefined],
    ["    # code", undefined],
    ["> # quoted", undefined],
    ["```sh\n# code\n```\n# Hi", "Hi"],
    ["````md\n```\n# code\n```\n````\n# Hi", "Hi"],
    ["~~~\n# code\n```\n~~~~\n# Hi", "Hi"],
    ["```\n# never closed", undefined],
    ["<!-- # no -->\n# Hi", "Hi"],
    ["<!--\n\n# no\n-->\n# Hi", "Hi"],
    ["{/*\n\n# no\n*/}\n# Hi", "Hi"],
    ["<pre>\n\n# no\n</pre>\n# Hi", "Hi"],
    ["<div>\n# no\n</div>\n\n# Hi", "Hi"],
    ["<Card title={`\n# no\n`}>\n</Card>\n\n# Hi", "Hi"],
    ['import A from "./a.js";\nexport const b = `\n# no\n`;\n\n# Hi', "Hi"],
    ["- a\n===", undefined],
    ["", undefined],
  ])("of %j", (body, heading) => {
    expect(firstHeading(body)).toBe(heading);
  });

  test.each([
    ["**Use** the _force_, ***Luke***", "Use the force, Luke"],
    ["snake_case and 2 * 3 * 4", "snake_case and 2 * 3 * 4"],
    ["`a *b* c` and ``d ` e``", "a *b* c and d ` e"],
    ["[Astro](https://astro.build/a_(b)) and [docs][1]", "Astro and docs"],
    ["[![badge](a.png)](b) Name", "badge Name"],
    ["[WIP] Name", "[WIP] Name"],
    ["<https://example.com> <Badge text='x' />now<br>", "https://example.com now"],
    ["~~Old~~ new \\*star\\* Q&amp;A", "Old new *star* Q&A"],
    ["Name {#custom-id}", "Name"],
    ["C# and F#", "C# and F#"],
    ["Γεια **σου** 👋", "Γεια σου 👋"],
  ])("the words of %j", (markdown, words) => {
    expect(firstHeading(`# ${markdown}`)).toBe(words);
  });

  test.each(["*", "[", "`", "<", "<!--", "**a ", "[a](", "a\n", "> a\n", "```\n", "# \n"])("a megabyte of %j", (text) => {
    const start = performance.now();
    firstHeading(`# ${text.repeat(1e6 / text.length)}`);
    firstHeading(text.repeat(1e6 / text.length));
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
