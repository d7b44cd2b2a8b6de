import type { Config } from "@og-gen/core";

/** The headings of the help, in its order. */
export const GROUPS = ["Where", "Cards", "Run", "Look without making", "Output"] as const;

/** One option of the command line: read by `parseArgs`, printed by `--help`. */
interface Flag {
  readonly type: "string" | "boolean";
  readonly short?: string;
  /** What the help calls the value. */
  readonly value?: string;
  readonly group: (typeof GROUPS)[number];
  /** For the help. */
  readonly text: string;
  /** The option of the configuration that it sets. */
  readonly option?: keyof Config;
  /** How the value becomes that option's: paths start at the working directory. @default as it is */
  readonly reads?: "number" | "bytes" | "path" | "template";
  /** All values that there are. */
  readonly choices?: readonly string[];
}

export const FLAGS = {
  out: {
    type: "string",
    short: "o",
    value: "<dir>",
    group: "Where",
    text: "Folder for the images. Default: ./public/og, or <dir>/og for a built site; a file for og-gen templates",
    option: "outDir",
    reads: "path",
  },
  config: {
    type: "string",
    short: "c",
    value: "<file>",
    group: "Where",
    text: "Configuration file. Default: og.config.{ts,tsx,mjs,js,json}",
  },
  "cache-dir": {
    type: "string",
    value: "<dir>",
    group: "Where",
    text: "Folder for finished cards. Default: ./node_modules/.cache/og-gen",
    option: "cacheDir",
    reads: "path",
  },
  "no-cache": { type: "boolean", group: "Where", text: "Neither keep nor use finished cards" },

  template: {
    type: "string",
    short: "t",
    value: "<name>",
    group: "Cards",
    text: "A name shown by og-gen templates list, or a file such as ./og/post.tsx. Default: article",
    option: "template",
    reads: "template",
  },
  site: { type: "string", value: "<url>", group: "Cards", text: "Address of the site; without it there are no tags", option: "site" },
  base: {
    type: "string",
    value: "<path>",
    group: "Cards",
    text: "Path that the site lives under. Default: that of the site's address",
    option: "base",
  },
  format: {
    type: "string",
    value: "<name>",
    group: "Cards",
    text: "png, jpeg or webp. Default: png",
    option: "format",
    choices: ["png", "jpeg", "webp"],
  },
  quality: {
    type: "string",
    value: "<n>",
    group: "Cards",
    text: "1 to 100, for JPEG and WebP. Default: 85",
    option: "quality",
    reads: "number",
  },
  "max-bytes": {
    type: "string",
    value: "<size>",
    group: "Cards",
    text: "Size limit of a page's first image, such as 300kb, or false; a larger PNG is packed harder or becomes a JPEG. Default: 300kb",
    option: "maxBytes",
    reads: "bytes",
  },
  optimize: { type: "boolean", group: "Cards", text: "The fewest bytes for every image, which takes longer", option: "optimize" },
  inject: { type: "boolean", group: "Cards", text: "With og-gen html: write the tags into the pages (--check looks at the images only)" },

  force: { type: "boolean", group: "Run", text: "Make every image again; with eject, replace an existing file" },
  concurrency: {
    type: "string",
    value: "<n>",
    group: "Run",
    text: "Maximum number of renderer processes. Default: the number of cores",
    option: "concurrency",
    reads: "number",
  },
  "on-error": {
    type: "string",
    value: "<what>",
    group: "Run",
    text: "What a page gets if its card cannot be made: fallback (a plain card), fail (none) or skip (none, without an error). Default: fallback",
    option: "onError",
    choices: ["fallback", "fail", "skip"],
  },
  strict: { type: "boolean", group: "Run", text: "Treat warnings as errors" },

  "dry-run": { type: "boolean", group: "Look without making", text: "Show what would be made, and why" },
  check: { type: "boolean", group: "Look without making", text: "Exit 1 if an image is missing or out of date" },

  json: { type: "string", value: "[file]", group: "Output", text: "The result as JSON, on stdout or in a file ending in .json" },
  quiet: { type: "boolean", group: "Output", text: "Print errors only" },
  verbose: { type: "boolean", group: "Output", text: "Print a line per page, and every warning with all its pages" },
  help: { type: "boolean", short: "h", group: "Output", text: "Print this text" },
  version: { type: "boolean", short: "v", group: "Output", text: "Print the version" },
} as const satisfies Readonly<Record<string, Flag>>;

export type FlagName = keyof typeof FLAGS;

export interface NamedFlag extends Flag {
  readonly name: FlagName;
}

/** The flags as a list, for those who treat all alike. */
export const FLAG_LIST: readonly NamedFlag[] = Object.entries(FLAGS).map(([name, flag]) => ({
  ...flag,
  name: name as FlagName,
}));

/** What `og-gen templates` takes, by what it is to do. */
export const TEMPLATES_FLAGS: Readonly<Record<"sheet" | "list" | "eject", readonly FlagName[]>> = {
  sheet: ["out", "config", "cache-dir", "no-cache", "quality", "concurrency", "strict", "quiet", "verbose"],
  list: ["config"],
  eject: ["out", "config", "force", "quiet"],
};

/** Pairs of which one makes the other meaningless. */
export const CONFLICTS: readonly (readonly [FlagName, FlagName])[] = [
  ["dry-run", "check"],
  ["force", "check"],
  ["quiet", "verbose"],
  ["no-cache", "cache-dir"],
];
