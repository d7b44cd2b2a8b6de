import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { expand } from "../src/compose/expand.ts";
import { h } from "../src/compose/jsx-runtime.ts";
import { pick } from "../src/compose/pick.ts";
import { builtInTemplates, createTemplateLoader, type LoadedTemplate, type TemplatePlaces } from "../src/compose/template.ts";
import { resolveTheme } from "../src/compose/theme.ts";
import { OgError } from "../src/error.ts";
import type { Template, TemplateInput } from "../src/types.ts";

const ROOT = fileURLToPath(new URL("../../../fixtures/templates/", import.meta.url));
const INPUT: TemplateInput = {
  page: { id: "a", title: "Hello", tags: [], data: {} },
  theme: resolveTheme(),
  size: { width: 1200, height: 630 },
  variant: "og",
  dir: "ltr",
};

function loader(templates: TemplatePlaces["templates"] = {}, root = ROOT) {
  return createTemplateLoader({ root, templates });
}

/** A project with these files, for the time of the test. */
async function project(files: Record<string, string>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "og-gen-template-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return root;
}

async function refusal(loading: Promise<LoadedTemplate>): Promise<OgError> {
  const thrown: unknown = await loading.then(
    ({ name }) => new Error(`${name} was loaded.`),
    (error: unknown) => error,
  );
  if (thrown instanceof OgError) return thrown;
  throw thrown;
}

async function drawnBy({ template }: LoadedTemplate) {
  return expand(template(INPUT));
}

describe("the configuration asks for", () => {
  test("a built-in one, by its name", async () => {
    expect(builtInTemplates()).toEqual(expect.arrayContaining(["article", "minimal", "photo"]));
    const root = await project({});
    for (const name of builtInTemplates()) {
      const loaded = await loader({}, root).configured(name);
      expect(loaded.name).toBe(name);
      expect(await drawnBy(loaded)).toMatchObject({ type: "div" });
    }
  });

  test("a function", async () => {
    const card: Template = () => h("p", null, "x");
    expect(await loader().configured(card)).toEqual({ name: "card", template: card });
    expect((await loader().configured(() => h("p"))).name).toBe("template");
  });

  test.each(["./og/hello.tsx", "og/hello.tsx", "hello", join(ROOT, "og/hello.tsx")])("a file: %s", async (wanted) => {
    const loaded = await loader().configured(wanted);
    expect(loaded.name).toBe("og/hello.tsx");
    expect(await drawnBy(loaded)).toEqual({ type: "h1", props: { children: ["HELLO!"] } });
  });

  test("a file outside og/", async () => {
    expect((await loader().configured("./outside.tsx")).name).toBe("outside.tsx");
  });

  test("a module that waits, and a template that does", async () => {
    expect(await drawnBy(await loader().configured("./og/later.mjs"))).toEqual({ type: "p", props: { children: ["Hello, Hello"] } });
  });

  test("JSX of every kind", async () => {
    expect(await drawnBy(await loader().configured("spread"))).toMatchObject({
      props: {
        children: [
          { type: "li", props: { children: ["a"] } },
          { type: "p", props: { lang: "en", children: ["b"] } },
        ],
      },
    });
  });

  describe.each([
    ["says nothing", {}],
    ["is of ES modules", { "package.json": '{"type": "module"}' }],
  ])("JSX where the package %s", (_says, files: Record<string, string>) => {
    test.each([
      [
        "card.jsx",
        "import { Box } from './box.jsx'; import { Line } from './line'; export default ({ page }) => <Box><Line text={page.title} /></Box>;",
      ],
      ["card.js", "export default ({ page }) => <div>{page.title}</div>;"],
      ["card.tsx", "export default ({ page }: { page: { title: string } }) => <div>{page.title}</div>;"],
    ])("in %s", async (file, code) => {
      const box = "export const Box = ({ children }) => <div>{children}</div>;";
      const line = "export const Line = ({ text }: { text: string }) => text;";
      const root = await project({ ...files, [`og/${file}`]: code, "og/box.jsx": box, "og/line.tsx": line });
      expect(await drawnBy(await loader({}, root).configured("card"))).toEqual({ type: "div", props: { children: ["Hello"] } });
    });
  });

  test("a name of its own", async () => {
    const card: Template = () => h("p");
    const templates = { card, alias: "card", file: "./og/hello.tsx", article: "./og/article.tsx", self: "self", photo: "photo" };
    expect((await loader(templates).configured("card")).template).toBe(card);
    expect((await loader(templates).configured("alias")).template).toBe(card);
    expect((await loader(templates).configured("file")).name).toBe("og/hello.tsx");
    expect((await loader(templates).configured("article")).name).toBe("og/article.tsx");
    expect((await loader(templates).configured("photo")).name).toBe("photo");
    expect((await refusal(loader(templates).configured("self"))).message).toBe("There is no template `self`.");
  });

  test("a file in og/ takes the place of the built-in one with its name, for the configuration and for pages", async () => {
    expect((await loader().configured("article")).name).toBe("og/article.tsx");
    expect((await loader().requested("article")).name).toBe("og/article.tsx");
    expect((await loader({ article: "./outside.tsx" }).requested("article")).name).toBe("outside.tsx");
    expect((await loader({}, await project({})).requested("article")).name).toBe("article");
  });

  test("several, of which a page gets the same each time, under a name too", async () => {
    const names = ["minimal", "photo", "./og/hello.tsx"];
    const { configured, requested } = loader({ test: names });
    const chosen = new Map<string, number>();
    for (let n = 0; n < 60; n++) {
      const page = { id: `blog/${n}` };
      const { name } = await configured(names, page);
      expect(name).toBe(pick(page, names).replace("./", ""));
      expect((await configured(names.toReversed(), page)).name).toBe(name);
      expect((await requested("test", page)).name).toBe(name);
      chosen.set(name, (chosen.get(name) ?? 0) + 1);
    }
    expect([...chosen.keys()].toSorted()).toEqual(["minimal", "og/hello.tsx", "photo"]);
  });

  test("each file once", async () => {
    const { configured, requested } = loader({ mine: "./og/hello.tsx" });
    const [a, b, c] = await Promise.all([configured("./og/hello.tsx"), configured("mine"), requested("hello")]);
    expect(b).toBe(a);
    expect(c).toBe(a);
  });
});

