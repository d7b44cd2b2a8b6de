// First: it notes which code this process runs.
import "./recall/environment.ts";

export { defineConfig, loadConfig, CONFIG_FILES, type LoadedConfig } from "./config.ts";
export { checkConfig, resolveOptions } from "./options.ts";
export { LIMITS, type Limits } from "./limits.ts";
export type {
  Config,
  FontOption,
  OnError,
  Options,
  ResolvedOptions,
  ResolvedVariant,
  Rule,
  TemplateOption,
  VariantOptions,
} from "./options.ts";
export { OgError, toOgError, messageOf, reasonOf, type ErrorCode, type OgErrorDetails } from "./error.ts";
export { oldNodeError } from "./node-version.ts";
export { nearest } from "./nearest.ts";
export { generate } from "./generate.ts";
export { plan } from "./plan.ts";
export { contactSheet, type ContactSheet } from "./contact-sheet.ts";
export type { Run } from "./run.ts";

export { markdown, type MarkdownOptions } from "./collect/markdown.ts";
export { readMarkdownPage } from "./collect/markdown-page.ts";
export { html, readHtmlPage, routeOf, type HtmlOptions, type HtmlPageOptions } from "./collect/html.ts";
export { idsOfDoubles } from "./collect/page-ids.ts";
export { siteNameIn } from "./collect/site-name.ts";
export { pageFromData, skipReason } from "./collect/page-data.ts";

export { h, h as createElement, Fragment, type Child, type Component, type Element, type HostElement } from "./compose/jsx-runtime.ts";
export type { CssProperties } from "./compose/css.ts";
export { pick } from "./compose/pick.ts";
export { builtInTemplates } from "./compose/template.ts";
export { ejectTemplate } from "./compose/template-source.ts";
export { listTemplates, type ListedTemplate } from "./compose/list-templates.ts";

export { createFileStore } from "./store/file-store.ts";
export { createPool, type PoolOptions } from "./render/pool.ts";

export { writeFileAtomic } from "./publish/write-file.ts";
export { metaTags, tagsToHtml, type MetaTag, type TagsSite } from "./publish/meta-tags.ts";
export { injectHead } from "./publish/head.ts";
export { compressedCopyWarnings, injectFile } from "./publish/inject-file.ts";
export { readManifest, MANIFEST_NAME, type Manifest, type ManifestImage, type ManifestPage } from "./publish/manifest.ts";

export type * from "./types.ts";
