import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp, { type Sharp } from "sharp";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { expand } from "../src/compose/expand.ts";
import type { Child, Element } from "../src/compose/jsx-runtime.ts";
import { OgError } from "../src/error.ts";
import { paint } from "../src/render/paint.ts";
import { createEmojiFinder } from "../src/resolve/emoji.ts";
import { openFonts } from "../src/resolve/fonts.ts";
import { createImageFinder } from "../src/resolve/images.ts";
import { resolveJob } from "../src/resolve/job.ts";
import type { Format, Job, Size } from "../src/types.ts";

const SIZE = { width: 240, height: 126 };
const WHITE = [255, 255, 255];
const RED = [255, 0, 0];
const BLUE = [0, 0, 255];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "og-gen-paint-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A picture whose left half is red and whose right half is blue. */
async function halves(width = 40, height = 20): Promise<Sharp> {
  const blue = await sharp({ create: { width: width / 2, height, channels: 3, background: "blue" } })
    .png()
    .toBuffer();
  const both = sharp({ create: { width, height, channels: 3, background: "red" } }).composite([{ input: blue, left: width / 2, top: 0 }]);
  return sharp(await both.png().toBuffer());
}

async function save(name: string, bytes: Uint8Array | string | Sharp): Promise<string> {
  await writeFile(join(folder, name), bytes instanceof Uint8Array || typeof bytes === "string" ? bytes : await bytes.toBuffer());
  return name;
}

async function jobOf(element: Element, size: Size = SIZE, format: Format = "png"): Promise<Job> {
  const resolver = {
    fonts: openFonts([], folder),
    images: createImageFinder({ root: folder, publicDir: folder, remoteHosts: [] }),
    emoji: createEmojiFinder("twemoji", folder),
  };
  const { job } = await resolveJob(
    resolver,
    await expand(element),
    { id: "x", title: "x", tags: [], data: {} },
    { ...size, format, quality: 90 },
  );
  return job;
}

/** The picture of an element, and its colour at a place. */
async function painted(element: Element, size: Size = SIZE, format: Format = "png") {
  const { bytes } = await paint(await jobOf(element, size, format));
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  return {
    bytes,
    info,
    at: (x: number, y: number): readonly number[] => [
      ...data.subarray((y * info.width + x) * info.channels, (y * info.width + x + 1) * info.channels),
    ],
  };
}

function expectColour(actual: readonly number[], expected: readonly number[], tolerance = 6): void {
  expect(actual.length).toBe(expected.length);
  expect(actual, `${actual.join()} is not ${expected.join()}`).toSatisfy((values: number[]) =>
    values.every((value, index) => Math.abs(value - (expected[index] as number)) <= tolerance),
  );
}

function Card({ children, background = "white" }: { readonly children?: Child; readonly background?: string }): Element {
  return <div style={{ display: "flex", ...SIZE, alignItems: "flex-start", backgroundColor: background }}>{children}</div>;
}

describe("the file", () => {
  test.each<[Format, Size]>([
    ["png", SIZE],
    ["jpeg", SIZE],
    ["webp", SIZE],
    ["png", { width: 16, height: 16 }],
    ["png", { width: 123, height: 457 }],
    ["jpeg", { width: 1200, height: 630 }],
  ])("%s %o", async (format, size) => {
    const { bytes, at } = await painted(
      <div style={{ display: "flex", width: "100%", height: "100%", backgroundColor: "red" }} />,
      size,
      format,
    );
    const metadata = await sharp(bytes).metadata();
    expect(metadata).toMatchObject({ format, ...size, hasAlpha: false });
    for (const [x, y] of [
      [0, 0],
      [size.width - 1, 0],
      [0, size.height - 1],
      [size.width - 1, size.height - 1],
    ] as const) {
      expectColour(at(x, y), RED);
    }
  });

  test("a card that is not opaque keeps its alpha, and its colours", async () => {
    const { at, info } = await painted(
      <div style={{ display: "flex", ...SIZE }}>
        <div style={{ width: 100, height: 126, backgroundColor: "rgba(200, 100, 50, 0.5)" }} />
      </div>,
    );
    expect(info.channels).toBe(4);
    expectColour(at(50, 50), [200, 100, 50, 128], 2);
    expectColour(at(200, 50), [0, 0, 0, 0], 0);
  });

  test("of the same job is the same, also after others", async () => {
    const element = (
      <Card>
        <p>Words</p>
      </Card>
    );
    const first = await paint(await jobOf(element));
    await paint(await jobOf(<Card background="red">other</Card>));
    await paint(await jobOf(<Card>Ωμέγα Привет</Card>));
    expect(await paint(await jobOf(element))).toEqual(first);
  });
});

