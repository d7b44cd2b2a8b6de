import { expect, test } from "vitest";
import { canOpen, withFile } from "../src/open-files.ts";

test("few files are open at once, and all get their turn, also after a failure", async () => {
  let open = 0;
  let most = 0;
  const work = async (index: number) => {
    most = Math.max(most, ++open);
    await new Promise((resolve) => setTimeout(resolve, 1));
    open--;
    if (index % 7 === 0) throw new Error("no");
    return index;
  };
  const settled = await Promise.allSettled(Array.from({ length: 100 }, (_, index) => withFile(() => work(index))));
  expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(85);
  expect(most).toBe(8);
  expect(await withFile(async () => "more")).toBe("more");
});

test("while the system has no file to give, it is asked again", async () => {
  let tries = 0;
  const work = async () => {
    if (++tries < 4) throw Object.assign(new Error("too many open files"), { code: tries % 2 ? "EMFILE" : "ENFILE" });
    return "read";
  };
  expect(await withFile(work)).toBe("read");
  const missing = async () => {
    tries++;
    throw Object.assign(new Error("no such file"), { code: "ENOENT" });
  };
  tries = 0;
  await expect(withFile(missing)).rejects.toThrow("no such file");
  expect(tries).toBe(1);
});

test("whether there is room for more files is found out without keeping any", () => {
  expect(canOpen(24)).toBe(true);
  expect(canOpen(24)).toBe(true);
});
