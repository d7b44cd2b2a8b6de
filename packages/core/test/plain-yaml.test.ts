import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parsePlainYaml } from "../src/collect/plain-yaml.ts";
import { parseAnyYaml } from "../src/collect/yaml.ts";
import { LIMITS } from "../src/limits.ts";

const CASES = Number(process.env["OG_GEN_FUZZ_CASES"] ?? 5_000);

const VALUES = [
  "",
  "words",
  "two words ",
  "3",
  "1.5",
  "1e3",
  "0",
  "true",
  "yes",
  "null",
  "~",
  "2026-12-01",
  "2026-12-01 10:30",
  "a:b",
  "a: b",
  "a:",
  "a #b",
  "a# b",
  "#",
  "C#",
  '"quoted"',
  '"a: b # c" ',
  '"an \\" escape"',
  '"open',
  "'single'",
  "'it''s'",
  '"a" b',
  '""',
  "''",
  "[]",
  "[a, b]",
  "[ a , 'b' ]",
  '["a, b"]',
  "[a: b]",
  "[a, ]",
  "[a",
  "[[a]]",
  "{}",
  "{ a: b }",
  "{",
  "- a",
  "-",
  "-7",
  "!x",
  "&x",
  "*x",
  "|",
  ">-",
  "| # a",
  "? a",
  "%a",
  "@a",
  "`a`",
  "https://example.org/",
  "./a.png",
  "(a)",
  "...",
  "---",
  "é",
  "日本",
  "🚀 a",
  "a\u00a0",
  "\u2028",
  "a\tb",
  "\ta",
  "a\u0085b",
  "\ufeffa",
  "<<",
  "a,b",
  "a]",
  "it's",
  "[it's]",
  "[a#b]",
  "[a\u00a0]",
  "[\u00a0a, b ,\u2003c]",
  "[3, true, ~]",
  "<b>",
  ". a",
  "a \\",
];
const NAMES = ["title", "a", "b", "a", "_x-1", "<<", "1", "é", '"a"', "a b", "null", "__proto__", "? a"];
const line = fc
  .record({
    indent: fc.constantFrom("", "", "", "", "  ", "  ", " ", "    ", "\t"),
    name: fc.constantFrom(...NAMES.map((name) => `${name}:`), "- ", "- ", "-", "#", "a :", ""),
    space: fc.constantFrom(" ", " ", " ", "  ", ""),
    value: fc.constantFrom(...VALUES),
  })
  .map(({ indent, name, space, value }) => `${indent}${name}${space}${value}`);
/** Most of these are read: the others are the parser's alone. */
const usual = fc
  .record({
    indent: fc.constantFrom("", "", "", "  ", "    "),
    name: fc.constantFrom("a: ", "b: ", "c:", "d:", "e: ", "- ", "- "),
    value: fc.constantFrom("", "", "words", '"quoted"', "3", "[a, b]"),
  })
  .map(({ indent, name, value }) => `${indent}${name}${value}`);

/** Values put together from signs, half of them in a list. */
const signs = fc
  .record({
    name: fc.constantFrom("a: ", "b: ", "c: ", "c:", "- ", "  - "),
    value: fc.string({ unit: fc.constantFrom(...Array.from(" ab1:#\"'[],{}-&*!|>%@\\?./(~<=+`\u00a0é🚀")), maxLength: 6 }),
    isList: fc.boolean(),
  })
  .map(({ name, value, isList }) => name + (isList ? `[${value}]` : value));

function outcome(read: () => unknown): unknown {
  try {
    return JSON.stringify(read());
  } catch (thrown) {
    return thrown;
  }
}

test.each([
  ["odd", line],
  ["usual", usual],
  ["signs in", signs],
])("%s front matter that is read without the parser is what the parser reads", (_kind, lines) => {
  let read = 0;
  fc.assert(
    fc.property(fc.array(lines, { maxLength: 7 }), (block) => {
      const plain = parsePlainYaml(block.join("\n"), LIMITS);
      if (plain === undefined) return;
      read++;
      expect(JSON.stringify(plain)).toBe(outcome(() => parseAnyYaml(block.join("\n"), "/page.md")));
    }),
    { numRuns: CASES },
  );
  expect(read).toBeGreaterThan(CASES / 50);
});

test.each([
  ["the usual fields", 'title: "A page"\ndescription: Of words: none\ndate: 2026-12-01\ntags:\n  - a\n  - b\n\ndraft: false', false],
  ["the usual fields", 'title: "A page"\ndescription: Of words\ndate: 2026-12-01\ntags:\n  - a\n  - b\n\ndraft: false', true],
  ["a map", "author:\n  name: Ada\n  avatar: ./ada.png\ntags: [a, 'b']", true],
  ["an anchor", "a: &x b", false],
])("%s", (_what, block, isPlain) => {
  expect(parsePlainYaml(block, LIMITS) !== undefined).toBe(isPlain);
});

test("limits are the parser's to tell of", () => {
  expect(parsePlainYaml("a: b", { ...LIMITS, frontMatterValues: 2 })).toBeUndefined();
  expect(parsePlainYaml("a:\n  b: c", { ...LIMITS, frontMatterDepth: 2 })).toBeUndefined();
  expect(parsePlainYaml("a: [b]", { ...LIMITS, frontMatterDepth: 2 })).toBeUndefined();
  expect(parsePlainYaml("a: b", { ...LIMITS, frontMatterDepth: 2 })).toEqual({ a: "b" });
});
