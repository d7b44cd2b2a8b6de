import satori, { type Font } from "satori";
import { readFileSync } from "node:fs";
import { messageOf, OgError } from "../error.ts";
import type { HostElement } from "../compose/jsx-runtime.ts";
import type { Face, Job } from "../types.ts";

/** satori knows a parsed font by the identity of its bytes; these are the ones. */
const fontBytes = new Map<string, Buffer>();

/**
 * Lays the element tree out and draws it as SVG.
 * @param imageUri what stands for an image in the tree (`og-image:<digest>`)
 * @throws OgError `E_LAYOUT`, `E_FONT`
 */
export async function layout(job: Job, imageUri: (digest: string) => string): Promise<string> {
  const fonts = job.faces.map(toFont);
  const complaints: string[] = [];
  const { fetch } = globalThis;
  const log = console.error;
  // satori would fetch what a style or an SVG names; all images are here already.
  globalThis.fetch = nothingIsFetched;
  // satori tells of an image that it cannot load here, and draws the card without it.
  console.error = (...words: unknown[]) => complaints.push(words.map(messageOf).join(" "));
  try {
    const graphemeImages = Object.fromEntries(Object.entries(job.graphemes).map(([grapheme, digest]) => [grapheme, imageUri(digest)]));
    const element = withImages(job.tree, imageUri);
    // satori types its input as a React node; host elements are what it reads.
    const svg = await satori(element as unknown as Parameters<typeof satori>[0], {
      width: job.width,
      height: job.height,
      fonts,
      graphemeImages,
    });
    if (complaints[0] !== undefined) throw new Error(complaints[0]);
    return svg;
  } catch (thrown) {
    throw new OgError("E_LAYOUT", `The card cannot be laid out: ${messageOf(thrown)}`, {
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

function toFont({ family, weight, style, file, digest }: Face): Font {
  let data = fontBytes.get(digest);
  if (!data) {
    data = readFont(file);
    fontBytes.set(digest, data);
  }
  return { name: family, weight: (Math.round(weight / 100) * 100) as NonNullable<Font["weight"]>, style, data };
}

function readFont(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (thrown) {
    throw new OgError("E_FONT", `The font file ${file} cannot be read: ${messageOf(thrown)}.`, { file, cause: messageOf(thrown) });
  }
}

const REFERENCE = /og-image:([0-9a-f]{64})/g;

function withImages(node: HostElement, imageUri: (digest: string) => string): HostElement {
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
