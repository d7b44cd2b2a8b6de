import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { builtInTemplates } from "../src/compose/template.ts";
import { resolveTheme } from "../src/compose/theme.ts";
import { contactSheet } from "../src/contact-sheet.ts";
import { measureSheet } from "../src/contact-sheet/sheet.tsx";

async function project(files: Record<string, string> = {}): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "og-gen-sheet-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return root;
}

/** What the built-in templates draw is painted once for all tests. */
let cacheDir: string;
beforeAll(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), "og-gen-sheet-store-"));
});
afterAll(() => rm(cacheDir, { recursive: true, force: true }));

/** A card of one colour. */
const plain = (color: string) =>
  `export default ({ size }) => <div style={{ display: "flex", width: size.width, height: size.height, backgroundColor: ${color} }} />;`;

/** Looks near the lower edges of the four pictures of a row, from 0: their colours went through JPEG. */
async function expectRow(bytes: Uint8Array, index: number, rows: number, colors: readonly string[]): Promise<void> {
  const { width, height, picture } = measureSheet(rows, 4, { width: 1200, height: 630 });
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  expect([info.width, info.height]).toEqual([width, height]);
  const pitch = measureSheet(rows + 1, 4, { width: 1200, height: 630 }).height - height;
  const y = height - 56 - 12 - (rows - 1 - index) * pitch;
  for (const [column, color] of colors.entries()) {
    const x = 56 + picture.width / 2 + column * (picture.width + 24);
    const offset = 3 * (y * width + Math.round(x));
    const differences = [...Buffer.from(color.slice(1), "hex")].map((value, channel) => Math.abs(value - (data[offset + channel] ?? 0)));
    expect(Math.max(...differences), `${color} in row ${index}, column ${column}`).toBeLessThan(6);
  }
}

describe("the contact sheet", () => {
  test("shows every template in light and dark and in both directions, with the theme of the project", async () => {
    const root = await project({
      "og/mode.tsx": plain('theme.mode === "dark" ? "#000000" : "#ffffff"').replace("{ size }", "{ size, theme }"),
      "og/dir.tsx": plain('dir === "rtl" ? "#0000ff" : "#ff0000"').replace("{ size }", "{ size, dir }"),
      "og/brand.tsx": plain("theme.colors.brand").replace("{ size }", "{ size, theme }"),
      "og/ground.tsx": plain("theme.colors.background").replace("{ size }", "{ size, theme }"),
    });
    const sheet = await contactSheet({ root, cacheDir, theme: { colors: { brand: "#00aa55", background: "#330000" } } });
    const rows = builtInTemplates().length + 4;
    expect(sheet.templates).toHaveLength(rows);
    expect(sheet).toMatchObject({ failed: [], warnings: [] });
    await expectRow(sheet.bytes, 0, rows, ["#00aa55", "#00aa55", "#00aa55", "#00aa55"]);
    await expectRow(sheet.bytes, 1, rows, ["#ff0000", "#ff0000", "#0000ff", "#0000ff"]);
    const light = resolveTheme({ mode: "light", colors: { brand: "#00aa55" } }).colors.background;
    await expectRow(sheet.bytes, 2, rows, [light, "#330000", light, "#330000"]);
    await expectRow(sheet.bytes, 3, rows, ["#ffffff", "#000000", "#ffffff", "#000000"]);
  });

  test("shows the plain card for a template that fails, and says why", async () => {
    const root = await project({
      "og/a.tsx": 'export default () => { throw new Error("boom"); };',
      "og/b.tsx": "export default () => <div>;",
      "og/c.tsx": 'export default () => <img src="./nowhere.png" />;',
      "og/d.tsx": plain('"#00ff00"'),
    });
    const sheet = await contactSheet({ root, cacheDir, theme: { colors: { brand: "#aa0000" } } });
    expect(sheet.failed.map(({ name, error }) => [name, error.code])).toEqual([
      ["a", "E_TEMPLATE"],
      ["b", "E_TEMPLATE"],
      ["c", "E_IMAGE"],
    ]);
    expect(sheet.failed[0]?.error.message).toBe("The template og/a.tsx threw: boom.");
    const rows = builtInTemplates().length + 4;
    for (const index of [0, 1, 2]) await expectRow(sheet.bytes, index, rows, ["#aa0000", "#aa0000", "#aa0000", "#aa0000"]);
    await expectRow(sheet.bytes, 3, rows, ["#00ff00", "#00ff00", "#00ff00", "#00ff00"]);
  });

  test.each(["png", "jpeg", "webp"] as const)("is a %s", async (format) => {
    const { bytes } = await contactSheet({ root: await project(), cacheDir }, format);
    const { format: actual, width } = await sharp(bytes).metadata();
    expect([actual, width]).toEqual([format, 1600]);
    expect(bytes.length).toBeLessThan(1_000_000);
  });
});
