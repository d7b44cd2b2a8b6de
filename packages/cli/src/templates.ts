import { lstat } from "node:fs/promises";
import { extname, relative, resolve, sep } from "node:path";
import { contactSheet, ejectTemplate, type Format, listTemplates, type LoadedConfig, OgError } from "@og-gen/core";
import type { TemplatesArguments } from "./arguments/parse.ts";
import { settingsOf } from "./arguments/settings.ts";
import { EXIT } from "./exit-code.ts";
import { interruptionCode, unlessInterrupted } from "./interruption.ts";
import type { Io } from "./io.ts";
import { count } from "./report/count.ts";
import { errorFinding, warningFinding } from "./report/findings.ts";
import { fromCwd } from "./report/paths.ts";
import { reportFindings } from "./report/report-findings.ts";
import { writerTo } from "./report/writer.ts";
import { writeOutput } from "./write-output.ts";

const ACTIONS = { sheet, list, eject } as const;

/** `og-gen templates`; resolves with the exit code. */
export async function templates(config: LoadedConfig, args: TemplatesArguments, io: Io): Promise<number> {
  return ACTIONS[args.action](config, args, io);
}

const FORMATS: Readonly<Record<string, Format>> = { ".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".webp": "webp" };

/** One picture of all templates, with the user's theme. */
async function sheet({ config, root }: LoadedConfig, { flags }: TemplatesArguments, io: Io): Promise<number> {
  const { out = "og-templates.png", ...others } = flags;
  const format = FORMATS[extname(out).toLowerCase()];
  if (format === undefined) {
    throw new OgError("E_OPTION", `The option --out is "${out}"; it must end in .png, .jpg, .jpeg or .webp.`, {
      hint: "Such as `og-gen templates --out docs/templates.webp`.",
    });
  }
  const options = { ...config, ...settingsOf(others, io.cwd), root };
  const made = await unlessInterrupted(contactSheet(options, format), io.signal);
  if (made === undefined) return interruptionCode(io.signal);
  const file = resolve(io.cwd, out);
  await writeOutput(file, made.bytes, { what: "The picture", option: "--out" });
  const findings = [
    ...made.failed.map(({ name, error }) => errorFinding(error, name)),
    ...made.warnings.map((warning) => warningFinding(warning, flags.strict ?? false)),
  ];
  reportFindings(findings, flags, io);
  if (!flags.quiet) writerTo(io.stdout, io.env).line(`${count(made.templates.length, "template")} → ${fromCwd(file, io.cwd)}`);
  return findings.some(({ severity }) => severity === "error") ? EXIT.findings : EXIT.ok;
}

/** Name, origin and purpose of each, a line a template. */
async function list({ config, root }: LoadedConfig, _args: TemplatesArguments, io: Io): Promise<number> {
  const all = listTemplates({ root, templates: config.templates ?? {} });
  const { line, paint } = writerTo(io.stdout, io.env);
  const [names, origins] = [Math.max(...all.map(({ name }) => name.length)), Math.max(...all.map(({ from }) => from.length))];
  for (const { name, from, purpose = "" } of all) {
    line(`${name.padEnd(names)}  ${paint("dim", from.padEnd(origins))}  ${purpose}`.trimEnd());
  }
  return EXIT.ok;
}

/** The source of a built-in template, into the project. */
async function eject({ config, root }: LoadedConfig, { name, flags }: TemplatesArguments, io: Io): Promise<number> {
  const source = ejectTemplate(name);
  const file = flags.out === undefined ? resolve(root, "og", `${name}.tsx`) : resolve(io.cwd, flags.out);
  if (!flags.force) await refuseToReplace(file);
  await writeOutput(file, source, { what: "The template", option: "--out" });
  if (flags.quiet) return EXIT.ok;
  const { line } = writerTo(io.stdout, io.env);
  line(`${name} → ${fromCwd(file, io.cwd)}`);
  const path = relative(root, file).replaceAll(sep, "/");
  const replaces = path === `og/${name}.tsx` && !Object.hasOwn(config.templates ?? {}, name);
  line(replaces ? `It is used in place of the built-in \`${name}\`: change what you like.` : `Use it as \`template: "./${path}"\`.`);
  return EXIT.ok;
}

/** @throws OgError `E_OPTION` */
async function refuseToReplace(file: string): Promise<void> {
  if (!(await lstat(file).catch(() => undefined))) return;
  throw new OgError("E_OPTION", "The file is there already, and was left as it is.", {
    file,
    hint: "--force replaces it, --out <file> names another.",
  });
}
