import { CARD_FIELDS } from "../card-fields.ts";
import { OgError } from "../error.ts";
import { nearest } from "../nearest.ts";
import type { Page, Warning } from "../types.ts";
import { firstHeading } from "./heading.ts";
import { TITLE_FROM_FILE, titleFromId } from "./title-from-id.ts";
import { authorOf, cleanText, dateOf, dirOf, imageOf, isDateOfFile, isMap, isNo, isYes, langOf, tagsOf, textOf, urlOf } from "./values.ts";

type Data = Readonly<Record<string, unknown>>;
type Warn = (code: string, message: string, hint?: string, detail?: string) => void;

/** What is known of a page besides its front matter. */
export interface PageOrigin {
  readonly id: string;
  /** Absolute path. */
  readonly file: string;
  /** What follows the front matter, with `\n` line ends. */
  readonly body: string;
}

/** The keys that mean each field, first choice first, as the common site generators name them. */
const KEYS = {
  title: ["title"],
  description: ["description", "excerpt", "summary"],
  lang: ["lang", "language", "locale"],
  dir: ["dir"],
  url: ["url", "permalink", "canonical"],
  image: ["cover", "image", "heroImage", "coverImage", "cover_image", "thumbnail", "banner"],
  author: ["author", "authors", "by"],
  date: ["date", "pubDate", "publishDate", "published", "publishedAt", "published_at", "created"],
  tags: ["tags", "keywords", "categories"],
} as const;

/** What the `og:` map may say of the page and of its card, and what templates draw beside that. */
const OG_KEYS: readonly string[] = ["title", "description", "image", "template", "alt", "author", "date", "tags", ...CARD_FIELDS];

/** A key that has a value, named as its author knows it: `og.title`. */
interface Field {
  readonly name: string;
  readonly value: unknown;
}

/** Why a page has no card: `draft: true` or `published: false`, or `og: false`; `undefined` where it has one. */
export function skipReason(data: Data): "draft" | "og: false" | undefined {
  if (isYes(data["draft"]) || isNo(data["published"])) return "draft";
  return isNo(data["og"]) ? "og: false" : undefined;
}

/**
 * Maps front matter to a page. What its `og:` map says wins. A missing title is the first heading of the body, else the end of the id; a value
 * that is not what its field takes is left out; each with a warning.
 *
 * @throws OgError `E_PAGE` for a title that is a list or a map.
 */
export function pageFromData(data: Data, origin: PageOrigin): { page: Page; warnings: Warning[] } {
  const { id, file } = origin;
  const warnings: Warning[] = [];
  const warn: Warn = (code, message, hint, detail) => void warnings.push({ code, message, detail, hint, page: id, file });
  const og = ogOf(data, warn);
  const fields = (name: keyof typeof KEYS): Field[] => [...present(og, [name], "og."), ...present(data, KEYS[name])];
  const texts = (name: keyof typeof KEYS): Field[] => fields(name).filter(({ value }) => typeof value !== "boolean");
  const dates = texts("date").filter(({ value }) => !isDateOfFile(value));
  const urls = texts("url").filter(({ name, value }) => !isPattern(value) && (name !== "permalink" || isFromRoot(value)));
  // Starlight has a `banner` that is not a picture.
  const images = texts("image").filter(({ value }) => !isMap(value) || imageOf(value) !== undefined);
  const own = fields("title");
  for (const { name, value } of own) {
    if (typeof value !== "object") continue;
    throw new OgError("E_PAGE", `\`${name}\` is ${kindOf(value)}, and a title is one text.`, {
      hint: `Write it as \`${name}: "…"\`.`,
      page: id,
      file,
    });
  }

  const page: Page = {
    id,
    title: firstOf(own, textOf, "a text", warn) ?? titleFromBody(data, origin, warn),
    description: firstOf(texts("description"), textOf, "a text", warn),
    url: firstOf(urls, urlOf, "an address, or a path that begins with `/`", warn),
    // `og.lang` and `og.language` are those of a piece of code.
    lang: firstOf(
      present(data, KEYS.lang).filter(({ value }) => typeof value !== "boolean"),
      langOf,
      "a language tag such as `pt-BR`",
      warn,
    ),
    dir: firstOf(texts("dir"), dirOf, "`ltr` or `rtl`", warn),
    image: firstOf(images, imageOf, "the path or address of an image", warn),
    author: firstOf(texts("author"), authorOf, "a name, or a map with a `name`", warn),
    date: firstOf(dates, dateOf, "a date of the calendar", warn, "W_DATE"),
    tags: firstOf(texts("tags"), tagsOf, "a list of texts", warn) ?? [],
    data,
    file,
    card: {
      template: firstOf(present(og, ["template"], "og."), textOf, "the name of a template", warn),
      alt: firstOf(present(og, ["alt"], "og."), textOf, "a text", warn),
    },
  };
  return { page, warnings };
}

