import { expect, test } from "vitest";
import * as jsxRuntime from "../src/compose/jsx-runtime.ts";
import * as core from "../src/index.ts";

/** A name that goes from here breaks somebody's code; one that comes is a promise. */
test("@og-gen/core", () => {
  expect(
    Object.entries(core)
      .map(([name, value]) => `${name}: ${typeof value}`)
      .toSorted(),
  ).toMatchInlineSnapshot(`
    [
      "CONFIG_FILES: object",
      "Fragment: function",
      "MANIFEST_NAME: string",
      "OgError: function",
      "builtInTemplates: function",
      "checkConfig: function",
      "contactSheet: function",
      "createElement: function",
      "createFileStore: function",
      "createPool: function",
      "defineConfig: function",
      "ejectTemplate: function",
      "generate: function",
      "h: function",
      "html: function",
      "injectFile: function",
      "injectHead: function",
      "listTemplates: function",
      "loadConfig: function",
      "markdown: function",
      "messageOf: function",
      "metaTags: function",
      "nearest: function",
      "pageFromData: function",
      "pick: function",
      "plan: function",
      "readHtmlPage: function",
      "readManifest: function",
      "readMarkdownPage: function",
      "resolveOptions: function",
      "routeOf: function",
      "tagsToHtml: function",
      "toOgError: function",
    ]
  `);
});

test("@og-gen/core/jsx-runtime", () => {
  expect(Object.keys(jsxRuntime).toSorted()).toMatchInlineSnapshot(`
    [
      "Fragment",
      "h",
      "isElement",
      "jsx",
      "jsxDEV",
      "jsxs",
    ]
  `);
});
