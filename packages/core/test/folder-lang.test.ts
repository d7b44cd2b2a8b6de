import { expect, test } from "vitest";
import { folderLanguages } from "../src/collect/folder-lang.ts";

test.each([
  [
    ["en/a.md", "pt-br/a.md", "zh-hant/a.md", "index.md"],
    { "en/a.md": "en", "pt-br/a.md": "pt-BR", "zh-hant/a.md": "zh-Hant", "index.md": undefined },
  ],
  [["blog/a.md", "it/a.md", "docs/a.md"], { "it/a.md": undefined }],
  [["it/a.md", "ml/a.md", "blog/a.md", "docs/a.md", "news/a.md"], { "it/a.md": undefined }],
  [["en/a.md", "fr/a.md", "assets/a.md"], { "fr/a.md": "fr", "assets/a.md": undefined }],
  [["xx/a.md", "qq/a.md"], { "xx/a.md": undefined }],
])("%j", (paths, expected) => {
  const langOf = folderLanguages(paths);
  for (const [path, lang] of Object.entries(expected)) expect(langOf(path)).toBe(lang);
});
