import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expand } from "../src/compose/expand.ts";
import type { CssProperties } from "../src/compose/css.ts";
import type { Element, HostElement } from "../src/compose/jsx-runtime.ts";
import { generate } from "../src/generate.ts";
import { MANIFEST_NAME } from "../src/publish/manifest.ts";
import type { Sample } from "../src/render/fit-search.ts";
import { fitTexts } from "../src/render/fit.ts";
import { layout, satoriLayoutOf } from "../src/render/layout.ts";
import { readParts, writeParts } from "../src/render/parts.ts";
import { createEmojiFinder } from "../src/resolve/emoji.ts";
import { openFonts } from "../src/resolve/fonts.ts";
import { createImageFinder } from "../src/resolve/images.ts";
import { resolveJob } from "../src/resolve/job.ts";
import { FittedText } from "../src/templates/components/fitted-text.tsx";
import type { Job } from "../src/types.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "og-gen-fit-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function jobOf(element: Element): Promise<Job> {
  const resolver = {
    fonts: openFonts([], folder),
    images: createImageFinder({ root: folder, publicDir: folder, remoteHosts: [] }),
    emoji: createEmojiFinder("twemoji", folder),
  };
  const page = { id: "x", title: "x", tags: [], data: {} };
  const { job } = await resolveJob(resolver, await expand(element), page, { width: 1200, height: 630, format: "png", quality: 90 });
  return job;
}

const noImages = () => "";

const NOTHING: HostElement = { type: "div", props: { style: { display: "flex" } } };

/**
 * The blocks that stand in the places of the fitted texts, in their order, and what was laid out for them: for each pass
 * whether that was the card, and how many samples.
 * @param wider by which factor characters are taken to be wider than they are; nothing fits, and nothing is guessed, where
 *   that is infinite
 */
async function fitted(element: Element, wider = 1) {
  const job = await jobOf(element);
  const { beside, advances } = satoriLayoutOf(job, noImages);
  const passes: string[] = [];
  const { tree, laidOut, lost } = await fitTexts(job.tree, {
    beside(tree, samples) {
      passes.push(`${tree.props.children ? "card" : "nothing"} beside ${samples.length}`);
      return beside(tree, samples);
    },
    async advances() {
      const advancesIn = await advances();
      return (style) => (character) => advancesIn(style)(character) * wider;
    },
  });
  const blocks: { readonly text: string; readonly style: Sample["style"]; readonly fontSize: number }[] = [];
  const find = ({ props }: HostElement): void => {
    const style = props.style ?? {};
    if (style["textWrap"] !== undefined) {
      blocks.push({ text: (props.children ?? []).join(""), style, fontSize: Number(style["fontSize"]) });
    }
    for (const child of props.children ?? []) if (typeof child !== "string") find(child);
  };
  find(tree);
  const [first] = blocks;
  if (!first) throw new Error("there is no fitted text");
  /** How high the first text would be in another size, in its own style. */
  const heightAt = async (fontSize: number): Promise<number> => {
    const style = { ...job.tree.props.style, ...first.style, fontSize };
    const sample = { text: first.text, style };
    return (await beside(NOTHING, [sample])).sizes.get(sample)?.height ?? Number.NaN;
  };
  const svg = "svg" in laidOut ? laidOut.svg : "";
  return { ...first, blocks, svg, lost, passes, heightAt, job: { ...job, tree } };
}

const BOX = { width: 1000, height: 300, max: 84, min: 40 };
const LINE_HEIGHT = 1.12;
const bold = { fontWeight: 700 } as const;
const card = (props: Partial<Parameters<typeof FittedText>[0]> & { readonly text: string }) => (
  <div style={{ display: "flex", flexDirection: "column" }}>
    <FittedText {...BOX} style={bold} {...props} />
  </div>
);

const LONG =
  "What we learnt when we moved forty services out of the cloud and back into a cupboard under the stairs, told by those who carried the servers";

