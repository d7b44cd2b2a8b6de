import picomatch from "picomatch";
import type { LoadedTemplate } from "./compose/template.ts";
import { resolveTheme } from "./compose/theme.ts";
import { toOgError, type OgError } from "./error.ts";
import type { Rule } from "./options.ts";
import { outputPath } from "./publish/paths.ts";
import type { Session } from "./session.ts";
import type { Entry, Page, PageRef, SkippedResult, Theme, Warning } from "./types.ts";

/** A page on its way to its cards: what will draw them and where they go, or why that cannot be. */
export interface Draft {
  readonly page: Page;
  readonly theme: Theme;
  /** One per variant. */
  readonly templates: readonly LoadedTemplate[];
  /** One per variant; absolute paths that belong to this page alone. */
  readonly files: readonly string[];
  readonly warnings: readonly Warning[];
  readonly error?: OgError | undefined;
  /** `performance.now()` when the page's turn began. */
  readonly started: number;
}

/** Gives every entry of a source its theme, templates and output paths, by the rules of the configuration. */
export function createDrafter(session: Session): (entry: Entry) => Promise<Draft | SkippedResult> {
  const rules = session.options.rules.map((rule) => ({ rule, matches: matcher(rule.match) }));

  return async (entry) => {
    const started = performance.now();
    if (entry.kind === "skipped") return skipped(entry.page, entry.reason, started);
    const applied = rules.filter(({ matches }) => matches(entry.page.id)).map(({ rule }) => rule);
    if (applied.some((rule) => rule.skip)) return skipped(entry.page, "a rule of the configuration", started);

    const allowed = withoutForbiddenImages(session, entry.page);
    const draft = {
      page: allowed.page,
      theme: resolveTheme(session.options.theme, ...applied.map((rule) => rule.theme)),
      templates: [],
      files: [],
      warnings: [...(entry.kind === "page" ? entry.warnings : []), ...allowed.warnings],
      started,
    };
    const where = { page: entry.page.id, file: entry.page.file };
    try {
      const files = claimFiles(session, entry.page);
      if (entry.kind === "broken") return { ...draft, files, error: toOgError(entry.error, "E_PAGE", where) };
      try {
        return { ...draft, files, templates: await templatesOf(session, entry.page, applied) };
      } catch (thrown) {
        return { ...draft, files, error: toOgError(thrown, "E_TEMPLATE", where) };
      }
    } catch (thrown) {
      return { ...draft, error: toOgError(thrown, "E_OUTPUT_PATH", where) };
    }
  };
}

/** @throws OgError `E_OUTPUT_PATH`, `E_OUTPUT_COLLISION` */
function claimFiles({ options, claims }: Session, page: Page): readonly string[] {
  return options.variants.map(({ name, format }, index) =>
    claims.claim(outputPath(page.id, format, index === 0 ? undefined : name), page.id),
  );
}

/** One template per variant: the page's own, else the last rule's, else the variant's, else the configuration's. */
function templatesOf({ options, templates }: Session, page: Page, applied: readonly Rule[]): Promise<readonly LoadedTemplate[]> {
  const own = page.card?.template;
  const byRule = applied.findLast((rule) => rule.template !== undefined)?.template;
  return Promise.all(
    options.variants.map((variant) =>
      own === undefined ? templates.configured(byRule ?? variant.template ?? options.template, page) : templates.requested(own, page),
    ),
  );
}

/** Pictures on hosts that are not allowed are left out with a warning: a page must not lose its card for that. */
function withoutForbiddenImages({ resolver }: Session, page: Page): { readonly page: Page; readonly warnings: readonly Warning[] } {
  const named = new Set([page.image, page.author?.avatar].filter((name) => name !== undefined));
  const forbidden = [...named].filter(resolver.images.isForbidden);
  if (forbidden.length === 0) return { page, warnings: [] };
  const keep = (name: string | undefined) => (name !== undefined && forbidden.includes(name) ? undefined : name);
  return {
    page: { ...page, image: keep(page.image), author: page.author && { ...page.author, avatar: keep(page.author.avatar) } },
    warnings: forbidden.map((name) => ({
      code: "W_REMOTE_IMAGE",
      message: `The image ${name} is on another host and was left out.`,
      hint: hostHint(name),
      page: page.id,
      file: page.file,
    })),
  };
}

function hostHint(url: string): string {
  const host = URL.parse(url, "https://relative.invalid")?.hostname;
  return host ? `Add "${host}" to \`remoteHosts\`, or use a local copy.` : "Use a local copy.";
}

/** A glob with `!` before it takes away from the others. */
function matcher(match: string | readonly string[]): (id: string) => boolean {
  const globs = [match].flat().map((glob) => glob.replace(/^(!?)\//, "$1").replace(/\/$/, ""));
  const excluded = globs.filter((glob) => glob.startsWith("!")).map((glob) => glob.slice(1));
  const given = globs.filter((glob) => !glob.startsWith("!"));
  const included = given.length > 0 || excluded.length === 0 ? given : ["**"];
  const matches = picomatch(
    included.filter((glob) => glob !== ""),
    { dot: true, ignore: excluded.filter((glob) => glob !== "") },
  );
  const isHome = included.some((glob) => glob === "" || glob === "**") && !excluded.some((glob) => glob === "" || glob === "**");
  return (id) => (id === "" ? isHome : matches(id));
}

function skipped({ id, title, file }: PageRef, reason: string, started: number): SkippedResult {
  return { status: "skipped", page: { id, title, file }, reason, ms: performance.now() - started, warnings: [] };
}
