import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { OgError } from "../src/error.ts";
import { createPathClaims, imageSrc, outputPath, pathBelow } from "../src/publish/paths.ts";

const OUT = join("/site", "public", "og");

function refusal(f: () => unknown): unknown {
  try {
    return f();
  } catch (thrown) {
    return thrown instanceof OgError ? thrown : new Error("not an OgError", { cause: thrown });
  }
}

describe("the path of a page's image", () => {
  test.each([
    ["", "index.png"],
    ["index", "index.png"],
    ["blog/hello", "blog/hello.png"],
    ["a/b/c/d", "a/b/c/d.png"],
    ["blog/index", "blog/index.png"],
    ["releases/1.10", "releases/1.10.png"],
    ["two words", "two words.png"],
    ["rock&roll=1", "rock&roll=1.png"],
    ["élan", "élan.png"],
    ["日本語/ページ", "日本語/ページ.png"],
    ["[slug]", "[slug].png"],
    ["@user/#1", "@user/#1.png"],
    [".well-known/x", ".well-known/x.png"],
    ["__proto__", "__proto__.png"],
    ["constructor", "constructor.png"],
    ["404", "404.png"],
    ["--help", "--help.png"],
    ["`id`$(id)", "`id`$(id).png"],
    ["~user", "~user.png"],
    ["console", "console.png"],
    ["a..b", "a..b.png"],
  ])("%j → %s", (id, path) => {
    expect(outputPath(id, "png")).toBe(path);
  });

  test("ends in the format, after the name of a further variant", () => {
    expect(outputPath("a/b", "jpeg")).toBe("a/b.jpg");
    expect(outputPath("a/b", "webp")).toBe("a/b.webp");
    expect(outputPath("a/b", "png", "square")).toBe("a/b.square.png");
    expect(outputPath("", "jpeg", "square")).toBe("index.square.jpg");
  });
});

describe("names that some file system refuses are written in another way", () => {
  test.each([
    ["what?", "what%3F.png"],
    ["a<b>c", "a%3Cb%3Ec.png"],
    [`say "hi"`, "say %22hi%22.png"],
    ["a|b*c:d", "a%7Cb%2Ac%3Ad.png"],
    ["back\\slash", "back%5Cslash.png"],
    ["50%", "50%25.png"],
    ["a%20b", "a%2520b.png"],
    ["new\nline", "new%0Aline.png"],
    ["tab\there", "tab%09here.png"],
    ["bell\u0007", "bell%07.png"],
    ["\u202egnp.x", "%E2%80%AEgnp.x.png"],
    ["zero\u200bwidth", "zero%E2%80%8Bwidth.png"],
    ["dot.", "dot%2E.png"],
    ["dots...", "dots..%2E.png"],
    ["space ", "space%20.png"],
    ["a. /b", "a.%20/b.png"],
    ["CON", "CON%.png"],
    ["con", "con%.png"],
    ["docs/nul", "docs/nul%.png"],
    ["aux/x", "aux%/x.png"],
    ["com1", "com1%.png"],
    ["LPT9.txt", "LPT9%.txt.png"],
    ["lone\ud800surrogate", "lone\ufffdsurrogate.png"],
  ])("%j → %j", (id, path) => {
    expect(outputPath(id, "png")).toBe(path);
  });

  test("no two of them become one", () => {
    const ids = ["a?b", "a%3Fb", "a%253Fb", "con", "con%", "con%25", "x.", "x%2E", "x", "a\\b", "a%5Cb", "a/b", "a-b", "50%", "50%25"];
    expect(new Set(ids.map((id) => outputPath(id, "png"))).size).toBe(ids.length);
  });
});

