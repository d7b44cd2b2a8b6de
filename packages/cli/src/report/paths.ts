import { relative, resolve, sep } from "node:path";

/** A path for people and for JSON: relative to the working directory, with forward slashes. */
export function fromCwd(path: string, cwd: string): string {
  return relative(cwd, resolve(cwd, path)).replaceAll(sep, "/") || ".";
}

/** The home page has an empty id. */
export function pageName(id: string): string {
  return id === "" ? "/" : id;
}
