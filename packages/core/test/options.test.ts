import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { OgError } from "../src/error.ts";
import { LIMITS } from "../src/limits.ts";
import { checkConfig, resolveOptions, type Options } from "../src/options.ts";

/** The error that a wrong configuration ends with; the types would not let one through. */
function refused(config: unknown, check: (config: never) => unknown = checkConfig): OgError {
  try {
    check(config as never);
  } catch (thrown) {
    if (thrown instanceof OgError) return thrown;
    throw thrown;
  }
  throw new Error("It was accepted.");
}

describe("an option that does not exist", () => {
  test.each([
    [{ outdir: "x" }, "outdir", "Did you mean `outDir`?"],
    [{ theme: { colours: {} } }, "theme.colours", "Did you mean `theme.colors`?"],
    [{ theme: { sitename: "x" } }, "theme.sitename", "Did you mean `theme.siteName`?"],
    [{ theme: { colors: { primary: "#fff" } } }, "theme.colors.primary", "Known here: brand, background, foreground, muted."],
    [{ theme: { font: { headng: "Lora" } } }, "theme.font.headng", "Did you mean `theme.font.heading`?"],
    [{ variants: { og: { widht: 1200 } } }, "variants.og.widht", "Did you mean `variants.og.width`?"],
    [{ rules: [{ matches: "blog/**" }] }, "rules.0.matches", "Did you mean `rules.0.match`?"],
    [{ rules: [{ match: "a" }, { match: "b", tempalte: "x" }] }, "rules.1.tempalte", "Did you mean `rules.1.template`?"],
    [{ rules: [{ match: "a", theme: { colour: {} } }] }, "rules.0.theme.colour", "Did you mean `rules.0.theme.colors`?"],
    [{ fonts: ["a.ttf", { file: "b.ttf", wieght: 700 }] }, "fonts.1.wieght", "Did you mean `fonts.1.weight`?"],
  ])("%j", (config, name, hint) => {
    expect(refused(config)).toMatchObject({ code: "E_OPTION", message: `There is no option \`${name}\`.`, hint });
  });

  test.each(["zzzzzz", "constructor", "toString", "__proto__", "a.b"])("%j, and the known ones are listed", (name) => {
    const error = refused(JSON.parse(`{ ${JSON.stringify(name)}: 1 }`));
    expect(error.message).toBe(`There is no option \`${name}\`.`);
    expect(error.hint).toMatch(/^Known here: site, base, source, .*, onError, limits\.$/);
  });

  test("a run's own options are none of a configuration's", () => {
    expect(refused({ force: true }).message).toBe("There is no option `force`.");
    expect(resolveOptions({ force: true }).force).toBe(true);
  });

  test("an option that is left undefined is no option", () => {
    expect(checkConfig({ site: undefined, theme: { logo: undefined, colors: { brand: undefined } } })).toBeDefined();
  });
});

