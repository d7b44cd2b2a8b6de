export type QuotationMark = "“" | "”" | "„" | "«";

/** What quotations begin with where that is not “, by CLDR 47 (`quotationStart`): https://cldr.unicode.org */
const STARTS: readonly (readonly [mark: QuotationMark, languages: string])[] = [
  ["„", "bg bs cs de dsb et hr hsb hu is ka lb lt mk pl ro sk sl sr"],
  ["«", "am ast be br ca el eu fa fr hy it kk ky nb nn no pt-pt ru sc sq uk"],
  ["”", "ar fi he sv syr ur"],
];

/**
 * The mark that a quotation begins with. In a page from right to left, « is drawn as ».
 * @param lang BCP 47. Without one that is known: “, or ” from right to left
 */
export function quotationMark(lang: string | undefined, dir: "ltr" | "rtl"): QuotationMark {
  const tag = (lang ?? "").toLowerCase().replaceAll("_", "-");
  const found = STARTS.find(([, languages]) => languages.split(" ").some((language) => tag === language || tag.startsWith(`${language}-`)));
  return found?.[0] ?? (dir === "rtl" ? "”" : "“");
}

/** One pair of marks around all of a text. */
const QUOTED = /^\s*(?:“([^“”]+)”|”([^”]+)”|„([^„“”]+)[“”]|"([^"]+)"|«([^«»]+)»|»([^«»]+)«|「([^「」]+)」|『([^『』]+)』)\s*$/u;

/** The text without the quotation marks around it; those inside of it stay. */
export function unquoted(text: string): string {
  const [, ...inner] = QUOTED.exec(text) ?? [];
  return inner.find((part) => part !== undefined)?.trim() || text;
}
