import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { mapGuarded, withTimeout } from "../src/guard.ts";
import { OgError } from "../src/error.ts";

function forever(): never {
  for (;;);
}

const late = expect.objectContaining({ code: "E_TEMPLATE_TIMEOUT", message: "The template did not answer within 50 ms." });

describe("mapGuarded", () => {
  test("is a map", () => {
    expect(mapGuarded([], forever, 50)).toEqual([]);
    expect(mapGuarded([1, 2, 3], (n) => n * 2, 1_000)).toEqual([2, 4, 6]);
  });

  test("each item is begun once, in order, unless it was under way when the time ran out", () => {
    const begun: number[] = [];
    mapGuarded([0, 1, 2, 3], (n) => void begun.push(n), 1_000);
    expect(begun).toEqual([0, 1, 2, 3]);
  });

  test.each([
    ["first", [0]],
    ["in the middle", [2]],
    ["last", [4]],
    ["twice running", [1, 2]],
    ["everywhere", [0, 1, 2, 3, 4]],
  ])("an endless loop %s costs itself only", (_, loops) => {
    const results = mapGuarded([0, 1, 2, 3, 4], (n) => (loops.includes(n) ? forever() : n), 50);
    expect(results).toEqual([0, 1, 2, 3, 4].map((n) => (loops.includes(n) ? late : n)));
  });

  test("a loop takes twice the limit at most", () => {
    const begun = performance.now();
    mapGuarded([1, 2, 3], (n) => (n === 2 ? forever() : n), 100);
    const took = performance.now() - begun;
    expect(took).toBeGreaterThan(95);
    expect(took).toBeLessThan(1_000);
  });

  test("many that are slow together, but not each, are all done", () => {
    const results = mapGuarded(
      [1, 2, 3, 4, 5, 6],
      (n) => {
        const end = performance.now() + 30;
        while (performance.now() < end);
        return n;
      },
      100,
    );
    expect(results).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test("a loop that catches everything ends too", () => {
    const stubborn = () => {
      for (;;) {
        try {
          forever();
        } catch {
          // goes on
        } finally {
          forever();
        }
      }
    };
    expect(mapGuarded([0], stubborn, 50)).toEqual([late]);
  });

  test("a regular expression without end ends too", () => {
    expect(mapGuarded(["a".repeat(40)], (text) => /^(a+)+$/.test(`${text}!`), 50)).toEqual([late]);
  });

  test("what an item throws is thrown, as it is", () => {
    const boom = new TypeError("boom");
    const results: number[] = [];
    expect(() =>
      mapGuarded(
        [1, 2, 3],
        (n) => {
          if (n === 2) throw boom;
          return results.push(n);
        },
        1_000,
      ),
    ).toThrow(boom);
    expect(results).toEqual([1]);
    expect(mapGuarded([1], (n) => n, 1_000)).toEqual([1]);
  });

  test.each([undefined, null, "text", { code: "ERR_SCRIPT_EXECUTION_TIMEOUT_NOT" }])("also %j", (thrown) => {
    let caught: unknown = "nothing";
    try {
      mapGuarded(
        [1],
        () => {
          throw thrown;
        },
        1_000,
      );
    } catch (error) {
      caught = error;
    }
    expect(caught).toBe(thrown);
  });

  test("a stack without end is an error that can be caught", () => {
    const deeper = (): number => deeper() + 1;
    expect(() => mapGuarded([1], deeper, 1_000)).toThrow(RangeError);
  });

  test("calls may nest: the inner limit is the inner call's", () => {
    const results = mapGuarded(
      ["a", "b"],
      (name) => [name, ...mapGuarded([1, 2], (n) => (n === 1 && name === "a" ? forever() : n), 50)],
      2_000,
    );
    expect(results).toEqual([
      ["a", late, 2],
      ["b", 1, 2],
    ]);
  });

  test("calls may nest: the outer limit ends the inner call", () => {
    const results = mapGuarded(["a", "b"], (name) => (name === "a" ? mapGuarded([1], forever, 60_000) : name), 50);
    expect(results).toEqual([late, "b"]);
  });

  test("nothing of it stays behind", () => {
    const before = Reflect.ownKeys(globalThis).length;
    mapGuarded([1], (n) => n, 50);
    mapGuarded([1], forever, 50);
    expect(Reflect.ownKeys(globalThis).length - before).toBeLessThanOrEqual(1);
    expect(Reflect.get(globalThis, Symbol.for("@og-gen/guarded-call"))).toBeUndefined();
  });
});

describe("withTimeout", () => {
  test("is the promise", async () => {
    expect(await withTimeout(Promise.resolve("done"), 1_000)).toBe("done");
    await expect(withTimeout(Promise.reject(new TypeError("boom")), 1_000)).rejects.toThrow(new TypeError("boom"));
  });

  test("a promise that never settles is an error in time", async () => {
    const begun = performance.now();
    const error: unknown = await withTimeout(new Promise(() => {}), 50).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OgError);
    expect(error).toEqual(late);
    expect((error as OgError).hint).toBe("Look for a loop without end or a promise that never settles; `timeout` raises the limit.");
    expect(performance.now() - begun).toBeGreaterThan(45);
    expect(performance.now() - begun).toBeLessThan(1_000);
  });

  test("one that is rejected after that is nobody's unhandled rejection", async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on("unhandledRejection", note);
    try {
      const slow = new Promise((_resolve, reject) => setTimeout(() => reject(new Error("too late")), 30));
      await expect(withTimeout(slow, 5)).rejects.toThrow("did not answer");
      await new Promise((resolve) => setTimeout(resolve, 50));
    } finally {
      process.off("unhandledRejection", note);
    }
    expect(unhandled).toEqual([]);
  });
});

test("in a VM context of its own, as test runners have them", () => {
  const script = `
    import { readFileSync } from "node:fs";
    import { stripTypeScriptTypes } from "node:module";
    import vm from "node:vm";
    const context = vm.createContext({});
    const source = (name) =>
      new vm.SourceTextModule(stripTypeScriptTypes(readFileSync(new URL(name, ${JSON.stringify(new URL("../src/", import.meta.url).href)}), "utf8")), { context });
    const nodeVm = new vm.SyntheticModule(["default"], function () { this.setExport("default", vm); }, { context });
    const guard = source("guard.ts");
    await guard.link((name) => (name === "node:vm" ? nodeVm : source(name)));
    await guard.evaluate();
    console.log(JSON.stringify(guard.namespace.mapGuarded([1, 2], (n) => n * 2, 1_000)));`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--experimental-vm-modules", "--input-type=module", "--eval", script], {
    encoding: "utf8",
  });
  expect(stdout, stderr).toBe("[2,4]\n");
});
