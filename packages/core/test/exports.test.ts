import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import manifest from "../package.json" with { type: "json" };
import * as command from "../src/command.ts";
import * as jsxRuntime from "../src/compose/jsx-runtime.ts";
import * as core from "../src/index.ts";
import * as components from "../src/templates/components/index.ts";

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
      "LIMITS: object",
      "MANIFEST_NAME: string",
      "OgError: function",
      "builtInTemplates: function",
      "checkConfig: function",
      "compressedCopyWarnings: function",
      "contactSheet: function",
      "createElement: function",
      "createFileStore: function",
      "createPool: function",
      "defineConfig: function",
      "ejectTemplate: function",
      "generate: function",
      "h: function",
      "html: function",
      "idsOfDoubles: function",
      "injectFile: function",
      "injectHead: function",
      "listTemplates: function",
      "loadConfig: function",
      "markdown: function",
      "messageOf: function",
      "metaTags: function",
      "nearest: function",
      "oldNodeError: function",
      "pageFromData: function",
      "pick: function",
      "plan: function",
      "readHtmlPage: function",
      "readManifest: function",
      "readMarkdownPage: function",
      "reasonOf: function",
      "resolveOptions: function",
      "routeOf: function",
      "siteNameIn: function",
      "skipReason: function",
      "tagsToHtml: function",
      "toOgError: function",
      "writeFileAtomic: function",
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

test("@og-gen/core/components", () => {
  expect(Object.keys(components).toSorted()).toMatchInlineSnapshot(`
    [
      "Avatar",
      "Badge",
      "BrowserFrame",
      "Byline",
      "CheckList",
      "FittedText",
      "FormattedDate",
      "Gradient",
      "Headline",
      "Icon",
      "Logo",
      "Pattern",
      "PhoneFrame",
      "Root",
      "Section",
      "SiteMark",
      "Text",
      "accent",
      "alpha",
      "checkList",
      "codeColors",
      "contrast",
      "dateParts",
      "field",
      "fieldList",
      "fieldRows",
      "figures",
      "flatten",
      "formatDate",
      "gradientColors",
      "grid",
      "hex",
      "highlight",
      "initials",
      "mix",
      "oklch",
      "quotationMark",
      "readable",
      "roughLines",
      "roughWidth",
      "shade",
      "summaryUnder",
      "surface",
      "textOn",
      "unquoted",
    ]
  `);
});

test("@og-gen/core/command", () => {
  expect(Object.keys(command).toSorted()).toMatchInlineSnapshot(`
    [
      "OgError",
      "checkConfig",
      "generate",
      "loadConfig",
      "messageOf",
      "nearest",
      "oldNodeError",
      "plan",
      "reasonOf",
      "resolveOptions",
      "toOgError",
      "writeFileAtomic",
    ]
  `);
  expect({ ...core }).toMatchObject({ ...command });
});

test("each entry is there before and after publishing", () => {
  const { exports, publishConfig } = manifest;
  expect(Object.keys(publishConfig.exports)).toEqual(Object.keys(exports));
  for (const [name, entry] of Object.entries(exports)) {
    if (typeof entry === "string") continue;
    const source = entry["@og-gen/source"];
    expect(existsSync(new URL(`../${source}`, import.meta.url)), name).toBe(true);
    expect(entry.default).toBe(source.replace("./src/", "./dist/").replace(/\.tsx?$/, ".js"));
  }
});
