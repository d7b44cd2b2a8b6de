import { styleText } from "node:util";
import type { Io, Output } from "../io.ts";
import { withoutCommands } from "./annotations.ts";

/** Colours a text, or leaves it as it is. */
export type Paint = (format: Parameters<typeof styleText>[0], text: string) => string;

/** One of the two streams, for lines of words. */
export interface Writer {
  readonly paint: Paint;
  line(text: string): void;
}

export function writerTo(stream: Output, env: Io["env"]): Writer {
  const colours = hasColours(stream, env);
  const onGitHub = env["GITHUB_ACTIONS"] === "true";
  return {
    paint: (format, text) => (colours ? styleText(format, text, { validateStream: false }) : text),
    line: (text) => void stream.write(`${onGitHub ? withoutCommands(text) : text}\n`),
  };
}

/** On a terminal, unless the environment says otherwise (https://force-color.org, https://no-color.org). */
function hasColours(stream: Output, env: Io["env"]): boolean {
  const { FORCE_COLOR: force, NO_COLOR: no, TERM: terminal } = env;
  if (force !== undefined) return force !== "0" && force !== "false";
  return stream.isTTY === true && !no && terminal !== "dumb";
}
