import type { Collected } from "./collect/entry-text.ts";
import type { LoadedTemplate } from "./compose/template.ts";
import { toOgError, type OgError } from "./error.ts";
import type { Rule } from "./options.ts";
import { outputPath, type CardFiles } from "./publish/paths.ts";
import { createCardsQuestion, recallCards, type RecalledCard } from "./recall/cards.ts";
import type { Session } from "./session.ts";
import { copyOf } from "./themes.ts";
import type { Format, Page, PageRef, SkippedResult, Theme, Warning } from "./types.ts";

/** A page on its way to its cards: what will draw them and where they go, or why that cannot be. */
export interface Draft {
  readonly page: Page;
  readonly theme: Theme;
  /** One per variant; none where the cards are recalled. */
  readonly templates: readonly LoadedTemplate[];
  /** The cards, where an earlier run knows them. */
  readonly recalled?: Recalled | undefined;
  /** Under which the cards may be remembered. */
  readonly question?: string | undefined;
  /** One per variant; the paths belong to this page alone. */
  readonly files: readonly CardFiles[];
  readonly warnings: readonly Warning[];
  readonly error?: OgError | undefined;
  /** `performance.now()` when the page's turn began. */
  readonly started: number;
}

/** Cards that need not be composed. */
export interface Recalled {
  readonly cards: readonly RecalledCard[];
  /** The name of what drew the primary one. */
  readonly template: string;
  /** Loads what draws them after all. @throws OgError `E_TEMPLATE` */
  readonly load: () => Promise<readonly LoadedTemplate[]>;
}

/** Gives every entry of a source its theme, templates and output paths, by the rules of the configuration. */
export async function createDrafter(session: Session): Promise<(collected: Collected) => Promise<Draft | SkippedResult>> {
  const rules = await withMatchers(session.options.rules);
  const questionOf = createCardsQuestion(session.options);

  return async ({ entry, identity }) => {
    const started = performance.now();
    if (entry.kind === "skipped") return skipped(entry.page, entry.reason, started);
    const applied = rules.filter(({ matches }) => matches(entry.page.id)).map(({ rule }) => rule);
    if (applied.some((rule) => rule.skip)) return skipped(entry.page, "a rule of the configuration", started);

    const allowed = withoutForbiddenImages(session, entry.page);
    const { theme, text } = await session.themes(session.options.theme, ...applied.map((rule) => rule.theme));
    const draft = {
      page: withBase(allowed.page, session.options.base),
      theme: copyOf(theme),
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
        const wanted = templatesFor(session, entry.page, applied);
        const question = wanted.builtIn && questionOf(draft.page, identity, text, wanted.builtIn);
        const cards = question === undefined ? undefined : await recallCards(session.recall, question, draft.page, session.images);
        if (cards && wanted.builtIn)
          return { ...draft, files, recalled: { cards, template: wanted.builtIn[0] as string, load: wanted.load } };
        return { ...draft, files, question, templates: await wanted.load() };
      } catch (thrown) {
        return { ...draft, files, error: toOgError(thrown, "E_TEMPLATE", where) };
      }
    } catch (thrown) {
      return { ...draft, error: toOgError(thrown, "E_OUTPUT_PATH", where) };
    }
  };
}

interface MatchedRule {
  readonly rule: Rule;
  readonly matches: (id: string) => boolean;
}

async function withMatchers(rules: readonly Rule[]): Promise<readonly MatchedRule[]> {
  if (rules.length === 0) return [];
  const { pageMatcher } = await import("./page-matcher.ts");
  return rules.map((rule) => ({ rule, matches: pageMatcher(rule.match) }));
}

/** @throws OgError `E_OUTPUT_PATH`, `E_OUTPUT_COLLISION` */
function claimFiles({ options, claims }: Session, page: Page): readonly CardFiles[] {
  return options.variants.map(({ name, format, maxBytes }, index) => {
    const claim = (format: Format) => claims.claim(outputPath(page.id, format, index === 0 ? undefined : name), page.id, page.file);
    const mayBecomeJpeg = format === "png" && maxBytes !== undefined;
    return { [format]: claim(format), ...(mayBecomeJpeg && { jpeg: claim("jpeg") }) };
  });
}

interface WantedTemplates {
  /** Their names, where all of them are built in. */
  readonly builtIn: readonly string[] | undefined;
  readonly load: () => Promise<readonly LoadedTemplate[]>;
}

/** One template per variant: the page's own, else the last rule's, else the variant's, else the configuration's. */
function templatesFor({ options, templates }: Session, page: Page, applied: readonly Rule[]): WantedTemplates {
  const own = page.card?.template;
  const byRule = applied.findLast((rule) => rule.template !== undefined)?.template;
  const wanted = options.variants.map((variant) => own ?? byRule ?? variant.template ?? options.template);
  const names = wanted.map((template) => templates.builtIn(template, page));
  return {
    builtIn: names.every((name) => name !== undefined) ? names : undefined,
    load: () =>
      Promise.all(wanted.map((template) => (own === undefined ? templates.configured(template, page) : templates.requested(own, page)))),
  };
}

/** Site generators write the paths of pages without the path that the site lives under. */
function withBase(page: Page, base: string): Page {
  const { url } = page;
  if (base === "/" || url === undefined || !url.startsWith("/") || `${url}/`.startsWith(base)) return page;
  return { ...page, url: base + url.slice(1) };
}

/** Pictures on hosts that are not allowed are left out with a warning: a page must not lose its card for that. */
function withoutForbiddenImages({ images }: Session, page: Page): { readonly page: Page; readonly warnings: readonly Warning[] } {
  const named = new Set([page.image, page.author?.avatar].filter((name) => name !== undefined));
  const forbidden = [...named].filter(images.isForbidden);
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
  if (/^http:/i.test(url)) return "It is not on https: use an address that is, or a local copy.";
  const host = URL.parse(url, "https://relative.invalid")?.hostname;
  return host ? `Add "${host}" to \`remoteHosts\`, or use a local copy.` : "Use a local copy.";
}

function skipped({ id, title, file }: PageRef, reason: string, started: number): SkippedResult {
  return { status: "skipped", page: { id, title, file }, reason, ms: performance.now() - started, warnings: [] };
}
