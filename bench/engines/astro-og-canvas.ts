import { join } from "node:path";
import { postAt } from "../posts.ts";
import { coverOf, type Engine, type OpenEngine, type Setting } from "./engine.ts";

/** Without its cache: every card is drawn. */
export const openAstroOgCanvasCold: OpenEngine = (setting) => openAstroOgCanvas(setting, false);

/** With its cache: once a card has been drawn its file is read. */
export const openAstroOgCanvasWarm: OpenEngine = (setting) => openAstroOgCanvas(setting, join(setting.folder, "astro-og-canvas"));

/** Pages whose cards the warm cache has. */
const KEPT = 4;

/** CanvasKit. It has a layout of its own, so its cards have the designs' texts, colours and pictures, but not their places. */
async function openAstroOgCanvas(setting: Setting, cacheDir: string | false): Promise<Engine> {
  // The package's own index also loads Astro, which drawing does not need.
  const draw = new URL("generateOpenGraphImage.js", import.meta.resolve("astro-og-canvas")).href;
  const { generateOpenGraphImage } = (await import(draw)) as Pick<typeof import("astro-og-canvas"), "generateOpenGraphImage">;
  console.debug = () => undefined;
  const { design, assets } = setting;
  const title = { families: ["Inter"], weight: "Bold" as const, size: 64, lineHeight: 1.15 };
  const description = { families: ["Inter"], size: 32, lineHeight: 1.4 };
  return {
    paint: async (post) => {
      const page = cacheDir === false ? post : postAt(post.index % KEPT);
      return (await generateOpenGraphImage({
        cacheDir,
        title: page.title,
        description: design === "card" ? `${page.description}\n\n${page.author} · ${page.date}` : "",
        bgGradient: [
          [8, 47, 73],
          [14, 116, 144],
          [77, 124, 15],
        ],
        ...(design === "card"
          ? { logo: { path: assets.avatar, size: [72] } }
          : { bgImage: { path: coverOf(page, setting), fit: "cover" } }),
        fonts: assets.fonts.map(({ ttf }) => ttf),
        font: { title, description },
      })) as Uint8Array;
    },
  };
}
