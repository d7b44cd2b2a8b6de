import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { expand } from "../src/compose/expand.ts";
import type { Element } from "../src/compose/jsx-runtime.ts";
import { builtInTemplates, createTemplateLoader } from "../src/compose/template.ts";
import { resolveTheme } from "../src/compose/theme.ts";
import { fitTexts } from "../src/render/fit.ts";
import { layout, satoriLayoutOf } from "../src/render/layout.ts";
import { createEmojiFinder } from "../src/resolve/emoji.ts";
import { openFonts } from "../src/resolve/fonts.ts";
import { createImageFinder } from "../src/resolve/images.ts";
import { resolveJob } from "../src/resolve/job.ts";
import type { Page, Size } from "../src/types.ts";
import { faultsOf } from "./ink.ts";
import { BUNDLED_LANGUAGES, sampleTitles } from "./titles.ts";

/** The short form of `pnpm typography`: fewer titles, the bundled font only, no content folder. */
const TITLES = 24;
const SAFE_MARGIN = 40;
const SIZES: readonly Size[] = [
  { width: 1200, height: 630 },
  { width: 1200, height: 1200 },
  { width: 1080, height: 1920 },
];

const root = fileURLToPath(new URL("../../../fixtures/", import.meta.url));
const loader = createTemplateLoader({ root, templates: {} });
const resolver = {
  fonts: openFonts([], root),
  images: createImageFinder({ root, publicDir: root, remoteHosts: [] }),
  emoji: createEmojiFinder("twemoji", root),
};

async function faults(template: string, page: Page, size: Size) {
  const { template: draw } = await loader.configured(template);
  const input = { page, theme: resolveTheme({ siteName: "Larder" }), size, variant: "og", dir: "ltr" } as const;
  const { job } = await resolveJob(resolver, await expand(await draw(input)), page, { ...size, format: "png", quality: 85 });
  return faultsOf(job, { fitTexts, satoriLayoutOf, layout }, SAFE_MARGIN);
}

describe.each(builtInTemplates())("%s", (template) => {
  test.each(SIZES)("$width×$height: no text in the margin, none over another", async (size) => {
    for (const [index, { title, lang }] of sampleTitles(TITLES, BUNDLED_LANGUAGES).entries()) {
      const full = { description: title.slice(0, 160), author: { name: "Ada Quill" }, date: "2026-02-03", tags: ["Engineering"] };
      const page: Page = { id: "page", title, lang, tags: [], data: {}, ...(index % 2 === 0 ? full : {}) };
      const { outside, overlapping, texts } = await faults(template, page, size);
      expect(outside, title).toEqual([]);
      expect(overlapping, title).toEqual([]);
      expect(texts, title).toBeGreaterThan(0);
    }
  });
});

describe("the check itself", () => {
  const page: Page = { id: "page", title: "x", tags: [], data: {} };
  const size = { width: 600, height: 300 };
  const check = async (element: Element) => {
    const { job } = await resolveJob(resolver, await expand(element), page, { ...size, format: "png", quality: 85 });
    return faultsOf(job, { fitTexts, satoriLayoutOf, layout }, SAFE_MARGIN);
  };
  const at = (left: number, top: number) => ({ position: "absolute", left, top, fontSize: 40 }) as const;

  test("sees text in the margin, also an emoji, and text over text", async () => {
    const faults = await check(
      <div style={{ display: "flex", width: 600, height: 300 }}>
        <div style={at(100, 60)}>One</div>
        <div style={at(130, 80)}>Two</div>
        <div style={at(10, 200)}>Three</div>
        <div style={at(560, 150)}>🎉</div>
      </div>,
    );
    expect(faults.overlapping.map((pair) => pair.map(({ text }) => text))).toEqual([["One", "Two"]]);
    expect(faults.outside.map(({ text }) => text)).toEqual(["Three", "an emoji"]);
  });

  test("takes the parts of a line as one text", async () => {
    const faults = await check(
      <div style={{ display: "block", padding: 50, fontSize: 40 }}>
        To <i>fly</i> and <b>jump</b>
      </div>,
    );
    expect(faults).toMatchObject({ overlapping: [], outside: [], texts: 1 });
  });
});
