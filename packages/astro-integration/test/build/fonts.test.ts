import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Manifest } from "@og-gen/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Build, createSite, OG_CONFIG, page } from "./site.ts";

const FONTSOURCE = join(import.meta.dirname, "../../node_modules/@fontsource");
const MAJORS = [5, 6, 7] as const;
/** It has a title and a description, so that headings and body show. */
const OG = { ...OG_CONFIG, template: "article" };

const FILES = {
  "fonts/body.woff2": readFileSync(join(FONTSOURCE, "lora/files/lora-latin-400-normal.woff2")),
  "fonts/body-ext.woff2": readFileSync(join(FONTSOURCE, "lora/files/lora-latin-ext-400-normal.woff2")),
  "fonts/heading.woff2": readFileSync(join(FONTSOURCE, "space-grotesk/files/space-grotesk-latin-700-normal.woff2")),
};
const BODY = { file: "fonts/body.woff2", family: "House Serif", weight: 400, style: "normal" };
const BODY_EXT = { ...BODY, file: "fonts/body-ext.woff2" };
const HEADING = { file: "fonts/heading.woff2", family: "House Grotesk", weight: 700, style: "normal" };

const local = (name: string, cssVariable: string, file: string, weight: number) => `{
  provider: fontProviders.local(), name: "${name}", cssVariable: "${cssVariable}",
  options: { variants: [{ src: ["./${file}"], weight: ${weight}, style: "normal" }] },
}`;
const BODY_FONT = local("House Serif", "--font-body", BODY.file, BODY.weight);
const HEADING_FONT = local("House Grotesk", "--font-heading", HEADING.file, HEADING.weight);
const CODE_FONT = local("House Mono", "--font-code", BODY_EXT.file, 400);

interface FontSite {
  readonly astro?: 5 | 6 | 7;
  /** Source code of Astro's fonts. */
  readonly fonts?: readonly string[];
  /** The variables of the `<Font />`s of each page. */
  readonly used?: readonly string[];
  /** Of `og.config`. */
  readonly og?: object;
  /** More of the Astro configuration, as source code. */
  readonly config?: string;
  readonly title?: string;
}

function fontSite({ astro = 7, fonts = [], used = [], og = {}, config = "", title = "Ősz a kertben" }: FontSite) {
  const list = `[${fonts.join(", ")}]`;
  const setting = fonts.length === 0 ? "" : astro === 5 ? `experimental: { fonts: ${list} },` : `fonts: ${list},`;
  const tags = used.map((cssVariable) => `<Font cssVariable="${cssVariable}" />`).join("");
  return createSite(
    {
      ...FILES,
      "og.config.json": JSON.stringify({ ...OG, ...og }),
      "astro.config.mjs": `import og from "@og-gen/astro";
import { fontProviders } from "astro/config";
export default { site: "https://example.com", ${setting} ${config} integrations: [og()] };`,
      "src/pages/index.astro": `---\n${used.length > 0 ? 'import { Font } from "astro:assets";\n' : ""}---\n${page(title, `<meta name="description" content="What is ripe, and when.">${tags}`)}`,
    },
    { astro },
  );
}

/** What would be painted: two cards with one key are the same to the last pixel. */
function key(built: Build): string | undefined {
  const { pages } = JSON.parse(built.read("og/og-manifest.json")) as Manifest;
  return pages[""]?.images[0]?.key;
}

function ours(log: string): readonly string[] {
  return log.match(/\[WARN\] \[@og-gen\/astro\].*\n.*/g) ?? [];
}

const BY_HAND = { fonts: [BODY, HEADING], theme: { font: { heading: "House Grotesk", body: "House Serif" } } };

let byHand: string | undefined;
let inInter: string | undefined;
beforeAll(async () => {
  const [one, other] = await Promise.all([fontSite({ og: BY_HAND }).build(), fontSite({}).build()]);
  byHand = key(one);
  inInter = key(other);
}, 120_000);

test("fonts that are set by hand and Inter give different cards", () => {
  expect(byHand).toMatch(/^[0-9a-f]{64}$/);
  expect(inInter).toMatch(/^[0-9a-f]{64}$/);
  expect(byHand).not.toBe(inInter);
});

