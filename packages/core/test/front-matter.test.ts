import { describe, expect, test } from "vitest";
import { bodyOf, parseFrontMatter } from "../src/collect/front-matter.ts";
import { LIMITS } from "../src/limits.ts";
import { OgError } from "../src/error.ts";

const FILE = "/site/page.md";

function dataOf(text: string): Record<string, unknown> {
  return parseFrontMatter(text, FILE).data;
}

/** The data of a block of YAML. */
function yaml(block: string): Record<string, unknown> {
  return dataOf(`---\n${block}\n---\n`);
}

/** The data of a block of TOML. */
function toml(block: string): Record<string, unknown> {
  return dataOf(`+++\n${block}\n+++\n`);
}

/** The data of a block of JSON. */
function json(block: string): Record<string, unknown> {
  return dataOf(`---json\n${block}\n---\n`);
}

function errorOf(run: () => unknown): OgError {
  try {
    run();
  } catch (thrown) {
    if (thrown instanceof OgError) return thrown;
    throw thrown;
  }
  throw new Error("It was accepted.");
}

function milliseconds(run: () => unknown): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

describe("where front matter is", () => {
  test.each([
    ["nothing", "", {}, ""],
    ["no front matter", "# Hello\n", {}, "# Hello\n"],
    ["a page", "---\ntitle: Hello\n---\nbody", { title: "Hello" }, "body"],
    ["only front matter", "---\ntitle: Hello\n---", { title: "Hello" }, ""],
    ["an empty block", "---\n---\nbody", {}, "body"],
    ["a block of comments", "---\n# a comment\n---\nbody", {}, "body"],
    ["a byte order mark, twice", "\uFEFF\uFEFF---\ntitle: Hello\n---\nbody", { title: "Hello" }, "body"],
    ["Windows line ends", "---\r\ntitle: Hello\r\n---\r\nbody\r\nmore", { title: "Hello" }, "body\nmore"],
    ["line ends of old Macs", "---\rtitle: Hello\r---\rbody", { title: "Hello" }, "body"],
    ["blanks after the dashes", "---  \ntitle: Hello\n--- \t\nbody", { title: "Hello" }, "body"],
    ["dashes in a value", "---\ntitle: a --- b\nnote: |\n  ---\n---\nbody", { title: "a --- b", note: "---\n" }, "body"],
    ["a line that only begins with dashes", "---\ntitle: |\n  a\n---b: c\n---\nbody", { title: "a\n", "---b": "c" }, "body"],
    ["a line across in the body", "---\ntitle: Hello\n---\na\n\n---\n\nb", { title: "Hello" }, "a\n\n---\n\nb"],
    ["a named language", "--- YAML\ntitle: Hello\n---\nbody", { title: "Hello" }, "body"],
    ["TOML between pluses", '+++\ntitle = "Hello"\n+++\nbody', { title: "Hello" }, "body"],
    ["TOML between dashes", '---toml\ntitle = "Hello"\n---\nbody', { title: "Hello" }, "body"],
    ["JSON between dashes", '---json\n{ "title": "Hello" }\n---\nbody', { title: "Hello" }, "body"],
    ["a JSON object", '{\n  "title": "a } \\" b",\n  "og": {}\n}\nbody {}', { title: 'a } " b', og: {} }, "\nbody {}"],
    ["a space before the dashes", " ---\ntitle: Hello\n---\n", {}, " ---\ntitle: Hello\n---\n"],
    ["four dashes", "----\ntitle: Hello\n----\n", {}, "----\ntitle: Hello\n----\n"],
    ["a line across at the start", "---\n\nOnce upon a time.\n", {}, "---\n\nOnce upon a time.\n"],
    ["an MDX expression at the start", "{title}\n", {}, "{title}\n"],
    ["a Liquid tag at the start", '{% include "a.html" %}\n', {}, '{% include "a.html" %}\n'],
  ])("%s", (_, text, data, body) => {
    expect(parseFrontMatter(text, FILE)).toEqual({ data, body });
  });

  test.each(["---\ntitle: a: b\n---\n# Hi", "+++\n=\n+++\n# Hi", '{ "a": x }\n# Hi', "---js\n{}\n---\n# Hi"])(
    "the body of %j is found though it cannot be parsed",
    (text) => {
      expect(() => parseFrontMatter(text, FILE)).toThrow(OgError);
      expect(bodyOf(text).trim()).toBe("# Hi");
    },
  );

  test.each([
    ["---\ntitle: Hello\n\n# Hi", "Write a line of `---` after its last line."],
    ["---\n# comment\ntitle:\n  Hello", "Write a line of `---` after its last line."],
    ['+++\ntitle = "Hello"\n\n---\n', "Write a line of `+++` after its last line."],
  ])("%j is never closed", (text, hint) => {
    expect(errorOf(() => dataOf(text))).toMatchObject({
      code: "E_FRONT_MATTER",
      message: "The front matter is never closed.",
      hint,
      file: FILE,
      line: 1,
    });
    expect(bodyOf(text)).toBe(text);
  });
});

