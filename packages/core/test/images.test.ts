import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, realpath, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { expand } from "../src/compose/expand.ts";
import { h, type Element, type HostElement } from "../src/compose/jsx-runtime.ts";
import { OgError } from "../src/error.ts";
import { layout } from "../src/render/layout.ts";
import { createImageFinder, type ImageFinder } from "../src/resolve/images.ts";

/** Each file's content is its path, so that a digest tells which one was read. */
const FILES = [
  "site/content/blog/cover.png",
  "site/content/blog/shared.png",
  "site/content/blog/my cover.png",
  "site/content/blog/café.png",
  "site/content/blog/100%.png",
  "site/content/blog/a%20b.png",
  "site/content/blog/C#.png",
  "site/content/blog/why?.png",
  "site/content/blog/cover(1).png",
  "site/content/blog/..cover.png",
  "site/content/blog/folder.png/inside.png",
  "site/content/other/cover.png",
  "site/assets/shared.png",
  "site/assets/logo.svg",
  "site/shared.png",
  "site/root.png",
  "site/public/shared.png",
  "site/public/images/hero.png",
  "elsewhere/secret.png",
  "site-2/secret.png",
];

let base: string;
let root: string;
let page: string;
let finder: ImageFinder;

beforeAll(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), "og-gen-images-")));
  root = join(base, "site");
  page = join(root, "content/blog/post.md");
  for (const file of FILES) {
    await mkdir(dirname(join(base, file)), { recursive: true });
    await writeFile(join(base, file), file);
  }
  await writeFile(join(root, "content/blog/empty.png"), "");
  await writeFile(join(root, "content/blog/large.png"), "");
  await truncate(join(root, "content/blog/large.png"), 64 * 1024 * 1024 + 1);
  await symlink("../../../elsewhere/secret.png", join(root, "content/blog/out.png"));
  await symlink("../../../elsewhere", join(root, "content/blog/outside"));
  await symlink("cover.png", join(root, "content/blog/in.png"));
  await symlink("loop.png", join(root, "content/blog/loop.png"));
  finder = open();
});

afterAll(() => rm(base, { recursive: true, force: true }));

function open(remoteHosts: readonly string[] = []): ImageFinder {
  return createImageFinder({ root, publicDir: join(root, "public"), contentDir: join(root, "content"), remoteHosts });
}

function treeOf(...args: Parameters<typeof h>): HostElement {
  return expand(h(...args)) as HostElement;
}