describe("an option with a wrong value", () => {
  const hostName = "the name of a host, such as images.example.com";
  const webAddress = "an absolute http(s) URL without ? and #, such as https://example.com";
  const addressPath = "the path of a folder of the site, such as /images/og/";
  const oneUp = "a whole number from 1 up";
  const templateName = "the name of a template, a path, a function, or a list of at least one name or path";
  const fontFile = "the path of a font file, or { file, family, weight, style }";

  test.each<[unknown, string]>([
    [{ site: "example.com" }, `\`site\` is "example.com"; it must be ${webAddress}.`],
    [{ site: "ftp://example.com" }, `\`site\` is "ftp://example.com"; it must be ${webAddress}.`],
    [{ site: "https://" }, `\`site\` is "https://"; it must be ${webAddress}.`],
    [{ site: "" }, '`site` is ""; it must be a text that is not empty.'],
    [{ site: "  " }, '`site` is "  "; it must be a text that is not empty.'],
    [{ site: 3 }, "`site` is 3; it must be a text."],
    [{ site: "https://example.com/?a=1" }, `\`site\` is "https://example.com/?a=1"; it must be ${webAddress}.`],
    [{ base: "/docs?#" }, `\`base\` is "/docs?#"; it must be ${addressPath}.`],
    [{ publicPath: "https://cdn.example.com/og" }, `\`publicPath\` is "https://cdn.example.com/og"; it must be ${addressPath}.`],
    [{ publicPath: "../og" }, `\`publicPath\` is "../og"; it must be ${addressPath}.`],
    [{ template: [] }, `\`template\` is a list; it must be ${templateName}.`],
    [{ base: null }, "`base` is null; it must be a text."],
    [{ outDir: "" }, '`outDir` is ""; it must be a text that is not empty.'],
    [{ concurrency: 0 }, `\`concurrency\` is 0; it must be ${oneUp}.`],
    [{ concurrency: -2 }, `\`concurrency\` is -2; it must be ${oneUp}.`],
    [{ concurrency: 1.5 }, `\`concurrency\` is 1.5; it must be ${oneUp}.`],
    [{ concurrency: Number.NaN }, `\`concurrency\` is NaN; it must be ${oneUp}.`],
    [{ concurrency: Infinity }, `\`concurrency\` is Infinity; it must be ${oneUp}.`],
    [{ concurrency: "4" }, `\`concurrency\` is "4"; it must be ${oneUp}.`],
    [{ quality: 0 }, "`quality` is 0; it must be a whole number from 1 to 100."],
    [{ maxBytes: 300 }, "`maxBytes` is 300; it must be a whole number of bytes from 1000 up, or false."],
    [{ maxBytes: true }, "`maxBytes` is true; it must be a whole number of bytes from 1000 up, or false."],
    [{ variants: { og: { maxBytes: 0 } } }, "`variants.og.maxBytes` is 0; it must be a whole number of bytes from 1000 up, or false."],
    [{ optimize: 1 }, "`optimize` is 1; it must be true or false."],
    [{ quality: 101 }, "`quality` is 101; it must be a whole number from 1 to 100."],
    [{ timeout: 0 }, "`timeout` is 0; it must be a whole number from 1 to 2147483647."],
    [{ timeout: 2 ** 31 }, "`timeout` is 2147483648; it must be a whole number from 1 to 2147483647."],
    [{ format: "gif" }, '`format` is "gif"; it must be "png", "jpeg" or "webp".'],
    [{ format: "PNG" }, '`format` is "PNG"; it must be "png", "jpeg" or "webp".'],
    [{ onError: "ignore" }, '`onError` is "ignore"; it must be "fallback", "fail" or "skip".'],
    [{ limits: 3 }, "`limits` is 3; it must be an object."],
    [{ limits: { imageBytes: 0 } }, "`limits.imageBytes` is 0; it must be a whole number from 1 up."],
    [{ limits: { imagePixels: 2 ** 31 } }, "`limits.imagePixels` is 2147483648; it must be a whole number from 1 to 2147483647."],
    [{ limits: { templateDepth: 1001 } }, "`limits.templateDepth` is 1001; it must be a whole number from 1 to 1000."],
    [{ limits: { rendererMegabytes: 100 } }, "`limits.rendererMegabytes` is 100; it must be a whole number from 128 up."],
    [{ limits: { remoteRedirects: -1 } }, "`limits.remoteRedirects` is -1; it must be a whole number from 0 to 20."],
    [{ cacheDir: true }, "`cacheDir` is true; it must be the path of a folder, or false."],
    [{ source: 3 }, "`source` is 3; it must be the path of a folder, or an iterable of pages."],
    [{ source: {} }, "`source` is an object; it must be the path of a folder, or an iterable of pages."],
    [{ source: () => [] }, "`source` is a function; it must be the path of a folder, or an iterable of pages."],
    [{ template: null }, `\`template\` is null; it must be ${templateName}.`],
    [{ template: {} }, `\`template\` is an object; it must be ${templateName}.`],
    [{ templates: { post: 3 } }, `\`templates.post\` is 3; it must be ${templateName}.`],
    [{ theme: "dark" }, '`theme` is "dark"; it must be an object.'],
    [{ theme: null }, "`theme` is null; it must be an object."],
    [{ theme: [] }, "`theme` is a list; it must be an object."],
    [{ theme: { mode: "drak" } }, '`theme.mode` is "drak"; it must be "light" or "dark".'],
    [{ theme: { colors: "red" } }, '`theme.colors` is "red"; it must be an object.'],
    [{ theme: { colors: { brand: 3 } } }, "`theme.colors.brand` is 3; it must be a text."],
    [{ theme: { logo: false } }, "`theme.logo` is false; it must be a text."],
    [{ theme: { font: 3 } }, "`theme.font` is 3; it must be the name of a family, or { heading, body }."],
    [{ theme: { font: { heading: 3 } } }, "`theme.font.heading` is 3; it must be a text."],
    [{ fonts: "Lora.ttf" }, '`fonts` is "Lora.ttf"; it must be a list.'],
    [{ fonts: [3] }, `\`fonts.0\` is 3; it must be ${fontFile}.`],
    [{ fonts: [{}] }, "`fonts.0.file` is missing."],
    [{ fonts: [{ file: "a.ttf", weight: "bold" }] }, '`fonts.0.weight` is "bold"; it must be a whole number from 1 to 1000.'],
    [{ fonts: [{ file: "a.ttf", style: "oblique" }] }, '`fonts.0.style` is "oblique"; it must be "normal" or "italic".'],
    [{ variants: null }, "`variants` is null; it must be an object."],
    [{ variants: {} }, "`variants` is an object; it must be at least one variant."],
    [{ variants: { og: 3 } }, "`variants.og` is 3; it must be an object."],
    [{ variants: { og: { width: 15 } } }, "`variants.og.width` is 15; it must be a whole number from 16 to 4096."],
    [{ variants: { og: { height: 4097 } } }, "`variants.og.height` is 4097; it must be a whole number from 16 to 4096."],
    [{ variants: { og: { format: "avif" } } }, '`variants.og.format` is "avif"; it must be "png", "jpeg" or "webp".'],
    [{ rules: {} }, "`rules` is an object; it must be a list."],
    [{ rules: [3] }, "`rules.0` is 3; it must be an object."],
    [{ rules: [{}] }, "`rules.0.match` is missing."],
    [{ rules: [{ match: 3 }] }, "`rules.0.match` is 3; it must be a glob, or a list of globs."],
    [{ rules: [{ match: "a", skip: "yes" }] }, '`rules.0.skip` is "yes"; it must be true or false.'],
    [{ emoji: "apple" }, '`emoji` is "apple"; it must be "twemoji", "noto", "fluent", "openmoji" or false.'],
    [{ remoteHosts: "cdn.example.com" }, '`remoteHosts` is "cdn.example.com"; it must be a list.'],
    [{ remoteHosts: ["https://cdn.example.com"] }, `\`remoteHosts.0\` is "https://cdn.example.com"; it must be ${hostName}.`],
    [{ remoteHosts: ["cdn.example.com:8080"] }, `\`remoteHosts.0\` is "cdn.example.com:8080"; it must be ${hostName}.`],
  ])("%j", (config, message) => {
    expect(refused(config)).toMatchObject({ code: "E_OPTION", message: `The option ${message}` });
  });

  test.each<[unknown, string]>([
    [{ root: "" }, '`root` is ""; it must be a text that is not empty.'],
    [{ force: "yes" }, '`force` is "yes"; it must be true or false.'],
    [{ store: {} }, "`store` is an object; it must be a store: an object with get() and set()."],
    [{ renderer: { render() {} } }, "`renderer` is an object; it must be a renderer: an object with render() and close()."],
    [{ signal: {} }, "`signal` is an object; it must be an AbortSignal."],
  ])("of a run: %j", (options, message) => {
    expect(refused(options, resolveOptions)).toMatchObject({ code: "E_OPTION", message: `The option ${message}` });
  });

  test.each(["../og", "a b", "-og", "", "2"])("a variant may not be named %j", (name) => {
    expect(refused({ variants: { og: {}, [name]: {} } })).toMatchObject({ code: "E_OPTION", message: expect.stringContaining("letter") });
  });

  test("a long value is cut short", () => {
    expect(refused({ format: "x".repeat(500) }).message.length).toBeLessThan(160);
  });
});