describe("size", () => {
  test.each(["Hi!", "Leaving the cloud", "Leaving the cloud, one service at a time"])(
    "a text that fits is as large as it may be: %s",
    async (text) => {
      const { fontSize, lost, passes } = await fitted(card({ text }));
      expect(fontSize).toBe(BOX.max);
      expect(lost).toEqual([]);
      expect(passes).toEqual(["card beside 0"]);
    },
  );

  test.each<readonly [string, CssProperties]>([
    ["a column", { flexDirection: "column" }],
    ["a column that stretches", { flexDirection: "column", alignItems: "stretch", width: 1200, height: 630 }],
    ["a row that is lower than the text", { height: 60 }],
    ["a row that is narrower than the text", { width: 200 }],
    ["a row in the middle of which it is", { height: 60, alignItems: "center" }],
    ["a block", { display: "block", height: 60 }],
    ["a grid whose rows are too low", { display: "grid", gridTemplateRows: "40px", height: 40 }],
    ["a clip", { height: 60, overflow: "hidden" }],
    ["another size of letters", { fontSize: 12, letterSpacing: "0.1em", textTransform: "uppercase" }],
    ["another way to wrap", { textWrap: "pretty", overflowWrap: "anywhere" }],
  ])("the layout of the card and the measurements agree, in %s", async (_name, style) => {
    const around = (text: string, own: CssProperties = {}) => (
      <div style={{ display: "flex", ...style }}>
        <div style={{ display: "flex", width: 90, height: 200 }} />
        <FittedText {...BOX} text={text} style={{ ...bold, ...own }} />
        <FittedText {...BOX} text="A summary" max={30} style={own} />
      </div>
    );
    for (const length of [10, 40, 50, 55, 60, 65, 70, 90]) {
      for (const own of [{}, { height: 20 }, { padding: 30 }, { maxWidth: 300 }, { marginTop: -20, textIndent: 40 }] as const) {
        // Narrower than they are, so that they are expected to fit where they do not.
        const text = LONG.toUpperCase().slice(0, length);
        const guessed = await fitted(around(text, own), 0.8);
        const measured = await fitted(around(text, own), Infinity);
        const drawn = ({ svg, lost }: typeof guessed) => ({ length, own, lost, svg: withoutIdle(svg) });
        expect(drawn(guessed)).toEqual(drawn(measured));
      }
    }
  });

  test.each([
    LONG.slice(0, 90),
    LONG,
    "ΟΔΗΓΟΣ για τη μετάβαση σαράντα υπηρεσιών από το νέφος σε ένα ντουλάπι κάτω από τη σκάλα του γραφείου μας",
    "Как мы перенесли сорок сервисов из облака в шкаф под лестницей и почему в понедельник никто этого не заметил",
    "👨‍👩‍👧‍👦 Four people, 🏳️‍🌈 one flag, 1️⃣ keycap and 👍🏽 thumbs in a headline that is long enough to be set smaller than it could be",
  ])("another pixel would be too many: %s", async (text) => {
    const { fontSize, heightAt } = await fitted(card({ text }));
    expect(fontSize).toBeLessThan(BOX.max);
    expect(fontSize).toBeGreaterThan(BOX.min);
    expect(await heightAt(fontSize)).toBeLessThanOrEqual(BOX.height + 1);
    expect(await heightAt(fontSize + 1)).toBeGreaterThan(BOX.height + 1);
  });

  test("as many lines as were asked for, although there is room for more", async () => {
    const { fontSize, heightAt } = await fitted(card({ text: LONG.slice(0, 70), lines: 2 }));
    expect(fontSize).toBeLessThan((await fitted(card({ text: LONG.slice(0, 70) }))).fontSize);
    expect(Math.round((await heightAt(fontSize)) / (fontSize * LINE_HEIGHT))).toBe(2);
    expect(Math.round((await heightAt(fontSize + 1)) / ((fontSize + 1) * LINE_HEIGHT))).toBe(3);
  });

  test("what the style adds to the width counts, also that of an ancestor", async () => {
    const { fontSize } = await fitted(card({ text: LONG }));
    const wide = await fitted(
      <div style={{ display: "flex", textTransform: "uppercase", ...bold }}>
        <FittedText {...BOX} text={LONG} style={{ letterSpacing: "0.02em" }} />
      </div>,
    );
    expect(wide.fontSize).toBeLessThan(fontSize);
    expect(await wide.heightAt(wide.fontSize + 1)).toBeGreaterThan(BOX.height + 1);
  });

  test("the texts of a card are measured together", async () => {
    const { blocks, passes } = await fitted(
      <div style={{ display: "flex", flexDirection: "column" }}>
        <FittedText {...BOX} text={LONG} />
        <FittedText {...BOX} text={LONG.slice(0, 80)} min={30} style={bold} />
      </div>,
    );
    expect(blocks.map(({ fontSize }) => fontSize)).toEqual([
      (await fitted(card({ text: LONG, style: {} }))).fontSize,
      (await fitted(card({ text: LONG.slice(0, 80) }))).fontSize,
    ]);
    expect(passes).toEqual(["card beside 2"]);
  });

  test.each([
    ["that is short", "Leaving the cloud"],
    ["that is long", LONG.slice(0, 90)],
    ["that is longer", LONG],
    ["that is too long", `${LONG}, ${LONG}, ${LONG}`],
    ["of one word", "Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrik"],
    ["with a word that is too long", `${"donaudampfschifffahrtsgesellschaftskapitän".repeat(2)} tritt zurück`],
    ["of one letter", "é\u0301".repeat(300)],
    ["in Greek", "ΟΔΗΓΟΣ για τη μετάβαση σαράντα υπηρεσιών από το νέφος σε ένα ντουλάπι κάτω από τη σκάλα του γραφείου μας"],
    ["with hyphens", "State-of-the-art build-time card-making for never-before-seen multi-language long-tail content-heavy sites"],
    ["without spaces", "雲から離れる一つのサービスずつ階段の下の戸棚に運んだ四十のサービスについて学んだことを話します"],
    ["of emoji", "🚀🎉🔥💡".repeat(20)],
    ["of spaces", "a   b \n c ".repeat(12)],
    ["of nothing", ""],
  ])("the layout decides, whatever was expected, of a text %s", async (_name, text) => {
    const twice = (
      <div style={{ display: "flex", flexDirection: "column" }}>
        <FittedText {...BOX} text={text} style={bold} />
        <FittedText {...BOX} height={150} lines={2} max={50} text={`${text} ${text}`} style={{ letterSpacing: "0.05em" }} />
      </div>
    );
    const { svg, blocks, lost } = await fitted(twice, Infinity);
    for (const wider of [0.5, 0.9, 1, 1.1, 2]) {
      const other = await fitted(twice, wider);
      expect({ wider, blocks: other.blocks, lost: other.lost }).toEqual({ wider, blocks, lost });
      expect(withoutIdle(other.svg)).toBe(withoutIdle(svg));
    }
  });

  test.each([
    ["longer than its box at the largest size", LONG.slice(0, 90), "card beside 1"],
    ["longer than its box at any", `${LONG}, ${LONG}, ${LONG}`, "card beside 2"],
  ])("one pass is enough for a text that is %s", async (_name, text, pass) => {
    expect((await fitted(card({ text }))).passes).toEqual([pass]);
  });

  test("a box that is lower than a line still has one", async () => {
    const { fontSize, text } = await fitted(card({ text: "Hello", height: 0 }));
    expect({ fontSize, text }).toEqual({ fontSize: BOX.min, text: "Hello" });
  });

  test.each([{ width: Number.NaN }, { max: Number.POSITIVE_INFINITY }])("%o is refused, by name", async (wrong) => {
    await expect(fitted(card({ text: "Hello", ...wrong }))).rejects.toMatchObject({
      message: expect.stringContaining(Object.keys(wrong)[0] as string),
    });
  });
});

