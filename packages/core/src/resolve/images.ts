import { closeSync, constants, fstatSync, openSync, readFileSync, realpathSync } from "node:fs";
import { dirname, isAbsolute, relative, resolve } from "node:path";
import { OgError, reasonOf } from "../error.ts";
import { LIMITS, type Limits } from "../limits.ts";
import type { HostChild, HostElement, JobImage } from "../types.ts";
import { isAllowedHost } from "./hosts.ts";
import { sha256 } from "./sha256.ts";

export interface ImagePlaces {
  readonly root: string;
  /** What `/like-this.png` starts at. */
  readonly publicDir: string;
  /** The folder of the pages, where there is one. */
  readonly contentDir?: string | undefined;
  readonly remoteHosts: readonly string[];
  readonly limits?: Limits | undefined;
}

/** Finds the images of element trees, each file once per run. */
export interface ImageFinder {
  /** @throws OgError `E_IMAGE` */
  find(name: string, pageFile?: string): Promise<JobImage>;
  /** The tree with `og-image:<digest>` for every image, and the images. @throws OgError `E_IMAGE` */
  resolve(tree: HostElement, pageFile: string | undefined): Promise<ResolvedImages>;
  /** Begins to fetch the images of a tree that are on other hosts; who needs them later is told what failed. */
  fetchAhead(tree: HostElement): void;
  /** Whether `name` is the URL of a host that the user has not allowed. */
  isForbidden(name: string): boolean;
}

export interface ResolvedImages {
  readonly tree: HostElement;
  readonly images: readonly JobImage[];
  /** The images by the names that the tree had for them. */
  readonly names: ReadonlyMap<string, JobImage>;
  /** Those that have text in them, which is drawn with whatever fonts the machine has. */
  readonly lettered: readonly JobImage[];
}

export function createImageFinder(places: ImagePlaces): ImageFinder {
  const found = new Map<string, Promise<Loaded>>();

  function load(name: string, pageFile?: string): Promise<Loaded> {
    const id = /^(https?|data):/i.test(name) ? name : `${pageFile === undefined || name.startsWith("/") ? "" : dirname(pageFile)}\n${name}`;
    const loaded = found.get(id) ?? loadImage(name, pageFile, places);
    found.set(id, loaded);
    return loaded;
  }

  return {
    find: async (name, pageFile) => (await load(name, pageFile)).image,
    async resolve(tree, pageFile) {
      const names = new Set<string>();
      forEachImage(tree, (name) => names.add(name));
      const images = new Map<string, JobImage>();
      if (names.size === 0) return { tree, images: [], names: images, lettered: [] };
      const lettered = new Set<JobImage>();
      for (const name of names) {
        const { image, isLettered } = await load(name, pageFile);
        images.set(name, image);
        if (isLettered) lettered.add(image);
      }
      const reference = (name: string) => `og-image:${images.get(name)?.digest}`;
      const unique = new Map([...images.values()].map((image) => [image.digest, image]));
      return { tree: mapImages(tree, reference), images: [...unique.values()], names: images, lettered: [...lettered] };
    },
    fetchAhead(tree) {
      if (places.remoteHosts.length === 0) return;
      try {
        forEachImage(tree, (name) => {
          if (isRemote(name)) load(name).catch(() => undefined);
        });
      } catch {
        // An image without a name, of which `resolve` tells.
      }
    },
    isForbidden: (name) => isRemote(name) && !isAllowedHost(name, places.remoteHosts),
  };
}

function isRemote(name: string): boolean {
  return /^(https?:)?\/\//i.test(name);
}

interface Loaded {
  readonly image: JobImage;
  /** Whether it is an SVG with text in it. */
  readonly isLettered: boolean;
}

function loaded(bytes: Uint8Array, image: Omit<JobImage, "digest">): Loaded {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const isLettered = text.subarray(0, SVG_START_BYTES).includes("<svg") && text.includes("<text");
  return { image: { digest: sha256(bytes), ...image }, isLettered };
}

/** In which an SVG says that it is one; before it are comments. */
const SVG_START_BYTES = 4096;

async function loadImage(name: string, pageFile: string | undefined, places: ImagePlaces): Promise<Loaded> {
  if (/^data:/i.test(name)) return fromDataUri(name);
  if (isRemote(name)) {
    const { fetchImage } = await import("./remote.ts");
    const bytes = await fetchImage(name.startsWith("//") ? `https:${name}` : name, places.remoteHosts, places.limits);
    return loaded(bytes, { name, bytes });
  }
  if (/^[a-z][a-z0-9+.-]+:/i.test(name) || name.includes("\0")) {
    throw new OgError("E_IMAGE", `The image "${shorten(name)}" is not a path.`, {
      hint: "Give a path relative to the page, the project or its public folder.",
    });
  }
  const file = locate(name, pageFile, places);
  return loaded(readBounded(file, name, places.limits), { name, file });
}

/**
 * The real path of an image inside the project. Nothing outside of the project's folders is asked for, not even whether it
 * is there, unless a link inside of them leads to it.
 */
