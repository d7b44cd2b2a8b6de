import { LIMITS } from "../limits.ts";
import type { Job, Size } from "../types.ts";
import { fitTexts } from "./fit.ts";
import { gate } from "./gate.ts";
import { layout, measure } from "./layout.ts";
import { encode, openImage, scaledUri, type DecodedImage } from "./pixels.ts";
import { placeholder } from "./placeholder.ts";
import { rasterLayers } from "./layers.ts";
import { simplify } from "./simplify.ts";

/** Images that come up again (a logo, an avatar) are scaled once. */
const MAX_CACHED_CHARACTERS = 32 * 1024 * 1024;
/** A larger image is a cover, which is rarely on two pages. */
const MAX_OPENED_BYTES = 1024 * 1024;
const MAX_OPENED = 32;
const opened = new Map<string, DecodedImage>();
const scaled = new Map<string, string>();
let scaledCharacters = 0;

/** A picture. */
export interface Painting {
  /** The encoded image. */
  readonly bytes: Uint8Array;
  /** The words that did not fit, of each text that was cut off. */
  readonly lost: readonly string[];
}

/**
 * Makes the picture of a job: fitted texts, layout, then pixels, then a file. Runs in a process that may die.
 * @param mostPixels that an image may claim
 * @throws OgError `E_LAYOUT`, `E_FONT`, `E_IMAGE`, `E_SVG`, `E_RENDER`
 */
export async function paint(job: Job, mostPixels = LIMITS.imagePixels): Promise<Painting> {
  const images = await Promise.all(job.images.map((image) => open(image, mostPixels)));
  const uris = new Map(images.map((image) => [image.image.digest, placeholder(image.width, image.height, image.image.digest)]));
  const imageUri = (digest: string) => uris.get(digest) ?? "";
  const { tree, lost } = await fitTexts(job.tree, (samples) => measure(samples, job, imageUri), job.textCharacters);
  const svg = await layout({ ...job, tree }, imageUri);
  const filled = await fillImages(svg, images, mostPixels);
  gate(filled);
  return { bytes: await encode(rasterLayers(simplify(filled)), job, job.format, job.quality), lost };
}

const IMAGE_TAG = /<image ([^>]*)\/>/g;

/** Puts the pixels in, at the size in which each is drawn. */
async function fillImages(svg: string, images: readonly DecodedImage[], mostPixels: number): Promise<string> {
  let filled = svg;
  for (const image of images) {
    const uri = placeholder(image.width, image.height, image.image.digest);
    for (const [tag, attributes = ""] of svg.matchAll(IMAGE_TAG)) {
      if (!tag.includes(uri)) continue;
      const box = drawnSize(attributes) ?? image;
      // An image that satori has not fitted itself (an emoji) keeps its proportions inside its box.
      const drawn = attributes.includes('preserveAspectRatio="none"') ? box : inside(image, box);
      const pixels = await scale(image, drawn, mostPixels);
      filled = filled.replace(tag, () => tag.replace(uri, () => pixels));
    }
    // An image that satori uses in some other way gets its pixels whole.
    if (filled.includes(uri)) {
      const pixels = await scale(image, image, mostPixels);
      filled = filled.replaceAll(uri, () => pixels);
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

async function open(image: Job["images"][number], mostPixels: number): Promise<DecodedImage> {
  const known = opened.get(image.digest);
  if (known) return known;
  const decoded = await openImage(image, mostPixels);
  if (decoded.bytes.length > MAX_OPENED_BYTES) return decoded;
  if (opened.size >= MAX_OPENED) opened.delete(opened.keys().next().value as string);
  opened.set(image.digest, decoded);
  return decoded;
}

async function scale(image: DecodedImage, drawn: Size, mostPixels: number): Promise<string> {
  const id = `${image.image.digest} ${Math.ceil(drawn.width)}×${Math.ceil(drawn.height)}`;
  const known = scaled.get(id);
  if (known !== undefined) return known;
  const uri = await scaledUri(image, drawn, mostPixels);
  if (scaledCharacters + uri.length > MAX_CACHED_CHARACTERS) {
    scaled.clear();
    scaledCharacters = 0;
  }
  scaled.set(id, uri);
  scaledCharacters += uri.length;
  return uri;
}
