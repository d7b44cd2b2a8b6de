import type { Page } from "../types.ts";
import { AVATAR, COVER, SCREEN } from "./sample-pictures.ts";

/**
 * A page that has everything a template may show; all of it is invented.
 * @param template its name: what the built-in ones are made for has a title of its own
 */
export function samplePage(language: keyof typeof TEXTS, dir: "ltr" | "rtl", template: string): Page {
  const { titles, description, tags, author, ...data } = TEXTS[language];
  return {
    id: `${template}-${language}-${dir}`,
    title: new Map(Object.entries({ ...titles, profile: author })).get(template) ?? titles.article,
    description,
    tags,
    lang: language,
    dir,
    date: "2026-05-14",
    image: template === "product" ? SCREEN : COVER,
    author: { name: author, avatar: AVATAR },
    data: { ...data, og: { language: "ts" }, time: "18:30", version: "3.0", filename: "tide.ts", code: CODE, value: "4,200" },
  };
}

const CODE = `const tide = await tides.next("Bergen");

if (tide.height < boat.draught) {
  await wait(tide.turns);
}`;

const TEXTS = {
  en: {
    titles: {
      article: "Charts that still work when the signal is gone",
      code: "Ask the tide before you enter",
      docs: "Keep a coastline on your phone",
      event: "An evening on paper charts",
      gradient: "Tideline 3 knows every harbour",
      minimal: "What the sea keeps to itself",
      photo: "The last boat home knows the way without a light",
      product: "Every coast in your pocket",
      release: "Whole coastlines, offline",
      stats: "Tide tables for the places where you sleep",
    },
    description: "Version 3 keeps whole coastlines on the phone: depths, lights, tide tables and the harbour master’s number.",
    tags: ["Sailing", "Maps", "Offline"],
    author: "Ingrid Solberg",
    role: "Head of cartography",
    place: "Old Customs House, Bergen",
    quote: "A chart that you cannot open at sea is only a picture of the sea.",
    highlights: ["Whole coastlines offline", "Tide tables for 4,200 harbours", "Night colours that spare your eyes"],
    caption: "harbours with tide tables, all of them offline",
    stats: [
      { value: "38", caption: "coastlines" },
      { value: "12 MB", caption: "for each" },
      { value: "0", caption: "bars of signal" },
    ],
    breadcrumb: ["Guides", "Navigation"],
  },
  ar: {
    titles: {
      article: "خرائط بحرية تعمل حتى بلا شبكة",
      code: "اسأل المد قبل أن تدخل الميناء",
      docs: "احفظ ساحلا كاملا في هاتفك",
      event: "أمسية مع الخرائط الورقية",
      gradient: "كل الموانئ في تطبيق واحد",
      minimal: "ما يخفيه البحر عنا",
      photo: "آخر قارب يعرف طريق العودة",
      product: "كل السواحل في جيبك",
      release: "سواحل كاملة دون اتصال",
      stats: "جداول المد حيث تبيت",
    },
    description: "الإصدار الثالث يحفظ سواحل كاملة في الهاتف: الأعماق والمنارات وجداول المد وأرقام الموانئ.",
    tags: ["إبحار", "خرائط"],
    author: "ليلى منصور",
    role: "رئيسة قسم الخرائط",
    place: "مبنى الجمارك القديم، الإسكندرية",
    quote: "الخريطة التي لا تُفتح في البحر ليست إلا صورة للبحر.",
    highlights: ["سواحل كاملة دون اتصال", "جداول المد لأكثر من 4200 ميناء", "ألوان ليلية تريح العين"],
    caption: "ميناء بجداول مد تعمل دون اتصال",
    stats: [
      { value: "38", caption: "ساحلا" },
      { value: "12", caption: "ميغابايت لكل ساحل" },
      { value: "0", caption: "شبكات" },
    ],
    breadcrumb: ["أدلة", "الملاحة"],
  },
  he: {
    titles: {
      article: "מפות ים שעובדות גם כשאין קליטה",
      code: "לשאול את הגאות לפני הכניסה לנמל",
      docs: "לשמור חוף שלם בטלפון",
      event: "ערב עם מפות נייר",
      gradient: "כל הנמלים במקום אחד",
      minimal: "מה שהים שומר לעצמו",
      photo: "הסירה האחרונה מכירה את הדרך הביתה",
      product: "כל החופים בכיס שלך",
      release: "חופים שלמים בלי רשת",
      stats: "לוחות גאות למקום שבו ישנים",
    },
    description: "גרסה 3 שומרת חופים שלמים בטלפון: עומקים, מגדלורים, לוחות גאות ומספר הטלפון של הנמל.",
    tags: ["שיט", "מפות"],
    author: "נועה ברק",
    role: "ראש תחום מיפוי",
    place: "בית המכס הישן, חיפה",
    quote: "מפה שאי אפשר לפתוח בים היא רק ציור של הים.",
    highlights: ["חופים שלמים בלי רשת", "לוחות גאות של 4,200 נמלים", "צבעי לילה שנעימים לעיניים"],
    caption: "נמלים עם לוחות גאות, כולם זמינים בלי רשת",
    stats: [
      { value: "38", caption: "חופים" },
      { value: "12MB", caption: "לכל חוף" },
      { value: "0", caption: "פסי קליטה" },
    ],
    breadcrumb: ["מדריכים", "ניווט"],
  },
} as const;
