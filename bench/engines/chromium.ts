import { readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { existsSync } from "node:fs";
import { HEIGHT, WIDTH, type PlainElement } from "../designs.ts";
import type { OpenEngine } from "./engine.ts";
import { treeWithPictures } from "./satori.ts";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The installed Chromium, or the one that the variable `CHROMIUM` names. */
export function findChromium(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const installed = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [process.env["CHROMIUM"], ...installed].find((file) => file !== undefined && existsSync(file));
}

/** As fast as it can be made: one page whose content is replaced, and the quickest PNG of the DevTools protocol. */
export const openChromium: OpenEngine = async (setting) => {
  const { chromium } = await import("playwright-core");
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error("Chromium is not installed.");
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--hide-scrollbars"] });
  const page = await browser.newPage({ viewport: { width: WIDTH, height: HEIGHT } });
  const faces = setting.assets.fonts.map(
    ({ weight, woff2 }) =>
      `@font-face{font-family:Inter;font-weight:${weight};src:url(data:font/woff2;base64,${readFileSync(woff2, "base64")})}`,
  );
  await page.setContent(`<style>${faces.join("")}*{box-sizing:border-box}body{margin:0}</style><div id="card"></div>`);
  const protocol = await page.context().newCDPSession(page);
  const tree = treeWithPictures(setting);
  return {
    paint: async (post) => {
      // The text is run in the page.
      await page.evaluate(`(async () => {
        document.getElementById("card").innerHTML = ${JSON.stringify(toHtml(tree(post)))};
        await document.fonts.ready;
        await Promise.all([...document.images].map((image) => image.decode()));
      })()`);
      const { data } = await protocol.send("Page.captureScreenshot", { format: "png", optimizeForSpeed: true });
      return Buffer.from(data, "base64");
    },
    close: () => browser.close(),
  };
};

const WITHOUT_UNIT = new Set(["fontWeight", "lineHeight"]);

function toHtml(node: PlainElement | string): string {
  if (typeof node === "string") return node.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const { style, src, children = [] } = node.props;
  const css = Object.entries(style).map(([name, value]) => {
    const property = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return `${property}:${typeof value === "number" && !WITHOUT_UNIT.has(name) ? `${value}px` : value}`;
  });
  const open = `<${node.type} style="${css.join(";")}"${src === undefined ? "" : ` src="${src}"`}>`;
  if (node.type === "img") return open;
  return `${open}${typeof children === "string" ? toHtml(children) : children.map(toHtml).join("")}</${node.type}>`;
}