describe("a picture in its box", () => {
  test.each<["cover" | "contain" | "fill", readonly (readonly [x: number, y: number, colour: readonly number[]])[]]>([
    // 60×60 of 120×60: the middle.
    [
      "cover",
      [
        [2, 2, RED],
        [27, 57, RED],
        [33, 2, BLUE],
        [57, 57, BLUE],
        [62, 30, WHITE],
      ],
    ],
    // 60×30, in the middle.
    [
      "contain",
      [
        [2, 12, WHITE],
        [2, 18, RED],
        [57, 42, BLUE],
        [57, 48, WHITE],
      ],
    ],
    [
      "fill",
      [
        [2, 2, RED],
        [27, 57, RED],
        [33, 2, BLUE],
        [57, 57, BLUE],
      ],
    ],
  ])("object-fit: %s", async (objectFit, places) => {
    const src = await save("halves.png", (await halves()).png());
    const { at } = await painted(
      <Card>
        <img src={src} width={60} height={60} style={{ objectFit }} />
      </Card>,
    );
    for (const [x, y, colour] of places) expectColour(at(x, y), colour);
  });

  test("fills both directions when only one is given", async () => {
    const src = await save("halves.png", (await halves()).png());
    const { at } = await painted(
      <Card>
        <img src={src} style={{ height: 30 }} />
      </Card>,
    );
    expectColour(at(2, 28), RED);
    expectColour(at(57, 28), BLUE);
    expectColour(at(63, 15), WHITE);
    expectColour(at(30, 33), WHITE);
  });

  test("round corners cut it", async () => {
    const src = await save("halves.png", (await halves()).png());
    const { at } = await painted(
      <Card>
        <img src={src} width={60} height={60} style={{ objectFit: "cover", borderRadius: 30 }} />
      </Card>,
    );
    expectColour(at(1, 1), WHITE);
    expectColour(at(58, 58), WHITE);
    expectColour(at(15, 30), RED);
    expectColour(at(45, 30), BLUE);
  });

  test("the same picture in two sizes, and another of the same size", async () => {
    const src = await save("halves.png", (await halves()).png());
    const green = await save("green.png", sharp({ create: { width: 40, height: 20, channels: 3, background: "#00ff00" } }).png());
    const { at } = await painted(
      <Card>
        <img src={src} width={20} height={20} />
        <img src={green} width={40} height={20} />
        <img src={src} width={100} height={50} />
      </Card>,
    );
    expectColour(at(5, 10), RED);
    expectColour(at(15, 10), BLUE);
    expectColour(at(40, 10), [0, 255, 0]);
    expectColour(at(70, 45), RED);
    expectColour(at(150, 45), BLUE);
  });

  test("behind text, by CSS", async () => {
    const src = await save("it's (a) picture.png", (await halves()).png());
    const { at } = await painted(
      <Card>
        <div style={{ display: "flex", width: 80, height: 40, backgroundImage: `url("${src}")`, backgroundSize: "100% 100%" }} />
        <div style={{ display: "flex", width: 80, height: 80, backgroundImage: "url(halves.png)", backgroundSize: "40px 20px" }} />
      </Card>,
    );
    expectColour(at(10, 35), RED);
    expectColour(at(70, 35), BLUE);
    expectColour(at(90, 10), RED);
    expectColour(at(110, 70), BLUE);
    expectColour(at(130, 70), RED);
  });

  test("a transparent one lets through what is behind", async () => {
    const src = await save(
      "hole.png",
      sharp({ create: { width: 20, height: 20, channels: 4, background: { r: 255, g: 0, b: 0, alpha: 0.5 } } }).png(),
    );
    const { at } = await painted(
      <Card background="blue">
        <img src={src} width={40} height={40} />
      </Card>,
    );
    expectColour(at(20, 20), [128, 0, 127], 3);
  });

  test("a large one is drawn small, in little time", async () => {
    const src = await save("large.jpg", (await halves(6_000, 4_000)).jpeg());
    const started = performance.now();
    const { at } = await painted(
      <Card>
        <img src={src} width={60} height={40} />
      </Card>,
    );
    expect(performance.now() - started).toBeLessThan(3_000);
    expectColour(at(5, 20), RED);
    expectColour(at(55, 20), BLUE);
  });

  test("a long and narrow one that covers the card", async () => {
    const src = await save("narrow.png", sharp({ create: { width: 2, height: 5_000, channels: 3, background: "red" } }).png());
    const { at } = await painted(
      <Card>
        <img src={src} width={240} height={126} style={{ objectFit: "cover" }} />
      </Card>,
    );
    expectColour(at(120, 60), RED);
  });
});

