import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { compose, type Composition } from "../src/compose/compose.ts";
import type { Element, HostElement } from "../src/compose/jsx-runtime.ts";
import { resolveTheme } from "../src/compose/theme.ts";
import { OgError } from "../src/error.ts";
import { LIMITS } from "../src/limits.ts";
import type { Page, Template, TemplateInput } from "../src/types.ts";
import { createWatchdog } from "../src/watchdog.ts";

const THEME = resolveTheme({ siteName: "Larder" });
const SIZE = { width: 1200, height: 630 };

function page(id: string, more: Partial<Page> = {}): Page {
  return { id, title: `Title of ${id}`, tags: [], data: {}, file: `/site/content/${id}.md`, ...more };
}

/** Composes with the limits that are usual. */
async function composed(compositions: readonly Composition[], ms: number): Promise<readonly (HostElement | OgError)[]> {
  const watchdog = createWatchdog(ms);
  try {
    return await compose(compositions, ms, LIMITS, watchdog);
  } finally {
    watchdog.close();
  }
}

/** What becomes of one page per template. */
function composeAll(templates: Readonly<Record<string, Template>>, ms = 1_000): Promise<readonly (HostElement | OgError)[]> {
  return composed(
    Object.entries(templates).map(([id, template]) => ({
      page: page(id),
      theme: THEME,
      size: SIZE,
      variant: "og",
      template: { name: `og/${id}.tsx`, template },
    })),
    ms,
  );
}

const THEME_AND_SIZE = { theme: THEME, size: SIZE, variant: "og", dir: "ltr" } as const;
const KNOT: unknown[] = [];
KNOT.push(KNOT);

const fine = ({ page: { title } }: TemplateInput): Element => <p>{title}</p>;
const drawn = (id: string) => ({ type: "p", props: { children: [`Title of ${id}`] } });

describe("what a template is given", () => {
  test("the page, the theme, the size, the variant and the direction", async () => {
    const inputs: TemplateInput[] = [];
    const post = page("post", { lang: "ar" });
    await composed(
      [
        {
          page: post,
          theme: THEME,
          size: { width: 600, height: 600 },
          variant: "square",
          template: {
            name: "t",
            template: (input) => {
              inputs.push(input);
              return <p>x</p>;
            },
          },
        },
      ],
      1_000,
    );
    expect(inputs).toEqual([{ page: post, theme: THEME, size: { width: 600, height: 600 }, variant: "square", dir: "rtl" }]);
  });
});

