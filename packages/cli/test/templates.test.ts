import { existsSync } from "node:fs";
import { link, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { builtInTemplates } from "@og-gen/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { og, POSTS, project } from "./og.ts";

const CARD = 'export default ({ size }) => <div style={{ display: "flex", ...size, backgroundColor: "#123456" }} />;';

/** What the built-in templates draw is painted once for all tests. */
let store: string;
beforeAll(async () => {
  store = await mkdtemp(join(tmpdir(), "og-gen-cli-store-"));
});
afterAll(() => rm(store, { recursive: true, force: true }));

describe("og-gen templates", () => {
  test("writes a picture of all templates and says where it is", async () => {
    const root = await project({ "og/own.tsx": CARD });
    const { code, stdout, stderr } = await og(root, `templates --cache-dir ${store}`);
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: `${builtInTemplates().length + 1} templates → og-templates.png\n`,
      stderr: "",
    });
    expect((await readFile(join(root, "og-templates.png"))).subarray(1, 4).toString()).toBe("PNG");
    expect(existsSync(join(root, "public"))).toBe(false);
  });

  test("in the format of the file's name, in a folder that is made", async () => {
    const root = await project();
    expect((await og(root, `templates --cache-dir ${store} --out docs/img/all.webp`)).stdout).toMatch(/ → docs\/img\/all\.webp\n$/);
    expect((await readFile(join(root, "docs/img/all.webp"))).subarray(8, 12).toString()).toBe("WEBP");
  });

  test("tells of a template that fails, and exits with 1", async () => {
    const root = await project({ "og/own.tsx": 'export default () => { throw new Error("boom"); };' });
    const { code, stderr } = await og(root, `templates --cache-dir ${store}`);
    expect(code).toBe(1);
    expect(stderr).toContain("error E_TEMPLATE: The template og/own.tsx threw: boom.\n  at own\n");
    expect(existsSync(join(root, "og-templates.png"))).toBe(true);
  });
});

test("og-gen templates list says the name, the origin and the purpose of each", async () => {
  const root = await project({
    "og/own.tsx": `/** Our own. */\n${CARD}`,
    "og.config.json": '{ "templates": { "news": ["own", "minimal"] } }',
  });
  const { code, stdout } = await og(root, "templates list");
  const lines = stdout.trimEnd().split("\n");
  expect(code).toBe(0);
  expect(lines).toHaveLength(builtInTemplates().length + 2);
  expect(lines[0]).toMatch(/^news +og\.config +One of own, minimal$/);
  expect(lines[1]).toMatch(/^own +og\/own\.tsx +Our own\.$/);
  expect(stdout).toMatch(/^minimal +built-in +The headline and nothing that competes with it\.$/m);
});

describe("og-gen templates eject", () => {
  test("copies a template into og/, and the project's pages are drawn with it", async () => {
    const root = await project({ ...POSTS });
    expect(await og(root, "templates eject minimal")).toEqual({
      code: 0,
      stdout: "minimal → og/minimal.tsx\nIt is used in place of the built-in `minimal`: change what you like.\n",
      stderr: "",
    });
    expect((await og(root, "--dry-run --template minimal")).stdout).toContain("(og/minimal.tsx)");
    expect((await og(root, "--template minimal")).code).toBe(0);
  });

  test("where the configuration gives the name to another one, by its path", async () => {
    const root = await project({ "og.config.json": '{ "templates": { "photo": "minimal" } }' });
    expect((await og(root, "templates eject photo")).stdout).toBe('photo → og/photo.tsx\nUse it as `template: "./og/photo.tsx"`.\n');
  });

  test("leaves a file as it is, unless it is forced", async () => {
    const root = await project({ "og/minimal.tsx": "mine" });
    const { code, stderr } = await og(root, "templates eject minimal");
    expect(code).toBe(2);
    expect(stderr).toContain("The file is there already, and was left as it is.\n  at og/minimal.tsx\n  → --force replaces it");
    expect(await readFile(join(root, "og/minimal.tsx"), "utf8")).toBe("mine");
    await link(join(root, "og/minimal.tsx"), join(root, "mine.tsx"));
    expect((await og(root, "templates eject minimal --force --quiet")).stdout).toBe("");
    expect(await readFile(join(root, "og/minimal.tsx"), "utf8")).toContain("@jsxImportSource @og-gen/core");
    expect(await readFile(join(root, "mine.tsx"), "utf8")).toBe("mine");
  });

  test("into another file, by the path from the configuration", async () => {
    const root = await project({ ...POSTS, "site/og.config.json": "{}" });
    const { stdout } = await og(root, "templates eject photo --config site/og.config.json --out site/cards/cover.tsx");
    expect(stdout).toBe('photo → site/cards/cover.tsx\nUse it as `template: "./cards/cover.tsx"`.\n');
    await writeFile(join(root, "site/og.config.json"), '{ "template": "./cards/cover.tsx" }');
    expect((await og(root, "content --dry-run --config site/og.config.json")).stdout).toContain("(cards/cover.tsx)");
  });
});

describe("a command line that makes no sense", () => {
  test.each([
    ["templates lst", "og-gen templates does not know `lst`.", "og-gen templates list"],
    ["templates eject", "og-gen templates eject needs the name of a template.", "og-gen templates eject article"],
    ["templates eject artcle", "There is no built-in template `artcle`.", "Did you mean `article`?"],
    ["templates eject photo minimal", "There is one word too many: minimal.", ""],
    ["templates list photo", "There is one word too many: photo.", ""],
    ["templates --inject", "--inject means nothing to og-gen templates.", "It takes --out, "],
    ["templates list --out x", "--out means nothing to og-gen templates list.", "It takes --config."],
    ["templates --out all.gif", 'The option --out is "all.gif"; it must end in .png, .jpg, .jpeg or .webp.', ""],
  ])("og-gen %s", async (args, message, hint) => {
    const { code, stdout, stderr } = await og(await project(POSTS), args);
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });

  test("a content folder may be called templates", async () => {
    const root = await project({ "templates/hello.md": "---\ntitle: Hello\n---\n" });
    expect((await og(root, "./templates --dry-run")).stdout).toContain("new      hello → public/og/hello.png (article)");
  });
});
