import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, open, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BROKEN, ENDLESS, POSTS, project, underWay } from "./og.ts";

const execute = promisify(execFile);
const WORKSPACE = fileURLToPath(new URL("../../../", import.meta.url));
const CORE = join(WORKSPACE, "packages/core");
const CLI = join(WORKSPACE, "packages/cli");

/** A folder whose `node_modules` holds both packages as the registry would give them. */
let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "og-gen-pack-"));
  await execute("pnpm", ["build"], { cwd: WORKSPACE });
  await unpack(CORE, "node_modules/@og-gen/core");
  await unpack(CLI, "node_modules/og-gen");
  // What npm would install for core, without a network.
  await symlink(join(CORE, "node_modules"), join(home, "node_modules/@og-gen/core/node_modules"));
});

afterAll(() => rm(home, { recursive: true, force: true }));

async function unpack(from: string, to: string): Promise<void> {
  const { stdout } = await execute("pnpm", ["pack", "--json", "--ignore-scripts", "--pack-destination", home], { cwd: from });
  const { filename } = JSON.parse(stdout) as { readonly filename: string };
  await mkdir(join(home, to), { recursive: true });
  await execute("tar", ["-xzf", filename, "-C", join(home, to), "--strip-components=1"]);
}

const BIN = () => join(home, "node_modules/og-gen/dist/bin.js");

