import { describe, expect, test } from "vitest";
import { piecesOf, reachOf, type Lines } from "../src/render/wrap.ts";

/** All characters are as wide: widths count characters. */
const one = () => 1;
const reach = (text: string, lines: Partial<Lines>) =>
  text.slice(0, reachOf(piecesOf(text, one), { width: 10, lines: 1, breaksWords: false, end: 0, ...lines }));

describe("lines break", () => {
  const pieces = (text: string) => {
    let from = 0;
    return piecesOf(text, one).map(({ end }) => {
      const piece = text.slice(from, end);
      from = end;
      return piece;
    });
  };

  test.each([
    ["after spaces", "Leaving  the cloud", ["Leaving  ", "the ", "cloud"]],
    ["after hyphens", "build-time cards", ["build-", "time ", "cards"]],
    ["between characters of scripts without spaces", "雲の下 cloud", ["雲", "の", "下 ", "cloud"]],
    ["nowhere else", "og-gen's", ["og-", "gen's"]],
  ])("%s", (_name, text, expected) => {
    expect(pieces(text)).toEqual(expected);
  });
});

describe("a text reaches", () => {
  test.each<readonly [string, string, Partial<Lines>, string]>([
    ["its end, where it fits", "four five", {}, "four five"],
    ["as far as whole words fit", "four fives eight", {}, "four fives "],
    ["over all lines", "four fives eight nine", { lines: 2 }, "four fives eight nine"],
    ["its end, whatever spaces are there", "four fives   ", {}, "four fives   "],
    ["a word that is longer than a line", "four cardmakersguild", { lines: 9 }, "four "],
    ["the end of such a word, where it may be broken", "four cardmakersguild", { lines: 3, breaksWords: true }, "four cardmakersguild"],
    ["no further than to what stands behind it", "four fives eight", { end: 1 }, "four "],
    ["further where that stands on the next line", "four fives eight", { lines: 2, end: 1 }, "four fives eight"],
  ])("%s", (_name, text, lines, expected) => {
    expect(reach(text, lines)).toBe(expected);
  });
});
