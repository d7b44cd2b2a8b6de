type Values = Readonly<Record<string, unknown>>;

/** The files of pictures, each where data has the picture: `{ cover: { src: "/site/src/assets/cover.jpg" } }`. */
export interface PictureFiles {
  readonly [key: string]: string | PictureFiles;
}

/** How deep a page's picture may be in its data: `authors`, the first of them, `avatar`. */
const DEEPEST = 3;

/** The file of a picture of the project, which Astro's images have as a hidden property. */
export function pictureFile(value: unknown): string | undefined {
  const file: unknown = isObject(value) ? value["fsPath"] : undefined;
  return typeof file === "string" ? file : undefined;
}

/** Those that Astro found for an entry: front matter may name them by an alias. */
export function pictureFiles(data: Values, depth = DEEPEST): PictureFiles | undefined {
  const found = Object.entries(data).flatMap(([key, value]) => {
    const file = pictureFile(value) ?? (isObject(value) && depth > 1 ? pictureFiles(value, depth - 1) : undefined);
    return file === undefined ? [] : [[key, file]];
  });
  return found.length > 0 ? (Object.fromEntries(found) as PictureFiles) : undefined;
}

/** Front matter with the files in the place of the names. One that begins with a dot is found as it is, and is shorter in messages. */
export function withPictures<T>(data: T, files: PictureFiles | undefined): T {
  if (files === undefined || !isObject(data)) return data;
  const change = (value: unknown, file: PictureFiles[string] | undefined): unknown => {
    if (typeof file !== "string") return withPictures(value, file);
    return typeof value === "string" && !value.startsWith(".") ? file : value;
  };
  if (Array.isArray(data)) return data.map((value, index) => change(value, files[index])) as T;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, change(value, files[key])])) as T;
}

function isObject(value: unknown): value is Values {
  return typeof value === "object" && value !== null;
}
