import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expand } from "../src/compose/expand.ts";
import type { Child, Element } from "../src/compose/jsx-runtime.ts";
import { resolveTheme } from "../src/compose/theme.ts";
import { openCanvas } from "../src/render/canvas.ts";
import { paintLayer, splitLayers, stack, type Layer } from "../src/render/layers.ts";
import { layout } from "../src/render/layout.ts";
import { readParts } from "../src/render/parts.ts";
import { raster } from "../src/render/raster.ts";
import { simplify } from "../src/render/simplify.ts";
import { createEmojiFinder } from "../src/resolve/emoji.ts";
import { openFonts } from "../src/resolve/fonts.ts";
import { createImageFinder } from "../src/resolve/images.ts";
import { resolveJob } from "../src/resolve/job.ts";
import article from "../src/templates/article.tsx";
import minimal from "../src/templates/minimal.tsx";
import photo from "../src/templates/photo.tsx";
import type { Page, Template } from "../src/types.ts";

const SIZE = { width: 240, height: 126 };
const folder = mkdtempSync(join(tmpdir(), "og-gen-simplify-"));
const resolver = {
  fonts: openFonts([], folder),
  images: createImageFinder({ root: folder, publicDir: folder, remoteHosts: [] }),
  emoji: createEmojiFinder("twemoji", folder),
};
/** A picture of 40×20: red, then blue. */
let picture: string;

