import { expect, test } from "vitest";
import { pick } from "../src/compose/pick.ts";

const NAMES = ["gradient", "minimal", "photo"] as const;
const pages = Array.from({ length: 6_000 }, (_, n) => ({ id: `blog/${n}` }));

test("a page keeps its name, on every machine and in any order of the names", () => {
  expect(["", "about", "blog/hello", "blog/hello-2", "docs/日本"].map((id) => pick({ id }, NAMES))).toMatchInlineSnapshot(`
    [
      "photo",
      "gradient",
      "gradient",
      "gradient",
      "photo",
    ]
  `);
  for (const page of pages.slice(0, 100)) expect(pick(page, NAMES.toReversed())).toBe(pick(page, NAMES));
});

test.each([
  ["numbers", (n: number) => `blog/${n}`],
  ["dates", (n: number) => new Date(n * 86_400_000).toISOString().slice(0, 10)],
  ["one long prefix", (n: number) => `${"docs/".repeat(30)}${n}`],
  ["numbers first", (n: number) => `${n}${"/page".repeat(30)}`],
])("names are as likely as each other, for ids of %s", (_, idOf) => {
  for (const names of [["a", "b"], NAMES, ["og/a.tsx", "og/b.tsx", "og/c.tsx", "og/d.tsx"]]) {
    const counts = Map.groupBy(
      Array.from({ length: 6_000 }, (_page, n) => pick({ id: idOf(n) }, names)),
      (name) => name,
    );
    const expected = 6_000 / names.length;
    const chiSquared = names.reduce((sum, name) => sum + ((counts.get(name)?.length ?? 0) - expected) ** 2 / expected, 0);
    // Beyond what one even draw in ten thousand shows with three degrees of freedom.
    expect(chiSquared).toBeLessThan(21.1);
  }
});

test("a name that is added takes its share, and no page moves between the others", () => {
  const moved = pages.filter((page) => pick(page, [...NAMES, "quote"]) !== pick(page, NAMES));
  expect(moved.every((page) => pick(page, [...NAMES, "quote"]) === "quote")).toBe(true);
  expect(moved.length / pages.length).toBeGreaterThan(0.23);
  expect(moved.length / pages.length).toBeLessThan(0.27);
});

test("a name that goes gives its pages to the others, and no other page moves", () => {
  for (const page of pages) {
    const before = pick(page, NAMES);
    if (before !== "photo") expect(pick(page, ["gradient", "minimal"])).toBe(before);
  }
});

test("without a name there is nothing to pick", () => {
  expect(() => pick({ id: "a" }, [])).toThrow(expect.objectContaining({ code: "E_OPTION" }));
});
