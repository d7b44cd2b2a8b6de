/**
 * The fields of the front matter's `og:` map that belong to no page by themselves, but that a built-in template draws: what each reads with
 * `field()`. A page may have them at its top level too.
 */
export const CARD_FIELDS = [
  "bio",
  "breadcrumb",
  "caption",
  "code",
  "codeLanguage",
  "filename",
  "frame",
  "highlights",
  "jobTitle",
  "lang",
  "language",
  "location",
  "place",
  "quote",
  "role",
  "section",
  "startDate",
  "stats",
  "time",
  "value",
  "version",
] as const;
