import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { CONFIG_FILES, defineConfig, loadConfig } from "../src/config.ts";
import { OgError } from "../src/error.ts";

/** A project with these files, for the time of the test. */
async function project(files: Record<string, string>, folder = ""): Promise<string> {
  const temporary = await mkdtemp(join(tmpdir(), "og-gen-config-"));
  onTestFinished(() => rm(temporary, { recursive: true, force: true }));
  const root = join(temporary, folder);
  await mkdir(root, { recursive: true });
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return root;
}

async function refusal(loading: Promise<unknown>): Promise<OgError> {
  const thrown: unknown = await loading.then(
    () => new Error("It was loaded."),
    (error: unknown) => error,
  );
  if (thrown instanceof OgError) return thrown;
  throw thrown;
}

const SITE = "https://example.com";
/** Vitest would read TypeScript itself. */
const BUILT = new URL("../dist/command.js", import.meta.url).href;
const MODULE = `export default { site: "${SITE}" };`;

describe("a configuration file", () => {
  test.each([
    [
      "og.config.ts",
      `import { defineConfig, type Config } from "@og-gen/core";\nconst config: Config = { site: "${SITE}" as string };\nexport default defineConfig(config);`,
    ],
    ["og.config.tsx", `import { defineConfig } from "@og-gen/core";\nexport default defineConfig({ site: "${SITE}" });`],
    ["og.config.mjs", `import { defineConfig } from "@og-gen/core";\nexport default defineConfig({ site: "${SITE}" });`],
    ["og.config.js", MODULE],
    ["og.config.js", `module.exports = { site: "${SITE}" };`],
    ["og.config.json", `{ "site": "${SITE}" }`],
    ["og.config.json", `\uFEFF{ "site": "${SITE}" }`],
  ])("%s: %j", async (name, content) => {
    const root = await project({ [name]: content });
    expect(await loadConfig(root)).toEqual({ config: { site: SITE }, file: join(root, name), root });
  });

  test("there need not be one", async () => {
    const root = await project({});
    expect(await loadConfig(root)).toEqual({ config: {}, file: undefined, root });
  });

  test("the first of several is read", async () => {
    const root = await project(
      Object.fromEntries(CONFIG_FILES.map((name) => [name, name.endsWith(".json") ? "{}" : "export default {};"])),
    );
    for (const name of CONFIG_FILES) {
      expect((await loadConfig(root)).file).toBe(join(root, name));
      await rm(join(root, name));
    }
    expect((await loadConfig(root)).file).toBeUndefined();
  });

  test("another one can be named, and its folder is the root", async () => {
    const root = await project({ "og.config.ts": "throw new Error('not this one')", "site/cards.mjs": MODULE });
    const expected = { config: { site: SITE }, file: join(root, "site/cards.mjs"), root: join(root, "site") };
    expect(await loadConfig(root, "site/cards.mjs")).toEqual(expected);
    expect(await loadConfig("/", join(root, "site/cards.mjs"))).toEqual(expected);
  });

  test("a relative root is one from the working directory", async () => {
    const root = await project({ "og.config.json": "{}" });
    expect(await loadConfig(relative(process.cwd(), root))).toMatchObject({ root, file: join(root, "og.config.json") });
  });

  test("it may import helpers, without their extension, and draw JSX", async () => {
    const root = await project({
      "og.config.tsx": `
        import { defineConfig } from "@og-gen/core";
        import { brand } from "./src/brand";
        import card from "./src/card";
        import data from "./src/data.json";
        export default defineConfig({
          theme: { siteName: data.name, colors: { brand } },
          template: card,
          rules: [{ match: "**", template: ({ page }) => <p lang="en">{page.title}</p> }],
        });`,
      "src/brand.ts": "enum Hue { Red }\nexport const brand: string = Hue.Red === 0 ? '#ff0000' : '';",
      "src/card.tsx": "export default function Card() { return <div>card</div>; }",
      "src/data.json": '{ "name": "Larder" }',
    });
    const { config } = await loadConfig(root);
    expect(config.theme).toEqual({ siteName: "Larder", colors: { brand: "#ff0000" } });
    expect((config.template as { readonly name: string }).name).toBe("Card");
    const template = config.rules?.[0]?.template as (input: unknown) => unknown;
    expect(template({ page: { title: "Hello" } })).toMatchObject({ type: "p", props: { lang: "en", children: "Hello" } });
  });

  const MODULES = { "package.json": '{ "type": "module" }' };

  test.each([
    [
      "og.config.ts",
      `import type { Config } from "@og-gen/core";\nconst config: Config = { site: "${SITE}" as string };\nexport default config;`,
      false,
    ],
    ["og.config.js", MODULE, false],
    ["og.config.mjs", MODULE, false],
    ["og.config.ts", `import { site } from "./site";\nexport default { site };`, true],
    ["og.config.ts", `enum Site { one = "${SITE}" }\nexport default { site: Site.one };`, true],
    ["og.config.tsx", `const { site } = (<a site="${SITE}" />).props;\nexport default { site };`, true],
  ])("in a package of modules, %s: %j is transpiled: %j", async (name, content, isTranspiled) => {
    const root = await project({ ...MODULES, [name]: content, "site.ts": `export const site = "${SITE}";` });
    const code = `
      import { createRequire } from "node:module";
      import { loadConfig } from ${JSON.stringify(BUILT)};
      const { config } = await loadConfig(${JSON.stringify(root)});
      const loaded = Object.keys(createRequire(import.meta.url).cache);
      console.log(JSON.stringify([config, loaded.some((path) => path.includes("jiti"))]));`;
    const output = execFileSync(process.execPath, ["--input-type=module", "--eval", code], { encoding: "utf8" });
    expect(JSON.parse(output)).toEqual([{ site: SITE }, isTranspiled]);
  });

  test("in a package that says nothing of modules, it is read without a warning", async () => {
    const root = await project({ "package.json": "{}", "og.config.ts": MODULE });
    const code = `
      import { loadConfig } from ${JSON.stringify(BUILT)};
      process.on("warning", ({ message }) => console.log(message));
      console.log((await loadConfig(${JSON.stringify(root)})).config.site);`;
    expect(execFileSync(process.execPath, ["--input-type=module", "--eval", code], { encoding: "utf8" }).trim()).toBe(SITE);
  });

  test("it may wait", async () => {
    const root = await project({ "og.config.mjs": `const site = await Promise.resolve("${SITE}");\nexport default { site };` });
    expect((await loadConfig(root)).config).toEqual({ site: SITE });
  });

  test("it may use the project's packages", async () => {
    const root = await project({
      "og.config.ts": 'import { brand } from "brand";\nexport default { theme: { colors: { brand } } };',
      "node_modules/brand/package.json": '{ "name": "brand", "version": "1.0.0", "type": "module", "exports": "./index.js" }',
      "node_modules/brand/index.js": 'export const brand = "#00ff00";',
    });
    expect((await loadConfig(root)).config).toEqual({ theme: { colors: { brand: "#00ff00" } } });
  });

  test.each(["with spaces", "sité-日本語", "50% #1 (copy)", "quote's & [brackets]"])("in a folder %s", async (folder) => {
    const root = await project(
      {
        "og.config.ts": 'import { site } from "./src/site";\nexport default { site };',
        "src/site.ts": `export const site: string = "${SITE}";`,
      },
      folder,
    );
    expect(await loadConfig(root)).toEqual({ config: { site: SITE }, file: join(root, "og.config.ts"), root });
  });

  test.each(["og.config.ts", "og.config.mjs", "og.config.json"])("%s: an edit is seen by the next load", async (name) => {
    const content = (site: string) => (name.endsWith("json") ? JSON.stringify({ site }) : `export default { site: "${site}" };`);
    const root = await project({ [name]: content("https://one.example") });
    expect((await loadConfig(root)).config.site).toBe("https://one.example");
    await writeFile(join(root, name), content("https://two.example"));
    expect((await loadConfig(root)).config.site).toBe("https://two.example");
  });

  test("an edit of a helper, too, and so is the correction of a mistake", async () => {
    const root = await project({
      "og.config.ts": 'import { site } from "./site";\nexport default { site };',
      "site.ts": "export const site = (;",
    });
    expect((await refusal(loadConfig(root))).code).toBe("E_CONFIG");
    await writeFile(join(root, "site.ts"), `export const site = "${SITE}";`);
    expect((await loadConfig(root)).config.site).toBe(SITE);
    await writeFile(join(root, "site.ts"), 'export const site = "https://two.example";');
    expect((await loadConfig(root)).config.site).toBe("https://two.example");
  });

  test("defineConfig gives back what it got", () => {
    const config = { site: SITE };
    expect(defineConfig(config)).toBe(config);
  });
});

