const KEY_AND_VALUE = /^\s*(?:- +)*([^\s:"'#{[][^:]*):[ \t](.*)$/;
/** Characters with which no plain text begins in YAML, and pairs that none has inside. */
const NEEDS_QUOTES = /^[@`%!&*|>?,\]}]|^\{\{|^\[[^\]]*\].|^- |: |:$/;

/** A longer line would not be read in a hint. */
const MAX_LINE = 200;

/** What to do about a line that is not the YAML its author meant, where it is one of the common slips. */
export function yamlHint(line: string): string | undefined {
  if (line.length > MAX_LINE) return undefined;
  if (/^ *\t/.test(line)) return "Indent with spaces: YAML takes no tabs there.";
  const [, key = "", rest = ""] = KEY_AND_VALUE.exec(line) ?? [];
  const value = rest.trim();
  const quote = /^["']/.exec(value)?.[0];
  if (quote === undefined) return NEEDS_QUOTES.test(value) ? putInQuotes(key, value) : undefined;
  if (!value.includes(quote, 1)) return `Close the quote: \`${key}: ${value}${quote}\`.`;
  return putInQuotes(key, value.endsWith(quote) ? value.slice(1, -1) : value);
}

function putInQuotes(key: string, value: string): string {
  const quoted = /["\\]/.test(value) ? `'${value.replaceAll("'", "''")}'` : `"${value}"`;
  return `Put the value in quotes: \`${key}: ${quoted}\`.`;
}
