/**
 * Whether text fits, in every template and language: `pnpm typography [folder of Markdown] [titles]`.
 *
 * 1. Titles of every length from 1 to 400 characters, in twelve languages, in every built-in template: ink in the safe
 *    area's margin, texts over texts, missing glyphs.
 * 2. Every page of the folder, if one is given, in `article` and `docs`: the same, what was cut off, and how long a card
 *    of each language takes.
 *
 * The fonts come from this folder's own packages. Exits 1 when anything is wrong.
 */
import { resolve } from "node:path";
import {
  builtInTemplates,
  fitTexts,
  layout,
  paint,
  satoriLayoutOf,
  type Options,
  type PageInput,
} from "../packages/core/dist/internals.js";
import { faultsOf, type CardFaults } from "../packages/core/test/ink.ts";
import { ALL_LANGUAGES, sampleTitles } from "../packages/core/test/titles.ts";
import { jobsOf, type PreparedJob } from "./jobs.ts";

const SAFE_MARGIN = 40;
/** Cards of each language that are timed, after as many that are not. */
const TIMED = 40;
/** Cards that a language needs to be compared. */
const ENOUGH = 20;
const root = import.meta.dirname;
const content = process.argv[2];
const count = Number(process.argv[3] ?? 500);
const theme = { siteName: "Larder", colors: { brand: "#0e7490" } };

function jobsWith(options: Options): Promise<readonly PreparedJob[]> {
  return jobsOf({ root, outDir: "out", theme, ...options });
}

interface Count {
  cards: number;
  outside: number;
  overlapping: number;
  cut: number;
  missingGlyphs: number;
}

let wrong = 0;

async function check(jobs: readonly PreparedJob[]): Promise<Count> {
  const counted: Count = { cards: jobs.length, outside: 0, overlapping: 0, cut: 0, missingGlyphs: 0 };
  for (const { page, job, warnings } of jobs) {
    const faults = await faultsOf(job, { fitTexts, satoriLayoutOf, layout }, SAFE_MARGIN);
    counted.outside += Number(faults.outside.length > 0);
    counted.overlapping += Number(faults.overlapping.length > 0);
    counted.cut += Number(faults.lost.length > 0);
    const glyphs = warnings.filter(({ code }) => code === "W_GLYPH");
    counted.missingGlyphs += Number(glyphs.length > 0);
    wrong += Number(faults.outside.length + faults.overlapping.length + glyphs.length > 0);
    for (const line of [...described(faults), ...glyphs.map(({ message, detail }) => `${message} ${detail}`)]) {
      console.log(`  ${page.id} ${job.width}×${job.height} “${page.title.slice(0, 50)}”: ${line}`);
    }
  }
  return counted;
}

function described({ outside, overlapping }: CardFaults): readonly string[] {
  const place = ({ left, top, right, bottom }: CardFaults["outside"][number]) => [left, top, right, bottom].map(Math.round).join(" ");
  return [
    ...outside.map((ink) => `“${ink.text.slice(0, 30)}” is in the margin (${place(ink)})`),
    ...overlapping.map(([a, b]) => `“${a.text.slice(0, 30)}” (${place(a)}) is over “${b.text.slice(0, 30)}” (${place(b)})`),
  ];
}

/** Milliseconds that painting a card of each language takes in this process, once it is warm: medians, measured by turns. */
async function timesOf(byLanguage: Readonly<Record<string, readonly PreparedJob[]>>): Promise<Readonly<Record<string, number>>> {
  const enough = Object.entries(byLanguage).filter(([, jobs]) => jobs.length >= ENOUGH);
  const times = new Map(enough.map(([lang]) => [lang, [] as number[]]));
  for (let turn = 0; turn < 2 * TIMED; turn++) {
    for (const [lang, jobs] of enough) {
      const { job } = jobs[Math.floor((turn * jobs.length) / (2 * TIMED))] as PreparedJob;
      const started = performance.now();
      await paint(job);
      times.get(lang)?.push(performance.now() - started);
    }
  }
  const median = (all: readonly number[]) => all.slice(TIMED).toSorted((x, y) => x - y)[TIMED / 2] ?? Number.NaN;
  return Object.fromEntries([...times].map(([lang, all]) => [lang, median(all)]));
}

const titles = sampleTitles(count, ALL_LANGUAGES);
const variants = { og: {}, square: { width: 1200, height: 1200 }, story: { width: 1080, height: 1920 } };
const byTemplate: Record<string, Count> = {};
for (const template of builtInTemplates()) {
  const source = titles.map(({ title, lang }, index): PageInput => {
    const full = { description: title.slice(0, 160), author: "Ada Quill", date: "2026-02-03", tags: ["Engineering"] };
    return { id: `${template}/${index}`, title, lang, ...(index % 2 === 0 ? full : {}) };
  });
  byTemplate[template] = await check(await jobsWith({ source, template, variants }));
}
console.log(`${count} titles in ${ALL_LANGUAGES.length} languages, each template in ${Object.keys(variants).length} sizes`);
console.table(byTemplate);

if (content) {
  for (const template of ["article", "docs"].filter((name) => builtInTemplates().includes(name))) {
    const jobs = await jobsWith({ source: resolve(content), template });
    const byLanguage = Object.groupBy(jobs, ({ page }) => page.lang ?? "none") as Record<string, PreparedJob[]>;
    const times = await timesOf(byLanguage);
    const rows: Record<string, Count & { readonly ms: string }> = {};
    for (const [lang, ofLanguage] of Object.entries(byLanguage)) {
      rows[lang] = { ...(await check(ofLanguage)), ms: times[lang]?.toFixed(1) ?? "–" };
    }
    console.log(`${content}, ${template}: pages by language, and the median time of a card in one process`);
    console.table(rows);
  }
}
process.exitCode = wrong > 0 ? 1 : 0;
