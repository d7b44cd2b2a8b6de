import { hash } from "node:crypto";
import { isPlainData } from "../collect/entry-text.ts";
import type { ResolvedVariant } from "../options.ts";
import type { ImageFinder } from "../resolve/images.ts";
import type { ResolvedJob } from "../resolve/job.ts";
import type { Page, Warning } from "../types.ts";
import type { Recall } from "./recall.ts";

/** What is remembered of a card. */
export interface RecalledCard {
  readonly key: string;
  readonly warnings: readonly Warning[];
  /** The images that were found by name, and the digests of what was found. */
  readonly images: readonly (readonly [name: string, digest: string])[];
}

/** What the cards of a page follow from, beside the page. */
export interface Looks {
  /** As text. */
  readonly theme: string;
  /** The built-in template of each variant. */
  readonly templates: readonly string[];
  readonly variants: readonly ResolvedVariant[];
  readonly quality: number;
}

/** The question to which a page's cards are the answer; `undefined` for a page that holds more than JSON does. */
export function cardsQuestion(page: Page, { theme, templates, variants, quality }: Looks): string | undefined {
  if (!isPlainData(page)) return undefined;
  const outputs = variants.map(({ name, width, height, format, maxBytes }) => [name, width, height, format, maxBytes]);
  return hash("sha256", `${JSON.stringify([templates, outputs, quality])}\n${theme}\n${JSON.stringify(page)}`);
}

/** The cards of a page as they were, where each image is still found under its name and has the same bytes. */
export async function recallCards(
  recall: Recall,
  question: string,
  page: Page,
  images: ImageFinder,
): Promise<readonly RecalledCard[] | undefined> {
  const known = recall.get("cards", question);
  if (known === undefined) return undefined;
  const cards = JSON.parse(known) as readonly RecalledCard[];
  for (const card of cards) {
    for (const [name, digest] of card.images) if ((await digestOf(name, page, images)) !== digest) return undefined;
  }
  return cards;
}

async function digestOf(name: string, page: Page, images: ImageFinder): Promise<string | undefined> {
  try {
    return (await images.find(name, page.file)).digest;
  } catch {
    // The page takes the way on which that is told.
    return undefined;
  }
}

/** Cards with images of other hosts are not remembered: whether they have changed is only known by fetching them. */
export function rememberCards(recall: Recall, question: string, resolved: readonly ResolvedJob[]): void {
  const cards: RecalledCard[] = [];
  for (const { job, warnings, images } of resolved) {
    // What has no file and is in the page itself is a part of the question.
    const found = [...images].filter(([name]) => !/^data:/i.test(name));
    if (found.some(([, { file }]) => file === undefined)) return;
    cards.push({ key: job.key, warnings, images: found.map(([name, { digest }]) => [name, digest] as const) });
  }
  recall.set("cards", question, JSON.stringify(cards));
}