describe("words", () => {
  const compound = "donaudampfschifffahrtsgesellschaftskapitän";

  test("a smaller size is better than a broken word", async () => {
    const { fontSize, style } = await fitted(card({ text: `${compound} tritt zurück` }));
    expect(fontSize).toBeLessThan(60);
    expect(style["wordBreak"]).toBe("normal");
  });

  test("a word that is longer than the line at any size is broken, into as few parts as at the smallest", async () => {
    const word = compound.repeat(2);
    const { fontSize, style, text, lost, heightAt } = await fitted(card({ text: word }));
    expect({ text, lost, wordBreak: style["wordBreak"] }).toEqual({ text: word, lost: [], wordBreak: "break-word" });
    expect(fontSize).toBeGreaterThan(BOX.min);
    const linesAt = async (size: number) => Math.round((await heightAt(size)) / (size * LINE_HEIGHT));
    expect(await linesAt(fontSize)).toBe(await linesAt(BOX.min));
    expect(await linesAt(fontSize + 8)).toBeGreaterThan(await linesAt(BOX.min));
  });

  test("lines are of about the same length", async () => {
    const { job } = await fitted(card({ text: "Leaving the cloud, one service at a time" }));
    // satori draws a path for each word; a line is what starts at the left edge again.
    const { svg: balanced } = await layout(job, noImages);
    const { svg: ragged } = await layout(
      { ...job, tree: JSON.parse(JSON.stringify(job.tree).replace('"balance"', '"wrap"')) as HostElement },
      noImages,
    );
    expect(inkWidth(balanced)).toBeLessThan(inkWidth(ragged) * 0.95);
  });
});