describe("an id that leads elsewhere is refused, with the page", () => {
  test.each([
    "../x",
    "a/../../x",
    "..",
    ".",
    "./x",
    "a/./b",
    "..\\x",
    "a\\..\\..\\x",
    "a/%2e%2e/%2e%2e/x",
    "%2E%2E/x",
    "%2e/x",
    "%252e%252e/x",
    ".%2e/x",
    "..%00/x",
    "//server/share",
    "/absolute",
    "trailing/",
    "a//b",
    "...",
    "..../x",
    "．．/x",
    "‥/x",
    "a∕..∕x",
    "nul\0byte",
    "nul%00byte/..",
  ])("%j", (id) => {
    expect(refusal(() => outputPath(id, "png"))).toMatchObject({
      name: "OgError",
      code: "E_OUTPUT_PATH",
      page: id,
      hint: expect.any(String),
    });
  });

  test("whatever else an id says, its path stays below the folder", () => {
    const parts = ["..", ".", "%2e", "\\", "/", "~", "C:", "file:", "a", " ", "\u2024", "\uff0f", "\u2215", "%5c", "%2f", "\0", "．"];
    for (let seed = 0; seed < 20_000; seed++) {
      const id = Array.from({ length: 4 }, (_, place) => parts[Math.floor(seed / 17 ** (place % 4)) % parts.length]).join("");
      const path = refusal(() => outputPath(id, "png"));
      if (typeof path !== "string") {
        expect(path).toBeInstanceOf(OgError);
        continue;
      }
      const below = relative(OUT, join(OUT, path));
      expect(below.split(sep)[0], JSON.stringify(id)).not.toBe("..");
      expect(path.split("/"), JSON.stringify(id)).not.toContain("..");
      expect(path).not.toMatch(/[\\:\0]/);
    }
  });
});

