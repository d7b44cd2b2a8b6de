import type { CssProperties } from "../../compose/css.ts";
import type { Element } from "../../compose/jsx-runtime.ts";

const ISO_DATE = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt ]+(\d{1,2}):(\d{2})|$|[Tt ])/;

/** A date's parts as a page's language writes them. */
export interface DateParts {
  /** Such as `14`. */
  readonly day: string;
  /** In full: `February`. */
  readonly month: string;
  readonly weekday: string;
  readonly year: string;
  /** Such as `6:30 PM` or `18:30`; none where the date has none. */
  readonly time?: string | undefined;
}

/**
 * `2024-01-02` as the page's language writes it in full; any other text as it was written.
 * @param lang BCP 47. @default "en"
 */
export function formatDate(date: string, lang = "en"): string {
  const moment = momentOf(date);
  return moment ? formatted(moment, lang, { dateStyle: "long" }) : date;
}

/** A date in the page's language, on one line. */
export function FormattedDate(props: {
  /** As in the page: `2024-01-02`, or any text. */
  readonly date: string;
  /** BCP 47. @default "en" */
  readonly lang?: string | undefined;
  readonly style?: CssProperties;
}): Element {
  return <div style={{ display: "block", lineClamp: 1, ...props.style }}>{formatDate(props.date, props.lang)}</div>;
}

/**
 * The parts of `2024-01-02` or `2024-01-02T18:30`; `undefined` for any other text.
 * @param lang BCP 47. @default "en"
 */
export function dateParts(date: string, lang = "en"): DateParts | undefined {
  const moment = momentOf(date);
  if (!moment) return undefined;
  const part = (options: Intl.DateTimeFormatOptions) => formatted(moment, lang, options);
  return {
    // Some languages write a word beside the number (`14日`), which is too much for a large figure.
    day: new Intl.NumberFormat(supported(lang)).format(moment.getUTCDate()),
    month: monthOf(moment, lang),
    weekday: part({ weekday: "long" }),
    year: part({ year: "numeric" }),
    time: /[Tt ]\d/.test(date) ? part({ timeStyle: "short" }) : undefined,
  };
}

/** Languages whose names of months are for dates ("of May"), of which those beside a year are the names themselves. */
const IN_DATES = new Set(["ca", "el"]);

/** A month by itself, with a figure where the day beside it has one, too: `5月`, not `五月`. */
function monthOf(moment: Date, lang: string): string {
  const { language } = new Intl.Locale(supported(lang));
  if (!IN_DATES.has(language)) return formatted(moment, lang, { month: language === "zh" ? "short" : "long" });
  const parts = formatOf(lang, { month: "long", year: "numeric" }).formatToParts(moment);
  return parts.find(({ type }) => type === "month")?.value ?? "";
}

/** The calendar day and the clock as written, in no time zone. */
function momentOf(date: string): Date | undefined {
  const [, year, month, day, hour = "12", minute = "0"] = ISO_DATE.exec(date) ?? [];
  if (year === undefined) return undefined;
  return new Date(Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute)));
}

/** Making one costs as much as the rest of a card's composing. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatted(moment: Date, lang: string, options: Intl.DateTimeFormatOptions): string {
  return formatOf(lang, options).format(moment);
}

function formatOf(lang: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const id = `${lang} ${JSON.stringify(options)}`;
  const format = formats.get(id) ?? new Intl.DateTimeFormat(supported(lang), { ...options, timeZone: "UTC", calendar: "gregory" });
  formats.set(id, format);
  return format;
}

/** The language as `Intl` knows it, English where it does not. */
export function supported(lang: string): string {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(lang.replaceAll("_", "-"))[0] ?? "en";
  } catch {
    return "en";
  }
}
