import satori, { type Font } from "satori";
import { readFile } from "node:fs/promises";
import { messageOf, OgError, reasonOf } from "../error.ts";
import type { Face, HostElement, Job, Size } from "../types.ts";
import type { Sample } from "./fit.ts";
import { toMarkerFont } from "./glyphs.ts";

/** What satori draws text with: real fonts, or their marker fonts, whose text is drawn later (see `marker-font.ts`). */
type Glyphs = "outlines" | "markers";

/** satori knows a parsed font by the identity of its bytes; these are the ones. */
const fontBytes = new Map<string, Promise<Buffer>>();

/** What stands for an image in the tree (`og-image:<digest>`), as a data URI. */
type ImageUri = (digest: string) => string;

/**
 * Lays the element tree out and draws it as SVG.
 * @throws OgError `E_LAYOUT`, `E_FONT`
 */
export function layout(job: Job, imageUri: ImageUri, glyphs: Glyphs = "outlines"): Promise<string> {
  return run(withImages(job.tree, imageUri), job, job, glyphs, imageUri);
}

/** Far outside of the card: what is there is measured, but not drawn. */
const ASIDE = { display: "flex", flexDirection: "column", alignItems: "flex-start", position: "absolute", left: -100_000, top: -1_000_000 };

/**
 * The boxes that texts take in the layout, in pixels.
 * @throws OgError `E_LAYOUT`, `E_FONT`
 */
export async function measure(samples: readonly Sample[], job: Job, imageUri: ImageUri): Promise<readonly Size[]> {
  const sizes: Size[] = [];
  const children = samples.map(({ text, style }, index) => ({ type: "div", props: { id: String(index), style, children: [text] } }));
  const aside = { type: "div", props: { style: ASIDE, children } };
  const root = { type: "div", props: { style: { display: "flex", width: 1, height: 1 }, children: [aside] } };
  await run(root, { width: 1, height: 1 }, job, "markers", imageUri, ({ width, height, props }) => {
    if (props["id"] !== undefined) sizes[Number(props["id"])] = { width, height };
  });
  return sizes;
}

async function run(
  element: HostElement,
  { width, height }: Size,
  job: Job,
  glyphs: Glyphs,
  imageUri: ImageUri,
  onNodeDetected?: NonNullable<Parameters<typeof satori>[1]["onNodeDetected"]>,
): Promise<string> {
  const fonts = await Promise.all(job.faces.map((face) => toFont(face, glyphs)));
  const complaints: string[] = [];
  const { fetch } = globalThis;
  const log = console.error;
  // satori would fetch what a style or an SVG names; all images are here already.
  globalThis.fetch = nothingIsFetched;
  // satori tells of an image that it cannot load here, and draws the card without it.
  console.error = (...words: unknown[]) => complaints.push(words.map(messageOf).join(" "));
  try {
    const graphemeImages = Object.fromEntries(Object.entries(job.graphemes).map(([grapheme, digest]) => [grapheme, imageUri(digest)]));
    // satori types its input as a React node; host elements are what it reads.
    const svg = await satori(element as unknown as Parameters<typeof satori>[0], {
      width,
      height,
      fonts,
      graphemeImages,
      ...(onNodeDetected ? { onNodeDetected } : {}),
    });
    if (complaints[0] !== undefined) throw new Error(complaints[0]);
    return svg;
  } catch (thrown) {
    throw new OgError("E_LAYOUT", `The card cannot be laid out: ${reasonOf(thrown)}.`, {
      hint: "Look for the style or element that it names in the template.",
      cause: messageOf(thrown),
    });
  } finally {
    console.error = log;
    globalThis.fetch = fetch;
  }
}

async function nothingIsFetched(): Promise<never> {
  throw new Error("images are not fetched while a card is painted; name it in an <img> or in url()");
}

async function toFont(face: Face, glyphs: Glyphs): Promise<Font> {
  const { family, weight, style, digest, variation } = face;
  const id = variation ? JSON.stringify([digest, variation, weight, style]) : digest;
  let reading = fontBytes.get(id);
  if (!reading) {
    reading = readFont(face);
    fontBytes.set(id, reading);
    reading.catch(() => fontBytes.delete(id));
  }
  const font = await reading;
  const data = glyphs === "markers" ? toMarkerFont(font) : font;
  const hundreds = Math.min(Math.max(Math.round(weight / 100), 1), 9) * 100;
  return { name: family, weight: hundreds as NonNullable<Font["weight"]>, style, data };
}

async function readFont(face: Face): Promise<Buffer> {
  const { file, variation } = face;
  try {
    const bytes = await readFile(file);
    if (!variation) return bytes;
    // Loaded only where a card has such a font.
    const { instantiate } = await import("./variable-font.ts");
    return await instantiate(bytes, face);
  } catch (thrown) {
    const hint = variation && "Get the font anew, or give a static file for each weight.";
    throw new OgError("E_FONT", `The font file ${file} cannot be read: ${reasonOf(thrown)}.`, { file, hint, cause: messageOf(thrown) });
  }
}

const REFERENCE = /og-image:([0-9a-f]{64})/g;

function withImages(node: HostElement, imageUri: ImageUri): HostElement {
  const fill = (value: unknown) =>
    typeof value === "string" ? value.replace(REFERENCE, (_all, digest: string) => imageUri(digest)) : value;
  const { src, style, children } = node.props as {
    src?: unknown;
    style?: Record<string, unknown>;
    children?: HostElement["props"]["children"];
  };
  return {
    type: node.type,
    props: {
      ...node.props,
      ...(node.type === "img" ? { src: fill(src) } : {}),
      ...(style
        ? {
            style: Object.fromEntries(
              Object.entries(style).map(([name, value]) => [name, /url\(/i.test(String(value)) ? fill(value) : value]),
            ),
          }
        : {}),
      ...(children ? { children: children.map((child) => (typeof child === "string" ? child : withImages(child, imageUri))) } : {}),
    },
  };
}
