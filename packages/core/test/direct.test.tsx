/**
 * Cards that are laid out without satori have the same pixels as with it: named ones, and trees of known styles put together by
 * chance. `OG_GEN_FUZZ_CASES` tries more of these, `OG_GEN_FUZZ_SEED=<seed>` tries some again.
 */
import * as fc from "fast-check";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expand } from "../src/compose/expand.ts";
import { jsx, type Child, type Element } from "../src/compose/jsx-runtime.ts";
import { fitTexts } from "../src/render/fit.ts";
import { openImages } from "../src/render/images.ts";
import { layoutOf, satoriLayoutOf } from "../src/render/layout.ts";
import { paint } from "../src/render/paint.ts";
import { createEmojiFinder } from "../src/resolve/emoji.ts";
import { openFonts } from "../src/resolve/fonts.ts";
import { createImageFinder } from "../src/resolve/images.ts";
import { resolveJob } from "../src/resolve/job.ts";
import { FittedText } from "../src/templates/components/fitted-text.tsx";
import type { Job } from "../src/types.ts";

const SIZE = { width: 480, height: 252 };
const CASES = Number(process.env["OG_GEN_FUZZ_CASES"] ?? 150);
const SEED = Number(process.env["OG_GEN_FUZZ_SEED"] ?? Math.floor(Math.random() * 2 ** 31));

