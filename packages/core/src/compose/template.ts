import { existsSync, readdirSync } from "node:fs";
import { extname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { OgError, toOgError } from "../error.ts";
import type { Template } from "../types.ts";
import { importModule } from "./import-module.ts";

/** A template that can be called, and what to call it in messages and in the manifest. */
export interface LoadedTemplate {
  readonly name: string;
  readonly template: Template;
}

/** Where templates are found. */
export interface TemplatePlaces {
  readonly root: string;
  /** The configuration's own names. */
  readonly templates: Readonly<Record<string, string | Template>>;
}

const BUILT_IN = new URL("../templates/", import.meta.url);
const CODE = [".tsx", ".ts", ".jsx", ".mjs", ".js"];

/** The names of the built-in templates: each file of `templates/` is one. */
export function builtInTemplates(): readonly string[] {
  return readdirSync(BUILT_IN)
    .filter((file) => /\.(js|tsx)$/.test(file))
    .map((file) => file.slice(0, -extname(file).length))
    .sort();
}

/**
 * Loads templates, each once.
 *
 * The configuration may name any file; a page may not, since pages are data and data must not choose what code runs:
 * it names a built-in template, one of the configuration's `templates`, or a file of the project's folder `og/`.
 */
export function createTemplateLoader(places: TemplatePlaces) {
  const loaded = new Map<string | Template, Promise<LoadedTemplate>>();

  function once(id: string | Template, load: () => Promise<LoadedTemplate>): Promise<LoadedTemplate> {
    const known = loaded.get(id) ?? load();
    loaded.set(id, known);
    return known;
  }

  function load(wanted: string | Template): Promise<LoadedTemplate> {
    if (typeof wanted === "function") return once(wanted, async () => ({ name: wanted.name || "template", template: wanted }));
    const own = Object.hasOwn(places.templates, wanted) ? places.templates[wanted] : undefined;
    if (own !== undefined && own !== wanted) return load(own);
    const file = resolve(places.root, wanted);
    if (looksLikePath(wanted)) return once(file, () => loadFile(file, relative(places.root, file).replaceAll(sep, "/")));
    if (builtInTemplates().includes(wanted)) return once(wanted, () => loadBuiltIn(wanted));
    const conventional = CODE.map((extension) => join(places.root, "og", wanted + extension)).find((path) => existsSync(path));
    if (conventional) return load(relative(places.root, conventional).startsWith("..") ? conventional : `./${relative(places.root, conventional)}`);
    throw unknownTemplate(wanted, places);
  }

  return {
    /** What the configuration asks for. */
    async configured(wanted: string | Template): Promise<LoadedTemplate> {
      return load(wanted);
    },
    /** What a page asks for. */
    async requested(wanted: string): Promise<LoadedTemplate> {
      if (!looksLikePath(wanted)) return load(wanted);
      const inFolder = relative(join(places.root, "og"), resolve(places.root, wanted));
      if (!inFolder.startsWith("..") && !isAbsolute(inFolder)) return load(wanted);
      throw new OgError("E_TEMPLATE", `A page may not name the file \`${wanted}\` as its template: it lies outside the project's folder og/.`, {
        hint: "Move it to og/, or give it a name under `templates` in og.config.",
      });
    },
  };
}
export type TemplateLoader = ReturnType<typeof createTemplateLoader>;

function looksLikePath(wanted: string): boolean {
  return /[/\\]/.test(wanted) || CODE.includes(extname(wanted));
}

async function loadBuiltIn(name: string): Promise<LoadedTemplate> {
  const extension = import.meta.filename.endsWith(".ts") ? "tsx" : "js";
  const module = (await import(new URL(`${name}.${extension}`, BUILT_IN).href)) as { readonly default: Template };
  return { name, template: module.default };
}

async function loadFile(file: string, name: string): Promise<LoadedTemplate> {
  if (!existsSync(file)) throw new OgError("E_TEMPLATE", `There is no template at ${name}.`, { file, hint: "Paths start at the project's folder." });
  let module: Readonly<Record<string, unknown>>;
  try {
    module = await importModule(file);
  } catch (thrown) {
    throw toOgError(thrown, "E_TEMPLATE", { file, hint: "The template's file cannot be loaded; correct the error in it." });
  }
  const template = module["default"];
  if (typeof template !== "function") {
    throw new OgError("E_TEMPLATE", `The template ${name} has no default export that is a function.`, {
      file,
      hint: "Write `export default function Card({ page, theme, size }: TemplateInput) { … }`.",
    });
  }
  return { name, template: template as Template };
}

function unknownTemplate(wanted: string, { templates }: TemplatePlaces): OgError {
  const known = [...new Set([...Object.keys(templates), ...builtInTemplates()])];
  return new OgError("E_TEMPLATE", `There is no template \`${wanted}\`.`, { hint: `Known are ${known.join(", ")}; a path starts with ./` });
}