describe("a value is what a person wrote", () => {
  const texts = [
    "1e3",
    "1.10",
    "0777",
    "0x1F",
    "1_000",
    "12345678901234567890",
    "2024-01-02",
    "2024-01-02 23:30:00",
    "12:30:45",
    "-0",
    "+5",
  ];

  test.each([...texts, "2024-02-30", ".nan", ".inf", "yes", "No", "True", "off", "NaN", "Infinity", "C# in depth"])(
    "YAML %s stays text",
    (text) => {
      expect(yaml(`title: ${text}\nlist: [${text}]`)).toEqual({ title: text, list: [text] });
    },
  );

  test.each(texts.filter((text) => text !== "0777"))("TOML %s stays text", (text) => {
    const block = `title = ${text} # "x\nlist = [ # ]\n  ${text}, ${text},\n]\n[og]\ntitle = ${text}\n[[extra.items]]\n"a = [" = { b = ${text} }`;
    expect(toml(block)).toEqual({ title: text, list: [text, text], og: { title: text }, extra: { items: [{ "a = [": { b: text } }] } });
  });

  test.each(["1e3", "1.10", "12345678901234567890", "-0", "1e999"])("JSON %s stays text", (text) => {
    expect(json(`{ "title": ${text}, "list": [${text}] }`)).toEqual({ title: text, list: [text] });
  });

  test("what prints as it was written is a number or a boolean", () => {
    const data = { a: 3, b: 1.5, c: -7, d: 0, e: true, f: false };
    expect(yaml("a: 3\nb: 1.5\nc: -7\nd: 0\ne: true\nf: false")).toEqual(data);
    expect(toml("a = 3\nb = 1.5\nc = -7\nd = 0\ne = true\nf = false")).toEqual(data);
    expect(json(JSON.stringify(data))).toEqual(data);
  });

  test("quoted text is text", () => {
    const data = { a: "3", b: "true", c: "null", d: "", e: "2024-01-02" };
    expect(yaml(`a: "3"\nb: 'true'\nc: "null"\nd: ""\ne: '2024-01-02'`)).toEqual(data);
    expect(toml(`a = "3"\nb = 'true'\nc = """null"""\nd = ''\ne = '''2024-01-02'''`)).toEqual(data);
    expect(json(JSON.stringify(data))).toEqual(data);
  });

  test("nothing, ~ and null are null", () => {
    expect(yaml("a:\nb: ~\nc: null\nd: [~]\n")).toEqual({ a: null, b: null, c: null, d: [null] });
    expect(json('{ "a": null }')).toEqual({ a: null });
  });

  test("the blocks and keys of YAML", () => {
    expect(yaml("a: |\n  two\n  lines\nb: >-\n  one\n  line\nc: one\n  line")).toEqual({ a: "two\nlines\n", b: "one line", c: "one line" });
    expect(yaml("1: a\ntrue: b\nnull: c\n? d\n: e")).toEqual({ 1: "a", true: "b", null: "c", d: "e" });
    expect(yaml("a: !!str 12")).toEqual({ a: "12" });
    expect(yaml("title: a\n...")).toEqual({ title: "a" });
  });

  test("anchors and merge keys", () => {
    expect(yaml("a: &a { x: 1, y: 2 }\nb: *a")).toEqual({ a: { x: 1, y: 2 }, b: { x: 1, y: 2 } });
    expect(yaml("a: &a { x: 1, y: 2 }\nb: &b { y: 3, z: 4 }\nc:\n  <<: [*a, *b]\n  x: 0")).toMatchObject({ c: { x: 0, y: 2, z: 4 } });
  });

  test("the strings of TOML", () => {
    const block = `a = """say ""hi"" x = 1\n[no]\n\\"""."""\nb = '''it''s'''\nc = """four""""\nd = "\\"1e3\\" \\\\"`;
    expect(toml(block)).toEqual({ a: 'say ""hi"" x = 1\n[no]\n""".', b: "it''s", c: 'four"', d: '"1e3" \\' });
  });

  test.each([
    ["YAML", () => yaml("a: { b: [1, 2024-01-02] }\n")],
    ["TOML", () => toml("a = { b = [1, 2024-01-02] }\n")],
    ["JSON", () => json('{ "a": { "b": [1, "2024-01-02"] } }')],
  ])("%s gives plain data", (_, parse) => {
    expect(parse()).toStrictEqual({ a: { b: [1, "2024-01-02"] } });
  });

  test.each([
    ["YAML", () => yaml("__proto__: { polluted: 1 }\nconstructor: a")],
    ["YAML, merged", () => yaml("<<: { __proto__: { polluted: 1 }, constructor: a }")],
    ["TOML", () => toml('constructor = "a"\n[__proto__]\npolluted = 1')],
    ["JSON", () => json('{ "__proto__": { "polluted": 1 }, "constructor": "a" }')],
  ])("%s cannot reach a prototype", (_, parse) => {
    const data = parse();
    expect(Object.entries(data).sort()).toEqual([
      ["__proto__", { polluted: 1 }],
      ["constructor", "a"],
    ]);
    expect(Object.getPrototypeOf(data)).toBe(Object.prototype);
    expect(data["polluted"]).toBeUndefined();
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});

describe("what is refused", () => {
  test.each(["js", "javascript", "JS", "JavaScript", " js", "mjs", "ts", "coffee", "CoffeeScript", "cson"])(
    "`%s` is not run",
    (language) => {
      const ran = `__ran_${language.trim()}`;
      const text = `---${language}\n{ title: (globalThis[${JSON.stringify(ran)}] = 1, "x") }\n---\n`;
      expect(errorOf(() => dataOf(text))).toMatchObject({ code: "E_FRONT_MATTER_CODE", file: FILE, line: 1, column: 4 });
      expect(Object.hasOwn(globalThis, ran)).toBe(false);
    },
  );

  test.each(["constructor", "__proto__", "toString", "xml", "front-matter"])("the language `%s` is unknown", (language) => {
    const error = errorOf(() => dataOf(`---${language}\ntitle: x\n---\n`));
    expect(error).toMatchObject({ code: "E_FRONT_MATTER", hint: "Write it as `yaml`, `toml` or `json`." });
    expect(error.message).toContain(`\`${language}\``);
  });

  test.each([
    ["title: Foo: the bar", 2, 8, 'Put the value in quotes: `title: "Foo: the bar"`.'],
    ["a: b\ntitle: Foo:", 3, 8, 'Put the value in quotes: `title: "Foo:"`.'],
    ["title: @foo bar", 2, 8, 'Put the value in quotes: `title: "@foo bar"`.'],
    ["title: %100", 2, 8, 'Put the value in quotes: `title: "%100"`.'],
    ["title: `x`", 2, 8, 'Put the value in quotes: `title: "`x`"`.'],
    ["title: *foo*", 2, 8, 'Put the value in quotes: `title: "*foo*"`.'],
    ["title: & Sons", 2, 8, 'Put the value in quotes: `title: "& Sons"`.'],
    ["title: [Draft] foo", 2, 16, 'Put the value in quotes: `title: "[Draft] foo"`.'],
    ["title: {{ page.title }}", 2, 9, 'Put the value in quotes: `title: "{{ page.title }}"`.'],
    ['title: "Foo" and bar', 2, 14, "Put the value in quotes: `title: '\"Foo\" and bar'`."],
    ["title: 'It's me'", 2, 12, 'Put the value in quotes: `title: "It\'s me"`.'],
    ['title: "foo', 2, 12, 'Close the quote: `title: "foo"`.'],
    ["a:\n\tb: c", 3, 1, "Indent with spaces: YAML takes no tabs there."],
    ["title: !important", 2, 8, 'Put the value in quotes: `title: "!important"`.'],
    ["title: !!js/function 'x'", 2, 8, "Put the value in quotes: `title: \"!!js/function 'x'\"`."],
    ["a: 1\ntitle: a\nb: 2\ntitle: b", 5, 1, "Remove one of them."],
  ])("YAML %j, with line, column and what to do", (block, line, column, hint) => {
    expect(errorOf(() => yaml(block))).toMatchObject({ code: "E_FRONT_MATTER", file: FILE, line, column, hint });
  });

  test("positions are those in the file", () => {
    expect(errorOf(() => dataOf("\uFEFF---yaml\r\n\r\na: b\r\ntitle: @x\r\n---\r\n"))).toMatchObject({ line: 4, column: 8 });
    expect(errorOf(() => dataOf("+++\r\n\r\na = 1\r\nb = x\r\n+++"))).toMatchObject({ line: 4, column: 5 });
    expect(errorOf(() => dataOf('\uFEFF{\r\n  "a": 1,\r\n  "b": x\r\n}\r\n'))).toMatchObject({ line: 3, column: 8 });
  });

  test("a key that is there twice is named, with both lines", () => {
    expect(errorOf(() => yaml("a: 1\nog:\n  title: a\n  'title': b")).message).toBe("The key `title` is there twice, on lines 4 and 5.");
  });

  test.each([
    "!important",
    "!!js/regexp /a/",
    "!!js/function 'x'",
    "!!binary aGk=",
    "!!set { a, b }",
    "!!timestamp 2024-01-02",
    "!!map {}",
    "!a [b]",
  ])("the YAML tag %s", (value) => {
    const error = errorOf(() => yaml(`title: ${value}`));
    expect(error.code).toBe("E_FRONT_MATTER");
    expect(error.message).toBe(`The tag \`${value.split(" ")[0]}\` is not allowed: front matter is plain data.`);
  });

  test.each([
    ["a list", () => yaml("- a\n- b")],
    ["a text", () => yaml("just a text")],
    ["a JSON list", () => json("[1]")],
    ["JSON null", () => json("null")],
  ])("%s is not a map", (_, parse) => {
    expect(errorOf(parse)).toMatchObject({ code: "E_FRONT_MATTER", message: "The front matter is not a map.", line: 2, column: 1 });
  });

  test.each([
    ['{ "a": x }', 2, 8],
    ["{title: 1}", 2, 2],
    ['{\n  "a": 1,\n}', 4, 1],
    ['{\n  "a": 1', 3, 9],
    ['{\n "a": [1, tru ]\n}', 3, 14],
  ])("JSON %j", (block, line, column) => {
    const error = errorOf(() => json(block));
    expect(error).toMatchObject({ code: "E_FRONT_MATTER", line, column });
    expect(error.message).toMatch(/^The front matter is not valid JSON: [^\n"]+\.$/);
  });

  test.each([
    ["title = Hello", 2, 9, 'Put the text in quotes: `title = "Hello"`.'],
    ["a = 1__0", 2, 7, undefined],
    ["a = 1\na = 2", 3, 1, undefined],
  ])("TOML %j", (block, line, column, hint) => {
    const error = errorOf(() => toml(block));
    expect(error).toMatchObject({ code: "E_FRONT_MATTER", line, column, hint });
    expect(error.message).toMatch(/^The front matter is not valid TOML: [^\n]+\.$/);
  });

  test("a tag on all of it", () => {
    expect(errorOf(() => yaml("!!omap\na: b"))).toMatchObject({ code: "E_FRONT_MATTER", line: 2, column: 1 });
  });

  test("a key that is a map", () => {
    expect(errorOf(() => yaml("? { a: b }\n: c"))).toMatchObject({
      code: "E_FRONT_MATTER",
      message: "A key of the front matter is not a text.",
    });
  });

  test("the same broken source, twice", () => {
    const text = "---\ntitle: a: b\n---\n";
    expect(errorOf(() => dataOf(text)).message).toBe(errorOf(() => dataOf(text)).message);
  });

  test("a key that other readers of front matter act on is a key", () => {
    expect(yaml("excerpt_separator: { toString: 1 }")).toEqual({ excerpt_separator: { toString: 1 } });
  });
});

describe("hostile input costs little", () => {
  const aliases = (count: number, line: (name: string, before: string) => string): string =>
    ["a0: &a0 { k: v }", ...Array.from({ length: count }, (_, index) => line(`a${index + 1}`, `a${index}`))].join("\n");

  test.each([
    ["an alias bomb", aliases(20, (name, before) => `${name}: &${name} [*${before}, *${before}, *${before}, *${before}]`), /20,000 values/],
    [
      "a bomb of merge keys",
      aliases(24, (name, before) => `${name}: &${name} { <<: [*${before}, *${before}], ${name}: 1 }`),
      /20,000 values/,
    ],
    ["many aliases of much", `a: &a [${"x, ".repeat(500)}]\nb: [${"*a, ".repeat(100)}]`, /20,000 values/],
    ["a list that holds itself", "a: &a\n  - *a", /would contain itself/],
    ["a map that holds itself", "a: &a\n  b:\n    c: *a", /would contain itself/],
    ["front matter that holds itself", "&a\nb: *a", /would contain itself/],
    ["a map that merges itself", "a: &a\n  <<: *a", /would contain itself/],
    ["an alias of nothing", "a: *b", /^Nothing before the alias `\*b`/],
    ["a merge of a text", "<<: a", /merges maps/],
    ["deep nesting", `a: ${"[".repeat(101)}${"]".repeat(101)}`, /deeper than 100/],
    ["very deep nesting", `a: ${"[".repeat(20_000)}${"]".repeat(20_000)}`, /deeper than 100/],
    [
      "many keys",
      Array.from({ length: 7000 }, (_, index) => `k${index}:`)
        .join("\n")
        .concat("\nk0:"),
      /`k0` is there twice/,
    ],
    ["blank lines", `a: b${"\n".repeat(60_000)}c: d`, /30,000 marks/],
  ])("%s", (_, block, message) => {
    const time = milliseconds(() =>
      expect(errorOf(() => yaml(block))).toMatchObject({ code: "E_FRONT_MATTER", message: expect.stringMatching(message) }),
    );
    expect(time).toBeLessThan(2000);
  });

  /** As much of a sign as is allowed. */
  const full = (sign: string, before = "") => before + sign.repeat(Math.floor((LIMITS.frontMatterCharacters - 50) / sign.length));

  test.each([
    ["lists that open", full("[", "a: ")],
    ["maps that open", full("{a: ", "a: ")],
    ["dashes", full("- ")],
    ["question marks", full("? ")],
    ["questions in a map", full("? ", "a: {")],
    ["colons", full("a: ")],
    ["commas", full(",", "a: [")],
    ["anchors", full("&a ")],
    ["tags", full("! ", "a: ")],
    ["directives", full("%a\n")],
    ["quotation marks", full('"')],
    ["backslashes", full("\\", 'a: "')],
  ])("64 KB of %s are refused at once", (_, block) => {
    errorOf(() => yaml(block));
    const time = milliseconds(() => expect(errorOf(() => yaml(block))).toMatchObject({ code: "E_FRONT_MATTER", line: expect.any(Number) }));
    expect(time).toBeLessThan(1000);
  });

  test("what looks like nesting in texts is none", () => {
    const [text, lines] = ["[{".repeat(3000), Array.from({ length: 200 }, () => "  [").join("\n")];
    expect(yaml(`a: "${text}"\nb: '${text}'\nc: |\n${lines}\nd: x${text}`)).toMatchObject({ a: text, b: text, d: `x${text}` });
  });

  test.each([
    ["TOML lists", () => toml(`a = ${"[".repeat(200)}${"]".repeat(200)}`)],
    ["TOML keys", () => toml(`a${".a".repeat(20_000)} = 1`)],
    ["JSON", () => json(`{ "a": ${"[".repeat(20_000)}${"]".repeat(20_000)} }`)],
  ])("deep nesting of %s", (_, parse) => {
    expect(errorOf(parse)).toMatchObject({ code: "E_FRONT_MATTER", message: expect.stringMatching(/nested/), line: expect.any(Number) });
  });

  test("as much as is allowed", () => {
    const text = "x".repeat(LIMITS.frontMatterCharacters - 20);
    expect(yaml(`a: "${text}"`)).toEqual({ a: text });
    expect(toml(`a = '''${text}'''`)).toEqual({ a: text });
    expect(dataOf(`{ "a": "${text}" }`)).toEqual({ a: text });
  });

  test.each([
    ["YAML", `---\na: "${"x".repeat(10e6)}"\n---\n`],
    ["JSON", `{ "a": "${"x".repeat(10e6)}" }`],
    ["JSON that never ends", `{ "a": "${'\\"'.repeat(5e6)}`],
  ])("ten megabytes of %s are not parsed", (_, text) => {
    const time = milliseconds(() =>
      expect(errorOf(() => dataOf(text))).toMatchObject({
        code: "E_FRONT_MATTER",
        message: "The front matter is longer than 65,536 characters.",
      }),
    );
    expect(time).toBeLessThan(1000);
  });
});
