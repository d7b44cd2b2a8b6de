/**
 * How fast and how small the kernel writes a PNG: `pnpm bench:encoders [rounds]`.
 *
 * The designs of `pnpm bench`, the project's own templates, covers, and what is hard: noise, transparency, one tiny and one huge
 * picture. Every encoder gets the same pixels, in turn, so that what else the machine does disturbs all alike. Prints medians, and
 * each as a ratio to resvg's.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Resvg } from "@resvg/resvg-js";
import sharp from "sharp";
import { openCanvas, paint } from "../packages/core/dist/internals.js";
import { makeAssets } from "./assets.ts";
import { HEIGHT, WIDTH, type DesignName } from "./designs.ts";
import { openJobs } from "./engines/og-gen.ts";
import { jobsOf } from "./jobs.ts";
import { postAt } from "./posts.ts";
import { table, type Row } from "./report.ts";
import { median } from "./statistics.ts";

const FIXTURES = fileURLToPath(new URL("../fixtures/", import.meta.url));
const TEMPLATES = ["article", "code", "docs", "gradient", "minimal", "photo", "product"];
const OURS = "kernel";
const THEIRS = "resvg asPng";
/** Of more pixels one round is enough. */
const MANY_PIXELS = 4_000_000;

const rounds = Number(process.argv[2] ?? 25);
const folder = mkdtempSync(join(tmpdir(), "og-gen-encoders-"));
try {
  const rows: Row[] = [];
  for await (const [name, picture] of pictures()) rows.push(...(await compare(name, picture)));
  console.log(table("PNG encoders on the same pixels", rows));
} finally {
  rmSync(folder, { recursive: true });
}

async function* pictures(): AsyncGenerator<readonly [name: string, picture: Uint8Array]> {
  const assets = await makeAssets(join(folder, "assets"));
  for (const [name, design, post] of [
    ["card", "card", 0],
    ["photo", "photo", 0],
    ["photo, another cover", "photo", 5],
  ] as const satisfies readonly (readonly [string, DesignName, number])[]) {
    const jobOf = await openJobs({ design, assets, ownCovers: true, folder });
    yield [name, (await paint(await jobOf(postAt(post)))).bytes];
  }
  const page = { title: postAt(1).title, description: postAt(1).description, image: "covers/hills.jpg", author: { name: "Ada Quill" } };
  const code = "for await (const { page, status } of generate(options)) {\n  console.log(status, page.id, 42);\n}\n";
  for (const { page: drawn, job } of await jobsOf({
    root: FIXTURES,
    publicDir: FIXTURES,
    source: TEMPLATES.map((template) => ({ ...page, id: template, data: { og: { code } } })),
    rules: TEMPLATES.map((template) => ({ match: template, template })),
  })) {
    yield [`template ${drawn.id}`, (await paint(job)).bytes];
  }
  for (const cover of ["hills.jpg", "bright-portrait.jpg"])
    yield [
      cover,
      await sharp(join(FIXTURES, "covers", cover))
        .resize(WIDTH, HEIGHT)
        .png()
        .toBuffer(),
    ];
  yield ["noise", await noise(3)];
  yield ["transparent noise", await noise(4)];
  yield ["16×16", await sharp(join(FIXTURES, "covers/hills.jpg")).resize(16, 16).png().toBuffer()];
  yield ["4096×4096", await sharp(join(FIXTURES, "covers/hills.jpg")).resize(4096, 4096).png().toBuffer()];
}

function noise(channels: 3 | 4): Promise<Buffer> {
  let state = 1;
  const random = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) >>> 24;
  const data = Uint8Array.from({ length: WIDTH * HEIGHT * channels }, random);
  return sharp(data, { raw: { width: WIDTH, height: HEIGHT, channels } })
    .png()
    .toBuffer();
}

async function compare(name: string, picture: Uint8Array): Promise<readonly Row[]> {
  const size = await sharp(picture).metadata();
  const href = `data:image/png;base64,${Buffer.from(picture).toString("base64")}`;
  const attributes = `width="${size.width}" height="${size.height}"`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}><image ${attributes} image-rendering="optimizeSpeed" href="${href}"/></svg>`;
  const rendered = new Resvg(svg, { font: { loadSystemFonts: false } }).render();
  const { width, height, pixels } = rendered;
  const raw = sharp(pixels, { raw: { width, height, channels: 4 } });
  const bySharp = () => (size.hasAlpha ? raw.clone() : raw.clone().removeAlpha());
  const canvas = openCanvas(width, height);
  canvas.load(pixels);
  const encoders: Record<string, () => Uint8Array | Promise<Uint8Array>> = {
    [OURS]: () => canvas.png(),
    [THEIRS]: () => rendered.asPng(),
    "sharp, level 4": () => bySharp().png({ compressionLevel: 4 }).toBuffer(),
    "sharp, level 9": () => bySharp().png({ compressionLevel: 9 }).toBuffer(),
  };
  const times = new Map<string, number[]>(Object.keys(encoders).map((encoder) => [encoder, []]));
  const sizes = new Map<string, number>();
  for (let round = 0; round < (width * height > MANY_PIXELS ? 1 : rounds); round++) {
    for (const [encoder, encode] of Object.entries(encoders)) {
      const started = performance.now();
      const { length } = await encode();
      times.get(encoder)?.push(performance.now() - started);
      sizes.set(encoder, length);
    }
  }
  const ms = (encoder: string) => median(times.get(encoder) ?? []);
  const bytes = (encoder: string) => sizes.get(encoder) ?? 0;
  return Object.keys(encoders).map((encoder) => ({
    picture: name,
    encoder,
    ms: ms(encoder),
    "time to resvg’s": ms(encoder) / ms(THEIRS),
    KB: bytes(encoder) / 1024,
    "bytes to resvg’s": bytes(encoder) / bytes(THEIRS),
  }));
}
