import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import sharp, { type Sharp } from "sharp";
import { messageOf, OgError, reasonOf } from "../error.ts";
import { LIMITS } from "../limits.ts";
import type { Format, JobImage, Size } from "../types.ts";

const FORMATS = new Set(["png", "jpeg", "webp", "gif", "svg", "heif", "avif", "tiff"]);

// The processes beside this one use the other cores, and no image is decoded twice at the same size.
sharp.concurrency(1);
sharp.cache(false);

export interface DecodedImage extends Size {
  readonly image: JobImage;
  readonly bytes: Uint8Array;
  readonly format: string;
  readonly hasAlpha: boolean;
  /** Pixels that it may claim. */
  readonly most: number;
}

/**
 * Reads and checks an image; its size is that in which it is shown, after EXIF rotation.
 * @param most pixels that it may claim; with more it is refused before it is decoded
 * @throws OgError `E_IMAGE`
 */
export async function openImage(image: JobImage, most = LIMITS.imagePixels): Promise<DecodedImage> {
  const bytes = readImage(image);
  try {
    const { format, width, height, hasAlpha, autoOrient } = await sharp(bytes, {
      limitInputPixels: most,
      failOn: "error",
    }).metadata();
    if (!FORMATS.has(format)) throw new Error(`${format} is not a format that is drawn`);
    const shown = { width: autoOrient.width ?? width, height: autoOrient.height ?? height };
    if (!(shown.width > 0 && shown.height > 0)) throw new Error("it has no size");
    if (shown.width * shown.height > most) throw new Error(TOO_MANY_PIXELS);
    return { image, bytes, format, hasAlpha: hasAlpha || format === "svg", most, ...shown };
  } catch (thrown) {
    throw imageError(image, bytes, thrown);
  }
}

/** Of which a copy in JPEG loses nothing that can be seen. */
const LOSSY = new Set(["jpeg", "webp", "heif", "avif"]);

/**
 * The image as a data URI, no larger than it is drawn.
 * @throws OgError `E_IMAGE`
 */
export async function scaledUri(decoded: DecodedImage, drawn: Size): Promise<string> {
  const { image, bytes, format, hasAlpha } = decoded;
  const width = Math.max(1, format === "svg" ? Math.ceil(drawn.width) : Math.min(decoded.width, Math.ceil(drawn.width)));
  const height = Math.max(1, format === "svg" ? Math.ceil(drawn.height) : Math.min(decoded.height, Math.ceil(drawn.height)));
  try {
    const scaled = resized(decoded, { width, height });
    const isLossless = hasAlpha || !LOSSY.has(format);
    const encoded = isLossless ? scaled.png({ compressionLevel: 1 }) : scaled.jpeg({ quality: 95, chromaSubsampling: "4:4:4" });
    return `data:image/${isLossless ? "png" : "jpeg"};base64,${(await encoded.toBuffer()).toString("base64")}`;
  } catch (thrown) {
    throw imageError(image, bytes, thrown);
  }
}

/**
 * Part of an image, scaled.
 * @returns RGBA, four bytes a pixel, premultiplied, rows from the top
 * @throws OgError `E_IMAGE`
 */
export async function scaledPixels(
  decoded: DecodedImage,
  scaled: Size,
  part: Size & { readonly left: number; readonly top: number },
): Promise<Uint8Array> {
  try {
    const pixels = await resized(decoded, scaled).extract(part).ensureAlpha().raw().toBuffer();
    return decoded.hasAlpha ? premultiplied(pixels) : pixels;
  } catch (thrown) {
    throw imageError(decoded.image, decoded.bytes, thrown);
  }
}

function resized({ bytes, format, width, height, most }: DecodedImage, to: Size): Sharp {
  // librsvg draws at 72 dots an inch: a higher density draws the curves at the size in which they are shown.
  const density = format === "svg" ? { density: Math.min(2400, Math.max(1, 72 * Math.max(to.width / width, to.height / height))) } : {};
  return sharp(bytes, { limitInputPixels: most, failOn: "error", ...density })
    .autoOrient()
    .resize(to.width, to.height, { fit: "fill" })
    .toColorspace("srgb");
}

function premultiplied(pixels: Uint8Array): Uint8Array {
  for (let pixel = 0; pixel < pixels.length; pixel += 4) {
    const alpha = pixels[pixel + 3] as number;
    if (alpha === 255) continue;
    for (let channel = pixel; channel < pixel + 3; channel++) pixels[channel] = Math.round(((pixels[channel] as number) * alpha) / 255);
  }
  return pixels;
}

