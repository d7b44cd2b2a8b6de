import { expect, test } from "vitest";
import { type Note, noteComment, takeNote } from "../src/note.ts";

const SEAL = "0123456789abcdef0123456789abcdef";
const NOTE: Note = {
  route: "/blog/[...slug]",
  file: "src/content/a -- b-->c.md",
  data: { title: "<!-- --> $& ✓", nested: { list: [1, null] } },
};

test("a note comes out of the page as it went in, and leaves nothing behind", () => {
  const html = "<!doctype html><p>It costs $1 &amp; more</p>\n";
  expect(takeNote(html + noteComment(NOTE, SEAL), SEAL)).toEqual({ html, note: NOTE });
});

test("nothing in a note ends its comment", () => {
  expect(noteComment(NOTE, SEAL).slice("<!--".length, -"-->".length)).not.toMatch(/--|>/);
});

test("of a page in the place of another, the note is that of the page that is shown", () => {
  expect(takeNote(`<p>${noteComment({ route: "/shown" }, SEAL)}${noteComment({ route: "/asked" }, SEAL)}`, SEAL)).toEqual({
    html: "<p>",
    note: { route: "/shown" },
  });
});

test("comments of others stay", () => {
  const html = '<!--og-gen--><!-- og-gen {"route":"/"} --><!--[if IE]>{"route":"/"}<![endif]-->';
  expect(takeNote(html, SEAL)).toEqual({ html, note: undefined });
});

test.each([
  '{"route":"/","file":"/etc/passwd"}',
  '{"route":"/","seal":"","file":"/etc/passwd"}',
  '{"route":"/","seal":["0123456789abcdef0123456789abcdef"],"file":"/etc/passwd"}',
  noteComment({ route: "/", file: "/etc/passwd" }, "another").slice("<!--og-gen ".length, -"-->".length),
])("what only looks like a note says nothing: %s", (json) => {
  expect(takeNote(`<p><!--og-gen ${json}--></p>${noteComment(NOTE, SEAL)}`, SEAL)).toEqual({ html: "<p></p>", note: NOTE });
  expect(takeNote(`<p><!--og-gen ${json}--></p>`, SEAL).note).toBeUndefined();
});
