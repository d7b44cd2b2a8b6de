import { expect, test } from "vitest";
import { createSite, page } from "./site.ts";

const HOME = { "src/pages/index.astro": page("Home") };

test.concurrent("a second build renders nothing, and gives the same pages", async () => {
  const site = createSite({ ...HOME, "src/pages/about.md": "---\ntitle: About\n---\n" });
  const first = await site.build();
  expect(first.log).toContain("2 pages: 2 rendered in");
  const second = await site.build();
  expect(second.log).toContain("2 pages: 2 cached in");
  expect(second.files).toEqual(first.files);
  expect(second.read("index.html")).toBe(first.read("index.html"));
});

test.concurrent("without `site` there are images and no tags, and one warning says so", async () => {
  const built = await createSite({
    ...HOME,
    "src/pages/about.astro": page("About"),
    "astro.config.mjs": 'import og from "@og-gen/astro"; export default { integrations: [og()] };',
  }).build();
  expect(built.files.filter((file) => file.endsWith(".png"))).toEqual(["og/about.png", "og/index.png"]);
  expect(built.read("index.html")).not.toContain("data-og-gen");
  expect(built.log.match(/\[WARN\]/g)).toHaveLength(1);
  expect(built.log).toContain("Set `site` in the Astro configuration");
});

test.concurrent("`theme.siteName` is og:site_name, and the home page's own stands in for it", async () => {
  // A picture of its own leaves the home page without a card, and the site with its name.
  const head = '<meta property="og:site_name" content="Stated"><meta property="og:image" content="https://example.com/own.png">';
  const files = { "src/pages/index.astro": page("Home", head), "src/pages/about.astro": page("About") };
  const [stated, configured] = await Promise.all([
    createSite(files).build(),
    createSite(files, { og: { theme: { siteName: "Configured" } } }).build(),
  ]);
  expect(stated.tags("about/index.html")["og:site_name"]).toBe("Stated");
  expect(configured.tags("about/index.html")["og:site_name"]).toBe("Configured");
});

test.concurrent("a page that fails does not fail the build, unless it is strict", async () => {
  const files = { ...HOME, "src/pages/bad.md": "---\ntitle: Bad\nog:\n  template: nowhere\n---\n" };
  const [lenient, strict] = await Promise.all([createSite(files).build(), createSite(files, { og: { strict: true } }).build()]);
  expect(lenient.ok).toBe(true);
  expect(lenient.log).toContain("2 pages: 1 rendered, 1 fallback");
  expect(lenient.log).toMatch(/\[ERROR\].*src\/pages\/bad\.md: .*nowhere/);
  expect(strict.ok).toBe(false);
  expect(strict.log).toContain("2 pages: 1 rendered, 1 fallback");
});

test.concurrent("wrong configuration fails the build before it begins, and says what to do", async () => {
  const [option, template, file] = await Promise.all([
    createSite(HOME, { og: { theme: { siteNam: "x" } } }).build(),
    createSite(HOME, { og: { template: "./og/missing.tsx" } }).build(),
    createSite({ ...HOME, "og.config.json": '{ "formt": "png" }' }).build(),
  ]);
  for (const built of [option, template, file]) {
    expect(built.ok).toBe(false);
    expect(built.log).not.toContain("generating static routes");
  }
  expect(option.log).toMatch(/siteNam[^]*Did you mean/);
  expect(template.log).toContain("og/missing.tsx");
  expect(file.log).toMatch(/formt[^]*og\.config\.json[^]*Did you mean/);
});

test.concurrent("og() that is there twice fails the build before it begins, also where another integration brings it", async () => {
  const config = (integrations: string) => ({
    "astro.config.mjs": `import og from "@og-gen/astro";
const preset = { name: "preset", hooks: { "astro:config:setup": ({ updateConfig }) => updateConfig({ integrations: [og()] }) } };
export default { site: "https://example.com", integrations: ${integrations} };`,
  });
  const [twice, brought, once] = await Promise.all([
    createSite({ ...HOME, ...config("[og(), [og()]]") }).build(),
    createSite({ ...HOME, ...config("[preset, og()]") }).build(),
    createSite({ ...HOME, ...config("[preset]") }).build(),
  ]);
  for (const built of [twice, brought]) {
    expect(built.ok).toBe(false);
    expect(built.log).not.toContain("generating static routes");
    expect(built.log).toMatch(/og\(\) is there twice[^]*Hint:[^]*integrations/);
  }
  expect(once.log).toContain("1 page: 1 rendered");
});

test.concurrent("a file of the public folder that a card replaces is told of, but for cards that the command line made", async () => {
  const made = { alt: "Home", template: "article", images: [{ variant: "og", file: "index.png" }] };
  const built = await createSite({
    ...HOME,
    "src/pages/about.astro": page("About"),
    "src/pages/team.astro": page("Team", '<meta property="og:image" content="https://example.com/og/about.png">'),
    "public/og/about.png": "mine",
    "public/og/team.png": "mine, and of no card",
    "public/og/index.png": "of an earlier run",
    "public/og/og-manifest.json": JSON.stringify({ version: 1, pages: { "": made } }),
  }).build();
  expect(built.log.match(/\[WARN\]/g)).toHaveLength(1);
  expect(built.log).toMatch(/\[WARN\].* public\/og\/about\.png \(\/about\): .*\n.*publicPath/);
});

const ADAPTER = `export default { name: "tiny-adapter", hooks: { "astro:config:done": ({ setAdapter }) => setAdapter({
  name: "tiny-adapter", serverEntrypoint: new URL("./server.mjs", import.meta.url), exports: ["handler"], supportedAstroFeatures: { serverOutput: "stable", hybridOutput: "stable", staticOutput: "stable" },
}) } };`;
const SERVER = {
  "adapter.mjs": ADAPTER,
  "server.mjs": "export const createExports = () => ({ handler: () => undefined });",
  "astro.config.mjs":
    'import og from "@og-gen/astro"; import adapter from "./adapter.mjs"; export default { site: "https://example.com", output: "server", adapter, integrations: [og()] };',
  "src/pages/live.astro": page("Live"),
};

test.concurrent("prerendered pages of a server build are found in its client folder", async () => {
  const built = await createSite({
    ...SERVER,
    "src/pages/index.astro": `---\nexport const prerender = true;\n---\n${page("Home")}`,
  }).build();
  expect(built.tags("client/index.html")["og:image"]).toMatch(/^https:\/\/example\.com\/og\/index\.png/);
  expect(built.files).toContain("client/og/index.png");
  expect(built.log).toContain("1 page: 1 rendered");
});

test.concurrent("a server build without prerendered pages has nothing to do", async () => {
  const built = await createSite(SERVER).build();
  expect(built.ok).toBe(true);
  expect(built.log).toContain("No page is prerendered");
  expect(built.log).not.toMatch(/\d pages?:/);
});