describe("a page may ask for", () => {
  test.each([
    ["a built-in one", "minimal", "minimal"],
    ["one that the project has replaced", "article", "og/article.tsx"],
    ["a name of the configuration", "outside", "outside.tsx"],
    ["a name of the configuration that looks like a path", "blog/post", "outside.tsx"],
    ["one that looks like a file", "post.tsx", "outside.tsx"],
    ["a name in og/", "hello", "og/hello.tsx"],
    ["a path in og/", "./og/hello.tsx", "og/hello.tsx"],
    ["the same by a detour", "og/parts/../hello.tsx", "og/hello.tsx"],
    ["the same from the root of the disk", join(ROOT, "og/hello.tsx"), "og/hello.tsx"],
  ])("%s: %s", async (_, wanted, name) => {
    const names = { outside: "./outside.tsx", "blog/post": "./outside.tsx", "post.tsx": "./outside.tsx" };
    expect((await loader(names).requested(wanted)).name).toBe(name);
  });

  test.each([
    "./outside.tsx",
    "outside.tsx",
    "../templates/outside.tsx",
    "og/../outside.tsx",
    "./og/../../templates/outside.tsx",
    join(ROOT, "outside.tsx"),
    "/etc/passwd.js",
    "..\\outside.tsx",
    "ogre/outside.tsx",
    "file:///etc/hosts.mjs",
    "https://example.com/card.mjs",
    "@scope/package",
  ])("no other file: %s", async (wanted) => {
    const error = await refusal(loader().requested(wanted));
    expect(error).toMatchObject({
      code: "E_TEMPLATE",
      message: `A page may not name the file \`${wanted}\` as its template: it lies outside the project's folder og/.`,
      hint: "Move it to og/, or give it a name under `templates` in og.config.",
    });
  });

  test("what the project itself links into og/", async () => {
    const root = await project({ "shared/card.mjs": "export default () => 'shared';" });
    await mkdir(join(root, "og"));
    await symlink("../shared/card.mjs", join(root, "og/card.mjs"));
    expect(await drawnBy(await loader({}, root).requested("./og/card.mjs"))).toMatchObject({ props: { children: ["shared"] } });
  });
});

