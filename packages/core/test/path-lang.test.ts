import { expect, test } from "vitest";
import { pathLanguages } from "../src/collect/path-lang.ts";

test.each([
  [
    ["en/a.md", "pt-br/a.md", "zh-hant/a.md", "index.md"],
    { "en/a.md": "en", "pt-br/a.md": "pt-BR", "zh-hant/a.md": "zh-Hant", "index.md": undefined },
  ],
  [["blog/a.md", "it/a.md", "docs/a.md"], { "it/a.md": undefined }],
  [["it/a.md", "ml/a.md", "blog/a.md", "docs/a.md", "news/a.md"], { "it/a.md": undefined }],
  [["en/a.md", "fr/a.md", "assets/a.md"], { "fr/a.md": "fr", "assets/a.md": undefined }],
  [
    ["blog/post.md", "blog/post.de.md", "blog/post.pt-br.md", "blog/post.xx.md", "config.ts.md", "fr.md"],
    {
      "blog/post.md": undefined,
      "blog/post.de.md": "de",
      "blog/post.pt-br.md": "pt-BR",
      "blog/post.xx.md": undefined,
      "config.ts.md": undefined,
      "fr.md": undefined,
    },
  ],
  [["en/post.md", "en/post.de.md", "fr/post.md"], { "en/post.de.md": "de", "en/post.md": "en" }],
  [["xx/a.md", "qq/a.md"], { "xx/a.md": undefined }],
])("%j", (paths, expected) => {
  const langOf = pathLanguages(paths);
  for (const [path, lang] of Object.entries(expected)) expect(langOf(path)).toBe(lang);
});
