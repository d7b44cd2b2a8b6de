/** satori as the tutorials use it: fonts and pictures read once, the SVG rasterised by resvg or by sharp. */
import { readFileSync } from "node:fs";
import { designs, HEIGHT, plain, WIDTH, type PlainElement } from "../designs.ts";
import type { Post } from "../posts.ts";
import { coverOf, type OpenEngine, type Setting } from "./engine.ts";

export const openSatoriResvg: OpenEngine = async (setting) => {
  const draw = await openSatori(setting);
  const { Resvg } = await import("@resvg/resvg-js");
  return { paint: async (post) => new Resvg(await draw(post), { fitTo: { mode: "width", value: WIDTH } }).render().asPng() };
};

export const openSatoriSharp: OpenEngine = async (setting) => {
  const draw = await openSatori(setting);
  const { default: sharp } = await import("sharp");
  return {
    paint: async (post) =>
      sharp(Buffer.from(await draw(post)))
        .png()
        .toBuffer(),
  };
};

async function openSatori(setting: Setting): Promise<(post: Post) => Promise<string>> {
  const { default: satori } = await import("satori");
  const fonts = woffFonts(setting);
  const tree = treeWithPictures(setting);
  return (post) => satori(tree(post) as never, { width: WIDTH, height: HEIGHT, fonts });
}

/** Fonts as Fontsource has them, and as most tutorials read them. */
export function woffFonts({ assets }: Setting) {
  return assets.fonts.map(({ weight, woff }) => ({ name: "Inter", weight, style: "normal" as const, data: readFileSync(woff) }));
}

/** The design with its pictures as data URIs; only a page's own cover is read for each page. */
export function treeWithPictures(setting: Setting): (post: Post) => PlainElement {
  const avatar = dataUri(setting.assets.avatar, "image/png");
  const shared = setting.ownCovers || setting.design === "card" ? "" : dataUri(setting.assets.covers[0] as string, "image/jpeg");
  return (post) => {
    const cover = setting.ownCovers ? dataUri(coverOf(post, setting), "image/jpeg") : shared;
    return designs[setting.design](post, { avatar, cover }, plain);
  };
}

function dataUri(file: string, type: string): string {
  return `data:${type};base64,${readFileSync(file, "base64")}`;
}