describe("a template that is not there", () => {
  test.each(["constructor", "__proto__", "toString", "..", ".", "zzzzzz"])("%j", async (wanted) => {
    for (const { configured, requested } of [loader(), loader({ own: "minimal" })]) {
      expect(await refusal(configured(wanted))).toMatchObject({ code: "E_TEMPLATE", message: `There is no template \`${wanted}\`.` });
      expect(await refusal(requested(wanted))).toMatchObject({
        hint: expect.stringMatching(/^Known are .*article.*; a path starts with \.\/\.?$/),
      });
    }
  });

  test("the nearest name is the hint", async () => {
    expect(await refusal(loader().configured("artcle"))).toMatchObject({
      message: "There is no template `artcle`.",
      hint: "Did you mean `article`?",
    });
    expect((await refusal(loader({ release: "minimal" }).requested("relaese"))).hint).toBe("Did you mean `release`?");
    expect((await refusal(loader().requested("helo"))).hint).toBe("Did you mean `hello`?");
  });

  test("a file", async () => {
    expect(await refusal(loader().configured("./og/missing.tsx"))).toMatchObject({
      code: "E_TEMPLATE",
      message: "There is no template at og/missing.tsx.",
      hint: "Paths start at the project's folder.",
      file: join(ROOT, "og/missing.tsx"),
    });
  });

  test("a file whose extension was left out", async () => {
    expect(await refusal(loader().configured("./og/hello"))).toMatchObject({
      message: "There is no template at og/hello.",
      hint: "Did you mean og/hello.tsx?",
    });
  });

  test("a folder", async () => {
    expect(await refusal(loader().configured("./og"))).toMatchObject({ code: "E_TEMPLATE", message: "There is no template at og." });
  });

  test.each([
    { a: "b", b: "a" },
    { a: "b", b: "c", c: "b" },
  ])("names that lead in a circle: %j", async (templates) => {
    expect(await refusal(loader(templates).configured("a"))).toMatchObject({
      code: "E_TEMPLATE",
      message: expect.stringMatching(/leads? back to itself/),
    });
  });
});

describe("a file that cannot be used", () => {
  async function loadingOf(content: string, name = "card.tsx", more: Record<string, string> = {}): Promise<OgError> {
    const root = await project({ [`og/${name}`]: content, ...more });
    const error = await refusal(loader({}, root).configured(`./og/${name}`));
    expect(error).toMatchObject({ code: "E_TEMPLATE" });
    expect(error.message).not.toContain("\n");
    expect(error.file?.startsWith(root)).toBe(true);
    return error;
  }

  test.each([
    ["nothing", ""],
    ["no default export", "export const Card = () => null;"],
    ["a default export that is no function", "export default { card: () => null };"],
    ["an element", "export default <p>Hello</p>;"],
  ])("%s", async (_, content) => {
    expect(await loadingOf(content)).toMatchObject({
      message: "The template og/card.tsx has no default export that is a function.",
      hint: "Write `export default function Card({ page, theme, size }: TemplateInput) { … }`.",
    });
  });

  test("a syntax error, with its place", async () => {
    const error = await loadingOf("export default function Card() {\n  return <div>{a b}</div>;\n}\n");
    expect(error.message).toMatch(/^The template og\/card\.tsx cannot be loaded: Unexpected token/);
    expect(error).toMatchObject({ line: 2, file: expect.stringMatching(/card\.tsx$/) });
    expect(error.column).toBeGreaterThan(10);
  });

  test("a syntax error in a helper: the helper is the file", async () => {
    const error = await loadingOf('import { a } from "./helper";\nexport default () => a;', "card.tsx", {
      "og/helper.ts": "export const a = {\n  b: 1,,\n};\n",
    });
    expect(error).toMatchObject({ line: 2, file: expect.stringMatching(/helper\.ts$/) });
  });

  test.each([
    ["./nowhere", "Cannot find module './nowhere'"],
    ["no-such-package", "Cannot find module 'no-such-package'"],
  ])("an import of %s that is not there", async (specifier, words) => {
    expect((await loadingOf(`import x from "${specifier}";\nexport default () => x;`)).message).toBe(
      `The template og/card.tsx cannot be loaded: ${words}.`,
    );
  });

  test.each([
    ["an error", 'throw new Error("boom");', "boom"],
    ["a text", 'throw "boom";', "boom"],
    ["an error, later", 'await Promise.reject(new Error("boom"));', "boom"],
    ["a sentence", 'throw new Error("Boom.");', "Boom"],
    ["an error of the engine", "nope();", "nope is not defined"],
  ])("it throws %s", async (_, content, words) => {
    expect((await loadingOf(`${content}\nexport default () => null;`, "card.mjs")).message).toBe(
      `The template og/card.mjs cannot be loaded: ${words}.`,
    );
  });

  test("the other templates load all the same", async () => {
    const root = await project({ "og/bad.tsx": "(", "og/good.tsx": "export default () => <p>good</p>;" });
    const { configured } = loader({}, root);
    const [bad, good] = await Promise.allSettled([configured("bad"), configured("good")]);
    expect(bad.status).toBe("rejected");
    expect(good.status).toBe("fulfilled");
  });
});

