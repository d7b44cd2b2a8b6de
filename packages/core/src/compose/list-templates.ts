import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Template } from "../types.ts";
import { builtInTemplates, conventionalFiles, nameOf, type TemplatePlaces } from "./template.ts";
import { readSource } from "./template-source.ts";

/** A name that a page may ask for. */
export interface ListedTemplate {
  readonly name: string;
  /** `og.config`, a path below the project, or `built-in`. */
  readonly from: string;
  /** The first sentence of the comment above the file's default export. */
  readonly purpose?: string | undefined;
}

/** All templates that have a name: the configuration's `templates`, the files of `og/`, the built-in ones. */
export function listTemplates(places: TemplatePlaces): readonly ListedTemplate[] {
  const configured = Object.entries(places.templates).map(([name, wanted]) => ({ name, from: "og.config", purpose: standsFor(wanted) }));
  const own = conventionalFiles(places.root).flatMap((file) => {
    const source = readFileSync(join(places.root, "og", file), "utf8");
    return DEFAULT_EXPORT.test(source) ? [{ name: nameOf(file), from: `og/${file}`, purpose: purposeOf(source) }] : [];
  });
  const builtIn = builtInTemplates().map((name) => ({ name, from: "built-in", purpose: purposeOf(readSource(name)) }));
  const all = [...configured, ...own, ...builtIn];
  return all.filter(({ name }, index) => all.findIndex((other) => other.name === name) === index);
}

/** What a helper that lies beside the templates has not. */
const DEFAULT_EXPORT = /\bexport\s+default\b|\bas\s+default\b|\bmodule\.exports\b|\bexports\.default\b/;
const COMMENT = /\/\*\*((?:(?!\*\/)[^])*)\*\/\s*export\s+default\b/;

function purposeOf(source: string): string | undefined {
  const [, comment = ""] = COMMENT.exec(source) ?? [];
  const words = comment
    .replace(/^\s*\*/gm, "")
    .replace(/\s+/g, " ")
    .trim();
  return /^[^@].*?(?:[.!?](?= |$)|(?= @)|$)/.exec(words)?.[0];
}

function standsFor(wanted: string | Template | readonly string[]): string | undefined {
  if (typeof wanted === "function") return undefined;
  return typeof wanted === "string" ? wanted : `One of ${wanted.join(", ")}`;
}