describe("a configuration file that cannot be used", () => {
  async function errorOf(name: string, content: string): Promise<OgError> {
    const root = await project({ [name]: content });
    const error = await refusal(loadConfig(root));
    expect(error.file).toBe(join(root, name));
    expect(error.message).not.toContain("\n");
    return error;
  }

  test("one that was named and is not there", async () => {
    const root = await project({});
    expect(await refusal(loadConfig(root, "og.confg.ts"))).toMatchObject({
      code: "E_CONFIG",
      message: `There is no configuration file at ${join(root, "og.confg.ts")}.`,
      hint: "Check the path after --config.",
    });
  });

  test.each(["og.config.cjs", "og.config.mts", "og.config.yaml"])("one that has another name: %s", async (name) => {
    expect(await errorOf(name, "")).toMatchObject({
      code: "E_CONFIG",
      message: `There is a configuration ${name}, but no file of that name is read.`,
      hint: "Make it one of og.config.ts, og.config.tsx, og.config.mjs, og.config.js, og.config.json.",
    });
  });

  test("another name does not matter beside the one that is read", async () => {
    const root = await project({ "og.config.yaml": "", "og.config.d.ts": "", "og.config.json": `{ "site": "${SITE}" }` });
    expect((await loadConfig(root)).config.site).toBe(SITE);
    expect((await loadConfig(await project({ "og.config.d.ts": "" }))).file).toBeUndefined();
  });

  test.each(["", "export const site = 1;", "const config = {};"])("no default export: %j", async (content) => {
    expect(await errorOf("og.config.ts", content)).toMatchObject({
      code: "E_CONFIG",
      message: "The configuration file has no default export.",
      hint: "Write `export default defineConfig({ … })`.",
    });
  });

  test("a syntax error, with its place", async () => {
    const error = await errorOf("og.config.ts", "export default {\n  site: 'a',,\n};\n");
    expect(error).toMatchObject({ code: "E_CONFIG", line: 2, column: 13 });
    expect(error.message).toBe("The configuration cannot be loaded: Unexpected token.");
  });

  test.each(["{", "{ site: 'x' }", '{ "site": "x", }', ""])("JSON that is none: %j", async (content) => {
    const error = await errorOf("og.config.json", content);
    expect(error.code).toBe("E_CONFIG");
    expect(error.message).toMatch(/^The configuration cannot be loaded: /);
  });

  test.each([
    ["an error", 'throw new Error("no token");', "no token"],
    ["an error, later", 'await Promise.reject(new Error("no token"));', "no token"],
    ["a text", 'throw "no token";', "no token"],
    ["nothing", "throw undefined;", "undefined"],
    ["an import of nothing", 'import "./nowhere";', "Cannot find module './nowhere'"],
  ])("it throws %s", async (_, content, words) => {
    expect(await errorOf("og.config.mjs", `${content}\nexport default {};`)).toMatchObject({
      code: "E_CONFIG",
      message: `The configuration cannot be loaded: ${words}.`,
    });
  });

  test.each([
    ["undefined", "undefined"],
    ["null", "null"],
    ["[]", "a list"],
    ["async () => ({})", "a function"],
    ["Promise.resolve({})", "a promise"],
  ])("its default export is %s", async (content, shown) => {
    expect(await errorOf("og.config.mjs", `export default ${content};`)).toMatchObject({
      code: "E_OPTION",
      message: `The configuration is ${shown}; it must be an object.`,
    });
  });

  test("an option that does not exist", async () => {
    expect(await errorOf("og.config.json", '{ "theme": { "colours": {} } }')).toMatchObject({
      code: "E_OPTION",
      message: "There is no option `theme.colours`.",
      hint: "Did you mean `theme.colors`?",
    });
  });
});
