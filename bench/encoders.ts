/**
 * How fast and how small the kernel writes a PNG: `pnpm build && node bench/encoders.ts [rounds]`.
 *
 * Two designs by the project's own templates: an article's card, and one with a cover (`fixtures/covers`). Every encoder
 * gets the same pixels, in turn, so that what else the machine does disturbs all alike. Prints medians, and each as a
 * ratio to the kernel's.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { resolveOptions } from "../packages/core/dist/options.js";
import { prepare } from "../packages/core/dist/prepare.js";
import { openCanvas } from "../packages/core/dist/render/canvas.js";
import { fitTexts } from "../packages/core/dist/render/fit.js";
import { layout, measure } from "../packages/core/dist/render/layout.js";
import { openImage, scaledUri } from "../packages/core/dist/render/pixels.js";
import { placeholder } from "../packages/core/dist/render/placeholder.js";
import { openSession } from "../packages/core/dist/session.js";
import type { Job } from "../packages/core/dist/index.js";
import { median } from "./statistics.ts";

const core = createRequire(new URL("../packages/core/package.json", import.meta.url));
const { Resvg } = core("@resvg/resvg-js") as typeof import("../packages/core/node_modules/@resvg/resvg-js/index.js");
const sharp = core("sharp") as typeof import("../packages/core/node_modules/sharp/dist/index.mjs").default;

const rounds = Number(process.argv[2] ?? 25);

for (const [design, frontMatter] of [
  ["article", "description: What a card costs, and what it could cost, measured on two cores.\ntags: [Engineering]\nauthor: Ada Lovelace"],
  ["photo", "image: ./cover.jpg"],
] as const) {
  const rendered = new Resvg(await svgOf(design, frontMatter), { font: { loadSystemFonts: false } }).render();
  const { width, height, pixels } = rendered;
  const raw = { raw: { width, height, channels: 4 as const } };
  const canvas = openCanvas(width, height);
  canvas.load(pixels);
  const encoders: Record<string, () => Uint8Array | Promise<Uint8Array>> = {
    kernel: () => canvas.png(),
    "sharp, level 4": () => sharp(pixels, raw).removeAlpha().png({ compressionLevel: 4 }).toBuffer(),
    "sharp, level 9": () => sharp(pixels, raw).removeAlpha().png({ compressionLevel: 9 }).toBuffer(),
    "resvg asPng": () => rendered.asPng(),
  };
  const times = new Map<string, number[]>(Object.keys(encoders).map((name) => [name, []]));
  const sizes = new Map<string, number>();
  for (let round = 0; round < rounds; round++) {
    for (const [name, encode] of Object.entries(encoders)) {
      const started = performance.now();
      const { length } = await encode();
      times.get(name)?.push(performance.now() - started);
      sizes.set(name, length);
    }
  }
  const row = (name: string) => ({ ms: median(times.get(name) ?? []), kb: (sizes.get(name) ?? 0) / 1024 });
  const { ms, kb } = row("kernel");
  console.log(`${design}, ${width}×${height}`);
  console.table(
    Object.keys(encoders).map((name) => ({
      encoder: name,
      ms: round(row(name).ms),
      "time to the kernel's": round(row(name).ms / ms),
      KB: round(row(name).kb),
      "the kernel's bytes to these": round(kb / row(name).kb),
    })),
  );
}

async function svgOf(template: string, frontMatter: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "og-gen-encoders-"));
  try {
    const cover = await sharp(new URL("../fixtures/covers/hills.jpg", import.meta.url).pathname).toBuffer();
    writeFileSync(join(folder, "cover.jpg"), cover);
    writeFileSync(join(folder, "page.md"), `---\ntitle: Building faster static sites with worker threads\n${frontMatter}\n---\n`);
    const options = resolveOptions({ root: folder, source: ".", outDir: "out", cacheDir: "cache", template, theme: { siteName: "Bench" } });
    for await (const outcome of prepare(await openSession(options))) {
      if (outcome.status === "prepared") return await draw(await outcome.cards[0].job());
    }
    throw new Error(`The template "${template}" made no card.`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function draw(job: Job): Promise<string> {
  const images = await Promise.all(job.images.map((image) => openImage(image)));
  const uris = new Map(images.map(({ image, width, height }) => [image.digest, placeholder(width, height, image.digest)]));
  const imageUri = (digest: string) => uris.get(digest) ?? "";
  const { tree } = await fitTexts(job.tree, (samples) => measure(samples, job, imageUri));
  let svg = await layout({ ...job, tree }, imageUri);
  for (const image of images) svg = svg.replaceAll(imageUri(image.image.digest), await scaledUri(image, image));
  return svg;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
