import type { Entry, Warning } from "@og-gen/core";

type PageEntry = Extract<Entry, { readonly kind: "page" }>;

/**
 * One page from the head of its HTML and from its own front matter. What a person wrote about the page wins; the head knows better
 * where and in which language it was built: `lang`, `dir` and `url` (front matter often has a `url` of something else). The title is
 * the head's where the front matter has none.
 */
export function mergeEntries(head: PageEntry, content: Entry): Entry {
  if (content.kind === "skipped") return content;
  if (content.kind === "broken") return { ...content, page: { ...head.page, file: content.page.file } };
  const [shown, own] = [head.page, content.page];
  const titled = !content.warnings.some(isAboutTitle);
  return {
    kind: "page",
    page: {
      ...own,
      title: titled ? own.title : shown.title,
      description: own.description ?? shown.description,
      url: shown.url,
      lang: shown.lang ?? own.lang,
      dir: shown.dir ?? own.dir,
      author: own.author ?? shown.author,
      date: own.date ?? shown.date,
      tags: own.tags.length > 0 ? own.tags : shown.tags,
    },
    warnings: [
      ...content.warnings.filter((warning) => !isAboutTitle(warning)),
      ...head.warnings.filter((warning) => !(titled && isAboutTitle(warning))).map((warning) => ({ ...warning, file: own.file })),
    ],
  };
}

/** Core made a title of a heading, or of the name of a file. */
function isAboutTitle({ code }: Warning): boolean {
  return code === "W_TITLE_FROM_HEADING" || code === "W_TITLE_FROM_FILE";
}
