import { expect, test } from "vitest";
import { createSite, page } from "./site.ts";

const FILES = {
  "src/pages/index.astro": page("Home"),
  "src/pages/404.astro": page("Not found"),
  "src/pages/fr/404.astro": page("Introuvable"),
  "src/pages/hidden.astro": page("Hidden", '<meta name="robots" content="noindex">'),
  "src/pages/pictured.astro": page("Pictured", '<meta property="og:image" content="https://example.com/own.png">'),
  "src/pages/moved.astro": '---\nreturn Astro.redirect("/");\n---\n',
};
const CONFIG = { redirects: { "/old": "/" } };

test.concurrent("redirects, error pages, noindex pages and those with their own og:image are as they were", async () => {
  const built = await createSite(FILES, { config: CONFIG }).build();
  expect(built.log).toContain("7 pages: 1 rendered, 6 skipped");
  expect(built.files.filter((file) => file.endsWith(".png"))).toEqual(["og/index.png"]);
  for (const file of built.files.filter((file) => file.endsWith(".html") && file !== "index.html"))
    expect(built.read(file), file).not.toContain("data-og-gen");
});

test.concurrent("error pages and noindex pages have cards where the options say so", async () => {
  const built = await createSite(FILES, { config: CONFIG, og: { notFound: true, noindex: true } }).build();
  expect(built.log).toContain("7 pages: 4 rendered, 3 skipped");
  expect(built.tags("404.html")["og:image"]).toContain("/og/404.png");
  expect(built.tags("fr/404/index.html")["og:image"]).toContain("/og/fr/404.png");
  expect(built.tags("hidden/index.html")["og:title"]).toBe("Hidden");
});

test.concurrent("what the author's own head says stays, and is not said again", async () => {
  const head = '<meta property="og:title" content="Mine"><link rel="canonical" href="https://elsewhere.example/original/">';
  const built = await createSite({ "src/pages/index.astro": page("Home", head) }).build();
  const tags = built.tags("index.html");
  expect(tags).not.toHaveProperty("og:title");
  expect(tags).toMatchObject({ "og:image:alt": "Mine", "og:url": "https://elsewhere.example/original/" });
});
