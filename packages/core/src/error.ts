/**
 * Permanent names of everything that can go wrong. A name never changes its meaning; the words around it may.
 * `E_…` stops a page or the run; `W_…` (see `Warning`) lets the card through.
 */
export type ErrorCode =
  | "E_NODE" // a Node that is too old
  | "E_OPTION" // an unknown or wrong option
  | "E_CONFIG" // a configuration file that cannot be loaded
  | "E_SOURCE" // a folder or file of pages that cannot be read
  | "E_PAGE" // a page whose fields are not what a page has
  | "E_FRONT_MATTER" // front matter that cannot be parsed
  | "E_FRONT_MATTER_CODE" // front matter that asks to be executed
  | "E_TEMPLATE" // a template that is missing, throws, or returns something that is not an element
  | "E_TEMPLATE_TIMEOUT" // a template that did not answer in time
  | "E_FONT" // a font file that is missing or not a font
  | "E_IMAGE" // an image that is missing, forbidden, too large or not an image
  | "E_LAYOUT" // satori refused the element tree
  | "E_SVG" // the gate found something in the SVG that may not reach the rasteriser
  | "E_RENDER" // resvg or sharp failed
  | "E_RENDER_CRASH" // the renderer's process died
  | "E_RENDER_MEMORY" // a card took more memory than a renderer process may have
  | "E_RENDER_TIMEOUT" // a card took longer than the time limit
  | "E_OUTPUT_PATH" // an output path outside `outDir`, or one that no file system takes
  | "E_OUTPUT_COLLISION" // two pages with one output path
  | "E_WRITE" // an output that could not be written
  | "E_LEDGER"; // a bug: the counts do not add up

export interface OgErrorDetails {
  /** What to do about it, one sentence. */
  readonly hint?: string | undefined;
  /** The page's id. */
  readonly page?: string | undefined;
  /** The file that is at fault. */
  readonly file?: string | undefined;
  /** 1-based position in `file`. */
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  readonly cause?: unknown;
}

/** The one error class: `message` says what happened and why, `hint` what to do, `page` and `file` where. */
export class OgError extends Error {
  override readonly name = "OgError";
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly page: string | undefined;
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly column: number | undefined;

  constructor(code: ErrorCode, message: string, details: OgErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
    this.page = details.page;
    this.file = details.file;
    this.line = details.line;
    this.column = details.column;
  }
}

/** Any thrown value as an `OgError`; one that is one already keeps its code and gains the details that it lacks. */
export function toOgError(thrown: unknown, code: ErrorCode, details: OgErrorDetails = {}): OgError {
  if (thrown instanceof OgError) {
    if ((thrown.page ?? details.page) === thrown.page && (thrown.file ?? details.file) === thrown.file) return thrown;
    return new OgError(thrown.code, thrown.message, {
      ...thrown,
      page: thrown.page ?? details.page,
      file: thrown.file ?? details.file,
      cause: thrown.cause,
    });
  }
  return new OgError(code, messageOf(thrown), { cause: thrown, ...details });
}

/** The words of any thrown value, `undefined` and friends included. */
export function messageOf(thrown: unknown): string {
  if (thrown instanceof Error && thrown.message) return thrown.message;
  try {
    return String(thrown);
  } catch {
    return "something that cannot be printed was thrown";
  }
}

/** The words of any thrown value to stand at the end of a sentence, which has a full stop of its own: `${reasonOf(thrown)}.` */
export function reasonOf(thrown: unknown): string {
  const message = messageOf(thrown).trimEnd();
  return message.endsWith(".") ? message.slice(0, -1) : message;
}
