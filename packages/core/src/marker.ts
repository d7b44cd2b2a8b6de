/** The attribute of every tag that we write, so that a later run knows them: they are replaced, and never read as the author's words. */
export const MARKER = "data-og-gen";