describe("formats", () => {
  test.each<[string, (picture: Sharp) => Sharp]>([
    ["png", (picture) => picture.png()],
    ["jpg", (picture) => picture.jpeg({ quality: 95, chromaSubsampling: "4:4:4" })],
    ["webp", (picture) => picture.webp({ lossless: true })],
    ["avif", (picture) => picture.avif({ quality: 90, chromaSubsampling: "4:4:4" })],
    ["gif", (picture) => picture.gif()],
    ["tiff", (picture) => picture.tiff({ compression: "lzw" })],
    ["palette.png", (picture) => picture.png({ palette: true })],
    ["grey.png", (picture) => picture.toColourspace("b-w").png()],
    ["16bit.png", (picture) => picture.toColourspace("rgb16").png()],
  ])("%s", async (extension, encode) => {
    const src = await save(`halves.${extension}`, encode(await halves()));
    const { at } = await painted(
      <Card>
        <img src={src} width={80} height={40} />
      </Card>,
    );
    const [left, right] = extension.startsWith("grey")
      ? [
          [127, 127, 127],
          [76, 76, 76],
        ]
      : [RED, BLUE];
    expectColour(at(10, 20), left, 25);
    expectColour(at(70, 20), right, 25);
    expectColour(at(90, 20), WHITE);
  });

  test("a CMYK JPEG is not drawn blank", async () => {
    const src = await save("cmyk.jpg", (await halves()).toColourspace("cmyk").jpeg({ quality: 95 }));
    const { at } = await painted(
      <Card>
        <img src={src} width={80} height={40} />
      </Card>,
    );
    expect(at(10, 20)[0]).toBeGreaterThan(180);
    expect(at(10, 20)[2]).toBeLessThan(90);
    expect(at(70, 20)[2]).toBeGreaterThan(at(70, 20)[0] as number);
  });

  test.each([
    [
      1,
      [
        [5, 40, RED],
        [155, 40, BLUE],
        [165, 40, WHITE],
      ],
    ],
    [
      3,
      [
        [5, 40, BLUE],
        [155, 40, RED],
        [165, 40, WHITE],
      ],
    ],
    [
      6,
      [
        [10, 5, RED],
        [10, 75, BLUE],
        [45, 40, WHITE],
      ],
    ],
    [
      8,
      [
        [10, 5, BLUE],
        [10, 75, RED],
        [45, 40, WHITE],
      ],
    ],
  ] as const)("EXIF orientation %i", async (orientation, places) => {
    const src = await save(`exif-${orientation}.jpg`, (await halves(80, 40)).jpeg({ quality: 95 }).withMetadata({ orientation }));
    const { at } = await painted(
      <Card>
        <img src={src} style={{ height: 80 }} />
      </Card>,
    );
    for (const [x, y, colour] of places) expectColour(at(x, y), colour, 20);
  });

  test.each<[string, string]>([
    ["with a size", `width="20" height="10" viewBox="0 0 20 10"`],
    ["with a viewBox alone", `viewBox="0 0 20 10"`],
    ["with a size alone", `width="20" height="10"`],
    ["in millimetres", `width="20mm" height="10mm" viewBox="0 0 20 10"`],
  ])("SVG %s, sharp at any size", async (_name, attributes) => {
    const src = await save(
      "logo.svg",
      `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}><rect width="20" height="10" fill="red"/></svg>`,
    );
    const { at } = await painted(
      <Card>
        <img src={src} style={{ height: 100 }} />
      </Card>,
    );
    // A picture of 20 pixels that was blown up would have soft edges.
    expectColour(at(197, 97), RED);
    expectColour(at(50, 50), RED);
    expectColour(at(207, 50), WHITE);
  });

  test("a drawing reads no file and no entity", async () => {
    const secret = join(folder, "secret.png");
    await save("secret.png", sharp({ create: { width: 9, height: 9, channels: 3, background: "red" } }).png());
    const src = await save(
      "thief.svg",
      `<!DOCTYPE svg [<!ENTITY x SYSTEM "file://${secret}">]><svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><image width="20" height="20" href="file://${secret}"/><image width="20" height="20" href="secret.png"/></svg>`,
    );
    const { at } = await painted(
      <Card>
        <img src={src} width={40} height={40} />
      </Card>,
    );
    expectColour(at(20, 20), WHITE);
  });

  test("emoji are in colour, in proportion", async () => {
    const { at } = await painted(
      <div style={{ display: "flex", ...SIZE, alignItems: "center", justifyContent: "center", fontSize: 60, backgroundColor: "white" }}>
        🔴
      </div>,
    );
    const [red, green, blue] = at(120, 60) as [number, number, number];
    expect(red).toBeGreaterThan(150);
    expect(Math.max(green, blue)).toBeLessThan(110);
  });
});

