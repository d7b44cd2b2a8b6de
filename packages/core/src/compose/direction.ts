/** The first strong character decides, as in https://www.unicode.org/reports/tr9/#P2, with scripts for bidi classes. */
const FIRST_STRONG = /\p{L}/u;
const RTL_SCRIPTS =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Samaritan}\p{Script=Mandaic}\p{Script=Adlam}\p{Script=Hanifi_Rohingya}]/u;

/** Languages that are written from right to left, where no script subtag says otherwise. */
const RTL_LANGUAGES = new Set(["ar", "arc", "arz", "ckb", "dv", "fa", "ha-arab", "he", "iw", "ks", "nqo", "pnb", "ps", "sd", "syr", "ug", "ur", "yi"]);
const RTL_SUBTAG = /-(arab|hebr|syrc|thaa|nkoo|adlm|rohg)\b/i;

/** The text direction of a page: its own, else its language's, else that of its title's first letter. */
export function directionOf(page: { readonly dir?: "ltr" | "rtl" | undefined; readonly lang?: string | undefined; readonly title: string }): "ltr" | "rtl" {
  if (page.dir) return page.dir;
  if (page.lang) {
    const [language = ""] = page.lang.toLowerCase().split(/[-_]/);
    return RTL_LANGUAGES.has(language) || RTL_SUBTAG.test(page.lang) ? "rtl" : "ltr";
  }
  const [letter] = FIRST_STRONG.exec(page.title) ?? [];
  return letter !== undefined && RTL_SCRIPTS.test(letter) ? "rtl" : "ltr";
}
