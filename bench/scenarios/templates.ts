import { builtInTemplates, paint } from "../../packages/core/dist/internals.js";
import type { Engine } from "../engines/engine.ts";
import { interleave, type Timing, type Turns } from "../interleave.ts";
import { jobsOf } from "../jobs.ts";
import { postAt, type Post } from "../posts.ts";

/** Different pages of a template; a card that is painted again finds more of it known. */
const MOST_PAGES = 600;

/** A template with titles of about 45 characters, and with titles of about 90, which must be set smaller. */
export interface TemplateTiming {
  readonly short: Timing;
  readonly long: Timing;
}

/** What a card of each built-in template costs in a renderer process, one at a time. */
export async function templates({ turns }: { readonly turns: Turns }, folder: string): Promise<ReadonlyMap<string, TemplateTiming>> {
  const pages = Math.min(MOST_PAGES, turns.warmUp + turns.rounds * turns.perTurn);
  const engines = new Map<string, Engine>();
  for (const template of builtInTemplates()) {
    for (const [name, lengthen] of LENGTHS) engines.set(`${template} ${name}`, await openTemplate(template, lengthen, pages, folder));
  }
  const timings = await interleave(engines, turns);
  const timing = (name: string) => timings.get(name) as Timing;
  return new Map(
    builtInTemplates().map((template) => [template, { short: timing(`${template} short`), long: timing(`${template} long`) }]),
  );
}

type Lengthen = (post: Post) => Post;

const LENGTHS: readonly (readonly [name: string, Lengthen])[] = [
  ["short", (post) => post],
  [
    "long",
    (post) => {
      const { title, description } = postAt(post.index + MOST_PAGES);
      return { ...post, title: `${post.title}: ${title}`, description: `${post.description}. ${description}` };
    },
  ],
];

async function openTemplate(template: string, lengthen: Lengthen, pages: number, root: string): Promise<Engine> {
  const source = Array.from({ length: pages }, (_page, index) => {
    const { title, description, author, date, category } = lengthen(postAt(index));
    return { id: String(index), title, description, author: { name: author }, data: { date, category } };
  });
  const jobs = await jobsOf({ root, source, template });
  return { paint: async ({ index }) => (await paint((jobs[index % pages] as (typeof jobs)[number]).job)).bytes };
}
