import { tmpdir } from "node:os";
import { describe, expect, test } from "vitest";
import type { HostElement } from "../src/compose/jsx-runtime.ts";
import { layout } from "../src/render/layout.ts";
import { markLeftToRight } from "../src/resolve/bidi.ts";
import { openFonts } from "../src/resolve/fonts.ts";
import type { Job } from "../src/types.ts";

/** The outlines of a line that ends at the right edge of its box. */
async function outlines(text: string, direction: "ltr" | "rtl"): Promise<readonly string[]> {
  const style = { display: "block", width: 800, fontSize: 40, direction, textAlign: "right" };
  const line: HostElement = { type: "div", props: { style, children: [text] } };
  const { tree, faces, missing } = openFonts([], tmpdir()).choose(line);
  expect(missing).toEqual([]);
  const job: Job = { key: "", tree, faces, images: [], graphemes: {}, width: 800, height: 100, format: "png", quality: 90 };
  const { svg } = await layout(job, () => "");
  return [...svg.matchAll(/ d="([^"]+)"/g)].flatMap(([, d = ""]) => d.split("M").slice(1)).toSorted();
}

describe("in a line from right to left", () => {
  test.each([
    "18:30",
    "50%",
    "$5",
    "€1,234.56",
    "2024-01-02",
    "3/4",
    "#42",
    "v2.0 (2024-01-02)",
    "Node.js (v22.1)",
    "@og-gen/core: 5.0",
    "C++ (17)",
  ])("%s is in the order in which it is written, after a Latin word", async (text) => {
    expect(await outlines(`A ${text} B`, "rtl")).toEqual(await outlines(`A ${text} B`, "ltr"));
  });

  test.each(["18:30", "50%", "$5", "2024-01-02", "3/4", "#42"])("%s alone is, too", async (text) => {
    expect(await outlines(text, "rtl")).toEqual(await outlines(text, "ltr"));
  });

  test.each([
    ["שעה 18:30", "שעה 18:\u200e30"],
    ["50% הנחה", "50%\u200e הנחה"],
    ["ב-2024-01-02", "ב-2024-\u200e01-\u200e02"],
    ["טווח 10–20", "טווח 10–20"],
    ["שלום, עולם!", "שלום, עולם!"],
    ["Node.js הוא", "Node.js הוא"],
    ["🎉 18 👍🏽", "🎉 18 👍🏽"],
  ])("%s: marked where the algorithm says that it goes from left to right", (text, marked) => {
    expect(markLeftToRight(text)).toBe(marked);
  });
});

test("a line from left to right stays as it is written", async () => {
  const line: HostElement = { type: "div", props: { style: { display: "block" }, children: ["At 18:30 (50%)"] } };
  expect(openFonts([], tmpdir()).choose(line).tree.props.children).toEqual(["At 18:30 (50%)"]);
});