beforeAll(async () => {
  const blue = await sharp({ create: { width: 20, height: 20, channels: 3, background: "blue" } })
    .png()
    .toBuffer();
  const both = sharp({ create: { width: 40, height: 20, channels: 3, background: "red" } }).composite([{ input: blue, left: 20, top: 0 }]);
  const bytes = await both.png().toBuffer();
  await sharp(bytes).toFile(join(folder, "picture.png"));
  picture = `data:image/png;base64,${bytes.toString("base64")}`;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What satori writes for an element, its pictures in it. */
async function svgOf(element: unknown, page: Page = { id: "x", title: "x", tags: [], data: {} }, size = SIZE): Promise<string> {
  const { job } = await resolveJob(resolver, await expand(element), page, { ...size, format: "png", quality: 85 });
  const { svg } = await layout(job, () => picture);
  return svg;
}

const layersOf = (svg: string): readonly Layer[] => splitLayers(readParts(svg), SIZE);

/** A card painted layer by layer; its images are in it already. */
async function inLayers(svg: string): Promise<Uint8Array> {
  const images = {
    uri: () => "",
    size: () => undefined,
    fill: async (part: string) => part,
    pixels: () => Promise.reject(new Error("too small a card for that")),
  };
  const canvas = openCanvas(SIZE.width, SIZE.height);
  stack(canvas, await Promise.all(layersOf(svg).map((layer) => paintLayer(layer, images))));
  return canvas.rgba();
}

/**
 * Two pictures look alike: an edge may be smoothed once instead of twice, which is some levels on a few pixels; all else
 * is within 8 levels.
 */
function expectAlike(actual: Uint8Array, expected: Uint8Array): void {
  expect(actual.length).toBe(expected.length);
  let most = 0;
  let many = 0;
  for (let index = 0; index < actual.length; index++) {
    const apart = Math.abs((actual[index] as number) - (expected[index] as number));
    most = Math.max(most, apart);
    if (apart > 8) many++;
  }
  expect({ most, many }).toSatisfy(
    () => most <= 64 && many <= actual.length / 500,
    `alike, but ${many} of ${actual.length} values are up to ${most} apart`,
  );
}

function Card({
  children,
  ...style
}: {
  readonly children?: Child;
  readonly backgroundColor?: string;
  readonly overflow?: "hidden";
  readonly padding?: number;
}): Element {
  return <div style={{ display: "flex", boxSizing: "border-box", ...SIZE, backgroundColor: "white", ...style }}>{children}</div>;
}

const box = { position: "absolute", left: 20, top: 10, width: 100, height: 60 } as const;

const elements: Readonly<Record<string, Element>> = {
  "a gradient over the card": (
    <div style={{ display: "flex", ...SIZE, backgroundImage: "linear-gradient(135deg, #4f46e5, #f97316 60%, black)" }}>words</div>
  ),
  "gradients away from the corner": (
    <Card>
      <div style={{ ...box, backgroundImage: "linear-gradient(90deg, red, blue)" }} />
      <div style={{ ...box, left: 130, top: 50, backgroundImage: "radial-gradient(circle at 20% 80%, yellow, green 70%)" }} />
      <div style={{ ...box, left: 60, top: 80, height: 40, backgroundImage: "radial-gradient(ellipse at top, red, transparent)" }} />
    </Card>
  ),
  "a gradient beyond the edge": (
    <Card>
      <div style={{ ...box, left: 180, top: 90, backgroundImage: "linear-gradient(to right, red, blue)" }} />
      <div style={{ ...box, left: -40, top: -20, backgroundImage: "radial-gradient(circle, red, blue)" }} />
    </Card>
  ),
  "two gradients, one over the other": (
    <Card>
      <div
        style={{
          ...box,
          backgroundImage: "linear-gradient(90deg, rgba(255,0,0,0.5), transparent), radial-gradient(circle at 50% 50%, blue, white)",
        }}
      />
    </Card>
  ),
  "repeated gradients": (
    <Card>
      <div style={{ ...box, backgroundImage: "repeating-linear-gradient(90deg, red 0px, red 4px, blue 4px, blue 8px)" }} />
      <div style={{ ...box, left: 130, backgroundImage: "radial-gradient(circle, red, blue)", backgroundSize: "20px 20px" }} />
      <div
        style={{
          ...box,
          top: 75,
          height: 40,
          backgroundImage: "linear-gradient(red, blue)",
          backgroundSize: "25px 100%",
          backgroundRepeat: "repeat-x",
        }}
      />
    </Card>
  ),
  "a gradient with round corners": (
    <Card>
      <div style={{ ...box, borderRadius: 16, backgroundImage: "linear-gradient(90deg, red, blue)" }} />
      <div style={{ ...box, left: 130, borderRadius: "50%", backgroundImage: "radial-gradient(circle, yellow, green)" }} />
    </Card>
  ),
  "a rounded clip": (
    <Card>
      <div style={{ ...box, display: "flex", borderRadius: 20, overflow: "hidden", backgroundColor: "green" }}>
        <div style={{ width: 50, height: 60, backgroundColor: "red" }} />
        <img src="picture.png" width={80} height={60} />
      </div>
    </Card>
  ),
  "overflow in overflow": (
    <Card overflow="hidden">
      <div style={{ ...box, display: "flex", overflow: "hidden", backgroundColor: "#eee" }}>
        <div style={{ display: "flex", marginTop: 30, width: 80, height: 80, overflow: "hidden", backgroundColor: "orange" }}>
          <div style={{ marginLeft: 40, width: 90, height: 90, backgroundColor: "purple" }}>many words that do not fit</div>
        </div>
      </div>
    </Card>
  ),
  "overflow as large as the card, moved, turned or scaled": (
    <Card>
      <div style={{ display: "flex", ...SIZE, overflow: "hidden", transform: "scale(0.5)", backgroundColor: "#eee" }}>
        <div style={{ ...box, left: 180, backgroundColor: "red" }} />
        <img src="picture.png" width={100} height={50} style={{ position: "absolute", left: 200, top: 70 }} />
        words
      </div>
      <div style={{ display: "flex", position: "absolute", left: 0, top: 0, ...SIZE, overflow: "hidden", transform: "rotate(30deg)" }}>
        <div style={{ ...box, left: 160, top: 90, width: 200, height: 200, backgroundColor: "blue" }} />
      </div>
      <div
        style={{ display: "flex", position: "absolute", left: 0, top: 0, ...SIZE, overflow: "hidden", transform: "translate(120px, 60px)" }}
      >
        <div style={{ ...box, left: -60, top: -30, backgroundColor: "green" }} />
      </div>
    </Card>
  ),
  "object-fit": (
    <Card>
      <img src="picture.png" width={60} height={60} style={{ objectFit: "cover" }} />
      <img src="picture.png" width={60} height={60} style={{ objectFit: "contain", borderRadius: 10 }} />
      <img src="picture.png" width={60} height={60} style={{ objectFit: "cover", objectPosition: "left", borderRadius: 30 }} />
      <img src="picture.png" width={60} height={90} style={{ objectFit: "fill" }} />
    </Card>
  ),
  "opacity, in opacity": (
    <Card>
      <div style={{ ...box, display: "flex", opacity: 0.5, backgroundColor: "red" }}>
        <div
          style={{
            display: "flex",
            width: 50,
            height: 90,
            opacity: 0.5,
            overflow: "hidden",
            backgroundImage: "linear-gradient(blue, green)",
          }}
        >
          x
        </div>
      </div>
    </Card>
  ),
  "pictures behind text": (
    <div style={{ display: "flex", ...SIZE, backgroundImage: "url(picture.png)", backgroundSize: "50px 25px" }}>
      <div style={{ ...box, backgroundImage: "url(picture.png)", backgroundSize: "cover", overflow: "hidden" }}>words</div>
    </div>
  ),
  "shadows, borders, masks and clip paths": (
    <Card padding={20}>
      <div
        style={{ display: "flex", width: 90, height: 60, border: "3px solid red", borderRadius: 8, boxShadow: "0 4px 8px rgba(0,0,0,0.5)" }}
      >
        <p style={{ textShadow: "0 1px 2px black" }}>words</p>
      </div>
      <div style={{ width: 60, height: 60, backgroundColor: "blue", maskImage: "linear-gradient(black, transparent)" }} />
      <div style={{ width: 60, height: 60, backgroundColor: "green", clipPath: "circle(40%)" }} />
    </Card>
  ),
  "a transparent card": (
    <Card backgroundColor="transparent">
      <div
        style={{ ...box, backgroundColor: "rgba(255,0,0,0.3)", backgroundImage: "linear-gradient(90deg, rgba(0,0,255,0.4), transparent)" }}
      >
        words
      </div>
    </Card>
  ),
  "drawings and emoji": (
    <Card>
      <svg width={60} height={60} viewBox="0 0 10 10">
        <circle cx={5} cy={5} r={5} fill="red" />
      </svg>
      <p>A 🎉 party</p>
    </Card>
  ),
};

describe("elements look as they did", () => {
  test.each(Object.entries(elements))("%s", async (_name, element) => {
    const svg = await svgOf(element);
    const pixels = raster(svg);
    expect(
      new Set(new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.length / 4)).size,
      "a picture of one colour proves nothing",
    ).toBeGreaterThan(2);
    expectAlike(raster(simplify(svg)), pixels);
    expectAlike(await inLayers(simplify(svg)), pixels);
  });
});

describe("the built-in templates look as they did", () => {
  const templates: Readonly<Record<string, Template>> = { article, minimal, photo };
  const full = {
    description: "A summary of some length",
    author: { name: "Ada Quill", avatar: "picture.png" },
    date: "2026-02-03",
    tags: ["Sea"],
    image: "picture.png",
  };
  const pages: Readonly<Record<string, Page>> = {
    "all fields": { id: "x", title: "Hello, Open Graph", data: {}, ...full },
    "a title alone": { id: "x", title: "Hello, Open Graph", tags: [], data: {} },
  };

  for (const [name, template] of Object.entries(templates)) {
    for (const [fields, page] of Object.entries(pages)) {
      for (const mode of ["light", "dark"] as const) {
        test(`${name}, ${fields}, ${mode}`, async () => {
          const theme = resolveTheme({ mode, siteName: "Larder", ...(page.image ? { logo: "picture.png" } : {}) });
          const svg = await svgOf(await template({ page, theme, size: SIZE, variant: "og", dir: "ltr" }), page);
          const simple = simplify(svg);
          expect(simple.length).toBeLessThan(svg.length);
          const pixels = raster(svg);
          expectAlike(raster(simple), pixels);
          expectAlike(await inLayers(simple), pixels);
        });
      }
    }
  }
});

describe("what it rewrites", () => {
  test("clips, masks and patterns that hide nothing are gone", async () => {
    const simple = simplify(
      await svgOf(
        <div style={{ display: "flex", ...SIZE, overflow: "hidden", backgroundImage: "radial-gradient(circle, red, blue)" }}>
          <img src="picture.png" width={240} height={126} />
        </div>,
      ),
    );
    expect(simple).not.toMatch(/<(mask|clipPath|pattern)\b/);
    expect(simple).toContain("Gradient");
  });

  test("what it does not know stays as it is", () => {
    const svg = `<svg width="9" height="9"><clipPath id="a"><rect x="0" y="0" width="9" height="9" rx="4"/></clipPath><rect x="0" y="0" width="9" height="9" clip-path="url(#a)"/></svg>`;
    expect(simplify(svg)).toBe(svg);
    const turned = `<svg width="9" height="9"><clipPath id="a"><rect x="0" y="0" width="9" height="9" transform="rotate(45)"/></clipPath><g clip-path="url(#a)"/></svg>`;
    expect(simplify(turned)).toBe(turned);
  });

  test("what may be the same on other cards has layers of its own", async () => {
    const [background, rest, ...more] = layersOf(simplify(await svgOf(elements["a gradient over the card"])));
    expect(more).toEqual([]);
    expect(background).toMatchObject({ svg: expect.not.stringContaining("<path"), box: { left: 0, top: 0, ...SIZE } });
    expect(rest).toMatchObject({ svg: expect.stringContaining("<path") });
  });

  test("a picture between pixels is painted as on the whole card", async () => {
    const size = { width: 480, height: 200 };
    const card = <div style={{ display: "flex", ...size, padding: 20, fontSize: 30, backgroundColor: "white" }}>🚀🎉</div>;
    const layers = splitLayers(readParts(simplify(await svgOf(card, undefined, size))), size);
    expect(layers).toMatchObject([{ svg: expect.not.stringContaining("<image") }, { box: { left: 0, top: 0, ...size } }]);
  });

  test("what blends with the pixels below it is not taken from them", async () => {
    const element = (
      <Card>
        words
        <div style={{ ...box, backgroundColor: "red", mixBlendMode: "multiply" }} />
      </Card>
    );
    expect(layersOf(simplify(await svgOf(element)))).toHaveLength(1);
  });

  test("layers that cards have in common look the same the first, the second and the third time", () => {
    const size = { width: 60, height: 30 };
    const random = (seed: number) =>
      Uint8Array.from({ length: 60 * 30 * 4 }, (_byte, index) => (index % 4 === 3 ? 255 : (index * seed) % 256));
    const box = { left: 10, top: 5, width: 20, height: 10 };
    const half = (seed: number) =>
      Uint8Array.from({ length: 20 * 10 * 4 }, (_byte, index) => (index % 4 === 3 ? 128 : (index * seed) % 128));
    const whole = { pixels: random(7), box: { left: 0, top: 0, ...size } };
    const shared = { pixels: half(3), box };
    const canvas = openCanvas(size.width, size.height);
    for (const below of [[whole, shared], [shared]]) {
      const pictures = [3, 5, 9, 11].map((seed) => {
        const own = { pixels: half(seed), box: { ...box, left: 20 } };
        stack(canvas, [...below, own]);
        const once = canvas.rgba();
        // Copies are layers that no card had before.
        stack(
          canvas,
          [...below, own].map((layer) => ({ ...layer, pixels: layer.pixels.slice() })),
        );
        expect(Buffer.compare(once, canvas.rgba())).toBe(0);
        return once;
      });
      expect(Buffer.compare(pictures[0] as Uint8Array, pictures[1] as Uint8Array)).not.toBe(0);
    }
  });

  test("a cover in whole pixels needs no rasteriser", async () => {
    const size = { width: 400, height: 200 };
    const card = (style: object) => (
      <div style={{ display: "flex", ...size }}>
        <img src="picture.png" style={{ position: "absolute", left: 0, top: 0, ...size, ...style }} />
        <div style={{ position: "absolute", left: 0, top: 0, ...size, backgroundImage: "linear-gradient(red, transparent)" }} />
      </div>
    );
    const layers = async (style: object) => splitLayers(readParts(simplify(await svgOf(card(style), undefined, size))), size);
    for (const style of [{}, { objectFit: "cover", height: 180 }]) {
      expect(await layers(style)).toMatchObject([{ uri: picture }, { svg: expect.stringContaining("Gradient") }]);
    }
    for (const style of [{ borderRadius: 40 }, { transform: "rotate(3deg)" }, { opacity: 0.5 }])
      expect((await layers(style))[0], JSON.stringify(style)).toMatchObject({ svg: expect.stringContaining("<image") });
  });
});
