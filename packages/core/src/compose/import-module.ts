import { readFileSync } from "node:fs";
import nodeModule from "node:module";
import { extname } from "node:path";
import { pathToFileURL } from "node:url";
import { type ErrorCode, messageOf, OgError, reasonOf } from "../error.ts";
import { crypto } from "../lazily.ts";
import * as jsxRuntime from "./jsx-runtime.ts";

/** What a file is, for messages. */
export interface ImportPurpose {
  readonly code: ErrorCode;
  /** The start of a sentence, such as `The template og/post.tsx`. */
  readonly what: string;
}

/**
 * Imports a file of the project: TypeScript and JSX as they are, `@og-gen/core` resolved to this very copy, also where
 * the project has not installed it (as under `npx`). Every call reads the file anew, and its helpers where they are
 * TypeScript (Node keeps others), so that a process that lives long sees what was edited.
 * @throws OgError with the purpose's code, and the place in the file (or in its helper) where that is known
 */
export async function importModule(file: string, purpose: ImportPurpose): Promise<Readonly<Record<string, unknown>>> {
  try {
    return file.endsWith(".json")
      ? { default: JSON.parse(readFileSync(file, "utf8").replace(/^\uFEFF/, "")) as unknown }
      : await importCode(file);
  } catch (thrown) {
    throw loadError(thrown, file, purpose);
  }
}

async function importCode(file: string): Promise<Readonly<Record<string, unknown>>> {
  return (isReadByNode(file) ? await importAsItIs(file) : undefined) ?? importTranspiled(file);
}

/** Whether Node reads a file as an ES module by itself, without a warning. */
function isReadByNode(file: string): boolean {
  const extension = extname(file);
  return extension === ".mjs" || ((extension === ".js" || (extension === ".ts" && STRIPS_TYPES)) && isOfModules(file));
}

const [MAJOR = 0, MINOR = 0] = process.versions.node.split(".").map(Number);
/** Without a warning since 22.18 and 24.3: https://nodejs.org/api/typescript.html#type-stripping */
const STRIPS_TYPES = Boolean(process.features.typescript) && (MAJOR > 24 || (MAJOR === 24 && MINOR >= 3) || (MAJOR === 22 && MINOR >= 18));

/** Whether the package around a file says that it is of ES modules, where Node tells which package that is (22.14). */
function isOfModules(file: string): boolean {
  try {
    const manifest = nodeModule.findPackageJSON(pathToFileURL(file));
    return manifest !== undefined && (JSON.parse(readFileSync(manifest, "utf8")) as { readonly type?: unknown }).type === "module";
  } catch {
    return false;
  }
}

/** A file of the project that is imported by its path. */
const HELPER = /\b(?:from|import)\s*\(?\s*["'`][./]/;

/**
 * What Node reads without help takes a tenth of the time: the transpiler alone takes 150 ms to load. An edited file has another
 * URL, but Node would keep its helpers, so it has none. `undefined` where that fails: the transpiler knows `@og-gen/core` also
 * where it is not installed, and JSX and more of TypeScript, and says what is wrong.
 */
async function importAsItIs(file: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    const code = readFileSync(file, "utf8");
    if (HELPER.test(code)) return undefined;
    return (await import(`${pathToFileURL(file).href}?${crypto().hash("sha256", code).slice(0, 16)}`)) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}

async function importTranspiled(file: string): Promise<Readonly<Record<string, unknown>>> {
  const { createJiti } = await import("jiti");
  const jiti = createJiti(import.meta.url, {
    // Of helpers, and in the order in which they are tried where an import names none.
    extensions: [".js", ".mjs", ".cjs", ".ts", ".tsx", ".jsx", ".mts", ".cts"],
    jsx: { runtime: "automatic", importSource: "@og-gen/core", throwIfNamespace: false },
    fsCache: false,
    interopDefault: false,
    virtualModules: {
      "@og-gen/core": await import("../index.ts"),
      "@og-gen/core/components": await import("../templates/components/index.ts"),
      "@og-gen/core/jsx-runtime": jsxRuntime,
      "@og-gen/core/jsx-dev-runtime": jsxRuntime,
    },
  });
  const before = new Set(Object.keys(jiti.cache));
  try {
    // Evaluated from its text: Node would keep an .mjs that it has imported once.
    const evaluated = jiti.evalModule(readFileSync(file, "utf8"), {
      filename: file,
      id: file,
      ext: TRANSPILED_AS[extname(file)] ?? ".ts",
      forceTranspile: true,
      async: true,
    });
    const module = (await evaluated) as Readonly<Record<string, unknown>>;
    // What CommonJS exports is the default export, unless it is nothing.
    return "__esModule" in module || Object.keys(module).length === 0 ? module : { default: module };
  } finally {
    for (const path of Object.keys(jiti.cache)) if (!before.has(path)) delete jiti.cache[path];
  }
}

/** All others may hold types, and no JSX: jiti knows both together only in files that are called `.tsx`. */
const TRANSPILED_AS: Readonly<Record<string, string>> = { ".tsx": ".tsx", ".jsx": ".jsx", ".js": ".jsx" };

/** Babel ends its message with the place: path, line from 1, column from 0. */
const PLACE = /\n\s*(\S.*):(\d+):(\d+)\s*$/;

function loadError(thrown: unknown, file: string, { code, what }: ImportPurpose): OgError {
  const message = messageOf(thrown);
  const [, place, line, column] = PLACE.exec(message) ?? [];
  const words =
    message
      .split("\n")[0]
      ?.replace(/^ParseError: /, "")
      .trim() ?? "";
  return new OgError(code, `${what} cannot be loaded: ${reasonOf(words)}.`, {
    file: place ?? file,
    line: line === undefined ? undefined : Number(line),
    column: column === undefined ? undefined : Number(column) + 1,
    hint: place === undefined ? "The file must load on its own." : "Correct the syntax there.",
    cause: thrown,
  });
}
