import type { Page } from "../types.ts";
import { AVATAR, COVER } from "./sample-pictures.ts";

/** A page that has everything a template may show; all of it is invented. */
export function samplePage(language: keyof typeof TEXTS, dir: "ltr" | "rtl"): Page {
  const { title, description, tags, author, ...data } = TEXTS[language];
  return {
    id: `sample-${language}-${dir}`,
    title,
    description,
    tags,
    lang: language,
    dir,
    date: "2026-05-14",
    image: COVER,
    author: { name: author, avatar: AVATAR },
    data: { ...data, time: "18:30", version: "3.0", code: CODE, language: "ts", value: "4,200" },
  };
}

const CODE = `const tide = await tides.next("Bergen");

if (tide.height < boat.draught) {
  await wait(tide.turns);
}`;

const TEXTS = {
  en: {
    title: "Charts that still work when the signal is gone",
    description: "Version 3 keeps whole coastlines on the phone: depths, lights, tide tables and the harbour master’s number.",
    tags: ["Sailing", "Maps", "Offline"],
    author: "Ingrid Solberg",
    role: "Head of cartography",
    place: "Old Customs House, Bergen",
    quote: "A chart that you cannot open at sea is only a picture of the sea.",
    highlights: ["Whole coastlines offline", "Tide tables for 4,200 harbours", "Night colours that spare your eyes"],
    caption: "harbours with tide tables, all of them offline",
    stats: [
      { value: "4,200", caption: "harbours" },
      { value: "38", caption: "coastlines" },
      { value: "0", caption: "bars of signal" },
    ],
    breadcrumb: ["Guides", "Navigation"],
  },
  ar: {
    title: "خرائط بحرية تعمل حتى بلا شبكة",
    description: "الإصدار الثالث يحفظ سواحل كاملة في الهاتف: الأعماق والمنارات وجداول المد وأرقام الموانئ.",
    tags: ["إبحار", "خرائط"],
    author: "ليلى منصور",
    role: "رئيسة قسم الخرائط",
    place: "مبنى الجمارك القديم، الإسكندرية",
    quote: "الخريطة التي لا تُفتح في البحر ليست إلا صورة للبحر.",
    highlights: ["سواحل كاملة دون اتصال", "جداول المد لأكثر من 4200 ميناء", "ألوان ليلية تريح العين"],
    caption: "ميناء بجداول مد تعمل دون اتصال",
    stats: [
      { value: "4200", caption: "ميناء" },
      { value: "38", caption: "ساحلا" },
      { value: "0", caption: "شبكات" },
    ],
    breadcrumb: ["أدلة", "الملاحة"],
  },
  he: {
    title: "מפות ים שעובדות גם כשאין קליטה",
    description: "גרסה 3 שומרת חופים שלמים בטלפון: עומקים, מגדלורים, לוחות גאות ומספר הטלפון של הנמל.",
    tags: ["שיט", "מפות"],
    author: "נועה ברק",
    role: "ראש תחום מיפוי",
    place: "בית המכס הישן, חיפה",
    quote: "מפה שאי אפשר לפתוח בים היא רק ציור של הים.",
    highlights: ["חופים שלמים בלי רשת", "לוחות גאות של 4,200 נמלים", "צבעי לילה שנעימים לעיניים"],
    caption: "נמלים עם לוחות גאות, כולם זמינים בלי רשת",
    stats: [
      { value: "4,200", caption: "נמלים" },
      { value: "38", caption: "חופים" },
      { value: "0", caption: "פסי קליטה" },
    ],
    breadcrumb: ["מדריכים", "ניווט"],
  },
} as const;
