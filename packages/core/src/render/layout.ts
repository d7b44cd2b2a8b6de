import { readFile } from "node:fs/promises";
import { messageOf, OgError, reasonOf } from "../error.ts";
import { crypto, lazily } from "../lazily.ts";
import type { Face, HostElement, Job, Size } from "../types.ts";
import type { LayoutOf } from "./fit.ts";
import { advancesIn, type LoadedFace } from "./advances.ts";
import { layOutDirectly, measureBlock, type DirectLayout } from "./direct/lay-out.ts";
import type { CardContent } from "./direct/elements.ts";
import type { Sample } from "./fit-search.ts";
import { toMarkerFont } from "./glyphs.ts";
import type { CardImages } from "./images.ts";
import { isTrap } from "./kernel.ts";
import type { Font } from "./satori.ts";

/** satori takes 60 ms to load, and most cards need it for what their boxes paint at most. */
const satori = lazily(() => import("./satori.ts"));

/** What satori draws text with: real fonts, or their marker fonts, whose text is drawn later (see `marker-font.ts`). */
type Glyphs = "outlines" | "markers";

/** satori knows a parsed font by the identity of its bytes; these are the ones. */
const fontBytes = new Map<string, Promise<Buffer>>();

/** What stands for an image in the tree (`og-image:<digest>`), as a data URI. */
type ImageUri = CardImages["uri"];

/** The boxes of elements and samples in pixels, by what was to be measured. */
export type Sizes = ReadonlyMap<unknown, Size>;

/** A card as satori draws it. */
export interface Layout {
  readonly svg: string;
  readonly sizes: Sizes;
}

/** A card that was laid out by ourselves. */
export interface DirectCard extends DirectLayout {
  readonly sizes: Sizes;
}

/** A property of elements that are to be measured: by what their size is known. */
export const MEASURED = "og-measured";

/**
 * Lays the element tree out and draws it as SVG.
 * @throws OgError `E_LAYOUT`, `E_FONT`
 */
export async function layout(job: Job, imageUri: ImageUri, glyphs: Glyphs = "outlines"): Promise<Layout> {
  const element = withImages(job.tree, imageUri);
  const fonts = await Promise.all(job.faces.map((face) => toFont(face, glyphs)));
  const graphemeImages = Object.fromEntries(Object.entries(job.graphemes).map(([grapheme, digest]) => [grapheme, imageUri(digest)]));
  const sizes = new Map<unknown, Size>();
  const { draw } = await satori();
  try {
    const svg = await draw(element, job, {
      fonts,
      graphemeImages,
      onNodeDetected({ width, height, props }) {
        if (props[MEASURED] !== undefined) sizes.set(props[MEASURED], { width, height });
      },
    });
    return { svg, sizes };
  } catch (thrown) {
    const damaged = await damagedFace(element, job.faces, fonts, messageOf(thrown));
    if (damaged) throw damagedFont(damaged, thrown);
    throw new OgError("E_LAYOUT", `The card cannot be laid out: ${reasonOf(thrown)}.`, {
      hint: "Look for the style or element that it names in the template.",
      cause: messageOf(thrown),
    });
  }
}

/** Beside the card's content, and not drawn. It sets what a card hands down and samples do not say themselves. */
const ASIDE = {
  display: "flex",
  flexDirection: "column",
  alignItems: "flex-start",
  position: "absolute",
  visibility: "hidden",
  textWrap: "wrap",
  overflowWrap: "normal",
};

/**
 * How a job is laid out while its texts are fitted: by ourselves where that is possible, else by satori.
 * @param paintAhead see `CardContent`
 */
export function layoutOf(
  job: Job,
  images: Pick<CardImages, "uri" | "size">,
  paintAhead: CardContent["paintAhead"] = async () => undefined,
): LayoutOf {
  const bySatori = satoriLayoutOf(job, images.uri);
  const { width, height, graphemes } = job;
  return {
    async beside(tree, samples) {
      const card = { width, height, faces: await loadFaces(job), graphemes: Object.keys(graphemes), imageSize: images.size, paintAhead };
      return (await layOutHere(withImages(tree, images.uri), samples, card)) ?? bySatori.beside(tree, samples);
    },
    advances: bySatori.advances,
  };
}

/** How satori lays a job out, with marker fonts. */
export function satoriLayoutOf(job: Job, imageUri: ImageUri): LayoutOf {
  return {
    beside(tree, samples) {
      return layout({ ...job, tree: withAside(tree, samples) }, imageUri, "markers");
    },
    async advances() {
      const faces = await loadFaces(job);
      return (style) => advancesIn(faces, style);
    },
  };
}

function loadFaces({ faces }: Job): Promise<readonly LoadedFace[]> {
  return Promise.all(faces.map(async (face) => ({ face, font: await fontOf(face) })));
}

