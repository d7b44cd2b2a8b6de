/** Results as tables for people. */

/** Rows with their columns in the order of the first one's. */
export type Row = Readonly<Record<string, string | number | undefined>>;

export function table(title: string, rows: readonly Row[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const cells = [columns, ...rows.map((row) => columns.map((column) => cell(row[column])))];
  const widths = columns.map((_column, index) => Math.max(...cells.map((line) => (line[index] as string).length)));
  const lines = cells.map((line) =>
    line.map((text, index) => (index === 0 ? text.padEnd(widths[index] as number) : text.padStart(widths[index] as number))),
  );
  const [head = [], ...body] = lines;
  const rule = widths.map((width) => "-".repeat(width));
  return [`\n${title}\n`, ...[head, rule, ...body].map((line) => `| ${line.join(" | ")} |`)].join("\n");
}

function cell(value: string | number | undefined): string {
  if (value === undefined) return "–";
  if (typeof value === "string") return value;
  if (Number.isNaN(value)) return "–";
  return Math.abs(value) >= 100 || Number.isInteger(value) ? value.toFixed(0) : value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}

/** A figure as a multiple of ours: `7.10×`. */
export function times(ours: number | undefined, figure: number): string {
  return ours === undefined || !(ours > 0) ? "–" : `${(figure / ours).toFixed(2)}×`;
}