describe("one bad template costs its own card", () => {
  test("whatever it does", async () => {
    const boom = new TypeError("boom");
    const results = await composeAll(
      {
        first: fine,
        throws: () => {
          throw boom;
        },
        "throws later": async () => {
          await Promise.resolve();
          throw boom;
        },
        second: fine,
        loops: () => {
          for (;;);
        },
        "never settles": () => new Promise<Element>(() => {}),
        "draws data": () => ({ title: "x" }) as never,
        "draws nothing": () => null as never,
        "calls itself": function again({ page: { title } }: TemplateInput): Element {
          return title ? again({ ...THEME_AND_SIZE, page: page(title) }) : <p>never</p>;
        },
        "draws a list that holds itself": () => KNOT as never,
        later: async (input) => fine(input),
        last: fine,
      },
      100,
    );
    const failed = (id: string, code: string, message: unknown) =>
      expect.objectContaining({ code, message, page: id, file: `/site/content/${id}.md` });
    expect(results).toEqual([
      drawn("first"),
      failed("throws", "E_TEMPLATE", "The template og/throws.tsx threw: boom."),
      failed("throws later", "E_TEMPLATE", "The template og/throws later.tsx threw: boom."),
      drawn("second"),
      failed("loops", "E_TEMPLATE_TIMEOUT", "The template og/loops.tsx did not answer within 100 ms."),
      failed("never settles", "E_TEMPLATE_TIMEOUT", "The template og/never settles.tsx did not answer within 100 ms."),
      failed("draws data", "E_TEMPLATE", "An object (title) cannot be drawn, in the template's result."),
      failed("draws nothing", "E_TEMPLATE", "The template returned nothing to draw."),
      failed("calls itself", "E_TEMPLATE", "The template og/calls itself.tsx threw: Maximum call stack size exceeded."),
      failed("draws a list that holds itself", "E_TEMPLATE", "The template nests deeper than 256 elements, in the template's result."),
      drawn("later"),
      drawn("last"),
    ]);
    expect((results[1] as OgError).cause).toBe(boom);
    expect(results.filter((result) => result instanceof OgError)).toHaveLength(8);
  });

  test("the place where it threw is the hint", async () => {
    const [error] = await composeAll({
      bad: () => {
        throw new Error("no cover");
      },
    });
    expect(error).toMatchObject({ hint: expect.stringMatching(/^Look at \S*compose\.test\.tsx:\d+:\d+\.$/) });
  });

  test.each([
    [
      "in a path with spaces",
      "Error: x\n    at Card (/My site/og/card.tsx:2:9)\n    at begin (/og-gen/compose.ts:1:1)",
      "/My site/og/card.tsx:2:9",
    ],
    [
      "in a path with brackets",
      "Error: x\n    at Card (/site (copy)/og/card.tsx:2:9)\n    at begin (/og-gen/compose.ts:1:1)",
      "/site (copy)/og/card.tsx:2:9",
    ],
    ["without a name", "Error: see http://example.com:80:1\n    at /site/og/card.tsx:2:9", "/site/og/card.tsx:2:9"],
    ["on Windows", "Error: x\n    at Card (C:\\My site\\og\\card.tsx:2:9)", "C:\\My site\\og\\card.tsx:2:9"],
    ["of a module", "Error: x\n    at async file:///site/og/card.mjs:2:9", "file:///site/og/card.mjs:2:9"],
  ])("also %s", async (_, stack, place) => {
    const [error] = await composeAll({
      bad: () => {
        throw Object.assign(new Error("x"), { stack });
      },
    });
    expect(error).toMatchObject({ hint: `Look at ${place}.` });
  });

  test.each([
    ["a text", "no cover", "no cover"],
    ["a sentence", new Error("There is no cover.\n"), "There is no cover"],
    ["words that trail off", "no cover...", "no cover.."],
    ["undefined", undefined, "undefined"],
    ["an error without words", new Error(""), "Error"],
    ["something that cannot be printed", Object.create(null), "something that cannot be printed was thrown"],
  ])("also when it throws %s", async (_, thrown, words) => {
    const [error] = await composeAll({
      bad: () => {
        throw thrown;
      },
    });
    expect(error).toMatchObject({ code: "E_TEMPLATE", message: `The template og/bad.tsx threw: ${words}.`, page: "bad" });
  });

  test("an OgError keeps its code", async () => {
    const [error] = await composeAll({
      bad: () => {
        throw new OgError("E_IMAGE", "no cover", { hint: "Add one." });
      },
    });
    expect(error).toMatchObject({ code: "E_IMAGE", message: "no cover", hint: "Add one.", page: "bad" });
  });

  test("pages that wait are given their time together, not one after the other", async () => {
    const begun = performance.now();
    const results = await composeAll(
      Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`p${n}`, () => new Promise<Element>(() => {})])),
      100,
    );
    expect(results.every((result) => result instanceof OgError)).toBe(true);
    expect(performance.now() - begun).toBeLessThan(600);
  });

  /** In a process of its own, as it would never end if it failed. */
  test.each([
    ["after its first await", "async () => { await 0; for (;;); }"],
    ["of promises that settle", "async () => { for (;;) await 0; }"],
    ["after a timer", "async () => { await new Promise((resolve) => setTimeout(resolve, 5)); for (;;); }"],
    ["after a file was read", `async () => { await readFile(${JSON.stringify(import.meta.filename)}); for (;;); }`],
    ["in a component, after a timer", "() => h(async () => { await new Promise((resolve) => setTimeout(resolve, 5)); for (;;); })"],
    [
      "that catches everything",
      "async () => { await new Promise((resolve) => setTimeout(resolve, 5)); for (;;) try { for (;;); } catch {} }",
    ],
  ])("an endless loop %s", async (_, template) => {
    const modules = ["compose/compose", "compose/jsx-runtime", "compose/theme", "limits", "watchdog"].map(
      (name) => new URL(`../src/${name}.ts`, import.meta.url).href,
    );
    const script = `
      const [{ compose }, { h }, { resolveTheme }, { LIMITS }, { createWatchdog }] = await Promise.all(${JSON.stringify(modules)}.map((file) => import(file)));
      const of = (id, template) => ({ page: { id, title: id, tags: [], data: {} }, theme: resolveTheme(), size: { width: 1, height: 1 }, variant: "og", template: { name: id, template } });
      const waits = async () => { await 0; await new Promise((resolve) => setTimeout(resolve, 10)); return h("p", null, "b"); };
      const { readFile } = await import("node:fs/promises");
      const results = await compose([of("a", async () => h("p", null, "a")), of("bad", ${template}), of("b", waits), of("c", () => h("p", null, "c"))], 200, LIMITS, createWatchdog(200));
      await new Promise((resolve) => setTimeout(resolve, 300));
      console.log(JSON.stringify(results.map((result) => result.code ?? result.type)));`;
    const options = { timeout: 8_000, killSignal: "SIGKILL" } as const;
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ["--conditions=@og-gen/source", "--input-type=module", "--eval", script],
      options,
    );
    expect(JSON.parse(stdout)).toEqual(["p", "E_TEMPLATE_TIMEOUT", "p", "p"]);
    expect(stderr).toBe("");
  });
});
