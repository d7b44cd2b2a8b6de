import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { treeOf, type Tree } from "./tree.ts";

const FOLDER = fileURLToPath(new URL("../fixtures/golden/", import.meta.url));

export const GOLDEN_CONFIG = join(FOLDER, "og.config.mjs");
export const GOLDEN_LIST = join(FOLDER, "hashes.json");

/** The pictures of `fixtures/golden`, as they were when somebody last looked at them. */
export interface Golden {
  /** Where they were painted: another system's arithmetic may round otherwise. */
  readonly platform: string;
  /** Path → SHA-256 of the bytes. */
  readonly files: Tree;
  /** Path → the key under which a cache keeps the picture. */
  readonly keys: Readonly<Record<string, string>>;
}

export const PLATFORM = `${process.platform}-${process.arch}`;

export function readGolden(): Golden {
  return JSON.parse(readFileSync(GOLDEN_LIST, "utf8")) as Golden;
}

/** What is painted now, by the built command line. */
export function paintGolden(bin: string): Golden {
  const out = mkdtempSync(join(tmpdir(), "og-gen-golden-"));
  try {
    const { status, stderr } = spawnSync(process.execPath, [bin, "--config", GOLDEN_CONFIG, "--quiet"], {
      env: { ...process.env, GOLDEN_OUT: out },
      encoding: "utf8",
    });
    if (status !== 0 || stderr !== "") throw new Error(`The golden pages were not painted without a word (exit ${status}):\n${stderr}`);
    return { platform: PLATFORM, files: imagesOf(treeOf(out)), keys: keysIn(out) };
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

function keysIn(out: string): Readonly<Record<string, string>> {
  const { pages } = JSON.parse(readFileSync(join(out, "og-manifest.json"), "utf8")) as Manifest;
  const images = Object.values(pages).flatMap((page) => page.images);
  return Object.fromEntries(images.map(({ file, key }) => [file, key] as const).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

interface Manifest {
  readonly pages: Readonly<Record<string, { readonly images: readonly { readonly file: string; readonly key: string }[] }>>;
}

/** Without the manifest, which names the versions that painted in its keys. */
export function imagesOf(tree: Tree): Tree {
  return Object.fromEntries(Object.entries(tree).filter(([file]) => !file.endsWith(".json")));
}
