import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { existsSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished, vi } from "vitest";
import { type Io, type JsonPlan, type JsonReport, run } from "../src/index.ts";

/** What a run of the command line left. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly env?: Io["env"];
  readonly signal?: AbortSignal;
  /** Both streams are terminals of this width. */
  readonly columns?: number;
}

/** Runs the command line in this process: `await og(cwd, "--check --strict")`. */
export async function og(
  cwd: string,
  args: string | readonly string[],
  { env = {}, signal, columns }: Surroundings = {},
): Promise<Outcome> {
  const written = { stdout: "", stderr: "" };
  const stream = (name: keyof typeof written) => ({
    write: (text: string) => (written[name] += text),
    isTTY: columns !== undefined,
    columns,
  });
  const argv = typeof args === "string" ? args.split(" ").filter(Boolean) : args;
  const code = await run(argv, { cwd, env, signal, stdout: stream("stdout"), stderr: stream("stderr") });
  return { code, ...written };
}

export async function ogReport(cwd: string, args: string): Promise<JsonReport> {
  return JSON.parse((await og(cwd, `${args} --json`)).stdout) as JsonReport;
}

export async function ogPlan(cwd: string, args: string): Promise<JsonPlan> {
  return JSON.parse((await og(cwd, `${args} --json`)).stdout) as JsonPlan;
}

/** A folder with these files, gone when the test is over. */
export async function project(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "og-gen-cli-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return root;
}

/** Two pages, both well. */
export const POSTS = {
  "content/index.md": "---\ntitle: Home\n---\n",
  "content/blog/hello.md": "---\ntitle: Hello, world\n---\n",
};

/** A page whose front matter does not parse. */
export const BROKEN = { "content/broken.md": '---\ntitle: "Broken\n---\n' };

/** A page that is well but for a warning: its title is its heading. */
export const UNTITLED = { "content/untitled.md": "# Only a heading\n" };

/** Pages without end; each is its own card. */
export const ENDLESS = {
  "og.config.mjs": `export default {
    source: {
      async *[Symbol.asyncIterator]() {
        for (let n = 0; ; n += 1) {
          yield { id: "page-" + n, title: "Page " + n };
          await new Promise((resolve) => setTimeout(resolve, 1));
        }
      },
    },
  };`,
};

/** Waits until a run of `ENDLESS` is well under way. */
export async function underWay(root: string): Promise<void> {
  await vi.waitUntil(() => existsSync(join(root, "public/og/page-99.png")), { timeout: 30_000 });
}
