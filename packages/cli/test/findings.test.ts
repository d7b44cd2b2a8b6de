import { OgError } from "@og-gen/core";
import { describe, expect, test } from "vitest";
import { annotation, withoutCommands } from "../src/report/annotations.ts";
import { findingLines } from "../src/report/finding-lines.ts";
import { abridged, errorFinding, type Finding, grouped, warningFinding } from "../src/report/findings.ts";
import { printable, printableJson } from "../src/report/printable.ts";
import { BROKEN, og, project, UNTITLED } from "./og.ts";

const plain = { cwd: "/site", paint: (_format: unknown, text: string) => text, verbose: false };

function glyphWarning(page: string): Finding {
  const warning = {
    code: "W_GLYPH",
    message: "No font has a glyph for U+4F60.",
    hint: "Add a font.",
    page,
    file: `/site/content/${page}.md`,
  };
  return warningFinding(warning, false);
}

test("what happened, where, and what to do", () => {
  const error = new OgError("E_FRONT_MATTER", "It cannot be parsed:\n  1 | {", {
    page: "",
    file: "/site/content/index.md",
    line: 3,
    column: 7,
    hint: "Close it.",
  });
  expect(findingLines(errorFinding(error), plain)).toEqual([
    "error E_FRONT_MATTER: It cannot be parsed:",
    "  |   1 | {",
    "  at / (content/index.md:3:7)",
    "  → Close it.",
  ]);
});

test("what holds for many pages is said once, errors first", () => {
  const findings = [..."abcde"].map(glyphWarning);
  const [error, warning, ...others] = grouped([...findings, errorFinding(new OgError("E_LAYOUT", "No.", { page: "z" }))]);
  expect(error).toMatchObject({ severity: "error", code: "E_LAYOUT" });
  expect(others).toEqual([]);
  expect(findingLines(warning!, plain)).toEqual([
    "warning W_GLYPH: No font has a glyph for U+4F60.",
    "  at a (content/a.md)",
    "  at b (content/b.md)",
    "  at c (content/c.md)",
    "  and at 2 more (--verbose shows all)",
    "  → Add a font.",
  ]);
  expect(findingLines(warning!, { ...plain, verbose: true })).toHaveLength(7);
});

test("of many warnings of one kind the first few are told; errors all", () => {
  const many = (severity: Finding["severity"]) =>
    ["1", "2", "3", "4"].map((message): Finding => ({ severity, code: "X", message, places: [] }));
  expect(abridged(many("error"), 2)).toHaveLength(4);
  expect(abridged(many("warning"), 4)).toHaveLength(4);
  expect(abridged(many("warning"), 2).map(({ message }) => message)).toEqual([
    "1",
    "2",
    "There are 2 more of these (--verbose shows all).",
  ]);
});

describe("the text of a page cannot steer the terminal", () => {
  test.each([
    ["\u001B[2J\u0007", "\\u001b[2J\\u0007"],
    ["\u009B31m", "\\u009b31m"],
    ["a\r\nb\tc", "a\\u000d\\u000ab\\u0009c"],
    ["\u202Egnp.exe", "\\u202egnp.exe"],
    ["Füße, 你好, 👍", "Füße, 你好, 👍"],
  ])("%j", (text, expected) => {
    expect(printable(text)).toBe(expected);
  });

  test("nor in JSON, which stays the same value", () => {
    const value = { title: "\u001B[2J\u009B31m\n\u202E", list: [1] };
    expect(printableJson(value)).not.toMatch(/[^\P{Control}\n]|\p{Bidi_Control}/u);
    expect(JSON.parse(printableJson(value))).toEqual(value);
  });

  test("in a whole run, by the name of a file", async () => {
    const root = await project({ "content/\u001B]0;owned\u0007.md": "# Only a heading\n" });
    for (const args of ["", "--verbose", "--dry-run --force", "--json", "--on-error fail --check"]) {
      const { stdout, stderr } = await og(root, args);
      expect(stdout + stderr).toContain("\\u001b]0;owned");
      expect(stdout + stderr).not.toMatch(/[^\P{Control}\n]/u);
    }
  });
});

describe("on GitHub", () => {
  const env = { GITHUB_ACTIONS: "true" };

  test("a finding stands beside the line of the file", async () => {
    const root = await project({ ...BROKEN, ...UNTITLED });
    const { stderr } = await og(root, "", { env });
    const commands = stderr.split("\n").filter((line) => line.startsWith("::"));
    expect(commands).toEqual([
      expect.stringMatching(
        /^::error file=content\/broken\.md,line=2,col=\d+,title=og-gen E_FRONT_MATTER::The front matter .+%0AClose the quote/,
      ),
      expect.stringMatching(/^::warning file=content\/untitled\.md,title=og-gen W_TITLE_FROM_HEADING::The page has no title/),
    ]);
  });

  test("paths start at the checkout", async () => {
    const root = await project({ "docs/content/broken.md": BROKEN["content/broken.md"] });
    const { stderr } = await og(`${root}/docs`, "", { env: { ...env, GITHUB_WORKSPACE: root } });
    expect(stderr).toContain("::error file=docs/content/broken.md,line=2");
  });

  test("nothing elsewhere", async () => {
    const root = await project(BROKEN);
    expect((await og(root, "")).stderr).not.toContain("::");
  });

  test("everything is escaped as the runner asks", () => {
    const error = new OgError("E_TEMPLATE", "50%\r\n::set-env::\u001B", { file: "/site/a,b:c%.md", line: 1 });
    expect(annotation(errorFinding(error), "/site")).toBe(
      "::error file=a%2Cb%3Ac%25.md,line=1,title=og-gen E_TEMPLATE::50%25%0A::set-env::\\u001b",
    );
  });

  test("one annotation for many pages", () => {
    const [warning] = grouped([..."abc"].map(glyphWarning));
    expect(annotation(warning!, "/site")).toMatch(/^::warning file=content\/a\.md,title=og-gen W_GLYPH::.+%0A\(and 2 more pages\)$/);
  });

  test("the text of a page is no command", async () => {
    expect(withoutCommands("at ##[add-mask]x")).toBe("at ##\u200B[add-mask]x");
    const root = await project({ "content/a.md": "# Only ##[add-mask]a heading\n" });
    const { stderr } = await og(root, "--dry-run", { env });
    expect(stderr.split("\n").filter((line) => line.includes("##[") && !line.startsWith("::"))).toEqual([]);
    expect(stderr).toContain("##\u200B[add-mask]a heading");
  });
});

describe("colours", () => {
  test.each([
    ["on a terminal", { columns: 80 }, true],
    ["not elsewhere", {}, false],
    ["not with NO_COLOR", { columns: 80, env: { NO_COLOR: "1" } }, false],
    ["not on a dumb terminal", { columns: 80, env: { TERM: "dumb" } }, false],
    ["anywhere with FORCE_COLOR", { env: { FORCE_COLOR: "1" } }, true],
    ["nowhere with FORCE_COLOR=0", { columns: 80, env: { FORCE_COLOR: "0" } }, false],
  ])("%s", async (_name, surroundings, coloured) => {
    const root = await project(BROKEN);
    expect((await og(root, "--dry-run", surroundings)).stderr.includes("\u001B[1m")).toBe(coloured);
  });
});
