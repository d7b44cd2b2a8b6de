import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { expand } from "../src/compose/expand.ts";
import { type Child, type Element, h } from "../src/compose/jsx-runtime.ts";
import { LIMITS } from "../src/limits.ts";
import { createPool, type PoolOptions } from "../src/render/pool.ts";
import { startAhead } from "../src/render/spawn.ts";
import { createEmojiFinder } from "../src/resolve/emoji.ts";
import { openFonts } from "../src/resolve/fonts.ts";
import { createImageFinder } from "../src/resolve/images.ts";
import { resolveJob } from "../src/resolve/job.ts";
import type { Job, Renderer } from "../src/types.ts";
import { children } from "./forks.ts";

vi.mock("node:child_process", async (importOriginal) => (await import("./forks.ts")).noting(await importOriginal()));
beforeEach(() => void children.splice(0));

const SIZE = { width: 240, height: 126 };
const SOON_MS = 5_000;
/** Enough memory for what takes too long. */
const ROOMY = { ...LIMITS, rendererMegabytes: 100_000 };

function pool(options: Partial<PoolOptions> = {}): Renderer {
  const renderer = createPool({ concurrency: 1, timeout: 20_000, ...options });
  onTestFinished(() => renderer.close());
  return renderer;
}

async function jobOf(element: Element): Promise<Job> {
  const root = import.meta.dirname;
  const resolver = {
    fonts: openFonts([], root),
    images: createImageFinder({ root, publicDir: root, remoteHosts: [] }),
    emoji: createEmojiFinder(false, root),
  };
  const { job } = await resolveJob(
    resolver,
    await expand(element),
    { id: "x", title: "x", tags: [], data: {} },
    { ...SIZE, format: "png", quality: 85 },
  );
  return job;
}

function Card({ children: inside, colour = "white" }: { readonly children?: Child; readonly colour?: string }): Element {
  return <div style={{ display: "flex", ...SIZE, backgroundColor: colour }}>{inside}</div>;
}

const plain = <Card colour="#00ff00">words</Card>;

/** resvg ends its process at these (see `render/safe.ts`). */
const deadly: Readonly<Record<string, Element>> = {
  "a shadow far larger than the card": (
    <Card colour="#00ff00">
      <div style={{ width: 200, height: 100, boxShadow: "0 0 100000px 100000px red", backgroundColor: "blue" }} />
    </Card>
  ),
  "an element beyond the edge, scaled, in one that clips": (
    <Card colour="#00ff00">
      <div style={{ width: 200, height: 100, backgroundColor: "blue" }} />
      <div style={{ display: "flex", overflow: "hidden", border: "1px solid orange", position: "absolute", left: 270 }}>
        <div style={{ position: "absolute", left: 153, width: 235, height: 15, backgroundColor: "red", transform: "scale(0.5)" }} />
      </div>
    </Card>
  ),
  "the same, by other names": (
    <Card colour="#00ff00">
      <div style={{ width: 200, height: 100, backgroundColor: "blue" }} />
      <div
        style={{ display: "flex", overflowX: "hidden", overflowY: "hidden", border: "1px solid orange", position: "absolute", left: 270 }}
      >
        <div style={{ position: "absolute", left: 153, width: 235, height: 15, backgroundColor: "red", scale: "0.5" }} />
      </div>
    </Card>
  ),
};

function Blurred({ times }: { readonly times: number }): Element {
  return (
    <Card colour="#00ff00">
      {Array.from({ length: times }, () => (
        <div style={{ position: "absolute", left: 0, top: 0, width: 200, height: 126, filter: "blur(40px)", backgroundColor: "blue" }} />
      ))}
    </Card>
  );
}

/** Some seconds. */
const slow = <Blurred times={400} />;

/** Minutes, also without effects. */
const endless = (
  <Card>
    <div
      style={{
        position: "absolute",
        left: -500_000,
        top: -500_000,
        width: 1_000_000,
        height: 1_000_000,
        borderRadius: 500_000,
        backgroundImage: "repeating-linear-gradient(45deg, red 0px, blue 1px)",
      }}
    />
  </Card>
);

async function colourAt(bytes: Uint8Array, x: number, y: number): Promise<string> {
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return data.subarray((y * info.width + x) * 3, (y * info.width + x + 1) * 3).join();
}