describe("long names", () => {
  test.each([
    ["255 letters", "a".repeat(255)],
    ["300 letters", "a".repeat(300)],
    ["86 Han characters", "日".repeat(86)],
    ["300 emoji", "🎉".repeat(300)],
    ["300 characters that are written in another way", "?".repeat(300)],
    ["in a folder", `${"d".repeat(250)}/${"f".repeat(250)}`],
  ])("%s are shortened for every file system", (_name, id) => {
    const path = outputPath(id, "png", "a-variant");
    for (const segment of path.split("/")) expect(Buffer.byteLength(segment)).toBeLessThanOrEqual(255);
    expect(path).toBe(outputPath(id, "png", "a-variant"));
    expect(path.isWellFormed()).toBe(true);
  });

  test("and stay apart", () => {
    const long = "a".repeat(250);
    const paths = [long, `${long}b`, `${long}c`, `${long.slice(1)}?`].map((id) => outputPath(id, "png"));
    expect(new Set(paths).size).toBe(paths.length);
  });

  test("a path that no file system takes is refused", () => {
    expect(refusal(() => outputPath("a/".repeat(2_100) + "a", "png"))).toMatchObject({
      code: "E_OUTPUT_PATH",
      message: expect.stringContaining("bytes"),
    });
  });

  test("in little time", () => {
    const started = performance.now();
    const path = outputPath("a".repeat(40_000), "png");
    expect(Buffer.byteLength(path)).toBeLessThan(256);
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe("who has a path", () => {
  test("a path is given once, below the folder", () => {
    const { claim } = createPathClaims(OUT);
    expect(claim("blog/a.png", "blog/a")).toBe(join(OUT, "blog", "a.png"));
    expect(claim("blog/b.png", "blog/b", "/site/blog/b.md")).toBe(join(OUT, "blog", "b.png"));
    expect(refusal(() => claim("blog/b.png", "blog/b", "/site/blog/b.mdx"))).toMatchObject({
      message: 'The image blog/b.png already belongs to the page "blog/b" of /site/blog/b.md.',
      file: "/site/blog/b.mdx",
    });
    expect(refusal(() => claim("blog/a.png", "other"))).toMatchObject({
      code: "E_OUTPUT_COLLISION",
      page: "other",
      message: `The image blog/a.png already belongs to the page "blog/a".`,
    });
  });

  test.each([
    ["Post", "post"],
    ["BLOG/x", "blog/X"],
    ["ﬁ", "fi"],
    ["é", "e\u0301"],
    ["İ", "i\u0307"],
    ["Å", "å"],
    ["Ω", "ω"],
    ["ΟΔΟΣ", "οδος"],
    ["οδοσ", "οδος"],
  ])("%j and %j are one file on macOS and Windows", (first, second) => {
    const { claim } = createPathClaims(OUT);
    claim(outputPath(first, "png"), first);
    expect(refusal(() => claim(outputPath(second, "png"), second))).toMatchObject({
      code: "E_OUTPUT_COLLISION",
      message: expect.stringContaining("case or accents"),
    });
  });

  test.each([
    ["a/index", "a"],
    ["x", "x."],
    ["a/b", "a-b"],
    ["ab", "a\u200bb"],
  ])("%j and %j are two", (first, second) => {
    const { claim } = createPathClaims(OUT);
    claim(outputPath(first, "png"), first);
    expect(claim(outputPath(second, "png"), second)).toBe(join(OUT, ...outputPath(second, "png").split("/")));
  });
});

describe("the address of an image", () => {
  const KEY = "0123456789abcdef".repeat(4);

  test.each([
    ["/", "/og/", "/og/blog/a.png?v=01234567"],
    ["/base/", "/og/", "/base/og/blog/a.png?v=01234567"],
    ["/", "/", "/blog/a.png?v=01234567"],
    ["/a b/", "/c/d/", "/a b/c/d/blog/a.png?v=01234567"],
  ])("base %j, served at %j", (base, publicPath, src) => {
    expect(imageSrc(base, publicPath, OUT, join(OUT, "blog", "a.png"), KEY)).toBe(src);
  });

  test.each([
    "",
    "blog/hello",
    "two words",
    "a%20b",
    "what?",
    "#1",
    "rock&roll",
    "日本語/ページ",
    "e\u0301",
    "🎉",
    "a+b",
    "50%",
    "CON",
    "lone\ud800",
    "a;b,c",
  ])("of the page %j leads back to its file", (id) => {
    const file = join(OUT, outputPath(id, "png"));
    const { pathname, search } = new URL(imageSrc("/base/", "/og/", OUT, file, KEY), "https://site.example");
    expect(search).toBe("?v=01234567");
    expect(join(OUT, decodeURIComponent(pathname).slice("/base/og/".length))).toBe(file);
  });

  test("paths below a folder have slashes", () => {
    expect(pathBelow(OUT, join(OUT, "a", "b.png"))).toBe("a/b.png");
  });
});

describe("links among the folders of `outDir`", () => {
  async function folders() {
    const root = await mkdtemp(join(tmpdir(), "og-gen-paths-"));
    onTestFinished(() => rm(root, { recursive: true, force: true }));
    await mkdir(join(root, "elsewhere"));
    await mkdir(join(root, "real/inside"), { recursive: true });
    await symlink("real", join(root, "out"));
    const { claim } = createPathClaims(join(root, "out"));
    return { root, out: join(root, "out"), claim };
  }

  test.each([
    ["../elsewhere", "another folder"],
    ["..", "the folder above"],
    ["../nowhere", "what is not there"],
    ["../real-not", "a folder whose name begins alike"],
  ])("one to %s, %s, is refused", async (target) => {
    const { root, claim } = await folders();
    await mkdir(join(root, "real-not"));
    await symlink(target, join(root, "real/blog"));
    for (const path of ["blog/a.png", "blog/2024/b.png"]) {
      expect(refusal(() => claim(path, "blog/a"))).toMatchObject({
        code: "E_OUTPUT_PATH",
        page: "blog/a",
        hint: expect.stringContaining("link"),
      });
    }
    expect(claim("blog.png", "blog")).toBe(join(root, "out/blog.png"));
  });

  test("one that stays inside is as good as a folder, and so are folders, what is not there, and `outDir` itself", async () => {
    const { out, root, claim } = await folders();
    await symlink("inside", join(root, "real/blog"));
    await writeFile(join(root, "real/file"), "");
    for (const path of ["a.png", "blog/a.png", "inside/a.png", "new/er/a.png", "file/a/b.png"])
      expect(claim(path, path)).toBe(join(out, path));
  });
});