/** What a site generator makes an address of: `/{{ slug }}/` of Eleventy, `/:year/:title/` of Jekyll, Hexo and Hugo. */
function isPattern(value: unknown): boolean {
  return typeof value === "string" && /\{[{%]|\/:\w|^:\w/.test(value);
}

/** Others are the names of files: `404.html`, `blog/index.html`. */
function isFromRoot(value: unknown): boolean {
  return typeof value !== "string" || /^(?:\/|https?:)/i.test(value);
}

/** The `og:` map, with a warning for each key that means nothing. */
function ogOf(data: Data, warn: Warn): Data {
  const og = data["og"] ?? {};
  if (!isMap(og)) {
    if (typeof og !== "boolean") warn("W_FIELD", `\`og\` is ${kindOf(og)}, not a map, and is left out.`);
    return {};
  }
  for (const key of Object.keys(og).filter((key) => !OG_KEYS.includes(key))) {
    const near = nearest(key, OG_KEYS);
    warn("W_OG_KEY", `\`og.${key}\` means nothing.`, near ? `Did you mean \`og.${near}\`?` : `Known keys: ${OG_KEYS.join(", ")}.`);
  }
  return og;
}

/** Those of `keys` that have a value: null and blank texts are none. */
function present(data: Data, keys: readonly string[], prefix = ""): Field[] {
  return keys
    .filter((key) => Object.hasOwn(data, key))
    .map((key) => ({ name: `${prefix}${key}`, value: data[key] }))
    .filter(({ value }) => value !== null && value !== undefined && !(typeof value === "string" && value.trim() === ""));
}

/** The first of the fields that `read` understands, with a warning for each before it that it does not. */
function firstOf<T>(
  fields: readonly Field[],
  read: (value: unknown) => T | undefined,
  expected: string,
  warn: Warn,
  code = "W_FIELD",
): T | undefined {
  for (const { name, value } of fields) {
    if (typeof value === "string" && cleanText(value).length < value.replace(/\r\n?/g, "\n").length) {
      warn("W_CONTROL_CHARACTERS", `\`${name}\` has control characters in it, which are left out.`);
    }
    const found = read(value);
    if (found !== undefined) return found;
    const what = typeof value === "object" ? `\`${name}\` is ${kindOf(value)}, not` : `\`${name}: ${String(value).slice(0, 60)}\` is not`;
    warn(code, `${what} ${expected}, and is left out.`);
  }
  return undefined;
}

function titleFromBody(data: Data, { id, body }: PageOrigin, warn: Warn): string {
  const near = nearest(
    "title",
    Object.keys(data).filter((key) => key !== "title"),
  );
  const hint = near === undefined ? "Give it a `title` in its front matter." : `Did you mean \`title\` where it says \`${near}\`?`;
  const heading = textOf(firstHeading(body));
  if (heading !== undefined) {
    warn("W_TITLE_FROM_HEADING", "The page has no title: its card bears its first heading.", hint, `“${heading}”`);
    return heading;
  }
  const title = titleFromId(id);
  warn(TITLE_FROM_FILE.code, TITLE_FROM_FILE.message, hint, `“${title}”`);
  return title;
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return isMap(value) ? "a map" : `\`${String(value)}\``;
}
