import { expect, test } from "vitest";
import * as jsxRuntime from "../src/compose/jsx-runtime.ts";
import * as core from "../src/index.ts";

/** A name that goes from here breaks somebody's code; one that comes is a promise. */
test("@og-gen/core", () => {
  expect(Object.entries(core).map(([name, value]) => `${name}: ${typeof value}`)).toMatchInlineSnapshot();
});

test("@og-gen/core/jsx-runtime", () => {
  expect(Object.keys(jsxRuntime)).toMatchInlineSnapshot();
});
