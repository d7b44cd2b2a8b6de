import type { OgError } from "./error.ts";
import type { Card, Page, Warning } from "./types.ts";

/** WhatsApp shows no picture above 600 KB. */
const MOST_BYTES = 600_000;

/**
 * What a person should know of a card.
 * @param maxBytes that it should have at most
 */
export function cardWarnings(page: Page, card: Card, maxBytes: number | undefined): readonly Warning[] {
  return [...sizeWarnings(page, card, maxBytes), ...(card.lost ?? []).map((words) => cutWarning(page, words))];
}

const MOST_WORDS_SHOWN = 200;

function cutWarning(page: Page, words: string): Warning {
  return {
    code: "W_TEXT_CUT",
    message: "A text does not fit its card at the smallest size, and ends in an ellipsis.",
    detail: `lost: “${words.length > MOST_WORDS_SHOWN ? `${words.slice(0, MOST_WORDS_SHOWN).trimEnd()}…` : words}”`,
    hint: "Shorten it, or give the card another text in the front matter: `og: { title: … }`.",
    page: page.id,
    file: page.file,
  };
}

function sizeWarnings(page: Page, { variant, bytes, type }: Card, maxBytes: number | undefined): readonly Warning[] {
  const where = { code: "W_BYTES", detail: `${Math.ceil(bytes / 1000)} KB`, page: page.id, file: page.file };
  if (maxBytes !== undefined && bytes > maxBytes) {
    const ways = type === "image/png" ? "packed as hard as can be; a transparent card is not made a JPEG" : "at the lowest quality";
    const calmer = type === "image/png" ? "Give the card a background, or calmer pictures" : "Use a calmer cover, or a smaller size";
    return [
      {
        ...where,
        message: `The image "${variant}" is larger than ${maxBytes / 1000} KB, even ${ways}.`,
        hint: `WhatsApp may not show it. ${calmer}, or raise \`maxBytes\`.`,
      },
    ];
  }
  if (bytes <= MOST_BYTES) return [];
  return [
    {
      ...where,
      message: `The image "${variant}" is larger than ${MOST_BYTES / 1000} KB, the most that WhatsApp shows.`,
      hint: `\`variants.${variant}.maxBytes\` sees to it that it is not.`,
    },
  ];
}

/** @param cause why it could not be painted whole */
export function degradedWarning(page: Page, cause: OgError | undefined): Warning {
  return {
    code: "W_DEGRADED",
    message: "The card could only be painted without opacity, shadows, filters, masks and clip paths.",
    detail: cause && `${cause.code}: ${cause.message}`,
    hint: "Keep elements that have these effects inside the card.",
    page: page.id,
    file: page.file,
  };
}