/** `og-gen` as the shell would start it in `cwd`. */
function start(cwd: string, args: readonly string[] = [], flags: readonly string[] = []) {
  const child = spawn(process.execPath, [...flags, BIN(), ...args], {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (text) => (output.stdout += String(text)));
  child.stderr.on("data", (text) => (output.stderr += String(text)));
  return { child, output };
}

async function exitCode(child: ChildProcess): Promise<unknown> {
  const [code] = (await once(child, "close")) as readonly unknown[];
  return code;
}

describe("the packed tarballs", () => {
  test("hold what runs, and nothing else", async () => {
    const [manifest, files] = await Promise.all([
      readFile(join(home, "node_modules/og-gen/package.json"), "utf8"),
      readdir(join(home, "node_modules/og-gen"), { recursive: true }),
    ]);
    expect(manifest).not.toMatch(/workspace:|@og-gen\/source/);
    expect(await readdir(join(home, "node_modules/@og-gen/core/dist/render"))).toContain("kernel.wasm");
    expect(files.filter((file) => /(?<!\.d)\.ts$|tsbuildinfo|^src|^test/.test(file))).toEqual([]);
    expect(await readFile(join(home, "node_modules/og-gen/dist/bin.js"), "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  test("make a PNG of 1200×630", async () => {
    const root = await project(POSTS);
    const { child, output } = start(root, ["content"]);
    expect({ code: await exitCode(child), ...output }).toMatchObject({ code: 0, stderr: "" });
    expect(output.stdout).toMatch(/^2 pages: 2 rendered/);
    const png = await readFile(join(root, "public/og/blog/hello.png"));
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 630]);
  });

  test("say so where Node is too old", async () => {
    const older =
      'Object.defineProperty(process.versions, "node", { value: "20.20.2" }); delete Map.groupBy; delete Promise.withResolvers;';
    const { child, output } = start(home, ["content"], ["--import", `data:text/javascript,${encodeURIComponent(older)}`]);
    expect({ code: await exitCode(child), ...output }).toEqual({
      code: 2,
      stdout: "",
      stderr: expect.stringMatching(/^error This is Node 20\.20\.2; og-gen needs 22\.12 or newer\. → Install a newer Node/) as string,
    });
  });

  test("load nothing heavy where there is nothing to do", async () => {
    const root = await project({ ...POSTS, "og.config.json": '{ "variants": { "og": { "width": 120, "height": 63 } } }' });
    expect(await exitCode(start(root, ["content"]).child)).toBe(0);
    // Names every module that is loaded, of the packages and of ours, when the process ends.
    const loads = `import { registerHooks } from "node:module"; const urls = [];
      registerHooks({ load: (url, context, next) => (urls.push(url), next(url, context)) });
      process.on("exit", () => console.error(urls.join("\\n")));`;
    const { stdout, stderr } = await execute(
      process.execPath,
      ["--import", `data:text/javascript,${encodeURIComponent(loads)}`, BIN(), "content"],
      {
        cwd: root,
      },
    );
    expect(stdout).toMatch(/^2 pages: 2 cached/);
    const packages = stderr.split("\n").map((url) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1]);
    expect([...new Set(packages)].filter((name) => name !== undefined).toSorted()).toEqual([
      "@og-gen/core",
      "leven",
      "og-gen",
      "p-limit",
      "valibot",
      "yocto-queue",
    ]);
    expect(stderr).not.toMatch(/\/core\/dist\/(?:templates|render|resolve\/fonts|compose\/(?:theme|compose|expand)|collect\/front-matter)/);
  });

  test("take a configuration in TypeScript and a template in TSX, where nothing is installed", async () => {
    const root = await project({
      ...POSTS,
      "og.config.ts": 'import { defineConfig } from "@og-gen/core";\nexport default defineConfig({ template: "./card.tsx" });\n',
      "card.tsx":
        'import type { TemplateInput } from "@og-gen/core";\nexport default ({ page }: TemplateInput) => <div style={{ display: "flex" }}>{page.title}</div>;\n',
    });
    const { child, output } = start(root);
    expect({ code: await exitCode(child), ...output }).toMatchObject({ code: 0, stderr: "" });
  });

  test("eject every built-in template as a file that type-checks and draws", async () => {
    const { stdout } = await execute(process.execPath, [BIN(), "templates", "list"], { cwd: home });
    const names = [...stdout.matchAll(/^(\S+) +built-in +[A-Z]/gm)].map(([, name = ""]) => name);
    expect(names).toEqual(expect.arrayContaining(["article", "minimal", "photo"]));
    // Inside `home`, where the types of what is imported are installed.
    const root = await mkdtemp(join(home, "site-"));
    for (const name of names) {
      const { child, output } = start(root, ["templates", "eject", name]);
      expect({ code: await exitCode(child), ...output }).toMatchObject({ code: 0, stderr: "" });
    }
    const compilerOptions = {
      module: "nodenext",
      jsx: "react-jsx",
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      noUnusedLocals: true,
      types: [],
    };
    await writeFile(join(root, "package.json"), '{ "type": "module" }');
    await writeFile(join(root, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["og"] }));
    await execute(process.execPath, [join(WORKSPACE, "node_modules/typescript/bin/tsc"), "-p", root]);
    const { child, output } = start(root, ["templates", "--out", "all.png", "--no-cache"]);
    expect({ code: await exitCode(child), ...output }).toEqual({ code: 0, stdout: `${names.length} templates → all.png\n`, stderr: "" });
  });

  test("tell the shell of a page that failed", async () => {
    const { child } = start(await project(BROKEN));
    expect(await exitCode(child)).toBe(1);
  });

  test("do not end well when a template ends the process", async () => {
    const { child, output } = start(await project({ ...POSTS, "og.config.mjs": "export default { template: () => process.exit(0) };\n" }));
    expect(await exitCode(child)).toBe(1);
    expect(output.stderr).toContain("process.exit()");
  });

  /** Node's permission model tells of every file that is asked for, and is not below one of these. */
  test.runIf(process.allowedNodeEnvironmentFlags.has("--permission"))(
    "read no file outside of the project, whatever its pages name",
    async () => {
      const outside = [
        "../../../../../../../../etc/passwd",
        "/etc/passwd",
        "/proc/self/environ",
        "/dev/zero",
        "~/.ssh/id_rsa",
        "file:///etc/passwd",
        "..%2f..%2f..%2f..%2fetc%2fpasswd",
        "/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "....//....//etc/passwd",
        "C:\\Windows\\win.ini",
        "\\\\127.0.0.1\\share\\x.png",
      ];
      const page = (field: string, value: string) => `---\ntitle: A page\n${field}: ${JSON.stringify(value)}\n---\n`;
      const root = await project({
        "og.config.json": JSON.stringify({ template: "photo", cacheDir: "cache", outDir: "out" }),
        "content/fine.md": "---\ntitle: Fine\n---\n",
        "out/.gitkeep": "",
        "cache/.gitkeep": "",
        ...Object.fromEntries(outside.map((path, index) => [`content/image-${index}.md`, page("cover", path)])),
        ...Object.fromEntries(
          outside.map((path, index) => [`content/template-${index}.md`, page("og", path).replace(/og: (.+)/, "og: { template: $1 }")]),
        ),
      });
      // Packages are looked for in the folders above the project, as Node does it.
      const readable = [root, home, WORKSPACE, join(tmpdir(), "node_modules/*"), "/node_modules/*"];
      const permissions = [
        "--permission",
        ...readable.map((folder) => `--allow-fs-read=${folder}`),
        ...["out", "cache"].map((folder) => `--allow-fs-write=${join(root, folder)}`),
        "--allow-child-process",
        "--allow-worker",
        "--allow-addons",
        "--no-warnings",
      ];
      const { child, output } = start(root, ["--json", "--quiet"], permissions);
      await exitCode(child);
      expect(output.stderr).not.toContain("restricted");
      const { results } = JSON.parse(output.stdout) as {
        readonly results: readonly { readonly id: string; readonly status: string; readonly error?: { readonly code: string } }[];
      };
      expect(results.find(({ id }) => id === "fine")).toMatchObject({ status: "rendered" });
      for (const { id, status, error } of results.filter((result) => result.id !== "fine"))
        expect({ id, status, code: error?.code }).toEqual({
          id,
          status: "fallback",
          code: id.startsWith("image") ? "E_IMAGE" : "E_TEMPLATE",
        });
    },
  );

  test("do not mind a reader that leaves early", async () => {
    const pages = Array.from({ length: 400 }, (_, n) => [`content/${n}.md`, "---\ntitle: The same\n---\n"]);
    const { child, output } = start(await project(Object.fromEntries(pages)), ["--dry-run", "--json"]);
    child.stdout.once("data", () => child.stdout.destroy());
    expect(await exitCode(child)).toBe(0);
    expect(output.stderr).not.toContain("EPIPE");
  });

  test.runIf(process.platform === "linux").each([["--json"], ["--help"]])(
    "say in one line that %s cannot be written to a full disk",
    async (flag) => {
      const root = await project(POSTS);
      const full = await open("/dev/full", "w");
      const child = spawn(process.execPath, [BIN(), "content", "--dry-run", flag], { cwd: root, stdio: ["ignore", full.fd, "pipe"] });
      let errors = "";
      child.stderr?.on("data", (text) => (errors += String(text)));
      expect(await exitCode(child)).toBe(1);
      await full.close();
      expect(errors).toContain("error What the run has to say cannot be written: ENOSPC");
      expect(errors).not.toMatch(/^ +at /m);
    },
  );
});

