import { textOn } from "../../compose/color.ts";
import type { Element } from "../../compose/jsx-runtime.ts";
import { supported } from "./date.tsx";

/** Scripts that put no space between names, or whose letters would join or stack: one letter stands for the name. */
const ONE_LETTER =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}]/u;

/** A person's picture in a circle, or the initials on `color`. */
export function Avatar(props: {
  readonly name: string;
  /** Path or URL of a picture. */
  readonly src?: string | undefined;
  /** Diameter in pixels. */
  readonly size: number;
  /** Behind the initials, such as the brand colour; opaque. */
  readonly color: string;
  /** Of the page, BCP 47: it decides what a capital is. */
  readonly lang?: string | undefined;
}): Element {
  const { name, src, size, color, lang } = props;
  const round = { width: size, height: size, flexShrink: 0, borderRadius: size / 2 } as const;
  if (src) return <img src={src} alt="" width={size} height={size} style={{ ...round, objectFit: "cover" }} />;
  return (
    <div style={{ ...round, display: "flex", alignItems: "center", justifyContent: "center", backgroundColor: color }}>
      <div style={{ display: "flex", fontSize: size * 0.38, lineHeight: 1, fontWeight: 600, color: textOn(color) }}>
        {initials(name, lang)}
      </div>
    </div>
  );
}

/**
 * The first letters of a name: of its first and its last word, or one where the script asks for it.
 * @param lang BCP 47. @default that of no language
 */
export function initials(name: string, lang?: string): string {
  const letters = new Intl.Segmenter(undefined, { granularity: "grapheme" });
  const words = name
    .replace(/\(.*?\)|,.*$/g, "")
    .split(/[\s·・]+/)
    // A conjunct is one letter: cut, it would show the sign that joins it.
    .flatMap((word) => Array.from(letters.segment(word), ({ segment }) => segment).find((letter) => /^[\p{L}\p{N}]/u.test(letter)) ?? []);
  const first = words[0] ?? "";
  const last = words.length > 1 && !ONE_LETTER.test(first) ? (words.at(-1) ?? "") : "";
  return `${first}${last}`.toLocaleUpperCase(lang === undefined ? "und" : supported(lang));
}
