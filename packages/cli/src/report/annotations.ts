import { relative, sep } from "node:path";
import { count } from "./count.ts";
import type { Finding } from "./findings.ts";
import { printable } from "./printable.ts";

/**
 * A finding as a workflow command, which GitHub shows beside the line of the file.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions#setting-an-error-message
 * @param root the folder of the checkout, absolute
 */
export function annotation({ severity, code, message, hint, places }: Finding, root: string): string {
  const [place, ...others] = places;
  const properties = Object.entries({
    file: place?.file && relative(root, place.file).replaceAll(sep, "/"),
    line: place?.line,
    col: place?.line && place.column,
    title: code && `og-gen ${code}`,
  }).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${escapeProperty(String(value))}`]));
  const more = others.length > 0 ? `(and ${count(others.length, "more page")})` : undefined;
  const text = [message, place?.detail, hint, more].filter((part) => part !== undefined).join("\n");
  return `::${severity} ${properties.join(",")}::${escapeData(text)}`;
}

/**
 * A line of words that GitHub takes for nothing else: the runner obeys `##[command]` anywhere in a line, also in the title of a page
 * (`ActionCommand.cs` of actions/runner). It obeys `::command::` too, but only where a line begins with it, and ours begin with our words.
 */
export function withoutCommands(line: string): string {
  return line.replaceAll("##[", "##\u200B[");
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").split(/\r?\n/).map(printable).join("%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