describe("from run to run", () => {
  test("an edited template and an edited helper are seen", async () => {
    const root = await project({
      "og/card.tsx": 'import { word } from "./word";\nexport default () => <p>{word}</p>;',
      "og/word.ts": 'export const word = "one";',
    });
    const draw = async () => drawnBy(await loader({}, root).configured("card"));
    expect(await draw()).toMatchObject({ props: { children: ["one"] } });
    await writeFile(join(root, "og/word.ts"), 'export const word = "two";');
    expect(await draw()).toMatchObject({ props: { children: ["two"] } });
    await writeFile(join(root, "og/card.tsx"), "export default () => <p>three</p>;");
    expect(await draw()).toMatchObject({ props: { children: ["three"] } });
  });

  test("an edited .mjs template and its edited helper are seen", async () => {
    const root = await project({
      "og/card.mjs": 'import { word } from "./word.ts";\nexport default () => word;',
      "og/word.ts": 'export const word = "one";',
    });
    const draw = async () => drawnBy(await loader({}, root).configured("./og/card.mjs"));
    expect(await draw()).toMatchObject({ props: { children: ["one"] } });
    await writeFile(join(root, "og/word.ts"), 'export const word = "two";');
    expect(await draw()).toMatchObject({ props: { children: ["two"] } });
    for (const word of ["three", "four"]) {
      await writeFile(join(root, "og/card.mjs"), `export default () => "${word}";`);
      expect(await draw()).toMatchObject({ props: { children: [word] } });
    }
  });

  test("several templates at once share a helper, and none is half loaded", async () => {
    const names = Array.from({ length: 8 }, (_, n) => `t${n}`);
    const files = names.map(
      (name) =>
        [
          `og/${name}.tsx`,
          'import { word } from "./word";\nimport { again } from "./again";\nexport default () => <p>{word + again()}</p>;',
        ] as const,
    );
    const root = await project({
      ...Object.fromEntries(files),
      "og/word.ts": 'import { again } from "./again";\nexport const word = "w";\nexport const both = () => word + again();',
      "og/again.ts": 'import { word } from "./word";\nexport const again = () => word;',
    });
    const { configured } = loader({}, root);
    const drawn = await Promise.all(names.map(async (name) => drawnBy(await configured(name))));
    expect(drawn).toEqual(names.map(() => ({ type: "p", props: { children: ["ww"] } })));
  });

  test("a path with spaces, accents and signs", async () => {
    const root = await project({
      "og/card.tsx": 'import { word } from "./word";\nexport default () => <p>{word}</p>;',
      "og/word.ts": 'export const word = "well";',
    });
    const odd = join(root, "My sité #1 (50%) 日本");
    await mkdir(odd);
    await rename(join(root, "og"), join(odd, "og"));
    expect(await drawnBy(await loader({}, odd).configured("./og/card.tsx"))).toMatchObject({ props: { children: ["well"] } });
  });
});
