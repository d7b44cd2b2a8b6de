import type { JobImage, Size } from "../types.ts";
import type { DecodedImage } from "./pixels.ts";
import { placeholder } from "./placeholder.ts";

/** The images of a card: satori sees placeholders, and their pixels are put in where it is known how large they are drawn. */
export interface CardImages {
  /** What stands for an image in the layout. */
  uri(digest: string): string;
  /** How large an image is by itself. @param uri its placeholder */
  size(uri: string): Size | undefined;
  /** An SVG with the pixels of its images in it, at the size in which each is drawn. */
  fill(svg: string): Promise<string>;
  /**
   * Part of an image, scaled.
   * @param uri its placeholder
   * @returns RGBA, four bytes a pixel, premultiplied, rows from the top
   */
  pixels(uri: string, scaled: Size, part: Size & { readonly left: number; readonly top: number }): Promise<Uint8Array>;
}

/** sharp takes 50 ms to load; a card without images is painted without it. */
const pixels = () => import("./pixels.ts");

/**
 * @param most pixels that an image may claim
 * @throws OgError `E_IMAGE`
 */
export async function openImages(list: readonly JobImage[], most: number): Promise<CardImages> {
  const images = await Promise.all(list.map((image) => open(image, most)));
  const uriOf = ({ image, width, height }: DecodedImage) => placeholder(width, height, image.digest);
  const byDigest = new Map(images.map((image) => [image.image.digest, uriOf(image)]));
  const byUri = new Map(images.map((image) => [uriOf(image), image]));
  return {
    uri: (digest) => byDigest.get(digest) ?? "",
    size: (uri) => byUri.get(uri),
    fill: (svg) => fill(svg, byUri),
    pixels: async (uri, size, part) => (await pixels()).scaledPixels(byUri.get(uri) as DecodedImage, size, part),
  };
}

const MAX_OPENED = 32;
/** A larger image is a cover, which is rarely on two pages. */
const MAX_OPENED_BYTES = 1024 * 1024;
const opened = new Map<string, DecodedImage>();

async function open(image: JobImage, most: number): Promise<DecodedImage> {
  const known = opened.get(image.digest);
  // Files with the same bytes: errors name the one that this card has.
  if (known) return { ...known, image };
  const decoded = await (await pixels()).openImage(image, most);
  if (decoded.bytes.length > MAX_OPENED_BYTES) return decoded;
  if (opened.size >= MAX_OPENED) opened.delete(opened.keys().next().value as string);
  opened.set(image.digest, decoded);
  return decoded;
}

const IMAGE_TAG = /<image ([^>]*)\/>/g;

async function fill(svg: string, images: ReadonlyMap<string, DecodedImage>): Promise<string> {
  let filled = svg;
  for (const [uri, image] of images) {
    for (const [tag, attributes = ""] of svg.matchAll(IMAGE_TAG)) {
      if (!tag.includes(uri)) continue;
      const box = drawnSize(attributes) ?? image;
      // An image that satori has not fitted itself (an emoji) keeps its proportions inside its box.
      const drawn = attributes.includes('preserveAspectRatio="none"') ? box : inside(image, box);
      const scaled = await scale(image, drawn);
      filled = filled.replace(tag, () => tag.replace(uri, () => scaled));
    }
    // An image that satori uses in some other way gets its pixels whole.
    if (filled.includes(uri)) {
      const whole = await scale(image, image);
      filled = filled.replaceAll(uri, () => whole);
    }
  }
  return filled;
}

function drawnSize(attributes: string): Size | undefined {
  const number = (name: string) => Number(new RegExp(`(?:^|\\s)${name}="([\\d.]+)"`).exec(attributes)?.[1]);
  const size = { width: number("width"), height: number("height") };
  return size.width > 0 && size.height > 0 ? size : undefined;
}

function inside(image: Size, box: Size): Size {
  const factor = Math.min(box.width / image.width, box.height / image.height);
  return { width: image.width * factor, height: image.height * factor };
}

/** Images that come up again (a logo, an avatar) are scaled once. */
const MAX_CACHED_CHARACTERS = 32 * 1024 * 1024;
const scaled = new Map<string, string>();
let scaledCharacters = 0;

async function scale(image: DecodedImage, drawn: Size): Promise<string> {
  const id = `${image.image.digest} ${Math.ceil(drawn.width)}×${Math.ceil(drawn.height)}`;
  const known = scaled.get(id);
  if (known !== undefined) return known;
  const uri = await (await pixels()).scaledUri(image, drawn);
  if (scaledCharacters + uri.length > MAX_CACHED_CHARACTERS) {
    scaled.clear();
    scaledCharacters = 0;
  }
  scaled.set(id, uri);
  scaledCharacters += uri.length;
  return uri;
}