function locate(name: string, pageFile: string | undefined, { root, publicDir, contentDir }: ImagePlaces): string {
  const folders = [root, publicDir, contentDir, pageFile && dirname(pageFile)].filter((folder) => folder !== undefined);
  const roots = [...new Set(folders.map(realPath))].filter((folder) => folder !== undefined);
  const isInside = (path: string) => [...folders, ...roots].some((folder) => contains(resolve(folder), path));
  // A file may well be called `C#.png`: the name is tried as it is written before it is taken for a URL.
  const spellings = [...new Set([name, decodePath(name)])].map((path) =>
    candidatesFor(path, pageFile, { root, publicDir }).filter(isInside),
  );
  const candidates = spellings.flat();
  let outside = spellings.some((inside) => inside.length === 0);
  for (const candidate of candidates) {
    const real = realPath(candidate);
    if (real === undefined) continue;
    if (roots.some((folder) => contains(folder, real))) return real;
    outside = true;
  }
  if (outside)
    throw new OgError("E_IMAGE", `The image "${shorten(name)}" lies outside the project.`, { hint: "Copy it into the project." });
  const places = [...new Set(candidates)].map((candidate) => shorten(relative(root, candidate) || ".")).join(", ");
  const elsewhere = name.startsWith("/") ? " Where another folder is served as `/`, name it as `publicDir`." : "";
  throw new OgError("E_IMAGE", `The image "${shorten(name)}" does not exist.`, {
    hint: `Looked for ${places}, from the project's folder.${elsewhere}`,
  });
}

/** Where a path may lead, the best place first. */
function candidatesFor(
  path: string,
  pageFile: string | undefined,
  { root, publicDir }: Pick<ImagePlaces, "root" | "publicDir">,
): readonly string[] {
  if (path.startsWith("/")) return [resolve(publicDir, `.${path}`), resolve(root, `.${path}`), resolve(path)];
  const besidePage = pageFile === undefined ? [] : [resolve(dirname(pageFile), path)];
  return [...besidePage, resolve(root, path), resolve(publicDir, path)];
}

function readBounded(file: string, name: string, { imageBytes }: Limits = LIMITS): Buffer {
  let descriptor: number | undefined;
  try {
    // Opening a pipe would wait for somebody to write to it.
    descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) throw new OgError("E_IMAGE", `The image "${shorten(name)}" is not a regular file.`, { file });
    if (stats.size > imageBytes) {
      throw new OgError("E_IMAGE", `The image "${shorten(name)}" has ${stats.size} bytes; ${imageBytes} are allowed.`, {
        file,
        hint: "Use a smaller copy, or raise `limits.imageBytes`.",
      });
    }
    return readFileSync(descriptor);
  } catch (thrown) {
    if (thrown instanceof OgError) throw thrown;
    throw new OgError("E_IMAGE", `The image "${shorten(name)}" cannot be read: ${reasonOf(thrown)}.`, { file, cause: thrown });
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function fromDataUri(uri: string): Loaded {
  const [, base64, payload = ""] = /^data:[^,;]*(?:;(?!base64)[^,;]*)*(;base64)?,(.*)$/is.exec(uri) ?? [];
  try {
    const bytes = Buffer.from(base64 ? payload : decodeURIComponent(payload), base64 ? "base64" : "utf8");
    if (bytes.length === 0) throw new Error("it is empty");
    return loaded(bytes, { name: shorten(uri), bytes });
  } catch (thrown) {
    throw new OgError("E_IMAGE", `The image "${shorten(uri)}" is not a data URI that can be read: ${reasonOf(thrown)}.`);
  }
}

const CSS_URL = /url\(\s*(?:"([^"]*)"|'([^']*)'|([^'")\s]*))\s*\)/gi;

/** Calls `visit` with the name of every image: `src` of `img`, and `url()` in styles (not `url(#id)`). */
function forEachImage({ type, props }: HostElement, visit: (name: string) => void): void {
  if (type === "img") visit(sourceOf(props));
  for (const value of Object.values(props.style ?? {})) renameUrls(value, (name) => (visit(name), name));
  for (const child of props.children ?? []) if (typeof child !== "string") forEachImage(child, visit);
}

/** The tree with another name for every image. */
function mapImages({ type, props }: HostElement, rename: (name: string) => string): HostElement {
  const renamed: Record<string, unknown> = { ...props };
  if (type === "img") renamed["src"] = rename(sourceOf(props));
  if (props.style)
    renamed["style"] = Object.fromEntries(Object.entries(props.style).map(([name, value]) => [name, renameUrls(value, rename)]));
  if (props.children)
    renamed["children"] = props.children.map((child): HostChild => (typeof child === "string" ? child : mapImages(child, rename)));
  return { type, props: renamed };
}

function sourceOf({ src }: Readonly<Record<string, unknown>>): string {
  if (typeof src === "string" && src !== "") return src;
  throw new OgError("E_TEMPLATE", "An <img> has no `src`.", { hint: "Leave the element out where there is no image." });
}

function renameUrls(value: unknown, rename: (name: string) => string): unknown {
  if (typeof value !== "string" || !value.includes("(")) return value;
  return value.replace(CSS_URL, (all: string, double?: string, single?: string, bare?: string) => {
    const url = double ?? single ?? bare ?? "";
    return url.startsWith("#") ? all : `url("${rename(url)}")`;
  });
}

function decodePath(name: string): string {
  const [path = ""] = name.split(/[?#]/);
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    return undefined;
  }
}

function contains(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return !/^\.\.(?:[/\\]|$)/.test(inside) && !isAbsolute(inside);
}

function shorten(name: string): string {
  return name.length > 80 ? `${name.slice(0, 79)}…` : name;
}
