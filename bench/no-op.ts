/**
 * What a run costs that has nothing to do: `pnpm bench:no-op [pages]`.
 *
 * Makes a folder of Markdown pages and their cards (tiny ones, as their size does not matter here), and then runs the
 * command line again, as it is and without what it remembers, in turn. Prints the medians of the whole process as one
 * JSON line: milliseconds by the clock and of all cores, megabytes at most, and the number of pages that were painted.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const pages = Number(process.argv[2] ?? 10_000);
const ROUNDS = 3;
const PAGES_PER_FOLDER = 250;
const CLI = fileURLToPath(new URL("../packages/cli/dist/bin.js", import.meta.url));
/** Tells of the process at its end, on a pipe of its own. */
const METER = `data:text/javascript,import{writeSync}from"node:fs";process.on("exit",()=>writeSync(3,JSON.stringify(process.resourceUsage())))`;

const folder = mkdtempSync(join(tmpdir(), "og-gen-no-op-"));
const cache = join(folder, "cache");

function writePages(): void {
  writeFileSync(join(folder, "og.config.json"), JSON.stringify({ cacheDir: "cache", variants: { og: { width: 120, height: 63 } } }));
  for (let page = 0; page < pages; page++) {
    const section = join(folder, "content", `section-${Math.floor(page / PAGES_PER_FOLDER)}`);
    if (page % PAGES_PER_FOLDER === 0) mkdirSync(section, { recursive: true });
    const day = String((page % 28) + 1).padStart(2, "0");
    const head = `title: "Page ${page}: what we learnt about faster sites"\ndescription: A sentence that says what page ${page} is about.`;
    const more = `date: 2026-02-${day}\ntags: [guides, speed]\nauthor: Ada Quill`;
    writeFileSync(join(section, `page-${page}.md`), `---\n${head}\n${more}\n---\n\n${"Some words of a page. ".repeat(120)}\n`);
  }
}

interface Cost {
  readonly wall: number;
  readonly cpu: number;
  readonly megabytes: number;
}

function run(...flags: readonly string[]): Cost {
  const started = performance.now();
  const { status, output } = spawnSync(process.execPath, ["--import", METER, CLI, "content", ...flags], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit", "pipe"],
  });
  const wall = performance.now() - started;
  if (status !== 0) throw new Error(`og-gen ended with ${status}.`);
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(String(output[3])) as NodeJS.ResourceUsage;
  return { wall, cpu: (userCPUTime + systemCPUTime) / 1000, megabytes: maxRSS / 1024 };
}

function medians(costs: readonly Cost[]): Cost {
  const median = (of: keyof Cost) => Math.round(costs.map((cost) => cost[of]).sort((a, b) => a - b)[costs.length >> 1] ?? 0);
  return { wall: median("wall"), cpu: median("cpu"), megabytes: median("megabytes") };
}

function forget(): void {
  for (const name of readdirSync(cache)) if (name.startsWith("recall-")) rmSync(join(cache, name));
}

try {
  writePages();
  const first = run("--quiet");
  const [known, forgotten]: [Cost[], Cost[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    forget();
    forgotten.push(run("--quiet"));
    known.push(run("--quiet"));
  }
  const report = join(folder, "report.json");
  run("--quiet", "--json", report);
  const { rendered, cached } = JSON.parse(readFileSync(report, "utf8")) as { readonly rendered: number; readonly cached: number };
  console.log(
    JSON.stringify({
      machine: `${cpus().length} × ${cpus()[0]?.model ?? "unknown"}, Node ${process.version}`,
      pages,
      rendered,
      cached,
      firstRun: medians([first]),
      noOp: medians(known),
      noOpWithoutRecall: medians(forgotten),
    }),
  );
} finally {
  rmSync(folder, { recursive: true });
}
