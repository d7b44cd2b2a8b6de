const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})(?:[T ]|$)/;

/** `2024-01-02` as the page's language writes it in full; any other text as it was written. */
export function formatDate(date: string, lang = "en"): string {
  const [, year, month, day] = ISO_DATE.exec(date) ?? [];
  if (year === undefined) return date;
  // The calendar day as written, in no time zone: noon keeps it from rolling over.
  const noon = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day), 12));
  return new Intl.DateTimeFormat(supported(lang), { dateStyle: "long", timeZone: "UTC", calendar: "gregory" }).format(noon);
}

function supported(lang: string): string {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(lang.replaceAll("_", "-"))[0] ?? "en";
  } catch {
    return "en";
  }
}
