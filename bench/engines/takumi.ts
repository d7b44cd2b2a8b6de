import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { designs, HEIGHT, plain, WIDTH } from "../designs.ts";
import { coverOf, type OpenEngine } from "./engine.ts";

/** Takumi's native renderer with the tree as JSX makes it; pictures are given by name, and kept decoded where they come again. */
export const openTakumi: OpenEngine = async (setting) => {
  const [{ Renderer }, { fromJsx }] = await Promise.all([import("@takumi-rs/core"), import("@takumi-rs/helpers/jsx")]);
  const renderer = new Renderer();
  for (const { weight, ttf } of setting.assets.fonts)
    await renderer.registerFont({ name: "Inter", weight, style: "normal", data: readFileSync(ttf) });
  const { design, assets } = setting;
  const ownCovers = setting.ownCovers && design === "photo";
  const shared =
    design === "card"
      ? [{ src: "avatar", data: readFileSync(assets.avatar) }]
      : ownCovers
        ? []
        : [{ src: "cover", data: readFileSync(assets.covers[0] as string) }];
  return {
    paint: async (post) => {
      const cover = ownCovers ? coverOf(post, setting) : "cover";
      const { node, css } = await fromJsx(designs[design](post, { avatar: "avatar", cover }, plain) as never);
      const images = ownCovers ? [{ src: cover, data: await readFile(cover), cache: "none" as const }] : shared;
      return renderer.render(node, { width: WIDTH, height: HEIGHT, format: "png", images, ...(css ? { css } : {}) });
    },
  };
};
