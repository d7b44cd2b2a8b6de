import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { directionOf } from "../src/compose/direction.ts";
import { expand } from "../src/compose/expand.ts";
import type { HostElement } from "../src/compose/jsx-runtime.ts";
import { builtInTemplates } from "../src/compose/template.ts";
import { resolveTheme } from "../src/compose/theme.ts";
import { fitTexts } from "../src/render/fit.ts";
import { layout, satoriLayoutOf } from "../src/render/layout.ts";
import { paint } from "../src/render/paint.ts";
import { createEmojiFinder } from "../src/resolve/emoji.ts";
import { openFonts } from "../src/resolve/fonts.ts";
import { createImageFinder } from "../src/resolve/images.ts";
import { resolveJob } from "../src/resolve/job.ts";
import { faultsOf, type CardFaults } from "./ink.ts";
import type { Page, Size, Template, ThemeOptions } from "../src/types.ts";

export const FIXTURES = fileURLToPath(new URL("../../../fixtures/", import.meta.url));

export const SIZES = {
  wide: { width: 1200, height: 630 },
  square: { width: 1200, height: 1200 },
  tall: { width: 1080, height: 1920 },
} as const;

/** All built-in templates, by name. */
export async function loadTemplates(): Promise<readonly (readonly [name: string, template: Template])[]> {
  return Promise.all(
    builtInTemplates().map(async (name) => {
      const { default: template } = (await import(join(import.meta.dirname, `../src/templates/${name}.tsx`))) as {
        readonly default: Template;
      };
      return [name, template] as const;
    }),
  );
}

const SAFE_MARGIN = 40;

const resolver = {
  fonts: openFonts([], FIXTURES),
  images: createImageFinder({ root: FIXTURES, publicDir: FIXTURES, remoteHosts: [] }),
  emoji: createEmojiFinder("twemoji", FIXTURES),
};

export interface Picture {
  readonly page: Page;
  readonly theme: ThemeOptions;
  readonly size: Size;
}

/** The element tree that a template makes of a page. */
export async function treeOf(template: Template, { page, theme, size }: Picture): Promise<HostElement> {
  return expand(await template({ page, theme: resolveTheme(theme), size, variant: "og", dir: directionOf(page) }));
}

/** The PNG of an element tree. */
export async function paintTree(tree: HostElement, page: Page, size: Size): Promise<Uint8Array> {
  const { job, warnings } = await resolveJob(resolver, tree, page, { ...size, format: "png", quality: 85 });
  expect(warnings).toEqual([]);
  return (await paint(job)).bytes;
}

/** What the layout of an element tree shows to be wrong: text in the margin (the 40 px that platforms may cut), text over text. */
export async function faultsIn(tree: HostElement, page: Page, size: Size, margin = SAFE_MARGIN): Promise<CardFaults> {
  const { job } = await resolveJob(resolver, tree, page, { ...size, format: "png", quality: 85 });
  return faultsOf(job, { fitTexts, satoriLayoutOf, layout }, margin);
}

/** A page that has everything that any template draws. */
export const FULL: Page = {
  id: "docs/guides/post",
  title: "Leaving the cloud, one service at a time",
  description: "How a small team moved forty services home in a weekend, what broke on the way, and why nobody noticed on Monday.",
  image: "covers/hills.jpg",
  author: { name: "Ada Quill", avatar: "images/ada.png" },
  date: "2026-02-03T18:30",
  tags: ["Engineering"],
  data: {
    og: {
      quote: "We did not leave the cloud. We came home, and found that the lights were still on.",
      role: "Head of Infrastructure",
      place: "Old Town Hall, Ghent",
      version: "2.4",
      highlights: [
        "Backups in a third of the time",
        "Restores that tell you what they do",
        "One file of settings instead of nine",
        "Runs on a Raspberry Pi",
      ],
      language: "ts",
      filename: "og.ts",
      code: `import { generate } from "@og-gen/core";

// Every page of the site, once.
const run = generate({ source: "content" });

for await (const { page, status } of run) {
  console.log(\`\${status} \${page.id}\`, 42);
}`,
      value: "98 %",
      caption: "of requests answered in under 100 ms",
      stats: [
        { value: "40", caption: "services moved" },
        { value: "€ 0", caption: "a month for traffic" },
        { value: 3, caption: "people on call" },
      ],
    },
  },
};

/** The same page with nothing but its title. */
export const BARE: Page = { id: "post", title: FULL.title, tags: [], data: {} };

/** More words everywhere than there is room for. */
export const LONG: Page = {
  ...FULL,
  id: `docs/${"an-unreasonably-long-folder/".repeat(3)}post`,
  title:
    "An unreasonably long headline about migrating a monolith written in four languages to a smaller one written in one, and what the lawyers, the accountants and the dog had to say about each and every single step of it, from Monday to Sunday, come rain or shine, or snow, or anything else",
  description: FULL.description?.repeat(4),
  author: { name: "Hubert Blaine Wolfeschlegelsteinhausenbergerdorff the Third of that name", avatar: "images/ada.png" },
  tags: ["Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz, und noch einige Wörter dazu"],
  data: {
    og: {
      role: "Deputy Undersecretary for the Coordination of Coordinators and Other Affairs",
      place: "The Great Hall of the Old Town Hall on the Square behind the Market of the Lower Town, Ghent",
      version: "2.4.0-beta.17",
      highlights: Array.from({ length: 6 }, () => FULL.description ?? ""),
      code: `${"const answer = 42; // and a comment that goes on for longer than any card is wide, which is a great deal\n".repeat(30)}`,
      language: "js",
      value: "1,234,567,890.50 €",
      caption: FULL.description,
      stats: Array.from({ length: 5 }, () => ({ value: "1,234,567", caption: "a caption that has far too many words for its column" })),
    },
  },
};

export const SITE: ThemeOptions = { siteName: "Larder", logo: "images/logo.svg" };
