import { cleanText, isBlank } from "./values.ts";

/** What a page without a title is called: `blog/2024-01-02-my-first-post` is `My first post`, the home page is `Home`. */
export function titleFromId(id: string): string {
  const name = id.split("/").at(-1) ?? "";
  const words = name.replace(/^\d{4}-\d{2}-\d{2}-/, "").replace(/[-_\s]+/g, " ");
  const title = [words, name].map((text) => cleanText(text).trim()).find((text) => !isBlank(text)) ?? "Home";
  return title.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
}

/** That a page has such a title, where its id is the path of its file. */
export const TITLE_FROM_FILE = {
  code: "W_TITLE_FROM_FILE",
  message: "The page has neither a title nor a heading: its card bears the name of its file.",
} as const;

/** The same of a page that may have no file. */
export const TITLE_FROM_ID = {
  code: "W_TITLE_FROM_ID",
  message: "The page has no title: its card bears the end of its id.",
  hint: "Give the page a `title` that is a text.",
} as const;