function isAlive(pid: number | undefined): boolean {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function goneSoon(pids: readonly (number | undefined)[]): Promise<readonly boolean[]> {
  const deadline = performance.now() + SOON_MS;
  while (pids.some(isAlive) && performance.now() < deadline) await wait(20);
  return pids.map((pid) => !isAlive(pid));
}

const outcome = (rendering: Promise<unknown>, ms = SOON_MS): Promise<unknown> =>
  Promise.race([rendering.catch((error: unknown) => error), wait(ms, "still waiting")]);

describe("a card is painted in another process", () => {
  test("whole, with its effects", async () => {
    const { bytes, degraded } = await pool().render(await jobOf(plain));
    expect(degraded).toBe(false);
    expect(await sharp(bytes).metadata()).toMatchObject({ format: "png", ...SIZE });
    expect(await colourAt(bytes, 230, 120)).toBe("0,255,0");
    expect(children).toHaveLength(1);
    expect(children[0]?.pid).not.toBe(process.pid);
  });

  test.each([
    { jobs: 40, concurrency: 2, cores: 2, processes: 1, why: "the second would take the last core" },
    { jobs: 110, concurrency: 2, cores: 2, processes: 1, why: "cards that are quick end no sooner with a second" },
    { jobs: 110, concurrency: 2, cores: 2, slower: 100, processes: 2, why: "cards that take long end sooner with it all the same" },
    { jobs: 40, concurrency: 2, cores: 3, processes: 2, why: "a core is free" },
    { jobs: 110, concurrency: 1, cores: 3, processes: 1, why: "no more are allowed" },
  ])(
    "each of $jobs jobs has its own picture, in $processes of $concurrency processes on $cores cores: $why",
    async ({ slower = 1, ...given }) => {
      const now = performance.now.bind(performance);
      const clock = vi.spyOn(performance, "now").mockImplementation(() => slower * now());
      const renderer = pool(given);
      const colours = Array.from({ length: given.jobs }, (_, index) => [index * 2, 255 - index * 2, index].join());
      const jobs = await Promise.all(colours.map((colour) => jobOf(<Card colour={`rgb(${colour})`} />)));
      const renderings = await Promise.all(jobs.map((job) => renderer.render(job)));
      clock.mockRestore();
      expect(await Promise.all(renderings.map(({ bytes }) => colourAt(bytes, 9, 9)))).toEqual(colours);
      expect(children).toHaveLength(given.processes);
    },
  );

  test.each([
    { concurrency: 2, cores: 2, spareCore: true },
    { concurrency: 1, cores: 2, spareCore: false },
    { concurrency: 2, cores: 1, spareCore: false },
  ])(
    "whose other thread may help where a core is spare: of $cores, with a concurrency of $concurrency",
    async ({ spareCore, ...given }) => {
      const renderer = pool({ ...given, startEarly: true });
      const send = vi.spyOn(children[0] as ChildProcess, "send");
      await renderer.render(await jobOf(plain));
      expect(send.mock.calls.map(([request]) => request)).toMatchObject([{ spareCore }]);
    },
  );

  test("a few jobs do not pay for a second process", async () => {
    const renderer = pool({ concurrency: 4 });
    const job = await jobOf(plain);
    await Promise.all([renderer.render(job), renderer.render(job), renderer.render(job)]);
    expect(children).toHaveLength(1);
  });
});

describe("a process that dies", () => {
  test.each(Object.entries(deadly))("%s: painted without its effects, and the others are well", async (_name, element) => {
    const renderer = pool();
    const [before, bad, after] = await Promise.all([plain, element, plain].map(async (tree) => renderer.render(await jobOf(tree))));
    expect(before?.degraded).toBe(false);
    expect(after?.degraded).toBe(false);
    expect(bad).toMatchObject({ degraded: true, cause: { code: "E_RENDER_CRASH", message: expect.stringContaining("SIGABRT") } });
    expect(await colourAt(bad?.bytes as Uint8Array, 230, 120)).toBe("0,255,0");
    expect(await colourAt(bad?.bytes as Uint8Array, 50, 50)).toBe("0,0,255");
    expect(children.map((child) => child.signalCode)).toEqual(["SIGABRT", null]);
  });

  test.each([1, 2])("is not blamed on what it painted before, nor on what it was to paint next: %i at once", async (concurrency) => {
    const renderer = pool({ concurrency });
    const [good, bad] = await Promise.all([jobOf(plain), jobOf(Object.values(deadly)[0] as Element)]);
    const jobs = Array.from({ length: 24 }, (_, index) => (index % 5 === 3 ? bad : good));
    const renderings = await Promise.all(jobs.map((job) => renderer.render(job)));
    expect(renderings.map(({ degraded }) => degraded)).toEqual(jobs.map((job) => job === bad));
    expect(children.filter((child) => child.signalCode === "SIGABRT")).toHaveLength(5);
  });

  test("what it was sent ahead is ended with the pool", async () => {
    const renderer = pool();
    await renderer.render(await jobOf(plain));
    const under = [slow, plain, plain].map(async (tree) => renderer.render(await jobOf(tree)).catch((error: unknown) => error));
    await wait(200);
    await renderer.close();
    for (const thrown of await Promise.all(under))
      expect(thrown).toMatchObject({ code: "E_RENDER", message: expect.stringContaining("ended") });
  });

  test("killed from outside in the middle of a job: the job is done again, and the others too", async () => {
    const renderer = pool();
    await renderer.render(await jobOf(plain));
    const [underWay, next] = [renderer.render(await jobOf(<Blurred times={40} />)), renderer.render(await jobOf(plain))];
    await wait(100);
    children[0]?.kill("SIGKILL");
    expect(await next).toMatchObject({ degraded: false });
    expect(await underWay).toMatchObject({ degraded: false });
    expect(children.map((child) => child.signalCode)).toEqual(["SIGKILL", null]);
  });

  test("killed between two jobs: another takes its place", async () => {
    const renderer = pool();
    const job = await jobOf(plain);
    await renderer.render(job);
    children[0]?.kill("SIGKILL");
    await goneSoon([children[0]?.pid]);
    await wait(50);
    expect(await renderer.render(job)).toMatchObject({ degraded: false });
    expect(children).toHaveLength(2);
  });
});

describe("a trap in the kernel", () => {
  /** Has renderer processes start with a kernel that traps at the glyphs of its first card with text. */
  const TRAPPING = `
    const { Instance, RuntimeError } = WebAssembly;
    WebAssembly.Instance = class extends Instance {
      get exports() {
        const { rasterise, ...others } = super.exports;
        return rasterise ? { ...others, rasterise() { throw new RuntimeError("unreachable"); } } : super.exports;
      }
    };`;

  test("ends the process, whose memory is not to be relied on; cards without text are well", async () => {
    vi.stubEnv("NODE_OPTIONS", `--import data:text/javascript,${encodeURIComponent(TRAPPING)}`);
    onTestFinished(() => void vi.unstubAllEnvs());
    const renderer = pool();
    await expect(renderer.render(await jobOf(plain))).rejects.toMatchObject({
      code: "E_RENDER_CRASH",
      message: expect.stringContaining("unreachable"),
      hint: expect.stringContaining("report"),
    });
    expect(await renderer.render(await jobOf(<Card />))).toMatchObject({ degraded: false });
    expect(children.map(({ exitCode }) => exitCode)).toEqual([1, 1, null]);
  });
});

describe("a machine that is full", () => {
  /** Has this many renderer processes end with their first card, as V8 ends them where the system has no memory left. */
  const full = (notes: string, times: number) => `
    import { appendFileSync, readFileSync, writeSync } from "node:fs";
    process.prependOnceListener("message", () => {
      appendFileSync(${JSON.stringify(notes)}, "x");
      if (readFileSync(${JSON.stringify(notes)}).length > ${times}) return;
      writeSync(2, "\\n#\\n# Fatal process out of memory: SegmentedTable::InitializeTable\\n#\\n");
      process.abort();
    });`;

  test.each([
    [2, { degraded: false }],
    [3, { code: "E_RENDER_CRASH", message: expect.stringContaining("(SIGABRT): Fatal process out of memory") as string }],
  ])("%i times in a row: the card keeps its effects", async (times, outcome) => {
    const folder = await mkdtemp(join(tmpdir(), "og-gen-full-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    vi.stubEnv("NODE_OPTIONS", `--import data:text/javascript,${encodeURIComponent(full(join(folder, "notes"), times))}`);
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(
      await pool()
        .render(await jobOf(plain))
        .catch((thrown: unknown) => thrown),
    ).toMatchObject(outcome);
    expect(children).toHaveLength(3);
  });
});

test("a process that cannot be started is no fault of the card", async () => {
  const { execPath } = process;
  onTestFinished(() => void (process.execPath = execPath));
  process.execPath = join(tmpdir(), "no-such-node");
  await expect(pool().render(await jobOf(plain))).rejects.toMatchObject({
    code: "E_RENDER",
    message: expect.stringContaining("cannot be started"),
    hint: expect.stringContaining("machine"),
  });
});

describe("a job that takes too long", () => {
  test("is stopped, and painted without its effects", async () => {
    const renderer = pool({ timeout: 2_000, limits: ROOMY });
    await renderer.render(await jobOf(plain));
    const { bytes, degraded, cause } = await renderer.render(await jobOf(slow));
    expect(degraded).toBe(true);
    expect(cause).toMatchObject({ code: "E_RENDER_TIMEOUT" });
    expect(await colourAt(bytes, 230, 120)).toBe("0,255,0");
    expect(await colourAt(bytes, 50, 50)).toBe("0,0,255");
    expect(await goneSoon([children[0]?.pid])).toEqual([true]);
  });

  test("is an error when that takes too long as well, soon after the limit, and the next one is well", async () => {
    const renderer = pool({ timeout: 1_000, limits: ROOMY });
    await renderer.render(await jobOf(plain));
    const started = performance.now();
    const [thrown, next] = await Promise.all([
      renderer.render(await jobOf(endless)).catch((error: unknown) => error),
      jobOf(plain).then((job) => renderer.render(job)),
    ]);
    expect(performance.now() - started).toBeLessThan(12_000);
    expect(thrown).toMatchObject({
      name: "OgError",
      code: "E_RENDER_TIMEOUT",
      message: expect.stringContaining("1000 ms"),
      hint: expect.any(String),
    });
    expect(next).toMatchObject({ degraded: false });
  });

  test("the limit is that of the card, also for the first card of a process", async () => {
    const rendering = pool({ timeout: 500, limits: ROOMY }).render(await jobOf(endless));
    expect(await outcome(rendering, 10_000)).toMatchObject({ code: "E_RENDER_TIMEOUT" });
  });
});

describe("a card that takes too much memory", () => {
  test("ends its process before the machine has none left, is an error, and the next one is well", async () => {
    const renderer = pool();
    const [thrown, next] = await Promise.all([
      renderer.render(await jobOf(endless)).catch((error: unknown) => error),
      jobOf(plain).then((job) => renderer.render(job)),
    ]);
    expect(thrown).toMatchObject({
      name: "OgError",
      code: "E_RENDER_MEMORY",
      message: "The card took more than 512 MB of memory.",
      hint: expect.stringContaining("limits.rendererMegabytes"),
    });
    expect(next).toMatchObject({ degraded: false });
    // As it is, again in another process, and without its effects.
    expect(children.map((child) => child.signalCode)).toEqual(["SIGUSR2", "SIGUSR2", "SIGUSR2"]);
  });

  test("a process that has grown makes way for another after its card", async () => {
    const renderer = pool({ limits: { ...LIMITS, rendererMegabytes: 150 } });
    const job = await jobOf(plain);
    expect(await renderer.render(job)).toMatchObject({ degraded: false });
    expect(await renderer.render(job)).toMatchObject({ degraded: false });
    expect(children).toHaveLength(2);
  });
});

describe("errors are typed, as they were in the other process", () => {
  test("an image that is none is not tried again", async () => {
    const root = await mkdtemp(join(tmpdir(), "og-gen-pool-"));
    onTestFinished(() => rm(root, { recursive: true, force: true }));
    const file = join(root, "not a picture.png");
    await writeFile(file, "<html>");
    const job = await jobOf(plain);
    const image = { digest: "0".repeat(64), name: "not a picture.png", bytes: Buffer.from("<html>"), file };
    const thrown: unknown = await pool()
      .render({ ...job, images: [image] })
      .catch((error: unknown) => error);
    expect(thrown).toMatchObject({
      name: "OgError",
      code: "E_IMAGE",
      file,
      hint: expect.any(String),
      message: expect.stringContaining("HTML"),
    });
    expect(children).toHaveLength(1);
  });

  test("a tree that cannot be laid out", async () => {
    const rendering = pool().render(await jobOf(<div style={{ display: "table" }}>x</div>));
    await expect(rendering).rejects.toMatchObject({ name: "OgError", code: "E_LAYOUT", hint: expect.any(String) });
  });

  test("an SVG that names a file", async () => {
    const job = await jobOf(
      <Card>
        <svg width={40} height={40} viewBox="0 0 9 9">
          {h("image", { href: "/etc/passwd", width: 9, height: 9 })}
        </svg>
      </Card>,
    );
    await expect(pool().render(job)).rejects.toMatchObject({ name: "OgError", code: "E_LAYOUT" });
  });
});

describe("closing", () => {
  test("leaves no process, and ends what was under way or waiting", async () => {
    const renderer = createPool({ concurrency: 2, timeout: 20_000 });
    const job = await jobOf(plain);
    await renderer.render(job);
    const tree = await jobOf(slow);
    const renderings = Array.from({ length: 30 }, () => renderer.render(tree).catch((error: unknown) => error));
    await wait(50);
    await renderer.close();
    expect(children.map(({ pid }) => isAlive(pid))).toEqual(children.map(() => false));
    for (const thrown of await Promise.all(renderings)) expect(thrown).toMatchObject({ name: "OgError", code: "E_RENDER" });
  });

  test("twice, and before the first job", async () => {
    const renderer = createPool({ concurrency: 2, timeout: 20_000 });
    await renderer.close();
    await renderer.close();
    expect(children).toHaveLength(0);
  });

  test("a job that comes later is an error at once", async () => {
    const renderer = createPool({ concurrency: 1, timeout: 20_000 });
    const job = await jobOf(plain);
    await renderer.render(job);
    await renderer.close();
    expect(await outcome(renderer.render(job))).toMatchObject({ name: "OgError", code: "E_RENDER" });
    expect(children).toHaveLength(1);
  });
});

test("a process that was started early keeps nobody alive who does not need it", async () => {
  const pool = JSON.stringify(new URL("../src/render/pool.ts", import.meta.url).href);
  const code = `const { createPool } = await import(${pool}); createPool({ concurrency: 1, timeout: 1000, startEarly: true });`;
  const parent = spawn(process.execPath, ["--input-type=module", "--eval", code], { stdio: "inherit" });
  onTestFinished(() => void parent.kill("SIGKILL"));
  expect(await Promise.race([once(parent, "exit"), wait(SOON_MS, "still there")])).toEqual([0, null]);
});

/** A script in a folder of its own, for the time of the test. */
async function scriptOf(code: (root: string) => string): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "og-gen-script-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const script = join(root, "script.mjs");
  await writeFile(script, code(root));
  return script;
}

test("a process that lacks one of Node's permissions says which", async () => {
  const job = JSON.stringify(await jobOf(plain));
  const script = await scriptOf(
    () => `const { createPool } = await import(${JSON.stringify(new URL("../src/render/pool.ts", import.meta.url).href)});
     const pool = createPool({ concurrency: 1, timeout: 20_000 });
     await pool.render(${job}).catch(({ code, message, hint }) => console.log(JSON.stringify({ code, message, hint })));
     await pool.close();`,
  );
  const permissions = ["--permission", "--allow-fs-read=*", "--allow-fs-write=*", "--allow-child-process", "--allow-addons"];
  const { stdout } = spawnSync(process.execPath, [...permissions, script], { encoding: "utf8" });
  expect(JSON.parse(stdout)).toMatchObject({
    code: "E_RENDER_CRASH",
    message: expect.stringContaining("--allow-worker"),
    hint: expect.stringContaining("permission"),
  });
});

test("a first run that may start no process fails its pages, and says why", async () => {
  const script = await scriptOf(
    (root) => `const { generate } = await import(${JSON.stringify(new URL("../dist/index.js", import.meta.url).href)});
     const { results } = await generate({ root: ${JSON.stringify(root)}, source: [{ id: "a", title: "A" }, { id: "b", title: "B" }] });
     console.log(JSON.stringify(results.map(({ status, error }) => ({ status, code: error?.code, message: error?.message, hint: error?.hint }))));`,
  );
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ["--permission", "--allow-fs-read=*", "--allow-fs-write=*", "--allow-addons", script],
    { encoding: "utf8" },
  );
  const failed = {
    status: "failed",
    code: "E_RENDER",
    message: expect.stringContaining("cannot be started"),
    hint: expect.stringContaining("permission"),
  };
  expect(JSON.parse(stdout || JSON.stringify(stderr))).toEqual([failed, failed]);
});

describe("when the parent is killed", () => {
  /** A process that uses a pool and tells the ids of its children. */
  async function parentWith(job: Job): Promise<{ readonly parent: ChildProcess; readonly pids: readonly number[] }> {
    const root = await mkdtemp(join(tmpdir(), "og-gen-parent-"));
    onTestFinished(() => rm(root, { recursive: true, force: true }));
    const script = join(root, "parent.mjs");
    await writeFile(join(root, "job.json"), JSON.stringify(job));
    await writeFile(
      script,
      `import childProcess from "node:child_process";
       import { readFileSync } from "node:fs";
       import { syncBuiltinESMExports } from "node:module";
       const { fork } = childProcess;
       childProcess.fork = (...parameters) => {
         const child = fork(...parameters);
         child.once("spawn", () => setTimeout(() => console.log(child.pid), 1_000));
         return child;
       };
       syncBuiltinESMExports();
       const { createPool } = await import(${JSON.stringify(new URL("../src/render/pool.ts", import.meta.url).href)});
       createPool({ concurrency: 1, timeout: 60_000, limits: { imagePixels: 1, rendererMegabytes: 100_000 } }).render(JSON.parse(readFileSync(new URL("job.json", import.meta.url), "utf8")));
       setInterval(() => undefined, 1_000);`,
    );
    const parent = spawn(process.execPath, [script], {
      stdio: ["ignore", "pipe", "inherit"],
      cwd: fileURLToPath(new URL("..", import.meta.url)),
    });
    onTestFinished(() => void parent.kill("SIGKILL"));
    for await (const line of createInterface({ input: parent.stdout })) return { parent, pids: [Number(line)] };
    throw new Error("the parent ended without a word");
  }

  test.each([
    ["waits for work", plain],
    ["is in the middle of a job", endless],
  ])("a child that %s goes too", async (_name, element) => {
    const { parent, pids } = await parentWith(await jobOf(element));
    expect(pids.map(isAlive)).toEqual([true]);
    parent.kill("SIGKILL");
    onTestFinished(() => pids.filter(isAlive).forEach((pid) => process.kill(pid, "SIGKILL")));
    expect(await goneSoon(pids)).toEqual([true]);
  });
});

describe("a process that was started ahead", () => {
  test("is the first pool's", async () => {
    startAhead();
    expect(children).toHaveLength(1);
    await once(children[0] as ChildProcess, "spawn");
    const first = pool();
    await expect(first.render(await jobOf(plain))).resolves.toMatchObject({ degraded: false });
    expect(children).toHaveLength(1);
    const second = pool();
    await expect(second.render(await jobOf(plain))).resolves.toMatchObject({ degraded: false });
    expect(children).toHaveLength(2);
  });

  test("may have said that it is ready before there is a pool", async () => {
    startAhead();
    await wait(1_000);
    await expect(pool().render(await jobOf(plain))).resolves.toMatchObject({ degraded: false });
    expect(children).toHaveLength(1);
  });

  test("is ended where the pool wants other limits", async () => {
    startAhead();
    const [ahead] = children as unknown as readonly [ChildProcess];
    const ended = once(ahead, "exit");
    await expect(pool({ limits: ROOMY }).render(await jobOf(plain))).resolves.toMatchObject({ degraded: false });
    await ended;
    expect(children).toHaveLength(2);
  });

  test("is replaced where it has died", async () => {
    startAhead();
    const [ahead] = children as unknown as readonly [ChildProcess];
    ahead.kill("SIGKILL");
    await once(ahead, "exit");
    await expect(pool().render(await jobOf(plain))).resolves.toMatchObject({ degraded: false });
    expect(children).toHaveLength(2);
  });
});

test("close() waits for the processes whenever it is called", async () => {
  const renderer = pool();
  await renderer.render(await jobOf(plain));
  const [child] = children as unknown as readonly [ChildProcess];
  void renderer.close();
  await renderer.close();
  expect(child.signalCode ?? child.exitCode).not.toBeNull();
});
