import { openAstroOgCanvasCold, openAstroOgCanvasWarm } from "./astro-og-canvas.ts";
import { findChromium, openChromium } from "./chromium.ts";
import type { OpenEngine } from "./engine.ts";
import { openSatoriResvg, openSatoriSharp } from "./satori.ts";
import { openTakumi } from "./takumi.ts";
import { openVercelOg } from "./vercel-og.ts";

/** What this project is compared with, by name. Each loads its packages when it is opened. */
export const peers: Readonly<Record<string, OpenEngine>> = {
  "satori + resvg": openSatoriResvg,
  "satori + sharp": openSatoriSharp,
  "@vercel/og": openVercelOg,
  takumi: openTakumi,
  "astro-og-canvas, cold": openAstroOgCanvasCold,
  "astro-og-canvas, warm": openAstroOgCanvasWarm,
  ...(findChromium() === undefined ? {} : { Chromium: openChromium }),
};
