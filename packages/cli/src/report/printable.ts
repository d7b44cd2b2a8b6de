/**
 * Text of a page as one harmless line: what could steer a terminal (escape sequences, line breaks, changes of direction) is written
 * out, `\u001b`.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Control}\p{Bidi_Control}\u2028\u2029]/gu, escaped);
}

/** JSON that may be shown on a terminal: the same value, with what `JSON.stringify` leaves of control characters escaped. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value, undefined, 2).replace(/(?!\n)[\p{Control}\p{Bidi_Control}\u2028\u2029]/gu, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
