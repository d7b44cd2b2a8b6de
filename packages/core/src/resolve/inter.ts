import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { sha256, type FontFile } from "./font-file.ts";

/** Order of preference, as they share some punctuation. */
const SUBSETS = ["latin", "latin-ext", "vietnamese", "greek", "greek-ext", "cyrillic", "cyrillic-ext"];
const WEIGHTS = [100, 200, 300, 400, 500, 600, 700, 800, 900];
const STYLES = ["normal", "italic"] as const;

/**
 * The bundled Inter, from @fontsource/inter (SIL Open Font License 1.1): one group of files per subset. What a subset
 * covers is in the package's unicode.json, as CSS `unicode-range`, so no font is parsed to know it.
 */
export function bundledInter(): readonly (readonly FontFile[])[] {
  const folder = dirname(createRequire(import.meta.url).resolve("@fontsource/inter/package.json"));
  const ranges = JSON.parse(readFileSync(join(folder, "unicode.json"), "utf8")) as Readonly<Record<string, string>>;
  return SUBSETS.map((subset) => {
    const covers = parseUnicodeRange(ranges[subset] ?? "");
    return STYLES.flatMap((style) =>
      WEIGHTS.map((weight): FontFile => {
        const file = join(folder, "files", `inter-${subset}-${weight}-${style}.woff`);
        let digest: string | undefined;
        return { file, family: "Inter", weight, style, covers, digest: () => (digest ??= sha256(readFileSync(file))) };
      }),
    );
  });
}

/** `U+0000-00FF,U+0131` as a test: https://www.w3.org/TR/css-fonts-4/#unicode-range-desc */
function parseUnicodeRange(text: string): (codePoint: number) => boolean {
  const ranges = text.split(",").map((range) => {
    const [low = "", high = low] = range.trim().slice(2).split("-");
    return [Number.parseInt(low, 16), Number.parseInt(high, 16)] as const;
  });
  return (codePoint) => ranges.some(([low, high]) => codePoint >= low && codePoint <= high);
}
