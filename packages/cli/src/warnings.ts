import type { Warning } from "@og-gen/core";

/** What the command line itself has to warn of. */
export const NO_SITE: Warning = {
  code: "W_NO_SITE",
  message: "The images are made, but no tags are written: tags need absolute addresses, and the address of the site is not known.",
  hint: "Give it with --site https://example.com, or as `site` in og.config.",
};

export const NO_PAGES: Warning = {
  code: "W_NO_PAGES",
  message: "There are no pages.",
  hint: "Pages are .md, .mdx and .markdown files, or with `og-gen html` .html files.",
};
