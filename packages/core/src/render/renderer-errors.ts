/** What is told of a renderer process that ended, took too long or never started. */
import { messageOf, OgError, reasonOf } from "../error.ts";
import { OUT_OF_MEMORY } from "./messages.ts";

/** As V8 says it. */
const HEAP_IS_FULL = /heap out of memory/;
/** V8, Node and libuv: the system had nothing left to give, whatever the card. */
const SYSTEM_IS_FULL = /Fatal (?:process|JavaScript) .*out of memory|\bE(?:AGAIN|NOMEM)\b/;
/** As a cause. */
const SYSTEM_FULL = "ENOMEM";
/** What JavaScript threw, as Node says it at the end; a trap of WebAssembly is a `RuntimeError`. */
const THROWN = /^\w*Error\b/;
/** As Node says it: https://nodejs.org/api/permissions.html#process-based-permissions */
const NOT_PERMITTED = "Access to this API has been restricted";
const PERMIT = "Give Node that permission, or run it without `--permission`.";

const FROM_OUTSIDE = new Set<unknown>(["SIGKILL", "SIGTERM", "SIGHUP", OUT_OF_MEMORY, SYSTEM_FULL]);

/**
 * Whether somebody else ended the process, the machine could not do more, or other cards had left too much in it: the same card
 * may well succeed in another.
 * @param how the cause of the error: an exit code or a signal
 */
export function isFromOutside(how: unknown): boolean {
  return FROM_OUTSIDE.has(how);
}

/** Whether the machine could not do more, so that another card would have failed as well. */
export function isOfMachine(how: unknown): boolean {
  return how === SYSTEM_FULL;
}

/**
 * @param how exit code or signal
 * @param lastWords the end of what it said as errors
 * @param megabytes what it might take
 */
export function processEnded(how: string | number | null, lastWords: string, megabytes: number): OgError {
  if (how === OUT_OF_MEMORY || HEAP_IS_FULL.test(lastWords)) {
    return new OgError("E_RENDER_MEMORY", `The card took more than ${megabytes} MB of memory.`, {
      hint: "Look for huge images, blurs and filters; `limits.rendererMegabytes` raises the limit.",
      cause: OUT_OF_MEMORY,
    });
  }
  const words = tellingLine(lastWords);
  const ending = typeof how === "number" ? `exit code ${how}` : how;
  return new OgError("E_RENDER_CRASH", `The renderer's process ended (${ending})${words && `: ${words}`}.`, {
    hint: hintOf(how, words),
    cause: SYSTEM_IS_FULL.test(words) ? SYSTEM_FULL : how,
  });
}

/** The line that says most: V8 prints much around it. */
function tellingLine(lastWords: string): string {
  const lines = lastWords.split("\n").map((line) => line.trim().replace(/^#\s*/, "").replace(/\.$/, ""));
  const telling = [SYSTEM_IS_FULL, /panicked/, THROWN, /error/i].map((pattern) => lines.find((line) => pattern.test(line)));
  return telling.find((line) => line !== undefined) ?? "";
}

function hintOf(how: string | number | null, words: string): string {
  if (SYSTEM_IS_FULL.test(words)) return "Is the machine out of memory or of processes?";
  if (isFromOutside(how)) return "Something ended it from outside. Is the machine out of memory?";
  if (words.includes(NOT_PERMITTED)) return PERMIT;
  if (THROWN.test(words))
    return "This is a fault of og-gen, or of what NODE_OPTIONS asks of Node: please report it, with the page and its template.";
  return "Effects at the card's edge do this: opacity, masks, shadows, clip paths.";
}

export function notStarted(thrown: unknown): OgError {
  const reason = messageOf(thrown);
  return new OgError("E_RENDER", `The renderer's process cannot be started: ${reasonOf(thrown)}.`, {
    hint: reason.includes(NOT_PERMITTED) ? PERMIT : "Is the machine out of memory or of processes?",
    cause: reason,
  });
}

export function notStartedWithin(ms: number): OgError {
  return new OgError("E_RENDER", `The renderer's process did not start within ${ms} ms.`, { hint: "Is the machine out of memory?" });
}

export function notPaintedWithin(ms: number): OgError {
  return new OgError("E_RENDER_TIMEOUT", `The card was not painted within ${ms} ms.`, {
    hint: "Look for large blurs and filters in the template; `timeout` raises the limit.",
  });
}

export function endedEarly(): OgError {
  return new OgError("E_RENDER", "The run was ended before the card was painted.");
}
