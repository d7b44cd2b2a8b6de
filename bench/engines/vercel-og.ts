import { createRequire } from "node:module";
import { dirname } from "node:path";
import { HEIGHT, WIDTH } from "../designs.ts";
import type { OpenEngine } from "./engine.ts";
import { treeWithPictures, woffFonts } from "./satori.ts";

/** `ImageResponse` as in its documentation; it rasterises with sharp where that is installed. */
export const openVercelOg: OpenEngine = async (setting) => {
  provideGlobals();
  const { ImageResponse } = await import("@vercel/og");
  const fonts = woffFonts(setting);
  const tree = treeWithPictures(setting);
  return {
    paint: async (post) =>
      new Uint8Array(await new ImageResponse(tree(post) as never, { width: WIDTH, height: HEIGHT, fonts }).arrayBuffer()),
  };
};

/**
 * Version 1.0.3 contains HarfBuzz as CommonJS: in an ES module it says `Dynamic require of "fs" is not supported` without a
 * global `require`, and looks for `hb.wasm` in a global `__dirname`.
 */
function provideGlobals(): void {
  const globals = globalThis as { __dirname?: string; require?: NodeJS.Require };
  const fromOg = createRequire(import.meta.resolve("@vercel/og"));
  const fromSatori = createRequire(fromOg.resolve("satori"));
  globals.require ??= createRequire(import.meta.url);
  globals.__dirname ??= dirname(fromSatori.resolve("harfbuzzjs/hb.wasm"));
}
