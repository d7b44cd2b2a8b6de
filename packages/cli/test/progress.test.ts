import { describe, expect, test } from "vitest";
import { barLine } from "../src/progress/bar.ts";
import { createPace } from "../src/progress/pace.ts";
import { createProgress } from "../src/progress/progress.ts";
import { og, POSTS, project } from "./og.ts";

const CLEAR = "\u001B[K";

/** A progress on a stream and a clock of our own. */
function progressOn({ isTTY = true, columns = 60, env = {} }: { isTTY?: boolean; columns?: number; env?: Record<string, string> }) {
  const writes: string[] = [];
  const stderr = { write: (text: string) => writes.push(text), isTTY, columns };
  let at = 0;
  const progress = createProgress({ cwd: "/", env, stdout: stderr, stderr }, () => at);
  return { writes, progress, wait: (ms: number) => (at += ms) };
}

describe("the bar", () => {
  test.each([
    [{ done: 0, total: 100, rate: 0 }, "░░░░░░░░░░░░░░░░░░░░░░░░  0 of 100"],
    [{ done: 1204, total: 2408, rate: 61.7 }, "████████████░░░░░░░░░░░░  1,204 of 2,408  62/s  19.5 s left"],
    [{ done: 99, total: 100, rate: 0.25 }, "███████████████████████▊  99 of 100  0.3/s  4.0 s left"],
    [{ done: 100, total: 100, rate: 10 }, "████████████████████████  100 of 100  10/s"],
    [{ done: 1204, total: undefined, rate: 61.7 }, "1,204 pages  62/s"],
    [{ done: 0, total: 0, rate: 0 }, "████████████████████████  0 of 0"],
  ])("%j", (moment, expected) => {
    expect(barLine(moment, 80)).toBe(expected);
  });

  test("is cut to the width of the terminal", () => {
    expect(barLine({ done: 1204, total: 2408, rate: 61.7 }, 30)).toHaveLength(30);
  });

  test("is one line, redrawn ten times a second at most, and gone at the end", () => {
    const { writes, progress, wait } = progressOn({});
    for (let done = 1; done <= 100; done += 1, wait(10)) progress.update(done, 100);
    progress.end();
    expect(writes).toHaveLength(11);
    for (const text of writes) {
      expect(text.startsWith("\r") && text.endsWith(CLEAR)).toBe(true);
      expect(text.length).toBeLessThanOrEqual(1 + 59 + CLEAR.length);
      expect(text).not.toContain("\n");
    }
    expect(writes.at(-1)).toBe(`\r${CLEAR}`);
  });

  test("leaves no trace of a run without pages", () => {
    const { writes, progress } = progressOn({});
    progress.end();
    expect(writes).toEqual([]);
  });

  test("in a whole run", async () => {
    const root = await project(POSTS);
    const { stderr } = await og(root, "", { columns: 60 });
    expect(stderr).toMatch(/^\r\d+ pages|^\r[█░]/);
    expect(stderr.endsWith(`\r${CLEAR}`)).toBe(true);
    expect(stderr).not.toContain("\n");
    expect((await og(root, "--quiet", { columns: 60 })).stderr).toBe("");
  });
});

describe("the pace", () => {
  test("is that of the last seconds: what was cached promises nothing", () => {
    const pace = createPace(0);
    expect(pace(1000, 100)).toBe(10_000);
    for (let second = 1; second <= 10; second += 1) pace(1000 + second * 20, 100 + second * 1000);
    expect(pace(1220, 11_100)).toBeCloseTo(20);
  });

  test("is known however slow the pages are", () => {
    const pace = createPace(0);
    pace(1, 20_000);
    expect(pace(2, 40_000)).toBeCloseTo(0.05);
  });
});

describe.each([
  ["in CI", { env: { CI: "true" } }],
  ["where there is no terminal", { isTTY: false }],
])("plain lines %s", (_name, where) => {
  test("one in five seconds at most", () => {
    const { writes, progress, wait } = progressOn(where);
    for (let done = 1; done <= 10; done += 1) {
      wait(2_000);
      progress.update(done, 10);
    }
    progress.end();
    expect(writes).toEqual(["3 of 10 pages (30 %)\n", "6 of 10 pages (60 %)\n", "9 of 10 pages (90 %)\n"]);
  });

  test("one in a tenth of the pages at most", () => {
    const { writes, progress, wait } = progressOn(where);
    for (let done = 1; done <= 100; done += 1) {
      wait(1_000);
      progress.update(done, 100);
    }
    expect(writes).toHaveLength(10);
    expect(writes[0]).toBe("10 of 100 pages (10 %)\n");
  });

  test("without a total", () => {
    const { writes, progress, wait } = progressOn(where);
    wait(5_000);
    progress.update(1234, undefined);
    expect(writes).toEqual(["1,234 pages\n"]);
  });
});
