import { existsSync, readdirSync, statSync } from "node:fs";
import { extname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { OgError, reasonOf } from "../error.ts";
import { nearest } from "../nearest.ts";
import { OWN_CODE, IS_SOURCE } from "../own-files.ts";
import type { Template } from "../types.ts";
import { importModule } from "./import-module.ts";
import { pick } from "./pick.ts";

/** A template that can be called, and what to call it in messages and in the manifest. */
export interface LoadedTemplate {
  readonly name: string;
  readonly template: Template;
}

/** What names a template: its name or path, the function itself, or several names of which each page gets one. */
type Wanted = string | Template | readonly string[];

/** Of a page, what chooses among several names. */
type PageId = Parameters<typeof pick>[0];
const HOME: PageId = { id: "" };

/** Where templates are found. */
export interface TemplatePlaces {
  readonly root: string;
  /** The configuration's own names. */
  readonly templates: Readonly<Record<string, Wanted>>;
}

const BUILT_IN = join(OWN_CODE, "templates");
const CODE = [".tsx", ".ts", ".jsx", ".mjs", ".js"];

/**
 * The names of the built-in templates: each file of `templates/` is one.
 * @throws OgError `E_TEMPLATE` where this package is not in files of its own any more
 */
export function builtInTemplates(): readonly string[] {
  return filesOf(BUILT_IN)
    .filter((file) => /\.(js|tsx)$/.test(file))
    .map(nameOf)
    .sort();
}

function filesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (thrown) {
    throw new OgError("E_TEMPLATE", `The built-in templates cannot be found: ${reasonOf(thrown)}.`, {
      hint: "Leave @og-gen/core out of bundles: it reads files of its own, and starts processes from them.",
      cause: thrown,
    });
  }
}

/**
 * Loads templates, each once.
 *
 * A name is looked for among the configuration's `templates`, then in the project's folder `og/`, then among the built-in
 * ones, so that a built-in template is replaced by a file with its name.
 *
 * The configuration may name any file; a page may not, since pages are data and data must not choose what code runs:
 * it gives a name, or the path of a file in `og/`.
 */
export function createTemplateLoader(places: TemplatePlaces) {
  const loaded = new Map<string | Template, Promise<LoadedTemplate>>();
  const conventionals = new Map<string, string | undefined>();
  let names: ReadonlySet<string> | undefined;
  const builtIns = () => (names ??= new Set(builtInTemplates()));

  function once(id: string | Template, load: () => Promise<LoadedTemplate>): Promise<LoadedTemplate> {
    const known = loaded.get(id) ?? load();
    loaded.set(id, known);
    return known;
  }

  function load(wanted: Wanted, page: PageId, via: readonly string[] = []): Promise<LoadedTemplate> {
    if (typeof wanted === "function") return once(wanted, async () => ({ name: wanted.name || "template", template: wanted }));
    if (typeof wanted !== "string") return load(pick(page, wanted), page, via);
    const own = Object.hasOwn(places.templates, wanted) ? places.templates[wanted] : undefined;
    if (via.includes(wanted)) throw leadsBack([...via, wanted]);
    if (own !== undefined && own !== wanted) return load(own, page, [...via, wanted]);
    if (looksLikePath(wanted)) return loadPath(resolve(places.root, wanted));
    return once(wanted, () => loadNamed(wanted));
  }

  /** The project's own file with this name. */
  function conventional(name: string): string | undefined {
    if (!conventionals.has(name)) conventionals.set(name, CODE.map((extension) => join(places.root, "og", name + extension)).find(isFile));
    return conventionals.get(name);
  }

  function builtIn(wanted: Wanted, page: PageId, via: readonly string[] = []): string | undefined {
    if (typeof wanted === "function") return undefined;
    if (typeof wanted !== "string") return builtIn(pick(page, wanted), page, via);
    const own = Object.hasOwn(places.templates, wanted) ? places.templates[wanted] : undefined;
    if (via.includes(wanted)) return undefined;
    if (own !== undefined && own !== wanted) return builtIn(own, page, [...via, wanted]);
    return !looksLikePath(wanted) && builtIns().has(wanted) && conventional(wanted) === undefined ? wanted : undefined;
  }

  async function loadNamed(name: string): Promise<LoadedTemplate> {
    const file = conventional(name);
    if (file !== undefined) return loadPath(file);
    if (builtIns().has(name)) return loadBuiltIn(name);
    throw unknownTemplate(name, places);
  }

  function loadPath(file: string): Promise<LoadedTemplate> {
    return once(file, () => loadFile(file, relative(places.root, file).replaceAll(sep, "/")));
  }

  return {
    /** The name of the built-in template that is meant, which is not loaded; `undefined` where it is none of them. */
    builtIn(wanted: Wanted, page: PageId = HOME): string | undefined {
      return builtIn(wanted, page);
    },
    /** What the configuration asks for; of several names that of the page, by default the home page. */
    async configured(wanted: Wanted, page: PageId = HOME): Promise<LoadedTemplate> {
      return load(wanted, page);
    },
    /** What a page asks for. */
    async requested(wanted: string, page: PageId = HOME): Promise<LoadedTemplate> {
      if (Object.hasOwn(places.templates, wanted) || !looksLikePath(wanted)) return load(wanted, page);
      const inFolder = relative(join(places.root, "og"), resolve(places.root, wanted));
      if (!inFolder.startsWith("..") && !isAbsolute(inFolder)) return load(wanted, page);
      throw new OgError(
        "E_TEMPLATE",
        `A page may not name the file \`${wanted}\` as its template: it lies outside the project's folder og/.`,
        {
          hint: "Move it to og/, or give it a name under `templates` in og.config.",
        },
      );
    },
  };
}
export type TemplateLoader = ReturnType<typeof createTemplateLoader>;