describe("a configuration that is none", () => {
  test.each<[string, unknown, string]>([
    ["null", null, "null"],
    ["undefined", undefined, "undefined"],
    ["a text", "og", '"og"'],
    ["a number", 3, "3"],
    ["a list", [], "a list"],
    ["a function", () => ({}), "a function"],
    ["a promise", Promise.resolve({ site: "https://example.com" }), "a promise"],
    ["a Map", new Map(), "a Map"],
  ])("%s", (_, config, shown) => {
    expect(refused(config)).toMatchObject({ code: "E_OPTION", message: `The configuration is ${shown}; it must be an object.` });
  });

  test("its file is named", () => {
    expect(() => checkConfig(null, "/site/og.config.ts")).toThrow(expect.objectContaining({ file: "/site/og.config.ts" }));
  });
});

describe("values that are taken", () => {
  const draw = () => ({}) as never;
  const pages = [{ id: "a", title: "A" }];
  async function* later() {
    yield { id: "a", title: "A" };
  }

  test("functions and iterables stay what they are", () => {
    const source = later();
    const options = resolveOptions({
      source,
      template: draw,
      templates: { post: draw },
      rules: [{ match: "**", template: draw }],
      variants: { og: { template: draw } },
    });
    expect(options.source).toBe(source);
    expect([options.template, options.templates["post"], options.rules[0]?.template, options.variants[0].template]).toEqual([
      draw,
      draw,
      draw,
      draw,
    ]);
  });

  test.each([
    ["a list", pages],
    ["a set", new Set(pages)],
    ["a generator", later()],
  ])("%s is a source", (_, source) => {
    expect(resolveOptions({ source }).source).toBe(source);
  });

  test("a store, a renderer and a signal are the same objects", () => {
    const store = { get: async () => undefined, set: async () => {} };
    const renderer = { render: async () => ({ bytes: new Uint8Array(), degraded: false }), close: async () => {} };
    const { signal } = new AbortController();
    expect(resolveOptions({ store, renderer, signal })).toMatchObject({ store, renderer, signal });
    expect(resolveOptions({ store }).store).toBe(store);
  });

  test("spaces around a text do not count", () => {
    expect(resolveOptions({ site: " https://example.com ", outDir: " dist/og\n" })).toMatchObject({
      site: "https://example.com",
      outDir: resolve("dist/og"),
    });
  });
});

