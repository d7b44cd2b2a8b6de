import * as fc from "fast-check";
import { expect, test } from "vitest";
import { partsOf } from "../src/render/direct/word-parts.ts";

const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });
const segments = (word: string) => Array.from(segmenter.segment(word), ({ segment }) => segment);

test("words are taken apart as Unicode says, also where that is not asked", () => {
  const plain = fc.string({ unit: fc.constantFrom(..."aZéŁ09 .,:;'\"_-/()$%&~`^{}<>@!?·–—…‘’“”«»¡¿"), maxLength: 6 });
  fc.assert(
    fc.property(plain, (word) => {
      expect(partsOf(word)).toEqual(segments(word));
    }),
    { numRuns: 20_000 },
  );
});

test("a mark beside letters, digits and itself", () => {
  // Without the no-break space, which joins.
  const marks = Array.from({ length: 0x2040 }, (_none, index) => String.fromCharCode(index)).filter((mark) => mark !== "\u00a0");
  for (const mark of marks) {
    for (const word of [mark, `a${mark}`, `${mark}a`, `1${mark} `, `${mark}${mark}`, `a${mark}b`, `1${mark}2`, `a${mark}2`, `_${mark}_`])
      expect(partsOf(word)).toEqual(segments(word));
  }
});

test.each([
  ["naïve ", ["naïve", " "]],
  ["don't", ["don't"]],
  ["example.org ", ["example.org", " "]],
  ["10\u00a0km", ["10\u00a0km"]],
  ["", []],
])("%o is %o", (word, parts) => {
  expect(partsOf(word)).toEqual(parts);
});
