/** Titles of every length, the same ones in each run: for tests and benches. */

const WORDS = {
  en: "a an in on of to it the and how why what with from small better without building faster pages images cards typography deployment accessibility internationalization",
  de: "in auf und der die das wie man für kleine Werkzeuge schneller baut Bilder Seitenaufbau Zwischenspeicher Veröffentlichungsverfahren Rechtsschutzversicherungsgesellschaften",
  vi: "và của một cách những hình ảnh trang nhanh hơn không đường dẫn nghiệp thử nghiệm hướng",
  el: "και το της για πώς μια μικρή ομάδα έφτιαξε γρηγορότερες σελίδες χωρίς διακομιστές τυπογραφία",
  ru: "и в на как мы для без собираем картинки страниц быстрее развёртывание интернационализация",
  ar: "في من على كيف نبني صورًا للصفحات بسرعة أكبر دون خوادم الطباعة والخطوط",
  hi: "में और के लिए कैसे हम बिना सर्वर पन्नों की तस्वीरें तेज़ी से बनाते हैं टाइपोग्राफ़ी",
} as const;

/** Written without spaces between the words. */
const UNSPACED = {
  ja: "あなたのサイトにカードを追加する方法とその理由について、速さと文字の美しさ",
  "zh-CN": "为您的网站添加卡片的方法和原因，速度与文字之美，无需服务器",
  "zh-TW": "為您的網站新增卡片的方法和原因，速度與文字之美，無需伺服器",
  ko: "서버 없이 더 빠르게 페이지의 이미지를 만드는 방법과 이유",
  th: "วิธีสร้างภาพสำหรับหน้าเว็บให้เร็วขึ้นโดยไม่ต้องใช้เซิร์ฟเวอร์",
} as const;

export type TitleLanguage = keyof typeof WORDS | keyof typeof UNSPACED;
/** The languages that the bundled font draws. */
export const BUNDLED_LANGUAGES = ["en", "de", "vi", "el", "ru"] as const satisfies readonly TitleLanguage[];
export const ALL_LANGUAGES = [...Object.keys(WORDS), ...Object.keys(UNSPACED)] as readonly TitleLanguage[];

export interface SampleTitle {
  readonly title: string;
  readonly lang: TitleLanguage;
}

/** `count` titles from 1 to 400 characters: all lengths come up if `count` is 400 or more, and the languages by turns. */
export function sampleTitles(count: number, languages: readonly TitleLanguage[]): readonly SampleTitle[] {
  const random = seeded(2026);
  return Array.from({ length: count }, (_title, index) => {
    const lang = languages[index % languages.length] as TitleLanguage;
    const length = 1 + (count >= 400 ? index % 400 : Math.floor((index * 400) / count));
    return { title: titleOf(lang, length, random), lang };
  });
}

function titleOf(lang: TitleLanguage, length: number, random: () => number): string {
  const pieces = lang in WORDS ? WORDS[lang as keyof typeof WORDS].split(" ") : graphemes(UNSPACED[lang as keyof typeof UNSPACED]);
  const between = lang in WORDS ? " " : "";
  let title = "";
  for (let at = Math.floor(random() * pieces.length); title.length < length; at++) {
    const next = between === "" ? at : Math.floor(random() * pieces.length);
    title += (title === "" ? "" : between) + (pieces[next % pieces.length] as string);
  }
  const cut = graphemes(title).slice(0, length).join("").trim();
  return cut.charAt(0).toLocaleUpperCase(lang) + cut.slice(1);
}

function graphemes(text: string): readonly string[] {
  return Array.from(new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text), ({ segment }) => segment);
}

/** Numbers from 0 to 1: mulberry32, by Tommy Ettinger, in the public domain. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