describe("what is left out", () => {
  test("has these values", () => {
    expect(resolveOptions({})).toEqual({
      root: process.cwd(),
      site: undefined,
      base: "/",
      source: "content",
      outDir: resolve("public/og"),
      publicDir: resolve("public"),
      publicPath: "/og/",
      template: "article",
      templates: {},
      rules: [],
      theme: {},
      fonts: [],
      emoji: "twemoji",
      variants: [{ name: "og", width: 1200, height: 630, template: undefined, format: "png", maxBytes: 300_000 }],
      quality: 85,
      optimize: false,
      remoteHosts: [],
      concurrency: availableParallelism(),
      timeout: 10_000,
      cacheDir: resolve("node_modules/.cache/og-gen"),
      onError: "fallback",
      limits: LIMITS,
      force: false,
      store: undefined,
      renderer: undefined,
      signal: undefined,
      warnings: [],
    });
  });

  test("paths start at the root", () => {
    const root = resolve("/site");
    expect(resolveOptions({ root, outDir: "out", publicDir: "static", cacheDir: ".cache" })).toMatchObject({
      root,
      outDir: join(root, "out"),
      publicDir: join(root, "static"),
      cacheDir: join(root, ".cache"),
    });
    expect(resolveOptions({ root, cacheDir: false }).cacheDir).toBeUndefined();
  });

  test("a variant has the size and the format of the rest", () => {
    expect(
      resolveOptions({ format: "jpeg", variants: { og: {}, square: { width: 600, height: 600, format: "webp", template: "minimal" } } })
        .variants,
    ).toEqual([
      { name: "og", width: 1200, height: 630, template: undefined, format: "jpeg", maxBytes: 300_000 },
      { name: "square", width: 600, height: 600, template: "minimal", format: "webp", maxBytes: undefined },
    ]);
  });

  test("`maxBytes` is for the first variant, unless another has its own", () => {
    const bytesOf = (options: Options) => resolveOptions(options).variants.map(({ maxBytes }) => maxBytes);
    expect(bytesOf({ maxBytes: 5000, variants: { og: {}, square: {}, tall: { maxBytes: 7000 } } })).toEqual([5000, undefined, 7000]);
    expect(bytesOf({ maxBytes: false, variants: { og: {}, square: {} } })).toEqual([undefined, undefined]);
    expect(bytesOf({ variants: { og: { maxBytes: false }, square: {} } })).toEqual([undefined, undefined]);
  });

  test("a path is a font file, and hosts are in lower case", () => {
    const options = resolveOptions({ fonts: ["a.ttf", { file: "b.ttf", weight: 700 }], remoteHosts: ["CDN.Example.com"] });
    expect(options.fonts).toEqual([{ file: "a.ttf" }, { file: "b.ttf", weight: 700 }]);
    expect(options.remoteHosts).toEqual(["cdn.example.com"]);
  });

  test("WebP as the primary image is worth a warning, but not as a further one", () => {
    expect(resolveOptions({ format: "webp" }).warnings).toMatchObject([{ code: "W_PRIMARY_FORMAT" }]);
    expect(resolveOptions({ variants: { og: {}, small: { format: "webp" } } }).warnings).toEqual([]);
  });
});