/** A drawing without the definitions that nothing refers to: they show how high a block is, and not where its text is. */
function withoutIdle(svg: string): string {
  const { frame, parts } = readParts(svg);
  const painted = parts.filter(({ defines }) => !defines);
  return writeParts(frame, painted, parts);
}

/** How far to the right the outlines of a drawing reach. */
function inkWidth(svg: string): number {
  const outlines = [...svg.matchAll(/ d="([^"]+)"/g)].map(([, outline = ""]) => outline).filter((outline) => outline.length > 100);
  return Math.max(...outlines.flatMap((outline) => [...outline.matchAll(/[ML]([\d.]+)[ ,]/g)].map(([, x]) => Number(x))));
}

describe("what does not fit", () => {
  const TOO_LONG = `${LONG}, ${LONG}, ${LONG}`;

  test("ends in an ellipsis after a word, as late as possible, and the rest is told", async () => {
    const { text, lost, fontSize, heightAt } = await fitted(card({ text: TOO_LONG }));
    expect(fontSize).toBe(BOX.min);
    expect(text).toMatch(/[a-z]…$/);
    const kept = text.slice(0, -1);
    expect(TOO_LONG.startsWith(kept)).toBe(true);
    expect(lost).toEqual([TOO_LONG.slice(kept.length).replace(/^[\s,]+/, "")]);
    expect(await heightAt(BOX.min)).toBeLessThanOrEqual(BOX.height + 1);
    const oneWordMore = `${kept} ${lost[0]?.split(" ")[0]}…`;
    const { lost: more } = await fitted(card({ text: oneWordMore }));
    expect(more).toHaveLength(1);
  });

  test("a single word that fills the card is cut off inside, between graphemes", async () => {
    const { text, lost } = await fitted(card({ text: "é\u0301".repeat(2_000) }));
    expect(text).toMatch(/^(é\u0301)+…$/);
    expect(text.length - 1 + (lost[0]?.length ?? 0)).toBe(2 * 2_000);
  });

  test("a hundred thousand words take no longer than a few hundred", async () => {
    const started = performance.now();
    const { text, lost } = await fitted(card({ text: "word ".repeat(100_000) }));
    expect(performance.now() - started).toBeLessThan(3_000);
    expect(text).toMatch(/^word .*word…$/);
    expect(lost[0]?.length).toBeGreaterThan(490_000);
  });

  test("is a warning with the page and the words, in each run, wherever the card comes from", async () => {
    const outDir = join(folder, "cards");
    const run = () =>
      generate({
        root: folder,
        source: [
          { id: "long", title: TOO_LONG },
          { id: "short", title: "Short" },
        ],
        outDir,
        template: ({ page }) => <FittedText {...BOX} text={page.title} />,
        variants: { og: { width: 1000, height: 300 } },
      });
    const warnings = async () => (await run()).warnings.map(({ code, page, detail }) => ({ code, page, detail }));
    const first = await warnings();
    expect(first).toEqual([{ code: "W_TEXT_CUT", page: "long", detail: expect.stringMatching(/^lost: “.+ the servers”$/) }]);
    expect(await warnings(), "nothing to do").toEqual(first);
    await rm(join(outDir, MANIFEST_NAME));
    expect(await warnings(), "from the store").toEqual(first);
  });
});