test("what a configuration leaves open does not keep the process", async () => {
  const root = await project({
    "content/a.md": "---\ntitle: A\n---\n",
    "og.config.mjs": "setInterval(() => {}, 1000);\nexport default {};",
  });
  const { child, output } = start(root);
  expect(await exitCode(child)).toBe(0);
  expect(output.stdout).toContain("1 page: 1 rendered");
});

describe.skipIf(process.platform === "win32")("signals", () => {
  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("%s ends the process within two seconds, with a line on how far it got", async (signal, code) => {
    const root = await project(ENDLESS);
    const { child, output } = start(root);
    await underWay(root);
    const sent = performance.now();
    child.kill(signal);
    expect(await exitCode(child)).toBe(code);
    expect(performance.now() - sent).toBeLessThan(2_000);
    expect(output.stderr).toMatch(/^Interrupted after [1-9][\d,]* pages\. /m);
  });

  test("a second one ends it at once", async () => {
    const root = await project({ "og.config.mjs": `setInterval(() => {}, 1000);\n${ENDLESS["og.config.mjs"]}` });
    const { child } = start(root);
    await underWay(root);
    child.kill("SIGINT");
    await setTimeout(300);
    expect(child.exitCode).toBeNull();
    const sent = performance.now();
    child.kill("SIGINT");
    expect(await exitCode(child)).toBe(130);
    expect(performance.now() - sent).toBeLessThan(500);
  });
});
