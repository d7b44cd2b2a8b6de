import { parseArgs } from "node:util";
import { nearest, OgError } from "@og-gen/core/command";
import { CONFLICTS, FLAG_LIST, FLAGS, TEMPLATES_FLAGS } from "./flags.ts";

/** `json` is `-` for stdout. */
export type Flags = ReturnType<typeof readFlags>["values"];

/** A command line that makes sense, and makes images or says what would be made. */
export interface MakeArguments {
  /** What the pages are made from. */
  readonly command: "markdown" | "html";
  /** As written. */
  readonly dir: string | undefined;
  readonly flags: Flags;
}

/** `og-gen templates`: a picture of all, their names, or the source of one. */
export interface TemplatesArguments {
  readonly command: "templates";
  readonly action: "sheet" | "list" | "eject";
  /** Of the template to eject. */
  readonly name: string;
  readonly flags: Flags;
}

export type Arguments = MakeArguments | TemplatesArguments;

/**
 * Reads a command line. `--json` takes a file only as `--json=file`, or when the next argument ends in `.json`.
 * @throws OgError `E_OPTION` that names the argument, what is allowed and the nearest known name
 */
export function parseArguments(argv: readonly string[]): Arguments {
  const args = withJsonTarget(argv);
  checkTokens(args);
  const { values, positionals } = readFlags(args);
  if (values.help || values.version) return { command: "markdown", dir: undefined, flags: values };
  for (const [one, other] of CONFLICTS) {
    if (values[one] && values[other]) throw usage(`--${one} and --${other} exclude each other.`, "Leave one of them out.");
  }
  if (positionals[0] === "templates") return templatesArguments(positionals.slice(1), values);
  const command = positionals[0] === "html" ? "html" : "markdown";
  const [dir, ...others] = command === "html" ? positionals.slice(1) : positionals;
  if (others.length > 0) {
    throw usage(`There is one folder too many: ${others.join(" ")}.`, "Give one folder; its files are chosen by `source` in og.config.");
  }
  if (dir === "") throw usage("The folder has no name.", "Is a variable of the shell empty? Leave the folder out for ./content.");
  if (command === "html" && dir === undefined) {
    throw usage(
      "og-gen html needs the folder of the built site.",
      "Such as `og-gen html dist`. A content folder of that name is `./html`.",
    );
  }
  if (command === "markdown" && values.inject) {
    throw usage("--inject is for built HTML only.", "Such as `og-gen html dist --inject`, after the site is built.");
  }
  return { command, dir, flags: values };
}

function templatesArguments([action = "sheet", name, ...others]: readonly string[], flags: Flags): TemplatesArguments {
  if (action !== "sheet" && action !== "list" && action !== "eject") {
    throw usage(
      `og-gen templates does not know \`${action}\`.`,
      "There are `og-gen templates`, `og-gen templates list` and `og-gen templates eject <name>`. A content folder of that name is `./templates`.",
    );
  }
  if (action === "eject" && name === undefined) {
    throw usage("og-gen templates eject needs the name of a template.", "Such as `og-gen templates eject article`.");
  }
  const surplus = action === "eject" ? others : [name, ...others].filter((word) => word !== undefined);
  if (surplus.length > 0) throw usage(`There is one word too many: ${surplus.join(" ")}.`, "`og-gen --help` shows what there is.");
  const allowed = TEMPLATES_FLAGS[action];
  const wrong = FLAG_LIST.find((flag) => flags[flag.name] !== undefined && !allowed.includes(flag.name));
  if (wrong) {
    throw usage(
      `--${wrong.name} means nothing to og-gen templates${action === "sheet" ? "" : ` ${action}`}.`,
      `It takes ${allowed.map((flag) => `--${flag}`).join(", ")}.`,
    );
  }
  return { command: "templates", action, name: name ?? "", flags };
}

function readFlags(args: readonly string[]) {
  return parseArgs({ args: [...args], options: FLAGS, allowPositionals: true });
}

/** `--json` with its value made plain, so that it is an option like any other. */
function withJsonTarget(argv: readonly string[]): readonly string[] {
  const end = argv.includes("--") ? argv.indexOf("--") : argv.length;
  return argv.flatMap((arg, index) => {
    if (index >= end) return [arg];
    if (index > 0 && argv[index - 1] === "--json" && isJsonFile(arg)) return [];
    if (arg !== "--json") return [arg];
    const next = index + 1 < end ? argv[index + 1] : undefined;
    return [next !== undefined && isJsonFile(next) ? `--json=${next}` : "--json=-"];
  });
}

function isJsonFile(arg: string): boolean {
  return arg === "-" || (/\.json$/i.test(arg) && !arg.startsWith("-"));
}

/** What `parseArgs` would refuse in its own words, in ours. */
function checkTokens(args: readonly string[]): void {
  const { tokens } = parseArgs({ args: [...args], options: FLAGS, allowPositionals: true, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const flag = FLAG_LIST.find(({ name }) => name === token.name);
    if (flag === undefined) throw unknownFlag(token);
    const example = `--${flag.name} ${flag.value}`;
    if (flag.type === "boolean" && token.value !== undefined)
      throw usage(`${token.rawName} takes no value.`, `Write ${token.rawName} alone.`);
    if (flag.type === "boolean") continue;
    if (!token.value) throw usage(`${token.rawName} needs a value.`, `Write ${example}.`);
    if (!token.inlineValue && token.value.startsWith("-")) {
      throw usage(
        `${token.rawName} needs a value, and ${token.value} looks like an option.`,
        `Write ${example}, or --${flag.name}=${token.value}.`,
      );
    }
    if (!token.rawName.startsWith("--") && token.value.startsWith("=")) {
      throw usage(`${token.rawName} takes its value without \`=\`.`, `Write ${token.rawName} ${token.value.slice(1)}.`);
    }
  }
}

function unknownFlag({ name, rawName }: { readonly name: string; readonly rawName: string }): OgError {
  const known = FLAG_LIST.map((flag) => flag.name);
  const meant = nearest(name, known);
  return usage(`There is no option ${rawName}.`, meant ? `Did you mean --${meant}?` : "`og-gen --help` shows all options.");
}

function usage(message: string, hint: string): OgError {
  return new OgError("E_OPTION", message, { hint });
}
