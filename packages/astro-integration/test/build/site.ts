import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";

const PACKAGE = join(import.meta.dirname, "../..");

/** The sites of one test file. */
const SITES = mkdtempSync(join(tmpdir(), "og-gen-astro-"));
afterAll(() => rmSync(SITES, { recursive: true, force: true }));

/** Small cards and one renderer, for speed. */
export const OG_CONFIG = { template: "minimal", variants: { og: { width: 240, height: 126 } }, concurrency: 1 };

/** Builds under way: as many as there are lanes, however many tests ask at once. */
const LANES: Promise<unknown>[] = [Promise.resolve(), Promise.resolve()];
let turn = 0;

export interface SiteOptions {
  /** The major version of Astro. */
  readonly astro?: 5 | 6 | 7;
  /** What `astro.config` says, but for integrations. */
  readonly config?: object;
  /** What `og()` is given. */
  readonly og?: object;
}

export interface Site {
  write(files: Readonly<Record<string, string | Uint8Array>>): void;
  build(): Promise<Build>;
}

/** What `astro build` left behind. */
export interface Build {
  readonly ok: boolean;
  readonly log: string;
  /** The paths in `dist`, sorted. */
  readonly files: readonly string[];
  /** A file of `dist`. */
  read(path: string): string;
  /** The tags that we wrote into an HTML file of `dist`. */
  tags(path: string): Readonly<Record<string, string>>;
}

/**
 * A small site in a folder of its own, with `site: "https://example.com"` unless `config` says otherwise.
 * @param files Paths and contents.
 */
export function createSite(
  files: Readonly<Record<string, string | Uint8Array>>,
  { astro = 7, config = {}, og = {} }: SiteOptions = {},
): Site {
  const root = mkdtempSync(join(SITES, "site-"));
  const write: Site["write"] = (contents) => {
    for (const [path, text] of Object.entries(contents)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  };
  write({
    "astro.config.mjs": `import og from "@og-gen/astro";
      export default { ...${JSON.stringify({ site: "https://example.com", ...config })}, integrations: [og(${JSON.stringify(og)})] };`,
    "og.config.json": JSON.stringify(OG_CONFIG),
    ...files,
  });
  const astroPackage = join(PACKAGE, "node_modules", astro === 7 ? "astro" : `astro${astro}`);
  mkdirSync(join(root, "node_modules/@og-gen"), { recursive: true });
  symlinkSync(astroPackage, join(root, "node_modules/astro"));
  symlinkSync(PACKAGE, join(root, "node_modules/@og-gen/astro"));
  return { write, build: () => inLane(() => build(root, join(astroPackage, binOf(astroPackage)))) };
}

/** An Astro page with a title and, in its body, the address that Astro gives it. */
export function page(title: string, head = ""): string {
  return `<html lang="en"><head><meta charset="utf-8"><title>${title}</title>${head}</head><body><i>{Astro.url.href}</i></body></html>`;
}

/** The page of a route that makes one page of each entry of a collection, with the entry in its props. */
export function entryPage(collection: string, props = "{ entry }"): string {
  return `---
import { getCollection } from "astro:content";
export const getStaticPaths = async () => (await getCollection("${collection}")).map((entry) => ({ params: { slug: entry.id }, props: ${props} }));
---
${page("{Astro.params.slug} by the layout")}`;
}

/** \`src/content.config.ts\` for Markdown in \`src/content/<name>\`. */
export function markdownCollections(...names: readonly string[]): string {
  const collections = names.map(
    (name) => `${name}: defineCollection({ loader: glob({ pattern: "**/*.md", base: "./src/content/${name}" }) })`,
  );
  return `import { defineCollection } from "astro:content";
import { glob } from "astro/loaders";
export const collections = { ${collections.join(", ")} };`;
}

function inLane<T>(work: () => Promise<T>): Promise<T> {
  const lane = turn++ % LANES.length;
  const result = (LANES[lane] as Promise<unknown>).then(work);
  LANES[lane] = result;
  return result;
}

function build(root: string, bin: string): Promise<Build> {
  const { NODE_ENV: _ofTheTests, ...env } = process.env;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [bin, "build"],
      { cwd: root, env: { ...env, ASTRO_TELEMETRY_DISABLED: "1", NO_COLOR: "1" } },
      (error, stdout, stderr) => {
        const dist = join(root, "dist");
        const read = (path: string) => readFileSync(join(dist, path), "utf8");
        resolve({
          ok: error === null,
          log: stdout + stderr,
          files: error === null ? listFiles(dist) : [],
          read,
          tags: (path) => tagsIn(read(path)),
        });
      },
    );
  });
}

function binOf(astroPackage: string): string {
  const { bin } = JSON.parse(readFileSync(join(astroPackage, "package.json"), "utf8")) as { readonly bin: { readonly astro: string } };
  return bin.astro;
}

function listFiles(dir: string): readonly string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1))
    .sort();
}

function tagsIn(html: string): Readonly<Record<string, string>> {
  const tags = html.matchAll(/<meta (?:property|name)="([^"]*)" content="([^"]*)" data-og-gen>/g);
  return Object.fromEntries([...tags].map(([, key = "", content = ""]) => [key, content]));
}
