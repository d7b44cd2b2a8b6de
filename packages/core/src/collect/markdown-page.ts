import { toOgError, type OgError } from "../error.ts";
import { LIMITS, type Limits } from "../limits.ts";
import type { Entry } from "../types.ts";
import { bodyOf, parseFrontMatter } from "./front-matter.ts";
import { pageFromData, skipReason } from "./page-data.ts";
import { textOf } from "./values.ts";

type FrontMatter = Readonly<Record<string, unknown>>;

/**
 * One page from its source, without touching a file system.
 *
 * @param text All of the file, or as much of it as has the front matter and a heading.
 * @param file Its absolute path, for messages.
 * @param id The page's id.
 * @param limits What a front matter may be.
 * @param amend What a site generator knows better than the front matter, such as where a picture is.
 */
export function readMarkdownPage(
  text: string,
  file: string,
  id: string,
  limits: Limits = LIMITS,
  amend: (data: FrontMatter) => FrontMatter = (data) => data,
): Entry {
  try {
    const { data: written, body } = parseFrontMatter(text, file, limits);
    const data = amend(written);
    const reason = skipReason(data);
    if (reason !== undefined) return { kind: "skipped", page: { id, title: textOf(data["title"]), file }, reason };
    return { kind: "page", ...pageFromData(data, { id, file, body }) };
  } catch (thrown) {
    return broken(id, file, bodyOf(text, limits), toOgError(thrown, "E_PAGE", { page: id, file }));
  }
}

/** The best that can be made of a page that cannot be read or parsed. */
export function broken(id: string, file: string, body: string, error: OgError): Entry {
  return { kind: "broken", page: pageFromData({}, { id, file, body }).page, error };
}
