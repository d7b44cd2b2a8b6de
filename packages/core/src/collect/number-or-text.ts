/**
 * The number that prints exactly as `text` was written, else the text itself: `3` and `1.5` are numbers; `1e3`, `1.10`, `0777`, `1_000` and
 * `12345678901234567890` stay what a person wrote, because that is what is drawn.
 */
export function numberOrText(text: string): number | string {
  const number = Number(text);
  return Number.isFinite(number) && String(number) === text ? number : text;
}