function looksLikePath(wanted: string): boolean {
  return /[/\\]/.test(wanted) || CODE.includes(extname(wanted));
}

async function loadBuiltIn(name: string): Promise<LoadedTemplate> {
  const file = join(BUILT_IN, `${name}.${IS_SOURCE ? "tsx" : "js"}`);
  const module = (await import(pathToFileURL(file).href)) as { readonly default: Template };
  return { name, template: module.default };
}

async function loadFile(file: string, name: string): Promise<LoadedTemplate> {
  if (!isFile(file)) {
    const near = CODE.map((extension) => name + extension).find((_candidate, index) => isFile(file + CODE[index]));
    const hint = near === undefined ? "Paths start at the project's folder." : `Did you mean ${near}?`;
    throw new OgError("E_TEMPLATE", `There is no template at ${name}.`, { file, hint });
  }
  const { default: template } = await importModule(file, { code: "E_TEMPLATE", what: `The template ${name}` });
  if (typeof template !== "function") {
    throw new OgError("E_TEMPLATE", `The template ${name} has no default export that is a function.`, {
      file,
      hint: "Write `export default function Card({ page, theme, size }: TemplateInput) { … }`.",
    });
  }
  return { name, template: template as Template };
}

function unknownTemplate(wanted: string, { templates, root }: TemplatePlaces): OgError {
  const known = [...new Set([...Object.keys(templates), ...builtInTemplates(), ...conventionalFiles(root).map(nameOf)])].filter(
    (name) => name !== wanted,
  );
  const meant = nearest(wanted, known);
  const hint = meant === undefined ? `Known are ${known.join(", ")}; a path starts with ./` : `Did you mean \`${meant}\`?`;
  return new OgError("E_TEMPLATE", `There is no template \`${wanted}\`.`, { hint });
}

function leadsBack(names: readonly string[]): OgError {
  return new OgError("E_TEMPLATE", `The template \`${names[0]}\` leads back to itself: ${names.join(" → ")}.`, {
    hint: "Correct `templates` in og.config.",
  });
}

/** The files of the project's folder `og/` that may be templates; of several with one name first the one that is taken. */
export function conventionalFiles(root: string): readonly string[] {
  const folder = join(root, "og");
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => CODE.includes(extname(file)) && isFile(join(folder, file)));
  return files.sort((a, b) =>
    nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : CODE.indexOf(extname(a)) - CODE.indexOf(extname(b)),
  );
}

export function nameOf(file: string): string {
  return file.slice(0, -extname(file).length);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