test.concurrent.for(MAJORS)("Astro %i: the cards are in the site's fonts, and a second build has them all", async (astro) => {
  const site = fontSite({ astro, fonts: [CODE_FONT, HEADING_FONT, BODY_FONT], used: ["--font-code", "--font-body", "--font-heading"] });
  const first = await site.build();
  expect(ours(first.log)).toEqual([]);
  expect(first.log).toContain("1 page: 1 rendered");
  expect(key(first)).toBe(byHand);
  const second = await site.build();
  expect(second.log).toContain("1 page: 1 cached");
});

const requests: (string | undefined)[] = [];
const server = createServer(({ url }, response) => {
  requests.push(url);
  const file = Object.entries(FILES).find(([path]) => `/${path}` === url);
  response.writeHead(file ? 200 : 404).end(file?.[1]);
}).listen(0, "127.0.0.1");
afterAll(() => void server.close());

test.concurrent.for(MAJORS)("Astro %i: fonts that Astro downloads, in subsets, from behind a CDN's address", async (astro) => {
  const { port } = server.address() as AddressInfo;
  const face = (file: string, range: string) =>
    `{ src: [{ url: "http://127.0.0.1:${port}/${file}", format: "woff2" }], weight: 400, style: "normal", unicodeRange: ["${range}"] }`;
  const fonts = `[${face(BODY_EXT.file, "U+0100-02BA")}, ${face(BODY.file, "U+0000-00FF")}]`;
  const site = fontSite({
    astro,
    fonts: [
      `{ provider: { name: "foundry", resolveFont: () => ({ fonts: ${fonts} }) }, name: "House Serif", cssVariable: "--font-serif" }`,
    ],
    used: ["--font-serif"],
    config: 'base: "/garden", build: { assets: "_files", assetsPrefix: "https://cdn.example.com/x" },',
  });
  const [built, sameByHand] = await Promise.all([
    site.build(),
    fontSite({ og: { fonts: [BODY_EXT, BODY], theme: { font: "House Serif" } } }).build(),
  ]);
  expect(requests).toContain(`/${BODY.file}`);
  expect(built.read("index.html")).toContain("https://cdn.example.com/x/garden/_files/fonts/");
  expect(ours(built.log), "the site serves no bold").toEqual([expect.stringMatching(/"House Serif" has no weight near 700/)]);
  expect(key(built)).toBe(key(sameByHand));
});

test.concurrent("`theme.font` chooses among the site's fonts, and `Inter` sets them aside", async () => {
  const site = { fonts: [BODY_FONT, HEADING_FONT], used: ["--font-body", "--font-heading"] };
  const [named, namedByHand, inter, headingOnly] = await Promise.all([
    fontSite({ ...site, og: { theme: { font: "House Grotesk" } } }).build(),
    fontSite({ og: { fonts: [HEADING], theme: { font: "House Grotesk" } } }).build(),
    fontSite({ ...site, og: { theme: { font: "Inter" } } }).build(),
    fontSite({
      fonts: [BODY_FONT],
      used: ["--font-body"],
      og: { fonts: [HEADING], theme: { font: { heading: "House Grotesk" } } },
    }).build(),
  ]);
  expect(key(named)).toBe(key(namedByHand));
  expect(key(inter)).toBe(inInter);
  expect(key(headingOnly)).toBe(byHand);
  for (const { log } of [named, inter, headingOnly]) expect(ours(log).filter((line) => !line.includes("has no weight near"))).toEqual([]);
});

test.concurrent("a font that no page has, or that cannot be read: Inter, and one warning that says what to do", async () => {
  // Without fallbacks: Astro does not open the file.
  const broken = fontSite({ fonts: [BODY_FONT.replace("options:", "fallbacks: [], options:")], used: ["--font-body"] });
  broken.write({ [BODY.file]: FILES[BODY.file as keyof typeof FILES].subarray(0, 9_000) });
  const [unused, off, cutOff] = await Promise.all([
    fontSite({ fonts: [BODY_FONT] }).build(),
    fontSite({ fonts: [BODY_FONT], og: { theme: { font: "Inter" } } }).build(),
    broken.build(),
  ]);
  for (const built of [unused, off, cutOff]) expect(key(built)).toBe(inInter);
  expect(ours(unused.log)).toHaveLength(1);
  expect(ours(unused.log)[0]).toMatch(/"House Serif"[^]*<Font cssVariable="--font-body" \/>/);
  expect(ours(off.log)).toEqual([]);
  expect(ours(cutOff.log)).toHaveLength(1);
  expect(ours(cutOff.log)[0]).toMatch(/"House Serif"[^]*cut off/);
});
