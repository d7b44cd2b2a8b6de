import { OgError, type Warning } from "@og-gen/core";
import { expect, test } from "vitest";
import { type Problem, problemTexts } from "../src/problems.ts";

const ROOT = "/site";
const warning = (page: string, more: Partial<Warning> = {}): Problem => ({
  level: "warn",
  about: { code: "W_X", message: "Look at this.", page, file: `${ROOT}/src/${page}.md`, ...more },
});

test("problems that are alike are told once, with three places and the number of the others", () => {
  const alike = ["a", "b", "c", "d", "e"].map((page) => warning(page));
  const other = warning("z", { message: "And at this." });
  expect(problemTexts([alike[0]!, other, ...alike.slice(1)], ROOT)).toEqual([
    { level: "warn", text: "src/a.md, src/b.md, src/c.md and 2 more: Look at this." },
    { level: "warn", text: "src/z.md: And at this." },
  ]);
});

test("an error has its line and column, and what to do on a line of its own", () => {
  const about = new OgError("E_FRONT_MATTER", "It cannot be parsed.", {
    hint: "Close the quotation mark.",
    file: `${ROOT}/src/a.md`,
    line: 3,
    column: 7,
    page: "a",
  });
  expect(problemTexts([{ level: "error", about }], ROOT)).toEqual([
    { level: "error", text: "src/a.md:3:7: It cannot be parsed.\n  Close the quotation mark." },
  ]);
});

test("a problem of a file outside the project is that of the page, and one of the run has no place", () => {
  expect(problemTexts([warning("a", { file: "/elsewhere/a.md" })], ROOT)[0]?.text).toBe("/a: Look at this.");
  expect(problemTexts([{ level: "warn", about: { code: "W_X", message: "Look." } }], ROOT)[0]?.text).toBe("Look.");
});

test("what is in a page's words does not reach the terminal's controls", () => {
  expect(problemTexts([warning("a", { message: "A\u001b[2J\u202Etitle" })], ROOT)[0]?.text).toBe("src/a.md: A [2J title");
});