describe("E_IMAGE names the file, at once", () => {
  const HTML = "<!DOCTYPE html><html><body>404</body></html>";

  /** The start of a PNG that claims to be this large. */
  async function claiming(width: number, height: number): Promise<Uint8Array> {
    const bytes = await sharp({ create: { width: 1, height: 1, channels: 3, background: "red" } })
      .png()
      .toBuffer();
    bytes.writeUInt32BE(width, 16);
    bytes.writeUInt32BE(height, 20);
    return bytes;
  }

  test.each<[string, () => Promise<Uint8Array | string> | Uint8Array | string, RegExp]>([
    ["an HTML page.png", () => HTML, /HTML page/],
    ["html with space.jpg", () => `\n  ${HTML.toLowerCase()}`, /HTML page/],
    ["empty.png", () => "", /cannot be decoded/],
    ["words.png", () => "not a picture at all", /cannot be decoded/],
    ["noise.jpg", () => Uint8Array.from({ length: 5_000 }, (_, index) => (index * 7919) % 251), /cannot be decoded/],
    ["start.jpg", () => Uint8Array.from([0xff, 0xd8, 0xff]), /cannot be decoded/],
    [
      "half.png",
      async () => (await (await halves(400, 400)).png({ compressionLevel: 0 }).toBuffer()).subarray(0, 100_000),
      /cannot be decoded/,
    ],
    ["half.jpg", async () => (await (await halves(400, 400)).jpeg().toBuffer()).subarray(0, 1_000), /cannot be decoded/],
    ["half.webp", async () => (await (await halves(400, 400)).webp().toBuffer()).subarray(0, 200), /cannot be decoded/],
    ["no pixels.png", async () => (await (await halves()).png().toBuffer()).subarray(0, 40), /cannot be decoded/],
    ["50000.png", () => claiming(50_000, 50_000), /pixel|cannot be decoded/],
    ["65535.png", () => claiming(65_535, 65_535), /pixel|cannot be decoded/],
    ["2e31.png", () => claiming(0x7fffffff, 0x7fffffff), /cannot be decoded/],
    ["wide.png", () => claiming(64_000_001, 1), /pixel|cannot be decoded/],
    ["malformed.svg", () => `<svg xmlns="http://www.w3.org/2000/svg"><rect`, /cannot be decoded/],
    [
      "huge.svg",
      () => `<svg xmlns="http://www.w3.org/2000/svg" width="1000000" height="1000000"><rect width="9"/></svg>`,
      /cannot be decoded/,
    ],
  ])("%s", async (name, content, words) => {
    const src = await save(name, await content());
    const job = await jobOf(
      <Card>
        <img src={src} width={40} height={40} />
      </Card>,
    );
    const started = performance.now();
    const thrown: unknown = await paint(job).catch((error: unknown) => error);
    expect(performance.now() - started).toBeLessThan(1_500);
    expect(thrown).toBeInstanceOf(OgError);
    expect(thrown).toMatchObject({
      code: "E_IMAGE",
      file: join(folder, name),
      hint: expect.any(String),
      message: expect.stringMatching(words),
    });
    expect((thrown as OgError).message).toContain(name);
  });

  test("a file that changed since it was read", async () => {
    const src = await save("changing.png", (await halves(42, 22)).png());
    const job = await jobOf(<img src={src} width={40} height={40} />);
    await writeFile(join(folder, src), Buffer.concat([await readFile(join(folder, src)), Buffer.from("more")]));
    await expect(paint(job)).rejects.toMatchObject({
      code: "E_IMAGE",
      file: join(folder, src),
      message: expect.stringContaining("changed"),
    });
  });

  test("a file that is gone", async () => {
    const src = await save("going.png", (await halves(44, 22)).png());
    const job = await jobOf(<img src={src} width={40} height={40} />);
    await rm(join(folder, src));
    await expect(paint(job)).rejects.toMatchObject({ code: "E_IMAGE", file: join(folder, src) });
  });
});

