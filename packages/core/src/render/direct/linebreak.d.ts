declare module "linebreak" {
  /** Where lines may end: https://www.unicode.org/reports/tr14/ */
  export default class LineBreaker {
    constructor(text: string);
    /** The next place, from the start of the text; `null` after its end. */
    nextBreak(): { readonly position: number; readonly required: boolean } | null;
  }
}