/** What sharp makes of pixels; PNG comes from the canvas itself. */
export interface Encoding {
  readonly format: Exclude<Format, "png">;
  /** 1 to 100. */
  readonly quality: number;
  /** Fewer bytes for a quality, in several times the time. */
  readonly optimize?: boolean | undefined;
}

/**
 * Pixels as a file.
 * @param pixels RGBA, four bytes a pixel, premultiplied, rows from the top
 * @throws OgError `E_RENDER`
 */
export async function encode(pixels: Uint8Array, { width, height }: Size, encoding: Encoding): Promise<Uint8Array> {
  const opaque = isOpaque(pixels);
  // Opaque pixels are the same either way, and taking the premultiplication back costs 3 ms.
  const raw = sharp(pixels, { raw: { width, height, channels: 4, premultiplied: !opaque } });
  try {
    return await encoder(opaque ? raw.removeAlpha() : raw, encoding).toBuffer();
  } catch (thrown) {
    throw new OgError("E_RENDER", `The card cannot be encoded as ${encoding.format}: ${reasonOf(thrown)}.`, { cause: messageOf(thrown) });
  }
}

/**
 * The same pixels as a PNG that is packed otherwise.
 * @param level of zlib, 1 to 9
 * @param filtered choose a filter for each row, which is good for photographs; else none, which is good for flat colours
 */
export async function repack(png: Uint8Array, level: number, filtered: boolean): Promise<Uint8Array> {
  // Not `effort`, with which sharp makes a palette.
  return sharp(png).png({ compressionLevel: level, adaptiveFiltering: filtered }).toBuffer();
}

/**
 * A PNG with a palette of 256 colours at most: a third of the bytes.
 * @param dither 0 to 1, how much of what the palette has not is imitated by noise
 */
export async function toPalette(png: Uint8Array, dither = 1): Promise<Uint8Array> {
  return sharp(png).png({ palette: true, compressionLevel: 9, dither }).toBuffer();
}

/** @returns RGBA, four bytes a pixel, not premultiplied, rows from the top */
export async function decode(file: Uint8Array): Promise<Uint8Array> {
  return sharp(file).toColorspace("srgb").ensureAlpha().raw().toBuffer();
}

function encoder(image: Sharp, { format, quality, optimize }: Encoding): Sharp {
  if (format === "webp") return image.webp({ quality, effort: optimize ? 6 : 4 });
  const chromaSubsampling = quality >= 80 ? "4:4:4" : "4:2:0";
  return image.flatten({ background: "#ffffff" }).jpeg({ quality, chromaSubsampling, mozjpeg: optimize });
}

/** @param pixels RGBA */
export function isOpaque(pixels: Uint8Array): boolean {
  for (let index = 3; index < pixels.length; index += 4) {
    if (pixels[index] !== 255) return false;
  }
  return true;
}

function readImage({ file, bytes, digest, name }: JobImage): Uint8Array {
  if (bytes) return bytes;
  try {
    if (file === undefined) throw new Error("it has neither a file nor bytes");
    const read = readFileSync(file);
    if (createHash("sha256").update(read).digest("hex") !== digest) throw new Error("it changed during the run");
    return read;
  } catch (thrown) {
    throw new OgError("E_IMAGE", `The image "${name}" cannot be read: ${reasonOf(thrown)}.`, { file, cause: messageOf(thrown) });
  }
}

/** As sharp says it. */
const TOO_MANY_PIXELS = "Input image exceeds pixel limit";

function imageError({ name, file }: JobImage, bytes: Uint8Array, thrown: unknown): OgError {
  const start = Buffer.from(bytes.subarray(0, 64)).toString("latin1").trimStart();
  const html = /^<(!doctype html|html|head|body)/i.test(start);
  const message = messageOf(thrown);
  const isTooLarge = message.includes(TOO_MANY_PIXELS);
  const reason = isTooLarge ? "it has too many pixels" : html ? "it is an HTML page" : reasonOf(message.split("\n")[0]);
  return new OgError("E_IMAGE", `The image "${name}" cannot be decoded: ${reason}.`, {
    file,
    hint: isTooLarge
      ? "Use a smaller copy, or raise `limits.imagePixels`."
      : html
        ? "The download failed; fetch the image again."
        : "Use a whole PNG, JPEG, WebP, AVIF, GIF or SVG file.",
    cause: message,
  });
}
