import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { temporaryFolder } from "./site.ts";
import { treeOf, type Tree } from "./tree.ts";

/** A built site, as a generator leaves it. */
export interface BuiltSite {
  readonly root: string;
  readonly pages: number;
  /** The pages as they were before any tag was written. */
  readonly restore: () => void;
}

const PAGES = 60;
const CONFIG = `import { h } from "@og-gen/core";
export default {
  site: "https://example.com",
  cacheDir: "cache",
  template: ({ page, size }) => h("div", { style: { display: "flex", ...size } }, page.title),
  variants: { og: { width: 240, height: 126 } },
};
`;

export function createBuiltSite(): BuiltSite {
  const root = temporaryFolder();
  writeFileSync(join(root, "og.config.mjs"), CONFIG);
  const restore = () => {
    for (let n = 0; n < PAGES; n++) {
      const file = join(root, "dist", "blog", `post-${n}`, "index.html");
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(
        file,
        `<!doctype html>\n<html lang="en">\n<head>\n<title>Post ${n}</title>\n</head>\n<body>${"<p>Words.</p>\n".repeat(200)}</body></html>\n`,
      );
    }
  };
  restore();
  return { root, pages: PAGES, restore };
}

export function htmlOf({ root }: BuiltSite): Tree {
  return Object.fromEntries(Object.entries(treeOf(join(root, "dist"))).filter(([file]) => file.endsWith(".html")));
}
