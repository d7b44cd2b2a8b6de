import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { expand } from "../src/compose/expand.ts";
import type { Child, Element } from "../src/compose/jsx-runtime.ts";
import { resolveTheme } from "../src/compose/theme.ts";
import { paint } from "../src/render/paint.ts";
import { createEmojiFinder } from "../src/resolve/emoji.ts";
import { openFonts } from "../src/resolve/fonts.ts";
import { createImageFinder } from "../src/resolve/images.ts";
import { resolveJob } from "../src/resolve/job.ts";
import article from "../src/templates/article.tsx";
import minimal from "../src/templates/minimal.tsx";
import photo from "../src/templates/photo.tsx";
import type { Job, Page, Template } from "../src/types.ts";
import { toCff } from "./cff.ts";
import { compareWithReference } from "./reference.ts";

const SIZE = { width: 320, height: 160 };
const folder = mkdtempSync(join(tmpdir(), "og-gen-text-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const inter = (name: string) => createRequire(import.meta.url).resolve(`@fontsource/inter/files/inter-${name}`);
const font = (name: string, bytes: Buffer): string => {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
};

const resolver = {
  fonts: openFonts(
    [
      { file: inter("latin-500-normal.woff2"), family: "Packed" },
      { file: font("cff.otf", toCff(readFileSync(inter("latin-400-normal.woff")))), family: "Cubic" },
      { file: font("bare.otf", toCff(readFileSync(inter("latin-400-normal.woff")), ["GPOS"])), family: "Unplaced" },
    ],
    folder,
  ),
  images: createImageFinder({ root: folder, publicDir: folder, remoteHosts: [] }),
  emoji: createEmojiFinder("twemoji", folder),
};

async function jobOf(element: unknown, page: Page = { id: "x", title: "x", tags: [], data: {} }, size = SIZE): Promise<Job> {
  const { job } = await resolveJob(resolver, await expand(element), page, { ...size, format: "png", quality: 85 });
  return job;
}

function Card({ children, ...style }: { readonly children?: Child } & Readonly<Record<string, Child>>): Element {
  const backgroundImage = "linear-gradient(135deg, #0f172a 0%, #1e3a8a 55%, #7c3aed 100%)";
  const base = { display: "flex", ...SIZE, flexDirection: "column", alignItems: "flex-start", padding: 12, fontSize: 26, color: "white" };
  return <div style={{ ...base, backgroundImage, ...style } as object}>{children}</div>;
}

const over = { position: "absolute", left: 60, top: 12, width: 70, height: 24 } as const;

/** Cards with the number of their texts that are drawn by glyphs. */
const byGlyphs: Readonly<Record<string, readonly [element: Element, runs: number]>> = {
  "kerning and ligatures": [<Card>AVATAR office fi ffl To. 1→2</Card>, 1],
  lines: [<Card>A headline that takes up more than one line</Card>, 1],
  "combining marks": [<Card>{"e\u0301 o\u0308\u0304 n\u0303 q\u0323\u0307 Việt"}</Card>, 1],
  "Greek and Cyrillic": [<Card>Και το της. Как мы</Card>, 1],
  "letters apart": [<Card letterSpacing={4}>Apart</Card>, 1],
  "figures of another kind": [<Card fontFeatureSettings='"tnum", "lnum"'>1,117.10</Card>, 1],
  "a size between pixels": [<Card fontSize={23.456}>Between</Card>, 1],
  "a WOFF2 font": [<Card fontFamily="Packed">Packed office</Card>, 1],
  "a CFF font": [<Card fontFamily="Cubic">Cubic office &amp; AVATAR</Card>, 1],
  "colours in many ways": [
    <Card>
      <div style={{ color: "#f80" }}>a</div>
      <div style={{ color: "tomato" }}>b</div>
      <div style={{ color: "hsl(120, 50%, 60%)" }}>c</div>
      <div style={{ color: "rgba(255, 255, 0, 0.5)" }}>d</div>
      <div style={{ color: "#ff00ff80" }}>e</div>
    </Card>,
    5,
  ],
  "half there": [
    <Card>
      <div style={{ opacity: 0.5 }}>Half there</div>
    </Card>,
    1,
  ],
  "words in another colour": [
    <div style={{ display: "block", ...SIZE, backgroundColor: "white", fontSize: 26 }}>
      One <span style={{ color: "red" }}>two</span> and <b>three</b>
    </div>,
    4,
  ],
  "cut off by lines": [
    <Card>
      <div style={{ display: "block", lineClamp: 2, width: 200 }}>A long text that does not fit on two lines at all, I think</div>
    </Card>,
    1,
  ],
  "in a box that has room for it": [
    <Card>
      <div style={{ display: "flex", overflow: "hidden", width: 200, height: 60 }}>Room</div>
    </Card>,
    1,
  ],
  "in a rounded box that has room for it": [
    <Card>
      <div style={{ display: "flex", overflow: "hidden", borderRadius: 16, padding: 10, backgroundColor: "#234" }}>Room</div>
    </Card>,
    1,
  ],
  "above and in a box with a shadow": [
    <Card>
      <div>Above it</div>
      <div style={{ marginTop: 24, padding: 6, backgroundColor: "#234", boxShadow: "0 2px 8px black" }}>In it</div>
    </Card>,
    2,
  ],
  "over a box, beside a box": [
    <Card>
      <div style={{ ...over, backgroundColor: "green" }} />
      <div style={{ position: "relative" }}>Over it</div>
      <div style={{ ...over, top: 90, backgroundColor: "red" }} />
    </Card>,
    1,
  ],
  "close to discs and pills": [
    <Card>
      <div>Above them</div>
      <div style={{ display: "flex", gap: 4, marginTop: 2 }}>
        <div style={{ width: 60, height: 60, borderRadius: 30, backgroundColor: "green" }} />
        <div style={{ width: 90, height: 60, borderRadius: "50% 20px / 30% 20px", backgroundColor: "red" }} />
      </div>
    </Card>,
    1,
  ],
  "on nothing": [<div style={{ display: "flex", ...SIZE, fontSize: 40, color: "#08f" }}>Nothing below</div>, 1],
  "beyond the edge": [
    <Card>
      <div style={{ position: "absolute", left: -20, top: -8 }}>Beyond</div>
      <div style={{ position: "absolute", left: 290, top: 140 }}>Beyond</div>
    </Card>,
    2,
  ],
};

describe("text that is drawn by glyphs is drawn better than resvg does, and all else is as it was", () => {
  test.each(Object.entries(byGlyphs))("%s", async (_name, [element, runs]) => {
    const { most, error, resvgError, ...comparison } = await compareWithReference(await jobOf(element));
    expect(comparison.runs).toBe(runs);
    expect(most).toBeLessThanOrEqual(8);
    expect(error).toBeLessThanOrEqual(resvgError);
    expect(resvgError, "a card without text proves nothing").toBeGreaterThan(0);
  });
});

/** The number of the texts that can still be drawn by glyphs. */
const byOutlines: Readonly<Record<string, readonly [element: Element, runs: number]>> = {
  underlined: [<Card textDecoration="underline">Jumping gypsy</Card>, 0],
  "with a wave": [<Card textDecoration="underline wavy red">Jumping gypsy</Card>, 0],
  "struck through": [<Card textDecoration="line-through">Jumping</Card>, 0],
  "with a shadow": [<Card textShadow="2px 2px 4px red">Shadow</Card>, 0],
  "with a stroke": [<Card WebkitTextStroke="2px red">Stroke</Card>, 0],
  "in a font whose marks are placed by the shapes of its glyphs": [<Card fontFamily="Unplaced">{"Marks e\u0301 q\u0323"}</Card>, 0],
  "slanted by the layout": [
    <Card fontFamily="Packed" fontStyle="italic">
      Slanted
    </Card>,
    0,
  ],
  "made bold by the layout": [
    <Card fontFamily="Packed" fontWeight={700}>
      Bold
    </Card>,
    0,
  ],
  "filled with a gradient": [
    <Card>
      <div style={{ backgroundImage: "linear-gradient(90deg, red, blue)", backgroundClip: "text", color: "transparent" }}>Gradient</div>
      <div>Plain</div>
    </Card>,
    1,
  ],
  turned: [
    <Card>
      <div style={{ transform: "rotate(10deg)" }}>Turned</div>
    </Card>,
    0,
  ],
  blurred: [
    <Card>
      <div style={{ filter: "blur(2px)" }}>Blurred</div>
      <div style={{ position: "relative" }}>Sharp</div>
    </Card>,
    1,
  ],
  "half there together": [
    <Card>
      <div style={{ display: "flex", flexDirection: "column", opacity: 0.5 }}>
        <div>One</div>
        <div style={{ marginTop: -20 }}>Two</div>
      </div>
    </Card>,
    0,
  ],
  "cut off by a box": [
    <Card>
      <div style={{ display: "flex", overflow: "hidden", width: 100, height: 20, whiteSpace: "nowrap" }}>Cut off here</div>
    </Card>,
    0,
  ],
  "cut off by a rounded box": [
    <Card>
      <div style={{ display: "flex", overflow: "hidden", borderRadius: 20, backgroundColor: "#234" }}>Cut off</div>
    </Card>,
    0,
  ],
  "in a shadow": [
    <Card>
      <div>In the shadow</div>
      <div style={{ padding: 6, backgroundColor: "#234", boxShadow: "0 0 30px red" }}>Box</div>
    </Card>,
    1,
  ],
  "outlined, before a box with a shadow": [
    <Card>
      <div style={{ WebkitTextStroke: "1px red" }}>Outlined</div>
      <div
        style={{ position: "absolute", left: 200, top: 100, width: 90, height: 40, backgroundColor: "white", boxShadow: "0 2px 8px black" }}
      />
    </Card>,
    0,
  ],
  "cut off by a circle": [
    <Card>
      <div style={{ clipPath: "circle(40%)" }}>Clipped</div>
    </Card>,
    0,
  ],
  "behind a box": [
    <Card>
      <div>Behind the box</div>
      <div style={{ ...over, backgroundColor: "red" }} />
    </Card>,
    0,
  ],
  "behind a rounded box and another text": [
    <Card>
      <div>Behind the box</div>
      <div style={{ ...over, backgroundColor: "rgba(255,0,0,0.5)", borderRadius: 8 }} />
      <div style={{ position: "absolute", left: 70, top: 20 }}>Over</div>
    </Card>,
    1,
  ],
  "behind a text that is behind a box": [
    <Card>
      <div style={{ color: "yellow" }}>Behind a text</div>
      <div style={{ position: "absolute", left: 90, top: 16 }}>Behind a box</div>
      <div style={{ ...over, left: 200, backgroundColor: "red" }} />
    </Card>,
    0,
  ],
  "blended with": [
    <Card>
      <div>Below</div>
      <div style={{ ...over, mixBlendMode: "difference", backgroundColor: "yellow" }} />
    </Card>,
    0,
  ],
  "too small to be told apart": [<Card fontSize={6}>Hardly to be read</Card>, 0],
};

describe("other text is drawn as satori and resvg draw it", () => {
  test.each(Object.entries(byOutlines))("%s", async (_name, [element, runs]) => {
    const { most, ...comparison } = await compareWithReference(await jobOf(element));
    expect(comparison.runs).toBe(runs);
    expect(most).toBeLessThanOrEqual(8);
  });
});

describe("the built-in templates", () => {
  const templates: Readonly<Record<string, Template>> = { article, minimal, photo };
  const page: Page = {
    id: "x",
    title: "Leaving the cloud, one service at a time",
    description: "How a small team moved forty services home",
    author: { name: "Ada Quill" },
    date: "2026-02-03",
    tags: ["Sea"],
    data: {},
  };
  const size = { width: 600, height: 315 };
  test.each(Object.entries(templates))("%s", async (_name, template) => {
    for (const dir of ["ltr", "rtl"] as const) {
      const theme = resolveTheme({ siteName: "Larder" });
      const job = await jobOf(await template({ page, theme, size, variant: "og", dir }), page, size);
      const { most, error, resvgError, runs } = await compareWithReference(job);
      expect(runs).toBeGreaterThanOrEqual(2);
      expect(most).toBeLessThanOrEqual(8);
      expect(error).toBeLessThanOrEqual(resvgError);
    }
  });
});

test("a card's bytes do not depend on what was painted before, or meanwhile", async () => {
  const elements = [...Object.values(byGlyphs), ...Object.values(byOutlines)].map(([element]) => element);
  const jobs = await Promise.all(elements.map((element) => jobOf(element)));
  const inOrder = [];
  for (const job of jobs) inOrder.push(await paint(job));
  const reversed = [];
  for (const job of jobs.toReversed()) reversed.unshift(await paint(job));
  expect(reversed).toEqual(inOrder);
  expect(await Promise.all(jobs.map((job) => paint(job)))).toEqual(inOrder);
});