async function layOutHere(tree: HostElement, samples: readonly Sample[], card: CardContent): Promise<DirectCard | undefined> {
  try {
    const measured: [unknown, Size][] = [];
    for (const sample of samples) {
      const size = measureBlock(block(sample), tree, card);
      if (!size) return undefined;
      measured.push([sample, size]);
    }
    const laidOut = await layOutDirectly(tree, card);
    if (!laidOut) return undefined;
    const inCard = Array.from(laidOut.boxes, ([{ props }, size]) => [props[MEASURED], size] as const);
    return { ...laidOut, sizes: new Map([...measured, ...inCard.filter(([measured]) => measured !== undefined)]) };
  } catch (thrown) {
    if (isTrap(thrown)) throw thrown;
    // satori says what is wrong.
    return undefined;
  }
}

function block(sample: Sample): HostElement {
  return { type: "div", props: { [MEASURED]: sample, style: sample.style, children: [sample.text] } };
}

function withAside({ type, props }: HostElement, samples: readonly Sample[]): HostElement {
  if (samples.length === 0) return { type, props };
  const aside = { type: "div", props: { style: ASIDE, children: samples.map(block) } };
  return { type, props: { ...props, children: [...(props.children ?? []), aside] } };
}

/**
 * The face whose file is damaged in its outlines: it alone cannot draw the card's words, for the reason for which the card
 * could not be laid out. `undefined` where that is none of them, or several, so that the reason may be another one.
 */
async function damagedFace(
  element: HostElement,
  faces: readonly Face[],
  fonts: readonly Font[],
  reason: string,
): Promise<Face | undefined> {
  const { draw } = await satori();
  const words = wordsOf(element);
  const failing = new Map<string, Face>();
  for (const [index, face] of faces.entries()) {
    const font = fonts[index] as Font;
    const style = { fontFamily: font.name, fontWeight: font.weight, fontStyle: font.style };
    const drawing = draw({ type: "div", props: { style, children: [words] } }, TRIAL_SIZE, { fonts: [font] });
    const failed = await drawing.then(
      () => false,
      (thrown: unknown) => messageOf(thrown) === reason,
    );
    if (failed) failing.set(face.file, face);
  }
  return failing.size === 1 ? failing.values().next().value : undefined;
}

const TRIAL_SIZE: Size = { width: 1200, height: 630 };
/** Of different words, as many as a card shows. */
const MOST_CHARACTERS = 1_000;

/** The words of a tree, each once, as they are and in the cases that a style may ask for. */
function wordsOf(element: HostElement): string {
  const text = textsIn(element).join(" ");
  const words = [text, text.toUpperCase(), text.toLowerCase(), "…"].join(" ").split(/\s+/);
  return Array.from([...new Set(words)].join(" "))
    .slice(0, MOST_CHARACTERS)
    .join("");
}

function textsIn({ props }: HostElement): readonly string[] {
  return (props.children ?? []).flatMap((child) => (typeof child === "string" ? child : textsIn(child)));
}

async function toFont(face: Face, glyphs: Glyphs): Promise<Font> {
  const { family, weight, style } = face;
  const font = await fontOf(face);
  const data = glyphs === "markers" ? toMarkerFont(font).marker : font;
  const hundreds = Math.min(Math.max(Math.round(weight / 100), 1), 9) * 100;
  return { name: family, weight: hundreds as NonNullable<Font["weight"]>, style, data };
}

function fontOf(face: Face): Promise<Buffer> {
  const { digest, variation, weight, style } = face;
  const id = variation ? JSON.stringify([digest, variation, weight, style]) : digest;
  let reading = fontBytes.get(id);
  if (!reading) {
    reading = readFont(face);
    fontBytes.set(id, reading);
    reading.catch(() => fontBytes.delete(id));
  }
  return reading;
}

async function readFont(face: Face): Promise<Buffer> {
  const { file, digest, variation } = face;
  try {
    const bytes = await readFile(file);
    if (crypto().hash("sha256", bytes) !== digest) throw new Error("it changed during the run");
    if (!variation) return bytes;
    // Loaded only where a card has such a font.
    const { instantiate } = await import("./variable-font.ts");
    return await instantiate(bytes, face);
  } catch (thrown) {
    const hint = variation && hintFor(face);
    throw new OgError("E_FONT", `The font file ${file} cannot be read: ${reasonOf(thrown)}.`, { file, hint, cause: messageOf(thrown) });
  }
}

function damagedFont(face: Face, thrown: unknown): OgError {
  const { file } = face;
  // satori stumbles over some damage with errors of the engine, which tell a user nothing.
  const reason = thrown instanceof TypeError || thrown instanceof RangeError ? "it has outlines that cannot be read" : reasonOf(thrown);
  return new OgError("E_FONT", `The font file ${file} is damaged: ${reason}.`, { file, hint: hintFor(face), cause: messageOf(thrown) });
}

function hintFor({ variation }: Face): string {
  return variation ? "Get the font anew, or give a static file for each weight." : "Get the font anew.";
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
