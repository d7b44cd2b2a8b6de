import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { samplePage } from "../src/contact-sheet/sample.ts";
import { expand } from "../src/compose/expand.ts";
import { listTemplates } from "../src/compose/list-templates.ts";
import { ejectTemplate } from "../src/compose/template-source.ts";
import { builtInTemplates, createTemplateLoader, type LoadedTemplate } from "../src/compose/template.ts";
import { resolveTheme } from "../src/compose/theme.ts";
import type { TemplateInput } from "../src/types.ts";

async function project(files: Record<string, string> = {}): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "og-gen-list-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return root;
}

describe("the list of templates", () => {
  test("has every built-in one, each with its purpose in one sentence", async () => {
    const listed = listTemplates({ root: await project(), templates: {} });
    expect(listed.map(({ name }) => name)).toEqual(builtInTemplates());
    for (const { from, purpose } of listed) {
      expect(from).toBe("built-in");
      expect(purpose).toMatch(/^[A-Z][^\n]{10,140}\.$/);
    }
    expect(listed.find(({ name }) => name === "minimal")?.purpose).toBe("The headline and nothing that competes with it.");
  });

  test("begins with the project's own, which stand in for built-in ones of their name", async () => {
    const root = await project({
      "og/docs.tsx": "/**\n * A page of the\n * manual. More of it.\n * @param input the page\n */\nexport default function Docs() {}",
      "og/photo.mjs": "const card = () => null;\nexport { card as default };",
      "og/photo.tsx": "/** Ours @see photo */ export default () => null;",
      "og/parts.ts": "/** Not a card. */ export const part = 1;",
      "og/parts/deep.tsx": "export default () => null;",
      "og/notes.md": "export default",
    });
    const listed = listTemplates({ root, templates: { news: ["minimal", "photo"], short: "./a.tsx", own: () => null as never } });
    const others = builtInTemplates().filter((name) => name !== "docs" && name !== "photo");
    expect(listed.slice(0, -others.length)).toEqual([
      { name: "news", from: "og.config", purpose: "One of minimal, photo" },
      { name: "short", from: "og.config", purpose: "./a.tsx" },
      { name: "own", from: "og.config", purpose: undefined },
      { name: "docs", from: "og/docs.tsx", purpose: "A page of the manual." },
      { name: "photo", from: "og/photo.tsx", purpose: "Ours" },
    ]);
    expect(listed.slice(-others.length).map(({ name }) => name)).toEqual(others);
  });
});

describe("an ejected template", () => {
  const inputs = (["light", "dark"] as const).flatMap((mode) =>
    (["ltr", "rtl"] as const).map((dir): TemplateInput => ({
      page: samplePage("en", dir, "article"),
      theme: resolveTheme({ mode, siteName: "Tideline", logo: "logo.svg" }),
      size: { width: 1200, height: 630 },
      variant: "og",
      dir,
    })),
  );
  const drawnBy = ({ template }: LoadedTemplate) => Promise.all(inputs.map(async (input) => expand(await template(input))));

  test.each(builtInTemplates())("%s takes the place of the built-in one and draws what that draws", async (name) => {
    const root = await project({ [`og/${name}.tsx`]: ejectTemplate(name) });
    const ejected = await createTemplateLoader({ root, templates: {} }).configured(name);
    const builtIn = await createTemplateLoader({ root: await project(), templates: {} }).configured(name);
    expect([ejected.name, builtIn.name]).toEqual([`og/${name}.tsx`, name]);
    expect(await drawnBy(ejected)).toEqual(await drawnBy(builtIn));
  });

  test.each(builtInTemplates())("%s imports nothing but the public modules", (name) => {
    const source = ejectTemplate(name);
    expect(source).toMatch(/^\/\*\* @jsxImportSource @og-gen\/core \*\/\nimport /);
    const modules = [...source.matchAll(/\b(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(([, module]) => module);
    expect(modules.toSorted()).toEqual([...new Set(modules)].toSorted());
    for (const module of modules) expect(["@og-gen/core", "@og-gen/core/components"]).toContain(module);
  });

  test("has a name that is known", () => {
    expect(() => ejectTemplate("artcle")).toThrow(
      expect.objectContaining({
        code: "E_TEMPLATE",
        message: "There is no built-in template `artcle`.",
        hint: "Did you mean `article`?",
      }),
    );
    expect(() => ejectTemplate("../compose/fallback")).toThrow(/There is no built-in template/);
  });
});
