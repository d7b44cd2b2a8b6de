import { digits } from "./count.ts";
import type { Finding, Place } from "./findings.ts";
import { fromCwd, pageName } from "./paths.ts";
import { printable } from "./printable.ts";
import type { Paint } from "./writer.ts";

/** Places shown of a finding, unless all are asked for. */
const SHOWN = 3;

export interface FindingStyle {
  readonly cwd: string;
  readonly paint: Paint;
  /** Every place of a finding. */
  readonly verbose: boolean;
}

/**
 * What happened, where, and what to do:
 *
 *     error E_FRONT_MATTER: The front matter cannot be parsed: …
 *       at blog/hello (content/blog/hello.md:3:7)
 *       Close the quotation mark.
 */
export function findingLines(finding: Finding, style: FindingStyle): readonly string[] {
  const { severity, code, message, hint, places } = finding;
  const [what = "", ...more] = message.trimEnd().split(/\r?\n/).map(printable);
  const label = style.paint(["bold", severity === "error" ? "red" : "yellow"], code === undefined ? severity : `${severity} ${code}`);
  const shown = style.verbose ? places : places.slice(0, SHOWN);
  const hidden = places.length - shown.length;
  return [
    `${label}: ${what}`,
    ...more.map((line) => `  | ${line}`),
    ...shown.map((place) => `  at ${placeText(place, style)}`),
    ...(hidden > 0 ? [`  and at ${digits(hidden)} more (--verbose shows all)`] : []),
    ...(hint === undefined ? [] : [`  ${style.paint("cyan", "→")} ${printable(hint)}`]),
  ];
}

function placeText(place: Place, { cwd, paint }: FindingStyle): string {
  const page = place.page === undefined ? undefined : printable(pageName(place.page));
  const file = place.file === undefined ? undefined : paint("dim", printable(position(fromCwd(place.file, cwd), place)));
  const where = page !== undefined && file !== undefined ? `${page} (${file})` : (page ?? file);
  const detail = place.detail === undefined ? undefined : printable(place.detail);
  return [where, detail].filter((part) => part !== undefined).join(": ");
}

function position(file: string, { line, column }: Place): string {
  return [file, line, line === undefined ? undefined : column].filter((part) => part !== undefined).join(":");
}
