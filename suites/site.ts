import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { PAGES } from "./counts.ts";

/** A project with pages, whose images and store lie in folders of their own. */
export interface Site {
  readonly root: string;
  readonly out: string;
  readonly cache: string;
}

/** Plain and small, as what is tested here is not how a card looks. */
const TEMPLATE = `import { h } from "@og-gen/core";
export default ({ page, size, theme }) => {
  const { background: backgroundColor, foreground: color } = theme.colors;
  return h("div", { style: { display: "flex", ...size, padding: 12, fontSize: 20, backgroundColor, color } }, page.title);
};
`;

const CONFIG = `export default {
  site: "https://example.com",
  outDir: process.env.SITE_OUT ?? "out",
  cacheDir: process.env.SITE_CACHE ?? "cache",
  template: "./card.mjs",
  variants: { og: { width: 240, height: 126 } },
};
`;

/** Every so many pages one has a title that no card has room for: its entry in the store holds the words that it lost. */
const LONG_EVERY = 30;

/** Pages without anything wrong in three folders. */
export function createSite(root = temporaryFolder()): Site {
  writeText(join(root, "og.config.mjs"), CONFIG);
  writeText(join(root, "card.mjs"), TEMPLATE);
  for (let n = 0; n < PAGES; n++) {
    const isLong = n % LONG_EVERY === 0;
    const title = isLong ? `Page ${n}, and ${"more words than a card of this size can show ".repeat(12)}` : `Page ${n} of the site`;
    writeText(
      join(root, "content", ["blog", "docs/guide", "."][n % 3] ?? ".", `page-${n}.md`),
      page(title, isLong ? "minimal" : undefined),
    );
  }
  return siteIn(root);
}

function siteIn(root: string): Site {
  return { root, out: join(root, "out"), cache: join(root, "cache") };
}

/** The same site once more, with all that was made. */
export function copyOf(site: Site): Site {
  const root = temporaryFolder();
  cpSync(site.root, root, { recursive: true });
  return siteIn(root);
}

function page(title: string, template: string | undefined): string {
  return `---\ntitle: ${JSON.stringify(title)}\n${template ? `og: { template: ${template} }\n` : ""}---\n`;
}

/** @param finished is told how to remove it; default: it is gone when the test is over */
export function temporaryFolder(finished: (remove: () => void) => void = onTestFinished): string {
  const folder = mkdtempSync(join(tmpdir(), "og-gen-suites-"));
  finished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

function writeText(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Without images, manifest and store, as after a fresh clone. */
export function empty({ out, cache }: Site): void {
  for (const folder of [out, cache]) rmSync(folder, { recursive: true, force: true });
}
