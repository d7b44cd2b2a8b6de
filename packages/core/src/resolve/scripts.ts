/** Writing systems, and the Fontsource package of Noto Sans that draws each. */
const SCRIPTS: readonly (readonly [name: string, id: string, letters: RegExp])[] = [
  ["Arabic", "noto-sans-arabic", /[\p{Script=Arabic}]/u],
  ["Hebrew", "noto-sans-hebrew", /\p{Script=Hebrew}/u],
  ["Devanagari", "noto-sans-devanagari", /\p{Script=Devanagari}/u],
  ["Bengali", "noto-sans-bengali", /\p{Script=Bengali}/u],
  ["Gurmukhi", "noto-sans-gurmukhi", /\p{Script=Gurmukhi}/u],
  ["Gujarati", "noto-sans-gujarati", /\p{Script=Gujarati}/u],
  ["Oriya", "noto-sans-oriya", /\p{Script=Oriya}/u],
  ["Tamil", "noto-sans-tamil", /\p{Script=Tamil}/u],
  ["Telugu", "noto-sans-telugu", /\p{Script=Telugu}/u],
  ["Kannada", "noto-sans-kannada", /\p{Script=Kannada}/u],
  ["Malayalam", "noto-sans-malayalam", /\p{Script=Malayalam}/u],
  ["Sinhala", "noto-sans-sinhala", /\p{Script=Sinhala}/u],
  ["Thai", "noto-sans-thai", /\p{Script=Thai}/u],
  ["Lao", "noto-sans-lao", /\p{Script=Lao}/u],
  ["Khmer", "noto-sans-khmer", /\p{Script=Khmer}/u],
  ["Myanmar", "noto-sans-myanmar", /\p{Script=Myanmar}/u],
  ["Georgian", "noto-sans-georgian", /\p{Script=Georgian}/u],
  ["Armenian", "noto-sans-armenian", /\p{Script=Armenian}/u],
  ["Ethiopic", "noto-sans-ethiopic", /\p{Script=Ethiopic}/u],
];

const HANGUL = /\p{Script=Hangul}/u;
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const HAN = /[\p{Script=Han}\p{Script=Bopomofo}]/u;
const CJK_COMMON = /[\u3000-\u303f\u30fb\u30fc\u31c0-\u31ef\u3200-\u33ff\ufe30-\ufe4f\uff00-\uffef]/u;
/** Rare letters, and the marks on them, that Inter does not have. */
const LETTERS = "noto-sans";
/** Arrows, mathematics, shapes. */
const SYMBOLS = ["noto-sans-symbols", "noto-sans-symbols-2", "noto-sans-math"];

/** Letters of formulas, operators and their brackets: https://www.unicode.org/charts/#symbols */
const MATHEMATICS = /[\u2100-\u214f\u2190-\u22ff\u27c0-\u27ef\u2900-\u2aff\u{1d400}-\u{1d7ff}]/u;
/** Rare letters, and marks on letters. */
const OF_LETTERS = /[\p{Script=Latin}\p{Script=Inherited}\p{Script=Greek}\p{Script=Cyrillic}]/u;

/** What is missing, in words, and the package that has it. */
export interface ScriptAdvice {
  readonly script: string;
  /** The id of the Fontsource package, such as `noto-sans-arabic`; there is none for emoji. */
  readonly install: string | undefined;
}

/**
 * The ids of the families in which a character is looked for, best first. Han characters follow the language: 骨 is
 * drawn in one way in Japan, and in another in China.
 */
export function familiesForCharacter(character: string, lang: string | undefined): readonly string[] {
  const own = SCRIPTS.find(([, , letters]) => letters.test(character));
  if (own) return [own[1]];
  const cjk = cjkFamilies(lang);
  if (KANA.test(character)) return ["noto-sans-jp", ...cjk.filter((id) => id !== "noto-sans-jp")];
  if (HANGUL.test(character)) return ["noto-sans-kr"];
  if (HAN.test(character) || CJK_COMMON.test(character)) return cjk;
  return [...(OF_LETTERS.test(character) ? [LETTERS] : []), ...SYMBOLS, ...SCRIPTS.map(([, id]) => id), ...cjk];
}

/** All families that may stand in, in the order in which a page of this language prefers them. */
export function scriptFamilies(lang: string | undefined): readonly string[] {
  return [...SCRIPTS.map(([, id]) => id), ...cjkFamilies(lang), LETTERS, ...SYMBOLS];
}

/** What to say of a character that nobody can draw. */
export function adviceFor(character: string, lang: string | undefined): ScriptAdvice {
  const own = SCRIPTS.find(([, , letters]) => letters.test(character));
  if (own) return { script: own[0], install: own[1] };
  const [best] = familiesForCharacter(character, lang);
  if (KANA.test(character)) return { script: "Japanese", install: best };
  if (HANGUL.test(character)) return { script: "Korean", install: best };
  if (HAN.test(character) || CJK_COMMON.test(character)) return { script: cjkName(best), install: best };
  if (/\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}/u.test(character))
    return { script: "emoji", install: undefined };
  if (MATHEMATICS.test(character)) return { script: "mathematical", install: "noto-sans-math" };
  if (OF_LETTERS.test(character)) return { script: "Latin", install: LETTERS };
  return { script: "symbol", install: "noto-sans-symbols-2" };
}

function cjkFamilies(lang = ""): readonly string[] {
  const tag = lang.toLowerCase().replaceAll("_", "-");
  if (/^ja\b/.test(tag)) return ["noto-sans-jp", "noto-sans-sc", "noto-sans-tc", "noto-sans-kr"];
  if (/^ko\b/.test(tag)) return ["noto-sans-kr", "noto-sans-jp", "noto-sans-tc", "noto-sans-sc"];
  if (/^(zh|yue)\b.*-(tw|hk|mo|hant)\b/.test(tag) || /^yue\b/.test(tag))
    return ["noto-sans-tc", "noto-sans-sc", "noto-sans-jp", "noto-sans-kr"];
  return ["noto-sans-sc", "noto-sans-tc", "noto-sans-jp", "noto-sans-kr"];
}

function cjkName(id: string | undefined): string {
  return id === "noto-sans-jp" ? "Japanese" : id === "noto-sans-kr" ? "Korean" : id === "noto-sans-tc" ? "Traditional Chinese" : "Chinese";
}
