/**
 * Whether the painter's shortcuts can be seen: `pnpm bench:pixels [folder of Markdown] [pages of each language]`.
 *
 * 1. The designs, trees that are hard for it, and, if a folder is given, its pages by language: the painter against plain
 *    satori and resvg, in levels of 0 to 255.
 * 2. Text quality: how far the painter and resvg are from what resvg draws at eight times the size (root of the mean
 *    squared error where there is text), images left out, since how they are scaled would be in it too.
 *
 * Exits 1 where the painter differs by more than 8 levels elsewhere (by more than 32 in an image, which it
 * scales with another filter; emoji are only told of), or its text is worse than resvg's.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { paint, type HostChild, type HostElement, type Job } from "../packages/core/dist/internals.js";
import { imageBoxes, markTexts, textInk } from "../packages/core/test/ink.ts";
import { makeAssets } from "./assets.ts";
import { openJobs } from "./engines/og-gen.ts";
import { jobsOf } from "./jobs.ts";
import { adversarial } from "./pixels/adversarial.ts";
import { compare, contentOf, IMAGE, PLAIN, TEXT, textError } from "./pixels/compare.ts";
import { decode, rasterise, reference } from "./pixels/pictures.ts";
import { plainSvg } from "./plain.ts";
import { postAt } from "./posts.ts";
import { table, type Row } from "./report.ts";

/** Levels. */
const MOST_LEVELS = 8;
/** Images that are scaled down by sharp's filter, which is smoother than resvg's. */
const MOST_LEVELS_SCALED = 32;
/** Cards of each group whose text is held against the reference, which takes seconds. */
const WITH_REFERENCE = 2;
const POSTS = [3, 8, 21, 34, 55];
/** Levels by which the mean error may be larger than resvg's: what rounding does where a picture is painted in layers. */
const TOLERANCE = 0.1;

const [content, perLanguage = "5"] = process.argv.slice(2);
const root = import.meta.dirname;
const folder = mkdtempSync(join(tmpdir(), "og-gen-pixels-"));
let wrong = 0;

/** A job as the painter and as satori and resvg draw it. */
async function both(job: Job) {
  const marked = markTexts(job.tree);
  const texts = textInk(await plainSvg(job, marked.tree), marked.texts);
  const svg = await plainSvg(job);
  const content = contentOf(job, texts, imageBoxes(svg, "data:image/"));
  return { svg, content, plain: await rasterise(svg), painted: await decode((await paint(job)).bytes) };
}

function withoutImages(node: HostElement): HostElement {
  const children = node.props.children?.flatMap((child): readonly HostChild[] =>
    typeof child === "string" ? [child] : child.type === "img" ? [] : [withoutImages(child)],
  );
  return { type: node.type, props: { ...node.props, ...(children ? { children } : {}) } };
}

/** Their edges differ by much: the painter draws them once in their size, not as outlines where they stand. */
function hasEmoji({ graphemes }: Job): boolean {
  return Object.keys(graphemes).length > 0;
}

/** Where a pixel is translucent, its colour is not comparable. */
function onOpaque({ type, props }: HostElement): HostElement {
  return { type, props: { ...props, style: { backgroundColor: "#334155", ...props.style } } };
}

async function group(name: string, jobs: readonly Job[]): Promise<Row> {
  let [elsewhere, inText, inImages, inScaled, over8, over16, ours, resvg, referenced] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (const [index, job] of jobs.entries()) {
    const { painted, plain, content } = await both(job);
    const difference = compare(painted, plain, content);
    elsewhere = Math.max(elsewhere, difference.maxIn[PLAIN]);
    inText = Math.max(inText, difference.maxIn[TEXT]);
    inImages = Math.max(inImages, difference.maxIn[IMAGE]);
    if (!hasEmoji(job)) inScaled = Math.max(inScaled, difference.maxIn[IMAGE]);
    over8 += difference.over8 / jobs.length;
    over16 += difference.over16 / jobs.length;
    if (index >= WITH_REFERENCE || hasEmoji(job)) continue;
    const bare = await both({ ...job, tree: onOpaque(withoutImages(job.tree)), images: [] });
    if (!bare.content.includes(TEXT)) continue;
    const exact = reference(bare.svg, job);
    ours += textError(bare.painted, exact, bare.content);
    resvg += textError(bare.plain, exact, bare.content);
    referenced++;
  }
  const isWrong = elsewhere > MOST_LEVELS || inScaled > MOST_LEVELS_SCALED || ours / referenced > resvg / referenced + TOLERANCE;
  wrong += Number(isWrong);
  return {
    cards: name,
    count: jobs.length,
    "max elsewhere": elsewhere,
    "in images": inImages,
    "in text": inText,
    "over 8, %": (100 * over8).toFixed(3),
    "over 16, %": (100 * over16).toFixed(3),
    "text error": referenced > 0 ? ours / referenced : undefined,
    "resvg's": referenced > 0 ? resvg / referenced : undefined,
    "": isWrong ? "←" : "",
  };
}

try {
  const assets = await makeAssets(join(folder, "assets"));
  const designs: Row[] = [];
  for (const [name, design, ownCovers] of [
    ["card", "card", false],
    ["photo", "photo", false],
    ["photo with its own cover", "photo", true],
  ] as const) {
    const jobOf = await openJobs({ design, ownCovers, assets, folder });
    designs.push(await group(name, await Promise.all(POSTS.map((index) => jobOf(postAt(index))))));
  }
  console.log(table("The designs", designs));

  const trees: Row[] = [];
  for (const [name, tree] of Object.entries(adversarial)) {
    const [prepared] = await jobsOf({ root, source: [{ id: "tree", title: name }], template: () => tree, onError: "fail" });
    if (!prepared) throw new Error(`There is no card of "${name}".`);
    trees.push(await group(name, [prepared.job]));
  }
  console.log(table("Trees that are hard to paint fast", trees));

  if (content !== undefined) {
    const pages: Row[] = [];
    const jobs = await jobsOf({ root, source: resolve(content), template: ["article", "docs"], theme: { siteName: "Larder" } });
    for (const [language, of = []] of Object.entries(Object.groupBy(jobs, ({ page }) => page.lang ?? "none"))) {
      const every = Math.ceil(of.length / Number(perLanguage));
      pages.push(
        await group(
          language,
          of.filter((_job, index) => index % every === 0).map(({ job }) => job),
        ),
      );
    }
    console.log(table(`Pages of ${content} by language`, pages));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = wrong > 0 ? 1 : 0;
