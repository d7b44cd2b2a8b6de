import { checkConfig, type Config, OgError } from "@og-gen/core";

/** What `og()` takes: all that `og.config.ts` may say, which it replaces option by option, and what only makes sense in Astro. */
export interface OgOptions extends Omit<Config, AstroDecides> {
  /** Cards also for the 404 and 500 pages, those of each language included. @default false */
  readonly notFound?: boolean | undefined;
  /** Cards also for pages that ask search engines not to list them. @default false */
  readonly noindex?: boolean | undefined;
  /**
   * Fail the build, after all pages are done, when one of them did not get the card it asked for or something was warned of.
   * @default false
   */
  readonly strict?: boolean | undefined;
}

/** What Astro's own configuration and its output say; in `og.config.ts` these are for the command line. */
type AstroDecides = "site" | "base" | "source" | "outDir" | "publicDir";

/** `OgOptions` with a value for what only makes sense in Astro. */
export interface CheckedOptions {
  readonly config: Config;
  readonly notFound: boolean;
  readonly noindex: boolean;
  readonly strict: boolean;
}

const OURS = ["notFound", "noindex", "strict"] as const;
const ASTRO_DECIDES: Readonly<Record<AstroDecides, string>> = {
  site: "Set `site` in the Astro configuration.",
  base: "Set `base` in the Astro configuration.",
  source: "The pages are those that Astro builds.",
  outDir: "The images go into Astro's `outDir`; `publicPath` names the folder in it.",
  publicDir: "Set `publicDir` in the Astro configuration.",
};

/** @throws OgError `E_OPTION` that names the option, what is wrong with it and the nearest known name */
export function checkOptions(options: OgOptions): CheckedOptions {
  if (Object.prototype.toString.call(options) !== "[object Object]") {
    throw new OgError("E_OPTION", "og() takes its options in one object, and was given something else.", {
      hint: 'Write them as `og({ template: "photo" })`.',
    });
  }
  const { notFound = false, noindex = false, strict = false, ...config } = options;
  for (const [name, value] of Object.entries({ notFound, noindex, strict })) {
    if (typeof value !== "boolean")
      throw new OgError("E_OPTION", `The option \`${name}\` is ${JSON.stringify(value)}; it must be true or false.`);
  }
  for (const name of Object.keys(config)) {
    if (Object.hasOwn(ASTRO_DECIDES, name)) {
      throw new OgError("E_OPTION", `There is no option \`${name}\` of og().`, { hint: ASTRO_DECIDES[name as AstroDecides] });
    }
  }
  const names = (known: readonly string[]) => [...known.filter((name) => !Object.hasOwn(ASTRO_DECIDES, name)), ...OURS];
  return { config: checkConfig(config, undefined, names), notFound, noindex, strict };
}
