import { relative, sep } from "node:path";
import type { Ledger, OgError, Warning } from "@og-gen/core";

/** Something to tell of one page, or of the run. */
export interface Problem {
  readonly level: "warn" | "error";
  readonly about: Warning | OgError;
}

/** Places named of problems that are alike. */
const NAMED = 3;

/** What there is to tell of a run, in page order; a page that did not get the card it asked for is an error. */
export function problemsOf({ results, warnings }: Ledger): readonly Problem[] {
  const ofPages = results.flatMap((result) => result.warnings);
  return [
    ...results.flatMap((result): readonly Problem[] => [
      ...result.warnings.map((about) => ({ level: "warn", about }) as const),
      ...("error" in result ? [{ level: "error", about: result.error } as const] : []),
    ]),
    ...warnings.slice(ofPages.length).map((about) => ({ level: "warn", about }) as const),
  ];
}

/** The words for problems: those that are alike once, at the first one's turn, with the first few places and the number of the others. */
export function problemTexts(
  problems: readonly Problem[],
  root: string,
): readonly { readonly level: Problem["level"]; readonly text: string }[] {
  const groups = Map.groupBy(problems, ({ level, about: { code, message, hint } }) => JSON.stringify([level, code, message, hint]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const places = [...new Set(group.flatMap(({ about }) => placeWithDetail(about, root) ?? []))];
    const { message, hint } = first.about;
    const lines = [`${places.length > 0 ? `${listed(places)}: ` : ""}${message}`, ...(hint === undefined ? [] : [`  ${hint}`])];
    return { level: first.level, text: lines.map(printable).join("\n") };
  });
}

function placeWithDetail(about: Warning | OgError, root: string): string | undefined {
  const place = placeOf(about, root);
  return place !== undefined && "detail" in about && about.detail !== undefined ? `${place} (${about.detail})` : place;
}

/** `src/content/blog/hello.md:3:7`, or the page's address where no file of the project is at fault. */
function placeOf({ page, file, line, ...rest }: Warning | OgError, root: string): string | undefined {
  const path = file === undefined ? undefined : relative(root, file).split(sep).join("/");
  if (path === undefined || path.startsWith("../")) return page === undefined ? file : `/${page}`;
  return [path, line, "column" in rest ? rest.column : undefined].filter((part) => part !== undefined).join(":");
}

function listed(places: readonly string[]): string {
  const more = places.length - NAMED;
  return places.slice(0, NAMED).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** Words of a page reach a terminal: what could steer it is left out. */
function printable(line: string): string {
  return line.replace(/[\p{Control}\p{Bidi_Control}]/gu, " ");
}