function styledWith(backgroundImage: string): Element {
  return h("div", { style: { display: "flex", width: 9, height: 9, backgroundImage } });
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** The file that an `<img>` of a page shows, below the temporary folder. */
async function found(name: string, file: string | undefined = page): Promise<string> {
  const { tree, images } = await finder.resolve(treeOf("img", { src: name }), file);
  expect(images).toHaveLength(1);
  const path = images[0]?.file?.slice(base.length + 1) ?? "";
  expect(images).toEqual([{ digest: sha256(path), name, file: join(base, path) }]);
  expect(tree).toEqual({ type: "img", props: { src: `og-image:${sha256(path)}` } });
  return path;
}

async function refusal(name: string, using = finder): Promise<OgError> {
  const thrown: unknown = await using.resolve(treeOf("img", { src: name }), page).then(
    ({ images }) => new Error(`${images[0]?.file} was found.`),
    (error: unknown) => error,
  );
  if (thrown instanceof OgError) return thrown;
  throw thrown;
}

describe("a path", () => {
  test.each([
    ["is relative to the page", "cover.png", "site/content/blog/cover.png"],
    ["with a dot", "./cover.png", "site/content/blog/cover.png"],
    ["up from the page", "../other/cover.png", "site/content/other/cover.png"],
    ["up to the project", "../../assets/logo.svg", "site/assets/logo.svg"],
    ["the page comes before the project and public/", "shared.png", "site/content/blog/shared.png"],
    ["or to the project", "assets/shared.png", "site/assets/shared.png"],
    ["the project comes before public/", "root.png", "site/root.png"],
    ["or to public/", "images/hero.png", "site/public/images/hero.png"],
    ["from the root is one in public/", "/images/hero.png", "site/public/images/hero.png"],
    ["which comes before the project", "/shared.png", "site/public/shared.png"],
    ["or one in the project", "/assets/logo.svg", "site/assets/logo.svg"],
    ["with a space", "my cover.png", "site/content/blog/my cover.png"],
    ["with a space, as a URL has it", "my%20cover.png", "site/content/blog/my cover.png"],
    ["with an accent", "café.png", "site/content/blog/café.png"],
    ["with an accent, as a URL has it", "caf%C3%A9.png", "site/content/blog/café.png"],
    ["with a percent sign", "100%.png", "site/content/blog/100%.png"],
    ["with a query", "cover.png?v=3", "site/content/blog/cover.png"],
    ["with a fragment", "cover.png#top", "site/content/blog/cover.png"],
    ["with a query and a slash in it", "cover.png?from=../../x", "site/content/blog/cover.png"],
    ["with brackets", "cover(1).png", "site/content/blog/cover(1).png"],
    ["that is a link inside the project", "in.png", "site/content/blog/cover.png"],
    ["as it is written, before it is taken for a URL: %20", "a%20b.png", "site/content/blog/a%20b.png"],
    ["as it is written, before it is taken for a URL: #", "C#.png", "site/content/blog/C#.png"],
    ["as it is written, before it is taken for a URL: ?", "why?.png", "site/content/blog/why?.png"],
    ["that begins with two dots", "..cover.png", "site/content/blog/..cover.png"],
  ])("%s: %s", async (_, name, file) => {
    expect(await found(name)).toBe(file);
  });

  test("from the root of the disk is one inside the project", async () => {
    expect(await found(join(root, "assets/logo.svg"))).toBe("site/assets/logo.svg");
  });

  test("of a page without a file is relative to the project", async () => {
    const { images } = await finder.resolve(treeOf("img", { src: "shared.png" }), undefined);
    expect(images[0]?.file).toBe(join(root, "shared.png"));
    expect((await finder.find("assets/logo.svg")).file).toBe(join(root, "assets/logo.svg"));
  });

  test("beside a page that lies outside the project", async () => {
    expect(await found("secret.png", join(base, "elsewhere/post.md"))).toBe("elsewhere/secret.png");
  });

  test("means something else on another page", async () => {
    expect(await found("cover.png")).toBe("site/content/blog/cover.png");
    expect(await found("cover.png", join(root, "content/other/post.md"))).toBe("site/content/other/cover.png");
  });

  test("in a project whose own path has signs", async () => {
    const odd = join(base, "C# (50%) sité?");
    await mkdir(join(odd, "assets"), { recursive: true });
    await writeFile(join(odd, "assets/logo.svg"), "logo");
    const images = createImageFinder({ root: odd, publicDir: join(odd, "public"), remoteHosts: [] });
    for (const name of ["assets/logo.svg", "/assets/logo.svg", join(odd, "assets/logo.svg")])
      expect((await images.find(name)).file).toBe(join(odd, "assets/logo.svg"));
  });
});

describe("outside the project", () => {
  test("not even what is there is told", async () => {
    const [there, gone] = [await refusal("/etc/passwd"), await refusal("/etc/no-such-file")];
    expect(there.message).toBe('The image "/etc/passwd" does not exist.');
    expect(there.hint?.replaceAll("passwd", "no-such-file")).toBe(gone.hint);
  });

  test.each([
    "../../../elsewhere/secret.png",
    "../../../site-2/secret.png",
    "..%2f..%2f..%2felsewhere%2fsecret.png",
    "/../../elsewhere/secret.png",
    "out.png",
    "outside/secret.png",
    "../../../../../../../../../../etc/passwd",
  ])("%s is refused", async (name) => {
    expect(await refusal(name)).toMatchObject({
      code: "E_IMAGE",
      message: `The image "${name}" lies outside the project.`,
      hint: "Copy it into the project.",
    });
  });

  test.each(["file:///etc/passwd", "blob:x", "javascript:alert(1)", "https:/example.com/a.png", "og-image:0000", "\0", "a\0.png"])(
    "%j is no path",
    async (name) => {
      expect(await refusal(name)).toMatchObject({ code: "E_IMAGE", message: `The image "${name}" is not a path.` });
    },
  );
});

describe("what is not an image file", () => {
  test("one that is not there: the hint says where it was looked for", async () => {
    expect(await refusal("images/missing.png")).toMatchObject({
      code: "E_IMAGE",
      message: 'The image "images/missing.png" does not exist.',
      hint: "Looked for content/blog/images/missing.png, images/missing.png, public/images/missing.png, from the project's folder.",
    });
    expect((await refusal("/missing.png")).hint).toBe(
      "Looked for public/missing.png, missing.png, from the project's folder. Where another folder is served as `/`, name it as `publicDir`.",
    );
    expect((await refusal("loop.png")).message).toBe('The image "loop.png" does not exist.');
  });

  test("its name is cut short where it is long", async () => {
    const { message, hint } = await refusal(`${"x".repeat(3_000)}.png`);
    expect(message).toMatch(/^The image "x{79}…" does not exist\.$/);
    expect(hint?.length).toBeLessThan(400);
  });

  test.each(["folder.png", ".", "../blog"])("a folder: %s", async (name) => {
    expect(await refusal(name)).toMatchObject({ code: "E_IMAGE", message: `The image "${name}" is not a regular file.` });
  });

  test("one that is too large is not read", async () => {
    expect(await refusal("large.png")).toMatchObject({
      code: "E_IMAGE",
      message: `The image "large.png" has ${64 * 1024 * 1024 + 1} bytes; ${64 * 1024 * 1024} are allowed.`,
      hint: "Use a smaller copy, or raise `limits.imageBytes`.",
    });
  });

  test("an empty one has a digest like any other; it is refused when it is decoded", async () => {
    expect((await finder.find("empty.png", page)).digest).toBe(sha256(""));
  });

  /** In a process of its own, as it may never end: opening a pipe waits for somebody who writes to it. */
  test.skipIf(process.platform === "win32")("a pipe does not hold the run", () => {
    execFileSync("mkfifo", [join(root, "pipe.png")]);
    const script = `
      const { createImageFinder } = await import(${JSON.stringify(new URL("../src/resolve/images.ts", import.meta.url).href)});
      const finder = createImageFinder({ root: ${JSON.stringify(root)}, publicDir: ${JSON.stringify(root)}, remoteHosts: [] });
      await finder.find("pipe.png").catch((error) => console.log(error.code, error.message));`;
    const { stdout } = spawnSync(process.execPath, ["--conditions=@og-gen/source", "--input-type=module", "--eval", script], {
      encoding: "utf8",
      timeout: 4_000,
      killSignal: "SIGKILL",
    });
    expect(stdout.trim()).toBe('E_IMAGE The image "pipe.png" is not a regular file.');
  });

  test("no `src` at all", async () => {
    for (const props of [{}, { src: "" }, { src: 3 }, { src: true }]) {
      await expect(finder.resolve(treeOf("div", null, h("img", props)), page)).rejects.toMatchObject({
        code: "E_TEMPLATE",
        message: "An <img> has no `src`.",
      });
    }
  });
});

describe("data URIs", () => {
  test.each([
    ["base64", "data:image/png;base64,aGVsbG8=", "hello"],
    ["in capitals", "DATA:IMAGE/PNG;BASE64,aGVsbG8=", "hello"],
    ["percent-encoded", "data:image/svg+xml,%3Csvg%2F%3E", "<svg/>"],
    ["as it is", "data:image/svg+xml;utf8,<svg xmlns='http://www.w3.org/2000/svg'/>", "<svg xmlns='http://www.w3.org/2000/svg'/>"],
    ["with a charset", "data:image/svg+xml;charset=utf-8,é", "é"],
    ["with a charset and base64", "data:image/svg+xml;charset=utf-8;base64,aGVsbG8=", "hello"],
    ["without a type", "data:,hello", "hello"],
    ["with a comma in it", "data:,a,b", "a,b"],
    ["over several lines", "data:,a\nb", "a\nb"],
  ])("%s", async (_, src, content) => {
    const { images, tree } = await finder.resolve(treeOf("img", { src }), page);
    expect(images).toHaveLength(1);
    expect(images[0]?.digest).toBe(sha256(content));
    expect(images[0]?.file).toBeUndefined();
    expect(Buffer.from(images[0]?.bytes ?? []).toString()).toBe(content);
    expect(tree.props["src"]).toBe(`og-image:${sha256(content)}`);
  });

  test.each(["data:", "data:image/png", "data:image/png;base64,", "data:image/png;base64,!!!", "data:,%zz"])(
    "%s is refused",
    async (src) => {
      const error = await refusal(src);
      expect(error.code).toBe("E_IMAGE");
      expect(error.message.startsWith(`The image "${src}" is not a data URI that can be read: `)).toBe(true);
    },
  );

  test("messages show its beginning", async () => {
    expect((await refusal(`data:,%zz${"a".repeat(5_000)}`)).message.length).toBeLessThan(200);
  });
});

describe("styles", () => {
  async function styled(value: string, name = "backgroundImage") {
    const { tree, images } = await finder.resolve(treeOf("div", { style: { display: "flex", [name]: value } }), page);
    return { value: tree.props.style?.[name], files: images.map(({ file }) => file?.slice(root.length + 1)) };
  }
  const cover = `url("og-image:${sha256("site/content/blog/cover.png")}")`;
  const space = `url("og-image:${sha256("site/content/blog/my cover.png")}")`;
  const hero = `url("og-image:${sha256("site/public/images/hero.png")}")`;

  test.each([
    ["url(cover.png)", cover],
    ['url("cover.png")', cover],
    ["url('cover.png')", cover],
    ["URL(  cover.png )", cover],
    ["url('my cover.png')", space],
    ["url(my%20cover.png)", space],
    ["linear-gradient(red, blue), url(cover.png)", `linear-gradient(red, blue), ${cover}`],
    ['url(cover.png) no-repeat, url("/images/hero.png") 0 0 / cover', `${cover} no-repeat, ${hero} 0 0 / cover`],
  ])("%s", async (given, expected) => {
    expect((await styled(given)).value).toBe(expected);
  });

  test.each(["background", "maskImage", "WebkitMaskImage", "--picture"])("in any of them: %s", async (name) => {
    expect(await styled("url(cover.png)", name)).toEqual({ value: cover, files: ["content/blog/cover.png"] });
  });

  test.each(["url(#gradient)", "url('#gradient')", "none", "red", "linear-gradient(red, blue)"])("%s is left as it is", async (given) => {
    expect(await styled(given)).toEqual({ value: given, files: [] });
  });

  test("a data URI", async () => {
    expect((await styled("url(\"data:image/svg+xml,<svg fill='red' d='a(b)'/>\")")).value).toBe(
      `url("og-image:${sha256("<svg fill='red' d='a(b)'/>")}")`,
    );
  });

  test.each(["url()", "url('')", "url(missing.png)", "url(../../../elsewhere/secret.png)"])("%s is an error", async (value) => {
    await expect(styled(value)).rejects.toMatchObject({ code: "E_IMAGE" });
  });
});

describe("satori, which would fetch from any public host, is given nothing to fetch", () => {
  const url = "https://93.184.216.34/a.png";

  test.each<[string, Element]>([
    ["a space in url()", styledWith(`url(https://93.184.216.34/a b.png)`)],
    ["an apostrophe in url()", styledWith(`url(https://93.184.216.34/it's.png)`)],
    ["a quotation mark in url()", styledWith(`url(https://93.184.216.34/a"b.png)`)],
    ["an escape in url()", styledWith(`url('https://93.184.216.34/a\\'b.png')`)],
    ["no end of url()", styledWith(`url(${url}`)],
    ["a comment in url()", styledWith(`url(/**/${url})`)],
    ["an escape in the word url", styledWith(`u\\72l(${url})`)],
    ["image-set()", styledWith(`image-set("${url}" 1x)`)],
    ["src()", styledWith(`src("${url}")`)],
    [
      "the shorthand",
      h("div", { style: { display: "flex", width: 9, height: 9, background: `url(https://93.184.216.34/a b.png) no-repeat` } }),
    ],
    [
      "a mask",
      h("div", {
        style: { display: "flex", width: 9, height: 9, backgroundColor: "red", maskImage: `url(https://93.184.216.34/a b.png)` },
      }),
    ],
    [
      "a variable",
      h("div", {
        style: { display: "flex", width: 9, height: 9, "--a": `url(https://93.184.216.34/a b.png)`, backgroundImage: "var(--a)" },
      }),
    ],
    [
      "a style sheet",
      h("div", null, h("style", null, `.a { width: 9px; height: 9px; background-image: url(${url}) }`), h("div", { className: "a" })),
    ],
    [
      "a style sheet's import",
      h("div", null, h("style", null, `@import "https://93.184.216.34/a.css"; @font-face { font-family: a; src: url(${url}) }`)),
    ],
    ["an SVG image", h("svg", { viewBox: "0 0 9 9" }, h("image", { href: url, width: 9, height: 9 }))],
    ["an SVG image, the old way", h("svg", { viewBox: "0 0 9 9" }, h("image", { xlinkHref: url, width: 9, height: 9 }))],
    ["an SVG image in a group", h("svg", { viewBox: "0 0 9 9" }, h("g", null, h("image", { "xlink:href": url, width: 9, height: 9 })))],
    ["an SVG use", h("svg", { viewBox: "0 0 9 9" }, h("use", { href: `${url}#a` }))],
    [
      "an SVG filter",
      h("svg", { viewBox: "0 0 9 9" }, h("filter", { id: "f" }, h("feImage", { href: url })), h("rect", { filter: "url(#f)" })),
    ],
    ["a set of sources", h("img", { src: "data:,x", srcSet: url, width: 9, height: 9 })],
    ["an image by another name", h("IMG", { src: url, width: 9, height: 9 })],
    ["an image in a picture", h("picture", null, h("source", { srcSet: url }), h("img", { src: "data:,x", width: 9, height: 9 }))],
  ])("%s", async (_, element) => {
    const fetched = vi.fn<typeof fetch>(async () => new Response("", { status: 404 }));
    vi.stubGlobal("fetch", fetched);
    onTestFinished(() => void vi.unstubAllGlobals());
    const tree = expand(h("div", { style: { display: "flex", width: 20, height: 20 } }, element)) as HostElement;
    try {
      const { tree: resolved } = await finder.resolve(tree, page);
      await layout(
        { key: "", tree: resolved, faces: [], images: [], graphemes: {}, width: 20, height: 20, format: "png", quality: 80 },
        () => "",
      );
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(OgError);
    }
    expect(fetched.mock.calls).toEqual([]);
  });

  test("references into the card itself are well", async () => {
    const tree = treeOf(
      "svg",
      { viewBox: "0 0 1 1" },
      h("defs", null, h("linearGradient", { id: "a" })),
      h("rect", { fill: "url(#a)" }),
      h("path", { mask: "url('#b')", d: "M0 0" }),
    );
    expect((await finder.resolve(tree, page)).tree).toEqual(tree);
  });
});

describe("images of other hosts", () => {
  test.each([
    ["https://example.com/a.png", "example.com"],
    ["HTTPS://EXAMPLE.com/a.png", "example.com"],
    ["//example.com/a.png", "example.com"],
    ["https://cdn.allowed.example/a.png", "cdn.allowed.example"],
    ["https://allowed.example.evil.example/a.png", "allowed.example.evil.example"],
    ["https://allowed.example@evil.example/a.png", "evil.example"],
    ["https://allowed.example%2eevil.example/a.png", "allowed.example.evil.example"],
    ["https://evil.example/?https://allowed.example/", "evil.example"],
    ["https://evil.example\\@allowed.example/a.png", "evil.example"],
  ])("%s is not allowed", async (name, host) => {
    const using = open(["allowed.example"]);
    expect(using.isForbidden(name)).toBe(true);
    expect(await refusal(name, using)).toMatchObject({ code: "E_IMAGE", hint: `Add "${host}" to \`remoteHosts\`, or use a local copy.` });
  });

  test("none is fetched without https", async () => {
    const using = open(["allowed.example"]);
    expect(await refusal("http://allowed.example/a.png", using)).toMatchObject({
      code: "E_IMAGE",
      message: "The image http://allowed.example/a.png is not on https.",
      hint: "Use https, or a local copy.",
    });
  });

  test.each([
    "cover.png",
    "/cover.png",
    "data:,x",
    "./https/x.png",
    "https://allowed.example/a.png",
    "//allowed.example/a.png",
    "https://ALLOWED.example/a.png",
  ])("%s is not forbidden", (name) => {
    expect(open(["allowed.example"]).isForbidden(name)).toBe(false);
  });
});

describe("trees", () => {
  test("one file by several names is one image", async () => {
    const names = ["cover.png", "./cover.png", "../blog/cover.png", "in.png", "cover.png?v=2", "/content/blog/cover.png"];
    const { tree, images } = await finder.resolve(
      treeOf("div", { style: { backgroundImage: "url(cover.png)" } }, ...names.map((src) => h("img", { src }))),
      page,
    );
    expect(images).toHaveLength(1);
    expect(new Set(tree.props.children?.map((child) => (child as HostElement).props["src"]))).toEqual(
      new Set([`og-image:${images[0]?.digest}`]),
    );
  });

  test("two files with the same bytes are one image, too", async () => {
    const { images } = await finder.resolve(
      treeOf("div", null, h("img", { src: "data:,site/root.png" }), h("img", { src: "/root.png" })),
      page,
    );
    expect(images).toHaveLength(1);
  });

  test("all that is not an image stays as it is, and so does the given tree", async () => {
    const tree = treeOf(
      "div",
      { lang: "en", style: { color: "red" } },
      "text",
      h("p", null, "cover.png"),
      h("img", { src: "cover.png", alt: "url(x)", width: 10 }),
    );
    const before = structuredClone(tree);
    const resolved = await finder.resolve(tree, page);
    expect(tree).toEqual(before);
    expect(resolved.tree).toEqual({
      ...before,
      props: {
        ...before.props,
        children: [
          "text",
          { type: "p", props: { children: ["cover.png"] } },
          { type: "img", props: { src: `og-image:${sha256("site/content/blog/cover.png")}`, alt: "url(x)", width: 10 } },
        ],
      },
    });
  });

  test("a tree without images is the tree", async () => {
    const tree = treeOf("div", { style: { color: "red" } }, h("p", null, "a"));
    expect(await finder.resolve(tree, page)).toEqual({ tree, images: [], names: new Map(), lettered: [] });
  });
});
