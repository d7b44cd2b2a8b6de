import { expect, test } from "vitest";
import { createSite, page } from "./site.ts";

test("a card that `maxBytes` makes a JPEG has the tags of one, in the next build too", async () => {
  const site = createSite({ "src/pages/index.astro": page("Home") }, { og: { template: "gradient", maxBytes: 8000 } });
  for (const built of [await site.build(), await site.build()]) {
    expect(built.files.filter((file) => /\.(?:png|jpg)$/.test(file))).toEqual(["og/index.jpg"]);
    expect(built.tags("index.html")).toMatchObject({
      "og:image": expect.stringMatching(/^https:\/\/example\.com\/og\/index\.jpg\?v=[0-9a-f]{8}$/),
      "og:image:type": "image/jpeg",
      "twitter:image": expect.stringContaining("/og/index.jpg?v="),
    });
    expect(built.log).not.toContain("larger than");
  }
});
