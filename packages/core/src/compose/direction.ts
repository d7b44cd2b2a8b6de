/** The first strong character decides, as in https://www.unicode.org/reports/tr9/#P2, with scripts for bidi classes. */
const FIRST_STRONG = /\p{L}/u;
export const RTL_LETTER =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Samaritan}\p{Script=Mandaic}\p{Script=Adlam}\p{Script=Hanifi_Rohingya}]/u;

/** Scripts that are written from right to left, as ISO 15924 abbreviates them. */
const RTL_SCRIPTS = new Set(["Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Samr", "Mand", "Adlm", "Rohg"]);
/** Languages whose script ICU does not tell, or not in every release. */
const RTL_LANGUAGES = new Set(["azb", "mzn", "nqo", "prs"]);

/** The text direction of a page: its own, else that of its language's script, else that of its title's first letter. */
export function directionOf(page: {
  readonly dir?: "ltr" | "rtl" | undefined;
  readonly lang?: string | undefined;
  readonly title: string;
}): "ltr" | "rtl" {
  if (page.dir) return page.dir;
  const locale = localeOf(page.lang ?? "");
  if (locale)
    return RTL_SCRIPTS.has(locale.maximize().script ?? "") || (!locale.script && RTL_LANGUAGES.has(locale.language)) ? "rtl" : "ltr";
  const [letter] = FIRST_STRONG.exec(page.title) ?? [];
  return letter !== undefined && RTL_LETTER.test(letter) ? "rtl" : "ltr";
}

/** `undefined` for what is not a language tag. */
function localeOf(lang: string): Intl.Locale | undefined {
  const tag = lang.replaceAll("_", "-");
  if (!/^[a-z]{2,3}(-|$)/i.test(tag)) return undefined;
  try {
    return new Intl.Locale(tag);
  } catch {
    return undefined;
  }
}