describe("other errors", () => {
  test.each<[string, Element]>([
    ["a style that satori does not know", <div style={{ display: "table" }}>x</div>],
    ["a value that is none", <div style={{ display: "flex", transform: "rotate(many)" }}>x</div>],
  ])("E_LAYOUT: %s", async (_name, element) => {
    await expect(paint(await jobOf(element))).rejects.toMatchObject({ name: "OgError", code: "E_LAYOUT", hint: expect.any(String) });
  });

  test("E_FONT: a font file that is gone", async () => {
    const job = await jobOf(<Card>words</Card>);
    const faces = job.faces.map((face, index) => ({ ...face, digest: `${index}`.repeat(64), file: join(folder, "gone.woff") }));
    await expect(paint({ ...job, faces })).rejects.toMatchObject({ code: "E_FONT", file: join(folder, "gone.woff") });
  });

  test("and the next card is well", async () => {
    const { at } = await painted(<Card background="red" />);
    expectColour(at(9, 9), RED);
  });
});

describe("a card is the same whatever was painted before", () => {
  const badge = (size: Size) => (
    <div style={{ display: "flex", ...size }}>
      <div style={{ position: "absolute", left: 20, top: 20, width: 60, height: 40, background: "red", borderRadius: 12 }} />
    </div>
  );

  test("in two sizes of the same area, by turns", async () => {
    const wide = { width: 240, height: 120 };
    const high = { width: 120, height: 240 };
    const sizes = [wide, high, wide, high, wide];
    const cards: Uint8Array[] = [];
    for (const size of sizes) cards.push((await painted(badge(size), size)).bytes);
    const [firstWide, firstHigh] = cards as [Uint8Array, Uint8Array];
    for (const [index, bytes] of cards.entries()) expect(bytes).toEqual(index % 2 === 0 ? firstWide : firstHigh);
  });

  test("a letter larger than any card", async () => {
    const page = (child: Child) => (
      <div style={{ display: "flex", background: "white", width: 1200, height: 630, fontSize: 60 }}>{child}</div>
    );
    const huge = (fontSize: number) =>
      page(
        <div style={{ position: "absolute", left: fontSize * -0.2, top: fontSize * -0.6, fontSize, fontWeight: 700, color: "#0001" }}>
          Q
        </div>,
      );
    const words = ["First card with words", "Second, other words 123", "Third {}[]", "Quick jumping foxes vex", "AVATAR & more"];
    const size = { width: 1200, height: 630 };
    /** As a new process paints them. */
    async function paintedAnew(elements: readonly Element[]): Promise<readonly Uint8Array[]> {
      vi.resetModules();
      const { paint } = await import("../src/render/paint.ts");
      const cards: Uint8Array[] = [];
      for (const element of elements) cards.push((await paint(await jobOf(element, size))).bytes);
      return cards;
    }
    const cards = words.map((word) => page(word));
    const before = [page("First card with words"), huge(2000), huge(16_000), huge(30_000)];
    expect((await paintedAnew([...before, ...cards])).slice(before.length)).toEqual(await paintedAnew(cards));
  });
});

