import { expect, test } from "vitest";
import { createSite, entryPage, markdownCollections, page } from "./site.ts";

const FILES = {
  "src/content.config.ts": markdownCollections("blog"),
  "src/content/blog/hello.md": "---\ntitle: Hello\nog:\n  title: Hello there\n---\n",
  "src/pages/index.astro": page("Home"),
  "src/pages/404.astro": page("Not found"),
  "src/pages/about.md": "---\ntitle: About\n---\n",
  "src/pages/fr/index.astro": page("Accueil"),
  "src/pages/blog/[slug].astro": entryPage("blog"),
};
const i18n = { defaultLocale: "en", locales: ["en", "fr"], fallback: { fr: "en" } };

test.concurrent.for([7, 6, 5] as const)("i18n fallbacks have cards and addresses of their own, once (Astro %i)", async (astro) => {
  const site = createSite(FILES, { astro, config: { i18n: { ...i18n, routing: { fallbackType: "rewrite" } } } });
  const built = await site.build();
  expect(built.tags("fr/index.html")).toMatchObject({ "og:title": "Accueil", "og:url": "https://example.com/fr/" });
  expect(built.tags("fr/about/index.html")).toMatchObject({ "og:title": "About", "og:url": "https://example.com/fr/about/" });
  expect(built.tags("fr/blog/hello/index.html")).toMatchObject({
    "og:title": "Hello there",
    "og:url": "https://example.com/fr/blog/hello/",
  });
  expect(built.tags("fr/404/index.html")).toEqual({});
  expect(built.log).toContain("8 pages: 6 rendered, 2 skipped");
  expect((await site.build()).log).toContain("8 pages: 6 cached, 2 skipped");
});

test.concurrent("i18n fallbacks that redirect have none", async () => {
  const built = await createSite(FILES, { config: { i18n } }).build();
  expect(built.tags("fr/blog/hello/index.html")).toEqual({});
  expect(built.files.filter((file) => file.endsWith(".png"))).toEqual(["og/about.png", "og/blog/hello.png", "og/fr.png", "og/index.png"]);
});
