import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { draw, type Font } from "../src/render/satori.ts";

const INTER = new URL("../node_modules/@fontsource/inter/files/inter-latin-700-normal.woff", import.meta.url);
const SIZE = { width: 400, height: 300 };
const MACRON = "\u0304";

async function draws(text: string): Promise<string> {
  const fonts: readonly Font[] = [{ name: "Inter", weight: 700, style: "normal", data: await readFile(INTER) }];
  return draw({ type: "div", props: { style: { fontFamily: "Inter", fontSize: 100, padding: 80 }, children: [text] } }, SIZE, {
    fonts: [...fonts],
  });
}

/** The top and bottom of the ink, in pixels. */
async function inkOf(text: string): Promise<{ readonly top: number; readonly bottom: number }> {
  const path = /<path[^>]* d="([^"]+)"/.exec(await draws(text))?.[1] ?? "";
  const heights = Array.from(path.matchAll(/-?[\d.]+ (-?[\d.]+)/g), ([, y]) => Number(y));
  return { top: Math.min(...heights), bottom: Math.max(...heights) };
}

describe("marks", () => {
  test("stand above the letter that they belong to, high or low", async () => {
    for (const letter of ["X", "x"]) {
      const [alone, marked] = [await inkOf(letter), await inkOf(letter + MACRON)];
      expect(marked.bottom).toBeCloseTo(alone.bottom);
      expect(alone.top - marked.top).toBeGreaterThan(15);
      expect(alone.top - marked.top).toBeLessThan(40);
    }
  });

  test("also where cards are drawn at once, and again", async () => {
    const alone = await draws(`X${MACRON}`);
    const together = await Promise.all([1, 2, 3].map(() => draws(`X${MACRON}`)));
    expect(together).toEqual([alone, alone, alone]);
  });
});

test("a list has its bullets in the card's own font", async () => {
  const fonts: readonly Font[] = [{ name: "Inter", weight: 400, style: "normal", data: await readFile(INTER) }];
  const list = (listStyleType: string) => {
    const items = ["one", "two"].map((text) => ({ type: "li", props: { children: [text] } }));
    const style = { fontFamily: "none, Inter", listStyleType };
    return draw({ type: "ul", props: { style, children: items } }, SIZE, { fonts: [...fonts] });
  };
  const [plain, numbered] = [await list("none"), await list("decimal")];
  expect(numbered.match(/<path/g)).toHaveLength((plain.match(/<path/g) ?? []).length + 2);
});

test("JSON is parsed as ever afterwards", async () => {
  const { parse } = JSON;
  await draws("X");
  await draw({ type: "div", props: { children: ["X"] } }, SIZE, { fonts: [] }).catch(() => undefined);
  expect(JSON.parse).toBe(parse);
});