describe("where the images are served", () => {
  test.each([
    ["below publicDir", {}, "/og/"],
    ["deeper below publicDir", { outDir: "public/images/cards" }, "/images/cards/"],
    ["publicDir itself", { outDir: "public" }, "/"],
    ["below another folder", { outDir: "static/images/cards" }, "/images/cards/"],
    ["a folder by itself, whose name begins like publicDir", { outDir: "public-og" }, "/public-og/"],
    ["outside of the project", { outDir: "../elsewhere/static/cards" }, "/cards/"],
    ["another publicDir", { outDir: "static/cards", publicDir: "static" }, "/cards/"],
    ["as it is said", { publicPath: "cards" }, "/cards/"],
    ["with slashes", { publicPath: "//a/b//" }, "/a/b/"],
    ["at the root", { publicPath: "/" }, "/"],
    ["in the folder itself", { publicPath: "./cards/." }, "/cards/"],
  ])("%s: %j is %s", (_, options, publicPath) => {
    expect(resolveOptions(options).publicPath).toBe(publicPath);
  });

  test.each([
    [undefined, "/"],
    ["", "/"],
    ["/", "/"],
    ["docs", "/docs/"],
    ["/docs/", "/docs/"],
    ["/a/b", "/a/b/"],
  ])("the base %j is %j", (base, expected) => {
    expect(resolveOptions({ base }).base).toBe(expected);
  });
});

test.each([
  [{ site: "https://me.example/blog" }, "/blog/"],
  [{ site: "https://me.example" }, "/"],
  [{ site: "https://me.example/blog", base: "/docs" }, "/docs/"],
])("the base of %j is %j", (options, base) => {
  expect(resolveOptions(options).base).toBe(base);
});
