import { readFileSync } from "node:fs";
import { join } from "node:path";
import { OgError } from "../error.ts";
import { nearest } from "../nearest.ts";
import { PACKAGE } from "../own-files.ts";
import { builtInTemplates } from "./template.ts";

/** The templates as they were written, which the package holds beside what they compile to. */
const SOURCES = join(PACKAGE, "src/templates");

/** What the modules that built-in templates import are called from outside the package. */
const PUBLIC_NAMES: Readonly<Record<string, string>> = {
  "./components/index.ts": "@og-gen/core/components",
  "../types.ts": "@og-gen/core",
  "../compose/jsx-runtime.ts": "@og-gen/core",
};

const IMPORT = /^import (type )?\{([^}]*)\} from "([^"]+)";\n/gm;

/**
 * The source of a built-in template, TSX, as a file of a project would have it: a starting point for one's own.
 * @throws OgError `E_TEMPLATE` when there is none of that name
 */
export function ejectTemplate(name: string): string {
  const source = readSource(name);
  const imports = Map.groupBy(
    source.matchAll(IMPORT),
    ([, type = "", , module = ""]) => `import ${type}|${PUBLIC_NAMES[module] ?? module}`,
  );
  const lines = [...imports].map(([key, statements]) => {
    const [keyword, module] = key.split("|");
    const names = statements.flatMap(([, , list = ""]) => list.split(",").map((one) => one.trim()));
    return `${keyword}{ ${names.filter(Boolean).toSorted().join(", ")} } from "${module}";`;
  });
  return `/** @jsxImportSource @og-gen/core */\n${lines.join("\n")}\n${source.replace(IMPORT, "")}`;
}

/** @throws OgError `E_TEMPLATE` */
export function readSource(name: string): string {
  const known = builtInTemplates();
  if (known.includes(name)) return readFileSync(join(SOURCES, `${name}.tsx`), "utf8");
  const meant = nearest(name, known);
  throw new OgError("E_TEMPLATE", `There is no built-in template \`${name}\`.`, {
    hint: meant === undefined ? `Built in are ${known.join(", ")}.` : `Did you mean \`${meant}\`?`,
  });
}
