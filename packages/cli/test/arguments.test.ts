import { describe, expect, test } from "vitest";
import { FLAG_LIST } from "../src/arguments/flags.ts";
import { type MakeArguments, parseArguments } from "../src/arguments/parse.ts";
import { version } from "../src/version.ts";
import { og, POSTS, project } from "./og.ts";

describe("a command line that makes no sense exits with 2, names the argument and helps", () => {
  test.each([
    ["--concurency 3", "There is no option --concurency.", "Did you mean --concurrency?"],
    ["--dryrun", "There is no option --dryrun.", "Did you mean --dry-run?"],
    ["--colour", "There is no option --colour.", "`og-gen --help` shows all options."],
    ["-x", "There is no option -x.", "`og-gen --help` shows all options."],
    ["--concurrency 0", "--concurrency is 0; it must be a whole number from 1 up", ""],
    ["--concurrency two", '--concurrency is "two"; it must be a whole number', ""],
    ["--quality 101", "--quality is 101; it must be a whole number from 1 to 100", ""],
    ["--max-bytes 300", "--max-bytes is 300; it must be a whole number of bytes from 1000 up, or false", ""],
    ["--max-bytes 3oo", '--max-bytes is "3oo"; it must be a whole number of bytes', ""],
    ["--format gif", '--format is "gif"; it must be "png", "jpeg" or "webp"', ""],
    ["--format jpg", '--format is "jpg"', "Did you mean jpeg?"],
    ["--on-error falback", '--on-error is "falback"', "Did you mean fallback?"],
    ["--site example.com", '--site is "example.com"; it must be an absolute http(s) URL', ""],
    ["--template artcle", "There is no template `artcle`.", "article"],
    ["--template ./og/none.tsx", "There is no template at og/none.tsx.", ""],
    ["--config none.ts", "There is no configuration file at", "--config"],
    ["--out", "--out needs a value.", "Write --out <dir>."],
    ["--out=", "--out needs a value.", "Write --out <dir>."],
    ["-o --force", "-o needs a value, and --force looks like an option.", "--out=--force"],
    ["-o=dist", "-o takes its value without `=`.", "Write -o dist."],
    ["--force=yes", "--force takes no value.", "Write --force alone."],
    ["docs blog", "There is one folder too many: blog.", ""],
    ["html", "og-gen html needs the folder of the built site.", "og-gen html dist"],
    ["html nowhere", "cannot be read", ""],
    ["nowhere", "nowhere", ""],
    ["--inject", "--inject is for built HTML only.", "og-gen html dist --inject"],
    ["--dry-run --check", "--dry-run and --check exclude each other.", ""],
    ["--quiet --verbose", "--quiet and --verbose exclude each other.", ""],
    ["--no-cache --cache-dir x", "--no-cache and --cache-dir exclude each other.", ""],
  ])("og-gen %s", async (args, message, hint) => {
    const root = await project(POSTS);
    const { code, stdout, stderr } = await og(root, args);
    expect(stderr).toMatch(/^error E_/);
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });

  test("a wrong configuration", async () => {
    const root = await project({ ...POSTS, "og.config.json": '{ "templat": "minimal" }' });
    const { code, stderr } = await og(root, "");
    expect(code).toBe(2);
    expect(stderr).toContain("There is no option `templat`.");
    expect(stderr).toContain("og.config.json");
    expect(stderr).toContain("template");
  });

  test("no content folder", async () => {
    const root = await project();
    const { code, stderr } = await og(root, "");
    expect(code).toBe(2);
    expect(stderr).toContain(`There is no folder \`content\` or \`src/content\` in ${root}.`);
    expect(stderr).toContain("og-gen docs");
  });
});

test("--help shows every option in lines of 80 characters at most", async () => {
  const { code, stdout, stderr } = await og("/", "--help");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  for (const { name, short } of FLAG_LIST) expect(stdout).toContain(short ? `-${short}, --${name}` : `    --${name}`);
  expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
});

test("--help helps whatever else is there", async () => {
  expect((await og("/", "a b --dry-run --check -h")).code).toBe(0);
});

test("--version is that of the package", async () => {
  expect(version()).toMatch(/^\d+\.\d+\.\d+/);
  expect(await og("/", "-v")).toEqual({ code: 0, stdout: `${version()}\n`, stderr: "" });
});

describe("--json", () => {
  test.each([
    ["--json", { json: "-", dir: undefined }],
    ["--json docs", { json: "-", dir: "docs" }],
    ["--json out.json docs", { json: "out.json", dir: "docs" }],
    ["docs --json out.json", { json: "out.json", dir: "docs" }],
    ["--json=out.txt docs", { json: "out.txt", dir: "docs" }],
    ["--json - docs", { json: "-", dir: "docs" }],
    ["--json --quiet", { json: "-", dir: undefined }],
    ["-- --json", { json: undefined, dir: "--json" }],
  ])("og-gen %s", (line, expected) => {
    const { flags, dir } = parseArguments(line.split(" ")) as MakeArguments;
    expect({ json: flags.json, dir }).toEqual(expected);
  });
});

test("a content folder may be called html", () => {
  expect(parseArguments(["./html"])).toMatchObject({ command: "markdown", dir: "./html" });
  expect(parseArguments(["html", "dist"])).toMatchObject({ command: "html", dir: "dist" });
});
