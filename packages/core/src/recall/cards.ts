import { hash } from "node:crypto";
import { isPlainData } from "../collect/entry-text.ts";
import type { ResolvedOptions } from "../options.ts";
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

/**
 * The question to which a page's cards are the answer; `undefined` for a page that holds more than JSON does.
 * @param identity that of its entry
 * @param theme as text
 * @param templates the built-in template of each variant
 */
export type CardsQuestion = (page: Page, identity: string | undefined, theme: string, templates: readonly string[]) => string | undefined;

/** The questions of a run. */
export function createCardsQuestion({ variants, quality }: Pick<ResolvedOptions, "variants" | "quality">): CardsQuestion {
  const outputs = variants.map(({ name, width, height, format, maxBytes }) => [name, width, height, format, maxBytes]);
  const looks = new Map<string, string>();

  function looksOf(theme: string, templates: readonly string[]): string {
    const text = `${templates.join(" ")}\n${theme}`;
    let digest = looks.get(text);
    if (digest === undefined) looks.set(text, (digest = hash("sha256", JSON.stringify([templates, outputs, quality, theme]))));
    return digest;
  }

  return (page, identity, theme, templates) => {
    if (identity !== undefined) return `${looksOf(theme, templates)} ${identity}`;
    if (!isPlainData(page)) return undefined;
    return `${looksOf(theme, templates)} ${hash("sha256", JSON.stringify(page))}`;
  };
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
