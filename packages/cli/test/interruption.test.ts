import { expect, test } from "vitest";
import { unlessInterrupted } from "../src/interruption.ts";
import { ENDLESS, og, project, underWay } from "./og.ts";

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
])("%s ends a run that would never end, and says how far it got", async (signal, code) => {
  const root = await project(ENDLESS);
  const controller = new AbortController();
  const outcome = og(root, "", { signal: controller.signal });
  await underWay(root);
  controller.abort(signal);
  const { code: actual, stdout, stderr } = await outcome;
  expect({ actual, stdout }).toEqual({ actual: code, stdout: "" });
  expect(stderr).toMatch(/^Interrupted after [1-9][\d,]* pages\. The next run goes on from there\.\n$/m);
});

test("a plan ends too", async () => {
  const root = await project(ENDLESS);
  expect(await og(root, "--check", { signal: AbortSignal.abort("SIGINT") })).toEqual({ code: 130, stdout: "", stderr: "" });
});

test("work that does not listen to the signal is not waited for", async () => {
  const controller = new AbortController();
  const outcome = unlessInterrupted(new Promise(() => {}), controller.signal);
  controller.abort("SIGINT");
  expect(await outcome).toBeUndefined();
});

test("without a signal the work's end is the end", async () => {
  expect(await unlessInterrupted(Promise.resolve(1), undefined)).toBe(1);
  await expect(unlessInterrupted(Promise.reject(new Error("no")), new AbortController().signal)).rejects.toThrow("no");
});