describe("text that can be seen through", () => {
  test.each([
    ["a colour with alpha", { color: "rgba(0, 0, 0, 0.6)" }],
    ["opacity", { color: "black", opacity: 0.6 }],
  ])("is laid once where letters overlap: %s", async (_what, style) => {
    const { info, at } = await painted(
      <div style={{ display: "flex", background: "white", width: 240, height: 126, fontSize: 60 }}>
        <div style={{ letterSpacing: "-0.4em", ...style }}>MMMM</div>
      </div>,
    );
    let darkest = 255;
    for (let y = 0; y < info.height; y++) for (let x = 0; x < info.width; x++) darkest = Math.min(darkest, ...at(x, y));
    expect(darkest).toBeGreaterThanOrEqual(255 * 0.4 - 2);
    expect(darkest).toBeLessThan(255 * 0.4 + 8);
  });

  test("has the same bytes on each of several cards, whichever were painted before", async () => {
    const card = (title: string, date: string) => (
      <div
        style={{ display: "flex", flexDirection: "column", justifyContent: "space-between", background: "white", width: 240, height: 126 }}
      >
        <div style={{ fontSize: 30 }}>{title}</div>
        <div style={{ fontSize: 30, color: "rgba(0, 0, 0, 0.6)" }}>{date}</div>
      </div>
    );
    const cards = [card("One", "May"), card("Two", "May"), card("One", "June"), card("One", "May")];
    const rounds: Uint8Array[][] = [];
    for (const order of [cards, cards.toReversed(), cards]) {
      const round: Uint8Array[] = [];
      for (const element of order) round.push((await painted(element)).bytes);
      rounds.push(order === cards ? round : round.toReversed());
    }
    expect(rounds[1]).toEqual(rounds[0]);
    expect(rounds[2]).toEqual(rounds[0]);
    expect(new Set(rounds[0]?.map((bytes) => Buffer.from(bytes).toString("base64"))).size).toBe(3);
  });

  test("far outside of the card is not there", async () => {
    const far = <div style={{ position: "absolute", left: 4_294_967_296, top: 10, fontSize: 40, color: "red" }}>Far</div>;
    const { info, at } = await painted(<div style={{ display: "flex", background: "white", width: 240, height: 126 }}>{far}</div>);
    for (let x = 0; x < info.width; x++) for (let y = 0; y < 80; y += 5) expect(at(x, y)).toEqual(WHITE);
  });
});

test("an SVG in the tree that fills its box without keeping its proportions", async () => {
  const wave = (
    <svg width="1200" height="120" viewBox="0 0 100 100" preserveAspectRatio="none" style={{ position: "absolute", left: 0, top: 510 }}>
      <path d="M0 0H100V100H0Z" fill="#ff0000" />
    </svg>
  );
  const { at } = await painted(<div style={{ display: "flex", background: "white", width: 1200, height: 630 }}>{wave}</div>, {
    width: 1200,
    height: 630,
  });
  expectColour(at(600, 570), RED);
  expectColour(at(600, 90), WHITE);
});

test("a picture without loss, at its own size, is drawn without loss", async () => {
  const checks = Buffer.from(Array.from({ length: 64 * 64 * 3 }, (_byte, index) => (index % 7 < 3 ? 255 : (index * 37) % 256)));
  await save("checks.png", sharp(checks, { raw: { width: 64, height: 64, channels: 3 } }).png());
  const { at } = await painted(
    <div style={{ display: "flex", background: "white", width: 240, height: 126 }}>
      <img src="/checks.png" width={64} height={64} style={{ borderRadius: 2 }} />
    </div>,
  );
  for (let y = 8; y < 56; y++)
    for (let x = 8; x < 56; x++) expectColour(at(x, y), [...checks.subarray((y * 64 + x) * 3, (y * 64 + x + 1) * 3)], 1);
});

test("an error names the image of the page, not another with the same bytes", async () => {
  const broken = (await halves(90, 90)).png();
  const bytes = (await broken.toBuffer()).subarray(0, 200);
  for (const name of ["first.png", "second.png"]) await save(name, bytes);
  const failure = (name: string) =>
    painted(<img src={`/${name}`} width={40} height={40} style={{ borderRadius: 9 }} />).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
  expect(await failure("first.png")).toMatchObject({ code: "E_IMAGE", message: expect.stringContaining("first.png") });
  expect(await failure("second.png")).toMatchObject({ code: "E_IMAGE", message: expect.stringContaining("second.png") });
});

test("a font that changed after its key was made is an error", async () => {
  const job = await jobOf(<div style={{ display: "flex", width: 240, height: 126 }}>Text</div>);
  const file = join(folder, "changed.woff");
  await writeFile(file, Buffer.concat([await readFile(job.faces[0]?.file ?? ""), Buffer.from("!")]));
  const changed = { ...job, faces: job.faces.map((face) => ({ ...face, file, digest: face.digest.replace(/./, "x") })) };
  await expect(paint(changed)).rejects.toMatchObject({ code: "E_FONT", message: expect.stringContaining("changed during the run") });
});
