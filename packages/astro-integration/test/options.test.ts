import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import og, { type OgOptions } from "../src/index.ts";
import { checkOptions } from "../src/options.ts";

test("what Astro decides is no option, and the message says where it is decided", () => {
  expect(() => checkOptions({ outDir: "./cards" } as OgOptions)).toThrow(
    expect.objectContaining({ code: "E_OPTION", hint: expect.stringContaining("publicPath") }),
  );
  expect(() => checkOptions({ site: "https://example.com" } as OgOptions)).toThrow(
    expect.objectContaining({ hint: "Set `site` in the Astro configuration." }),
  );
});

test.for([
  [{ notfound: true }, "Did you mean `notFound`?"],
  [{ noIndex: true }, "Did you mean `noindex`?"],
  [{ templat: "photo" }, "Did you mean `template`?"],
] as const)("a slip of the pen in %o is recognised", ([options, hint]) => {
  expect(() => checkOptions(options as OgOptions)).toThrow(expect.objectContaining({ code: "E_OPTION", hint }));
});

test("where no name is near, those that og() takes are listed", () => {
  const error = expect.objectContaining({
    message: "There is no option `foo`.",
    hint: expect.stringMatching(/^Known here: publicPath, template, .*, limits, notFound, noindex, strict\.$/),
  });
  expect(() => checkOptions({ foo: 1 } as OgOptions)).toThrow(error);
});

test.for(["x", null, ["photo"], 1, new Map(), () => undefined])("what is no object of options is told so: %o", (options) => {
  expect(() => checkOptions(options as OgOptions)).toThrow(
    expect.objectContaining({ code: "E_OPTION", message: "og() takes its options in one object, and was given something else." }),
  );
});

test("switches are true or false", () => {
  expect(() => checkOptions({ strict: "yes" } as unknown as OgOptions)).toThrow('The option `strict` is "yes"; it must be true or false.');
  expect(checkOptions({ strict: true, format: "jpeg" })).toEqual({
    config: { format: "jpeg" },
    notFound: false,
    noindex: false,
    strict: true,
  });
});

test("no option of core's is taken for a slip of one of ours", () => {
  const config: Required<Omit<OgOptions, "notFound" | "noindex" | "strict">> = {
    publicPath: "og",
    template: "photo",
    templates: {},
    rules: [],
    theme: {},
    fonts: [],
    emoji: "twemoji",
    variants: { og: {} },
    format: "png",
    quality: 80,
    maxBytes: 200_000,
    optimize: true,
    remoteHosts: [],
    concurrency: 1,
    timeout: 1000,
    cacheDir: false,
    onError: "fallback",
    limits: { remoteMs: 1000 },
  };
  expect(checkOptions(config).config).toEqual(config);
});

test("the integration does nothing but in a build", async () => {
  const done: string[] = [];
  const { hooks } = og();
  const config = { cacheDir: pathToFileURL(await mkdtemp(join(tmpdir(), "og-gen-options-"))) };
  onTestFinished(() => rm(config.cacheDir, { recursive: true }));
  const setup = (command: string) =>
    hooks["astro:config:setup"]?.({
      command,
      config,
      addMiddleware: () => done.push("middleware"),
      updateConfig: () => done.push("config"),
    } as never);
  for (const command of ["dev", "preview", "sync"]) await setup(command);
  expect(done).toEqual([]);
  await setup("build");
  expect(done).toEqual(["config", "middleware"]);
});