const folder = mkdtempSync(join(tmpdir(), "og-gen-direct-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const resolver = {
  fonts: openFonts(
    [{ file: createRequire(import.meta.url).resolve("@fontsource/inter/files/inter-latin-400-normal.woff"), family: "Light", weight: 300 }],
    folder,
  ),
  images: createImageFinder({ root: folder, publicDir: folder, remoteHosts: [] }),
  emoji: createEmojiFinder("twemoji", folder),
};

beforeAll(async () => {
  const picture = sharp({ create: { width: 90, height: 60, channels: 3, background: "#c2410c" } });
  writeFileSync(join(folder, "picture.png"), await picture.png().toBuffer());
});

async function jobOf(element: unknown): Promise<Job> {
  const page = { id: "x", title: "x", tags: [], data: {} };
  const { job } = await resolveJob(resolver, await expand(element), page, { ...SIZE, format: "png", quality: 85 });
  return job;
}

/** Whether a card is laid out without satori, and its picture in both ways. */
async function inBothWays(job: Job) {
  const images = await openImages(job.images, 1e9);
  const { laidOut } = await fitTexts(job.tree, layoutOf(job, images));
  const ours = await paint(job);
  const satoris = await paint(job, { layoutOf: (of, { uri }) => satoriLayoutOf(of, uri) });
  return { isDirect: "runs" in laidOut, ours, satoris };
}

async function expectSame(element: unknown): Promise<boolean> {
  const { isDirect, ours, satoris } = await inBothWays(await jobOf(element));
  expect(ours.lost).toEqual(satoris.lost);
  if (Buffer.compare(ours.bytes, satoris.bytes) !== 0) expect(await largestDifference(ours.bytes, satoris.bytes)).toBeLessThan(OTHER_EDGES);
  return isDirect;
}

/**
 * Levels by which the edge of a letter may differ between its mask and its outline: where something stands beside the card, over
 * what a text has there, only satori's way takes the text's outlines for it.
 */
const OTHER_EDGES = 96;

async function largestDifference(...pictures: readonly [Uint8Array, Uint8Array]): Promise<number> {
  const [one, other] = (await Promise.all(pictures.map((bytes) => sharp(bytes).ensureAlpha().raw().toBuffer()))) as [Buffer, Buffer];
  return one.reduce((largest, level, index) => Math.max(largest, Math.abs(level - (other[index] as number))), 0);
}

const root = { display: "flex", ...SIZE, padding: 20, color: "#fff", backgroundColor: "#1e293b", fontSize: 20 } as const;

const Card = ({ children, ...style }: { readonly children?: Child } & Readonly<Record<string, Child>>): Element => (
  <div style={{ ...root, ...style } as object}>{children}</div>
);
const LONG = "A headline that takes up more than one line, and then some more of it for good measure";
const whole = { position: "absolute", left: 0, top: 0, ...SIZE } as const;

const direct: Readonly<Record<string, Element>> = {
  "one line": <Card>One line</Card>,
  lines: <Card>{LONG}</Card>,
  "lines in the middle": <Card textAlign="center">{LONG}</Card>,
  "balanced lines in a block": (
    <Card>
      <div style={{ display: "block", width: 400, fontSize: 30, textWrap: "balance", lineHeight: 1.2 }}>{LONG}</div>
    </Card>
  ),
  "an ellipsis": (
    <Card flexDirection="column">
      <div style={{ display: "block", lineClamp: 2, width: 300, lineHeight: 1.25 }}>{LONG}</div>
      <div style={{ display: "block", lineClamp: 1, wordBreak: "break-word", maxWidth: "40%" }}>Donaudampfschifffahrtsgesellschaft</div>
    </Card>
  ),
  "fitted texts": (
    <Card flexDirection="column">
      <FittedText text={LONG} width={440} height={110} max={64} min={18} style={{ fontWeight: 700 }} />
      <FittedText text={LONG} width={200} height={40} max={30} min={18} balanced={false} />
      <FittedText text="Donaudampfschifffahrtsgesellschaftskapitän" width={220} height={60} max={40} min={20} />
    </Card>
  ),
  "round corners and gradients": (
    <Card gap={10} backgroundImage="radial-gradient(circle at 100% 0%, #123456 0%, #654321 64%)">
      <div style={{ width: 90, height: 60, borderRadius: 12, backgroundImage: "linear-gradient(20deg, #f00, #00f 70%)" }} />
      <div style={{ width: 60, height: 60, borderRadius: 30, backgroundColor: "rgba(250, 204, 21, 0.4)" }} />
      <div style={{ width: 60, height: 60, backgroundImage: "linear-gradient(to right, #f00, #00f)", opacity: 0.5 }} />
      <img src="./picture.png" width={60} height={60} style={{ borderRadius: 30, objectFit: "cover" }} />
      <img src="./picture.png" width={60} height={30} style={{ objectFit: "contain", backgroundColor: "#fff8" }} />
    </Card>
  ),
  borders: (
    <Card gap={10} alignItems="flex-start">
      <div style={{ display: "flex", padding: 8, border: "2px solid #fff", borderRadius: 12 }}>Framed</div>
      <div style={{ display: "flex", paddingLeft: 12, borderLeft: "4.5px solid tomato" }}>Quoted</div>
      <img src="./picture.png" height={50} style={{ border: "3px dashed #fbbf24", boxSizing: "border-box" }} />
    </Card>
  ),
  "a picture that is not on the card": (
    <Card position="relative">
      <img src="./picture.png" width={60} height={60} style={{ position: "absolute", left: 600, top: 0, objectFit: "cover" }} />
    </Card>
  ),
  "a rule and a label in the flow, over them a corner": (
    <Card flexDirection="column" position="relative" overflow="hidden" backgroundImage="linear-gradient(135deg, #0f172a 0%, #7c3aed 100%)">
      <div style={{ width: 60, height: 6, backgroundColor: "#fbbf24" }} />
      <div style={{ display: "flex", alignSelf: "flex-start", padding: "4px 12px", borderRadius: 14, backgroundColor: "#fbbf24" }}>
        <div style={{ color: "#111", fontWeight: 600 }}>Label</div>
      </div>
      <div style={{ position: "absolute", right: 0, top: 0, width: 40, height: 40, backgroundColor: "#f43f5e" }} />
      Text of the card itself
    </Card>
  ),
  "a picture with a text over it": (
    <Card position="relative">
      <img src="./picture.png" width={SIZE.width} height={SIZE.height} style={{ ...whole, objectFit: "cover" }} />
      <div style={{ ...whole, backgroundImage: "linear-gradient(180deg, rgba(0, 0, 0, 0) 20%, rgba(0, 0, 0, 0.85) 100%)" }} />
      <div style={{ position: "absolute", left: 20, bottom: 20, display: "flex" }}>Over it</div>
    </Card>
  ),
  "pictures in their proportions": (
    <Card gap={8}>
      <img src="./picture.png" height={40} />
      <img src="./picture.png" style={{ width: 33, borderRadius: 8, padding: 3, backgroundColor: "white" }} />
      <img src="./picture.png" style={{ height: 50, maxWidth: "10%", objectFit: "contain" }} />
    </Card>
  ),
  "absolute, but not in its parent": (
    <Card>
      <div style={{ display: "flex", marginLeft: 50 }}>
        <div style={{ position: "absolute", right: 10, bottom: "10%", display: "flex" }}>In the corner of the card</div>
      </div>
    </Card>
  ),
  "hidden text": (
    <Card>
      <div style={{ visibility: "hidden" }}>Takes its room</div>
      <div>and is not seen</div>
    </Card>
  ),
  "elements with a style of their own": (
    <Card flexDirection="column">
      <h1>A headline</h1>
      <p style={{ margin: 0, textTransform: "uppercase", letterSpacing: "0.1em" }}>In capitals</p>
      <div style={{ display: "flex" }}>
        <span style={{ opacity: 0.5 }}>Translucent</span>
        <span style={{ flex: 1, textAlign: "right" }}>at the right</span>
      </div>
    </Card>
  ),
  "several fonts": (
    <Card>
      <div style={{ fontFamily: "JetBrains Mono, Inter", fontWeight: 600 }}>const façade = Ελλάδα → “x”</div>
    </Card>
  ),
};

test.each(Object.entries(direct))("without satori, and with the same pixels: %s", async (_name, element) => {
  expect(await expectSame(element)).toBe(true);
});

const bySatori: Readonly<Record<string, Element>> = {
  "an unknown style": <Card flexWrap="wrap">Text</Card>,
  "an unknown value": <Card fontSize="2rem">Text</Card>,
  "an inline element": (
    <div style={{ ...root, display: "block" }}>
      in a <span>text</span>
    </div>
  ),
  "a picture in a line, without a word": (
    <div style={{ ...root, display: "block" }}>
      <img src="./picture.png" />
    </div>
  ),
  "right to left": <Card>שלום</Card>,
  "an emoji": <Card>Hello 👋</Card>,
  "made bold": (
    <Card fontFamily="Light" fontWeight={700}>
      Bolder
    </Card>
  ),
  "under something": (
    <Card position="relative">
      Text
      <div style={{ ...whole, backgroundColor: "rgba(0, 0, 0, 0.5)" }} />
    </Card>
  ),
  "cut off": (
    <Card>
      <div style={{ width: 40, height: 20, overflow: "hidden", lineHeight: 2 }}>Unbreakable</div>
    </Card>
  ),
  "translucent with what is behind it": <Card opacity={0.5}>Text</Card>,
  "capitals of a language": (
    <Card>
      <div lang="tr" style={{ textTransform: "uppercase" }}>
        istanbul
      </div>
    </Card>
  ),
};

test.each(Object.entries(bySatori))("left to satori: %s", async (_name, element) => {
  expect(await expectSame(element)).toBe(false);
});

describe("random trees", () => {
  const pixels = fc.oneof(
    fc.integer({ min: 0, max: 60 }),
    fc.double({ min: 0, max: 60, noNaN: true }).map((value) => Math.round(value * 100) / 100),
  );
  const side = fc.oneof(pixels, pixels, fc.integer({ min: 40, max: 400 }), fc.constantFrom("50%", "100%", "33.3%"));
  const optional = <T,>(value: fc.Arbitrary<T>, frequency = 3) => fc.option(value, { nil: undefined, freq: frequency });
  const cross = fc.constantFrom("flex-start", "flex-end", "center", "stretch", "start", "end");
  const box = fc.record({
    width: optional(side, 1),
    height: optional(side, 1),
    minWidth: optional(fc.oneof(side, fc.constant(0)), 1),
    minHeight: optional(fc.oneof(side, fc.constant(0)), 1),
    boxShadow: optional(fc.constantFrom("0 4px 12px rgba(0, 0, 0, 0.5)", "inset 0 0 4px #fff"), 1),
    borderTopLeftRadius: optional(fc.constantFrom(9, 20), 1),
    overflow: optional(fc.constantFrom("hidden", "visible"), 1),
    visibility: optional(fc.constantFrom("hidden", "visible"), 1),
    maxWidth: optional(side, 1),
    maxHeight: optional(side, 1),
    padding: optional(fc.oneof(pixels, fc.constant("4px 12px"), fc.constant("0.5em")), 1),
    marginTop: optional(fc.oneof(pixels, fc.constant("auto"), fc.constant("-0.2em")), 1),
    marginLeft: optional(fc.oneof(pixels, fc.constant("auto")), 1),
    marginBottom: optional(pixels, 1),
    boxSizing: optional(fc.constantFrom("border-box", "content-box")),
    flexGrow: optional(fc.constantFrom(0, 1, 2), 1),
    flexShrink: optional(fc.constantFrom(0, 1, 3), 1),
    flex: optional(fc.constantFrom(1, 2), 1),
    flexBasis: optional(fc.constantFrom(0, 40, "auto", "50%"), 1),
    alignSelf: optional(cross, 1),
    backgroundColor: optional(fc.constantFrom("#0f766e", "rgba(250, 204, 21, 0.4)", "navy", "#fa08", "#33669980", "transparent"), 1),
    borderRadius: optional(fc.constantFrom(6, 12.5, 300, 0), 1),
    border: optional(fc.constantFrom("2px solid #fff", "1.5px dashed tomato", "0.4px solid rgba(255, 255, 255, 0.5)"), 1),
    borderLeft: optional(fc.constantFrom("6px solid #f43f5e", "0px solid #fff"), 1),
  });
  /** resvg ends its process where a gradient has no room. */
  const gradient = fc.record({
    backgroundImage: fc.constantFrom(
      "linear-gradient(135deg, #082f49 0%, #0e7490 55%, #4d7c0f 100%)",
      "linear-gradient(20deg, #f00, #00f 70%)",
      "linear-gradient(-90deg, #fff 10%, #123, #000 90%)",
      "linear-gradient(to right, #f00, #00f)",
      "radial-gradient(circle at 100% 0%, #123456 0%, #abcdef 64%)",
      "radial-gradient(circle at 30% 40%, #fff 20%, #123 50%, #000)",
      "linear-gradient(180deg, rgba(0, 0, 0, 0) 20%, rgba(0, 0, 0, 0.85) 100%)",
    ),
    minWidth: fc.constant(5),
    minHeight: fc.constant(5),
    opacity: optional(fc.constantFrom(1, 0.4), 1),
  });
  const flex = fc.record({
    display: fc.constant("flex"),
    flexDirection: optional(fc.constantFrom("row", "column"), 1),
    justifyContent: optional(fc.constantFrom("center", "flex-end", "space-between", "space-around", "space-evenly", "flex-start"), 1),
    alignItems: optional(cross, 1),
    gap: optional(pixels, 1),
    rowGap: optional(pixels, 1),
    columnGap: optional(pixels, 1),
  });
  const stack = fc.record({ display: fc.constant("block") });
  const place = fc.oneof(
    { weight: 8, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: fc.record({ position: fc.constant("relative"), top: optional(pixels), left: optional(pixels) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        position: fc.constant("absolute"),
        top: optional(side),
        left: optional(pixels),
        bottom: optional(pixels),
        right: optional(side),
      }),
    },
  );
  const words = fc
    .array(
      fc.constantFrom(
        ..."a in The AVATAR office well-known 10:30 façade — “Quoted” (x) naïve/one e.g. Überraschung to\u200bgether no\u00a0break word,".split(
          " ",
        ),
        "Donaudampfschifffahrtsgesellschaft",
        "Как",
        "της",
      ),
      { minLength: 1, maxLength: 14 },
    )
    .map((list) => list.join(" "));
  const text = fc.record({
    fontSize: optional(fc.oneof(fc.integer({ min: 9, max: 60 }), fc.constant(23.4), fc.constant("1.4em")), 4),
    fontWeight: optional(fc.constantFrom(400, 500, 600, 700, "bold"), 1),
    lineHeight: optional(fc.constantFrom(1, 1.1, 1.37, 1.6), 1),
    letterSpacing: optional(fc.constantFrom(-1, 0.5, "-0.022em", 0, "normal"), 1),
    textAlign: optional(fc.constantFrom("left", "center", "right", "start", "end"), 1),
    wordBreak: optional(fc.constantFrom("break-word", "normal"), 1),
    overflowWrap: optional(fc.constantFrom("break-word", "anywhere"), 1),
    textWrap: optional(fc.constantFrom("balance", "wrap"), 1),
    textTransform: optional(fc.constantFrom("uppercase", "lowercase", "none"), 1),
    color: optional(fc.constantFrom("#fde68a", "tomato", "rgb(10, 200, 30)", "rgba(255, 255, 255, 0.6)"), 1),
  });
  const toElement = (styles: readonly object[], content?: unknown, type = "div"): Element =>
    jsx(type, { style: Object.assign({}, ...styles) as object, children: content as Child });
  const kind = fc.constantFrom("div", "div", "div", "p", "h1", "h3", "span", "section");
  const block = fc.record({
    display: fc.constantFrom("flex", "block", undefined),
    lineClamp: optional(fc.constantFrom(1, 2), 1),
    opacity: optional(fc.constantFrom(1, 0.4), 1),
  });
  const contents = (node: fc.Arbitrary<Element>) =>
    fc.array(fc.oneof({ weight: 6, arbitrary: node }, { weight: 1, arbitrary: words }), { minLength: 1, maxLength: 4 });
  const { tree } = fc.letrec<{ tree: Element; node: Element }>((tie) => ({
    node: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      {
        weight: 3,
        arbitrary: fc.tuple(kind, words, block, box, text, place).map(([type, content, ...styles]) => toElement(styles, content, type)),
      },
      { weight: 1, arbitrary: fc.tuple(box, place, fc.oneof(gradient, fc.constant({}))).map((styles) => toElement(styles)) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(
            box,
            place,
            fc.constantFrom({}, { objectFit: "cover" }, { objectFit: "contain" }, { objectFit: "cover", objectPosition: "left top" }),
          )
          .map(([one, other, fit]) => <img src="./picture.png" width={45} height={30} style={{ ...fit, ...one, ...other } as object} />),
      },
      {
        weight: 3,
        arbitrary: fc
          .tuple(contents(tie("node")), fc.oneof(flex, flex, stack), box, text, place)
          .map(([content, ...styles]) => toElement(styles, content)),
      },
    ),
    tree: fc
      .tuple(contents(tie("node")), flex, fc.constantFrom({}, { overflow: "hidden" }, { position: "relative" }))
      .map(([content, ...styles]) => toElement([root, ...styles], content)),
  }));

  test(`have the same pixels as by satori (seed ${SEED})`, { timeout: 60_000 + 200 * CASES }, async () => {
    let direct = 0;
    await fc.assert(
      fc.asyncProperty(tree, async (element) => {
        direct += Number(await expectSame(element));
      }),
      { numRuns: CASES, seed: SEED },
    );
    // Else these trees would say nothing of it.
    expect(direct).toBeGreaterThan(CASES / 2);
  });
});
