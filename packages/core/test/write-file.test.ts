import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { OgError } from "../src/error.ts";
import { writeFileAtomic } from "../src/publish/write-file.ts";

async function folder(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "og-gen-write-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  return root;
}

test("makes the folders that are missing", async () => {
  const root = await folder();
  await writeFileAtomic(join(root, "a", "b", "c.png"), Buffer.from("new"));
  expect(await readFile(join(root, "a", "b", "c.png"), "utf8")).toBe("new");
  expect(await readdir(join(root, "a", "b"))).toEqual(["c.png"]);
});

test("replaces what is there, and what a link points to stays", async () => {
  const root = await folder();
  await writeFile(join(root, "elsewhere"), "mine");
  await writeFile(join(root, "plain.png"), "an older and longer text");
  await symlink(join(root, "elsewhere"), join(root, "link.png"));
  await writeFileAtomic(join(root, "plain.png"), Buffer.from("new"));
  await writeFileAtomic(join(root, "link.png"), Buffer.from("new"));
  expect(await readFile(join(root, "plain.png"), "utf8")).toBe("new");
  expect(await readFile(join(root, "link.png"), "utf8")).toBe("new");
  expect(await readFile(join(root, "elsewhere"), "utf8")).toBe("mine");
});

test("takes a name of the greatest length", async () => {
  const root = await folder();
  const name = `${"n".repeat(251)}.png`;
  await writeFileAtomic(join(root, name), Buffer.from("new"));
  expect(await readdir(root)).toEqual([name]);
});

test("a reader sees the old or the new, never a part", async () => {
  const root = await folder();
  const file = join(root, "card.png");
  const versions = Array.from({ length: 30 }, (_, index) => Buffer.alloc(200_000, index));
  await writeFileAtomic(file, versions[0] as Buffer);
  let writing = true;
  const reading = (async () => {
    const seen: boolean[] = [];
    while (writing) {
      const bytes = await readFile(file);
      seen.push(bytes.length === 200_000 && bytes.every((byte) => byte === bytes[0]));
    }
    return seen;
  })();
  await Promise.all(versions.map((bytes) => writeFileAtomic(file, bytes)));
  writing = false;
  expect(new Set(await reading)).toEqual(new Set([true]));
  expect(await readdir(root)).toEqual(["card.png"]);
});

describe("E_WRITE names the file, and leaves nothing behind", () => {
  test.each<[string, (root: string) => Promise<string>]>([
    [
      "a file where a folder should be",
      async (root) => {
        await writeFile(join(root, "og"), "a file");
        return join(root, "og", "card.png");
      },
    ],
    [
      "a folder where the file should be",
      async (root) => {
        await mkdir(join(root, "card.png", "inside"), { recursive: true });
        return join(root, "card.png");
      },
    ],
    ["a name that is too long", async (root) => join(root, `${"n".repeat(300)}.png`)],
    ["a NUL in the name", async (root) => join(root, "a\0b.png")],
  ])("%s", async (_name, arrange) => {
    const root = await folder();
    const file = await arrange(root);
    const before = await readdir(root, { recursive: true });
    const thrown: unknown = await writeFileAtomic(file, Buffer.from("new")).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(OgError);
    expect(thrown).toMatchObject({ code: "E_WRITE", file, hint: expect.stringContaining("writable") });
    expect(await readdir(root, { recursive: true })).toEqual(before);
  });
});
