import { expect, test } from "vitest";
import { createSite, page } from "./site.ts";

const FILES = {
  "src/pages/index.astro": page("Home"),
  "src/pages/about.astro": page("About"),
  "src/pages/blog/index.astro": page("Blog"),
  "src/pages/[...path].astro": `---
export const getStaticPaths = () => [{ params: { path: "a/b" } }, { params: { path: "wörter & mehr" } }];
---
${page("{Astro.params.path}")}`,
};

const MATRIX = (["directory", "file", "preserve"] as const).flatMap((format) =>
  (["always", "never", "ignore"] as const).map((trailingSlash) => ({ format, trailingSlash })),
);

test.concurrent.for(MATRIX)(
  "og:url is Astro.url with format $format and trailingSlash $trailingSlash",
  async ({ format, trailingSlash }) => {
    const built = await createSite(FILES, { config: { base: "/base", trailingSlash, build: { format } } }).build();
    const html = built.files.filter((file) => file.endsWith(".html"));
    expect(html).toHaveLength(5);
    for (const file of html) {
      const [, astroUrl] = /<i[^>]*>(.*)<\/i>/.exec(built.read(file)) ?? [];
      expect(built.tags(file)["og:url"], file).toBe(astroUrl);
    }
  },
);

test.concurrent("the images are where the tags say, in the folder that `publicPath` names", async () => {
  const built = await createSite(FILES, { config: { base: "/base" }, og: { publicPath: "/social/cards/" } }).build();
  expect(built.tags("about/index.html")["og:image"]).toMatch(/^https:\/\/example\.com\/base\/social\/cards\/about\.png\?v=[0-9a-f]{8}$/);
  expect(built.tags("wörter & mehr/index.html")["og:image"]).toContain("/base/social/cards/w%C3%B6rter%20%26%20mehr.png?v=");
  const images = built.files.filter((file) => file.endsWith(".png"));
  expect(images).toEqual(["a/b.png", "about.png", "blog.png", "index.png", "wörter & mehr.png"].map((file) => `social/cards/${file}`));
});
