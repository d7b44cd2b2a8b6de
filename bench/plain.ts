/** A job as plain satori draws it: real outlines, pictures whole. What the painter's shortcuts are compared with. */
import { readFile } from "node:fs/promises";
import sharp from "sharp";
import {
  draw,
  fitTexts,
  placeholder,
  satoriLayoutOf,
  type Face,
  type Font,
  type HostElement,
  type Job,
  type JobImage,
} from "../packages/core/dist/internals.js";

/** satori knows a parsed font by the identity of its bytes. */
const fontFiles = new Map<string, Promise<Buffer>>();
const pictures = new Map<string, Promise<Picture>>();

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly uri: string;
}

/**
 * The SVG of a job.
 * @throws Error for a job with a variable font, of which only the project's own painter makes an instance
 */
export async function plainSvg(job: Job, tree: HostElement = job.tree): Promise<string> {
  const images = new Map(await Promise.all(job.images.map(async (image) => [image.digest, await picture(image)] as const)));
  const uri = (digest: string) => images.get(digest)?.uri ?? "";
  const size = (digest: string) => placeholder(images.get(digest)?.width ?? 1, images.get(digest)?.height ?? 1, digest);
  const fitted = await fitTexts(tree, satoriLayoutOf(job, size));
  const graphemeImages = Object.fromEntries(Object.entries(job.graphemes).map(([grapheme, digest]) => [grapheme, uri(digest)]));
  const fonts = await Promise.all(job.faces.map(font));
  // Marks are where fonts put them: satori alone mirrors them at the line, and it is the painting that is compared.
  return draw(withPictures(fitted.tree, uri), job, { fonts, graphemeImages });
}

async function font({ family, weight, style, file, variation }: Face): Promise<Font> {
  if (variation && Object.keys(variation).length > 0) throw new Error(`${file} is a variable font.`);
  const reading = fontFiles.get(file) ?? readFile(file);
  fontFiles.set(file, reading);
  return { name: family, weight: weight as NonNullable<Font["weight"]>, style, data: await reading };
}

function picture(image: JobImage): Promise<Picture> {
  const known = pictures.get(image.digest) ?? readPicture(image);
  pictures.set(image.digest, known);
  return known;
}

/** As it is where resvg can read it, else as PNG. */
async function readPicture({ file, bytes }: JobImage): Promise<Picture> {
  const data = Buffer.from(bytes ?? (await readFile(file as string)));
  const { format, width, height, orientation = 1 } = await sharp(data).metadata();
  const type = { jpeg: "jpeg", png: "png", svg: "svg+xml" }[format as string];
  if (type !== undefined && orientation === 1) return { width, height, uri: `data:image/${type};base64,${data.toString("base64")}` };
  const png = await sharp(data).autoOrient().png().toBuffer({ resolveWithObject: true });
  return { width: png.info.width, height: png.info.height, uri: `data:image/png;base64,${png.data.toString("base64")}` };
}

const REFERENCE = /og-image:([0-9a-f]{64})/g;

function withPictures(node: HostElement, uri: (digest: string) => string): HostElement {
  const filled = (value: unknown) => (typeof value === "string" ? value.replace(REFERENCE, (_all, digest: string) => uri(digest)) : value);
  const { style, src, children, ...rest } = node.props as HostElement["props"] & { readonly src?: unknown };
  return {
    type: node.type,
    props: {
      ...rest,
      ...(src === undefined ? {} : { src: filled(src) }),
      ...(style ? { style: Object.fromEntries(Object.entries(style).map(([name, value]) => [name, filled(value)])) } : {}),
      ...(children ? { children: children.map((child) => (typeof child === "string" ? child : withPictures(child, uri))) } : {}),
    },
  };
}
