import { join, relative, sep } from "node:path";
import { OgError } from "../error.ts";
import { crypto } from "../lazily.ts";
import type { Format } from "../types.ts";
import { createLinkCheck } from "./links.ts";

/** What Windows refuses in a name, control characters, and `%` itself, so that no two names become one. */
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const UNSAFE = /[<>:"|?*\\%\u0000-\u001f\u007f\u0080-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]|[. ]$/gu;
/** https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i;
/** Most file systems take 255 bytes; the extension and a variant's name must fit too. */
const MAX_SEGMENT_BYTES = 200;
const MAX_PATH_BYTES = 1024;

/** An id that is a path as it is: letters, digits and dashes of ASCII, and nothing that is too long or reserved. */
const PLAIN_ID = /^(?!(?:.*\/)?(?:con|prn|aux|nul|com\d|lpt\d)(?:\/|$))[\w-]{1,200}(?:\/[\w-]{1,200})*$/i;

const EXTENSIONS: Readonly<Record<Format, string>> = { png: "png", jpeg: "jpg", webp: "webp" };

/** The absolute paths that an image may have, by its format; the one that is asked for comes first. */
export type CardFiles = { readonly [format in Format]?: string };

/**
 * The path of a page's image below `outDir`, with `/`: `blog/hello.png`; `index.png` for the home page;
 * `blog/hello.square.png` for a further variant. Characters that some file system refuses are written as `%3F`.
 * @throws OgError `E_OUTPUT_PATH` for an id that leads out of `outDir`
 */
export function outputPath(id: string, format: Format, variant?: string): string {
  const suffix = `${variant === undefined ? "" : `.${variant}`}.${EXTENSIONS[format]}`;
  if (PLAIN_ID.test(id) && id.length < MAX_PATH_BYTES / 2) return id + suffix;
  const segments = (id === "" ? "index" : id).split("/");
  const path = segments.map((segment) => safeSegment(segment, id)).join("/") + suffix;
  if (Buffer.byteLength(path) > MAX_PATH_BYTES) {
    throw new OgError("E_OUTPUT_PATH", `The page's id has ${Buffer.byteLength(id)} bytes; ${MAX_PATH_BYTES} are allowed.`, {
      page: id,
      hint: "Give the page a shorter path.",
    });
  }
  return path;
}

function safeSegment(segment: string, id: string): string {
  if (segment === "" || leadsOut(segment)) {
    throw new OgError("E_OUTPUT_PATH", `The id "${id}" is not a path below \`outDir\`.`, {
      page: id,
      hint: "An id is a route such as blog/hello, without empty parts, . or ..",
    });
  }
  const safe = segment
    .toWellFormed()
    .replace(UNSAFE, (character) =>
      [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join(""),
    )
    .replace(RESERVED, (name) => `${name}%`);
  if (Buffer.byteLength(safe) <= MAX_SEGMENT_BYTES) return safe;
  const digest = crypto().hash("sha256", segment).slice(0, 12);
  // A character that the cut goes through decodes as U+FFFD.
  const short = Buffer.from(safe)
    .subarray(0, MAX_SEGMENT_BYTES - digest.length - 1)
    .toString()
    .replace(/\ufffd+$/, "");
  return `${short}-${digest}`;
}

/** What some server or file system reads as a separator, besides `/` and `\`. */
const SEPARATORS = /[/\\\u2044\u2215\u29f5\u29f8\uff0f\uff3c]/;
const MOST_ENCODINGS = 5;

/** Whether a part of the segment is dots only, or holds NUL, however often it was percent-encoded. */
function leadsOut(segment: string): boolean {
  let plain = segment;
  for (let round = 0; round < MOST_ENCODINGS; round++) {
    const parts = plain.split(SEPARATORS).flatMap((part) => part.normalize("NFKC").split(SEPARATORS));
    if (plain.includes("\0") || parts.some((part) => /^\.+$/.test(part))) return true;
    const next = plain.replace(/%([0-7][0-9a-f])/gi, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
    if (next === plain) return false;
    plain = next;
  }
  return false;
}

/** A path that is the same in every Unicode form, and in a URL. */
const PLAIN_PATH = /^[\w./-]*$/;

/**
 * Who has which output path. Two that differ only in case, or in how accents are composed, are one, as they are on
 * macOS and Windows.
 */
export function createPathClaims(outDir: string) {
  const claims = new Map<string, { readonly path: string; readonly page: string; readonly from: string | undefined }>();
  // `join()` would take most of the time of a claim; an output path needs none of its care.
  const folder = join(outDir, sep);
  const leadsOut = createLinkCheck(outDir);
  return {
    /**
     * @param from the page's file
     * @throws OgError `E_OUTPUT_COLLISION` when another page has the path, `E_OUTPUT_PATH` when a link leads out of `outDir`
     */
    claim(path: string, page: string, from?: string): string {
      const folded = PLAIN_PATH.test(path)
        ? path.toLowerCase()
        : path.normalize("NFKC").toLowerCase().replaceAll("ς", "σ").normalize("NFKC");
      const owner = claims.get(folded);
      if (owner) {
        const differs = owner.path === path ? "" : " (they differ only in case or accents, which is one file on macOS and Windows)";
        throw new OgError(
          "E_OUTPUT_COLLISION",
          `The image ${path} already belongs to the page "${owner.page}"${owner.from ? ` of ${owner.from}` : ""}${differs}.`,
          {
            page,
            file: from,
            hint: "Rename one of the two pages.",
          },
        );
      }
      const file = folder + (sep === "/" ? path : path.replaceAll("/", sep));
      if (leadsOut(file)) {
        throw new OgError("E_OUTPUT_PATH", `The image ${path} would lie outside of \`outDir\`: one of its folders is a link.`, {
          page,
          hint: "Remove the link, or choose another `outDir`.",
        });
      }
      claims.set(folded, { path, page, from });
      return file;
    },
  };
}
export type PathClaims = ReturnType<typeof createPathClaims>;

/** The address of an image as a page of the site would write it, with its version: `/base/og/blog/hello.png?v=1a2b3c4d`. */
export function imageSrc(base: string, publicPath: string, outDir: string, file: string, key: string): string {
  const below = pathBelow(outDir, file);
  const path = PLAIN_PATH.test(below) ? below : below.split("/").map(encodeURIComponent).join("/");
  return `${base}${publicPath.slice(1)}${path}?v=${key.slice(0, 8)}`;
}

/** The path of `file` below `folder`, with `/`; both are absolute, without `..`. */
export function pathBelow(folder: string, file: string): string {
  if (sep === "/" && file.startsWith(`${folder}/`)) return file.slice(folder.length + 1);
  return relative(folder, file).replaceAll("\\", "/");
}
