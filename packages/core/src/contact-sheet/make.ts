import { compose, type Composition } from "../compose/compose.ts";
import { FallbackCard } from "../compose/fallback.tsx";
import { listTemplates } from "../compose/list-templates.ts";
import type { ContactSheet } from "../contact-sheet.ts";
import type { LoadedTemplate } from "../compose/template.ts";
import { resolveTheme } from "../compose/theme.ts";
import { measureSheet, Sheet, type SheetRow } from "./sheet.tsx";
import { samplePage } from "./sample.ts";
import { sampleLogo } from "./sample-pictures.ts";
import { OgError, toOgError } from "../error.ts";
import { resolveOptions, type Options } from "../options.ts";
import { lazyRenderer } from "../lazy-renderer.ts";
import { createPainter, type Painter } from "../painter.ts";
import { resolveJob, type Resolver } from "../resolve/job.ts";
import { openSession, type Session } from "../session.ts";
import { noStore } from "../store/no-store.ts";
import type { Format, Page, Theme, ThemeOptions, Warning } from "../types.ts";

/** Milliseconds that the sheet itself may take: it is as much work as several cards. */
const SHEET_TIMEOUT = 120_000;
/** Memory that its renderer may take, in MB: every card on it is an image that was painted here. */
const SHEET_MEGABYTES = 2_000;
const PLAIN: LoadedTemplate = { name: "fallback", template: FallbackCard };

interface Look {
  readonly label: string;
  readonly mode: Theme["mode"];
  /** The sample page for a template. */
  readonly page: (template: string) => Page;
}

/** See `contactSheet()`. */
export async function makeSheet(options: Omit<Options, "signal">, format: Format): Promise<ContactSheet> {
  const session = await openSession(resolveOptions(options));
  const { root, templates: named } = session.options;
  const templates = listTemplates({ root, templates: named });
  const looks = sampleLooks(session, await session.resolver());
  const painter = createPainter(session.store, await lazyRenderer(session.options));
  try {
    const rows = await Promise.all(
      templates.map(async ({ name, purpose }) => {
        const row = await paintRow(session, painter, name, looks);
        return { ...row, name, purpose: row.error?.message ?? purpose };
      }),
    );
    const warnings = [...session.warnings, ...rows.flatMap((row) => row.warnings)].map((warning) => ({ ...warning, page: undefined }));
    return {
      bytes: await paintSheet(session, rows, looks, format),
      templates,
      failed: rows.flatMap(({ name, error }) => (error ? [{ name, error }] : [])),
      warnings: [...new Map(warnings.map((warning) => [warning.message, warning])).values()],
    };
  } finally {
    session.watchdog.close();
    await painter.close();
  }
}

function sampleLooks(session: Session, resolver: Resolver): readonly Look[] {
  const language = (["ar", "he"] as const).find((candidate) => canDraw(session, resolver, candidate)) ?? "en";
  const plain = (template: string) => samplePage("en", "ltr", template);
  const mirrored = (template: string) => samplePage(language, "rtl", template);
  return [
    { label: "Light", mode: "light", page: plain },
    { label: "Dark", mode: "dark", page: plain },
    { label: "Light, right to left", mode: "light", page: mirrored },
    { label: "Dark, right to left", mode: "dark", page: mirrored },
  ];
}

function canDraw({ options }: Session, { fonts }: Resolver, language: "ar" | "he"): boolean {
  const { title, description = "" } = samplePage(language, "rtl", "article");
  const style = { fontFamily: resolveTheme(options.theme).font.body };
  return fonts.choose({ type: "p", props: { style, children: [title, description] } }, language).missing.length === 0;
}

/** The user's theme in light or in dark; colours that were chosen for the one do not suit the other, but for the brand's. */
function themeFor(theme: ThemeOptions, mode: Theme["mode"]): Theme {
  const own = resolveTheme(theme);
  const mark = theme.logo === undefined && theme.siteName === undefined ? { logo: sampleLogo(own.colors.brand), siteName: "Tideline" } : {};
  return resolveTheme({ ...theme, ...mark, mode, colors: own.mode === mode ? theme.colors : { brand: own.colors.brand } });
}

interface PaintedRow {
  readonly pictures: readonly string[];
  readonly warnings: readonly Warning[];
  readonly error?: OgError | undefined;
}

/** What a template makes of the sample; the plain card where it fails. */
async function paintRow(session: Session, painter: Painter, name: string, looks: readonly Look[]): Promise<PaintedRow> {
  try {
    return await paintWith(session, painter, await session.templates.configured(name), name, looks);
  } catch (thrown) {
    const { pictures } = await paintWith(session, painter, PLAIN, name, looks);
    return { pictures, warnings: [], error: toOgError(thrown, "E_TEMPLATE") };
  }
}

/** @throws OgError `E_TEMPLATE`, `E_IMAGE`, `E_RENDER` … */
async function paintWith(
  session: Session,
  painter: Painter,
  template: LoadedTemplate,
  name: string,
  looks: readonly Look[],
): Promise<PaintedRow> {
  const { variants, theme, timeout, quality } = session.options;
  const [variant] = variants;
  const compositions = looks.map(({ mode, page }): Composition => ({
    page: page(name),
    theme: themeFor(theme, mode),
    size: variant,
    variant: variant.name,
    template,
  }));
  const trees = await compose(compositions, timeout, session.options.limits, session.watchdog);
  const cards = trees.map(async (tree, index) => {
    if (tree instanceof OgError) throw tree;
    const { page } = compositions[index] as Composition;
    const output = { ...variant, format: "png", quality, maxBytes: undefined } as const;
    const { job, warnings } = await resolveJob(await session.resolver(), tree, page, output);
    const { bytes } = await painter.paint({ key: job.key, job: async () => job }, false);
    return { picture: `data:image/png;base64,${Buffer.from(bytes).toString("base64")}`, warnings };
  });
  const painted = await Promise.all(cards);
  return { pictures: painted.map(({ picture }) => picture), warnings: painted.flatMap(({ warnings }) => warnings) };
}

/** The sheet is a card like any other, only larger. */
async function paintSheet(session: Session, rows: readonly SheetRow[], looks: readonly Look[], format: Format): Promise<Uint8Array> {
  const { options, watchdog } = session;
  const size = measureSheet(rows.length, looks.length, options.variants[0]);
  const theme = themeFor(options.theme, "light");
  const page: Page = { id: "", title: "Templates", lang: "en", dir: "ltr", tags: [], data: {} };
  const template: LoadedTemplate = {
    name: "contact sheet",
    template: () => Sheet({ theme, rows, size, columns: looks.map(({ label }) => label) }),
  };
  const [tree] = await compose([{ page, theme, size, variant: "sheet", template }], SHEET_TIMEOUT, options.limits, watchdog);
  if (tree === undefined || tree instanceof OgError) throw tree;
  const { job } = await resolveJob(await session.resolver(), tree, page, { ...size, format, quality: options.quality });
  const limits = { ...options.limits, rendererMegabytes: Math.max(options.limits.rendererMegabytes, SHEET_MEGABYTES) };
  const painter = createPainter(noStore, await lazyRenderer({ ...options, limits, timeout: SHEET_TIMEOUT }));
  try {
    const { bytes } = await painter.paint({ key: job.key, job: async () => job }, true);
    return format === "png" ? await (await import("../render/pixels.ts")).toPalette(bytes) : bytes;
  } finally {
    await painter.close();
  }
}
