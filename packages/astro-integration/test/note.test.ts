import { expect, test } from "vitest";
import { type Note, noteComment, takeNote } from "../src/note.ts";

const NOTE: Note = {
  route: "/blog/[...slug]",
  file: "src/content/a -- b-->c.md",
  data: { title: "<!-- --> $& ✓", nested: { list: [1, null] } },
};

test("a note comes out of the page as it went in, and leaves nothing behind", () => {
  const html = "<!doctype html><p>It costs $1 &amp; more</p>\n";
  expect(takeNote(html + noteComment(NOTE))).toEqual({ html, note: NOTE });
});

test("nothing in a note ends its comment", () => {
  expect(noteComment(NOTE).slice("<!--".length, -"-->".length)).not.toMatch(/--|>/);
});

test("of a page in the place of another, the note is that of the page that is shown", () => {
  expect(takeNote(`<p>${noteComment({ route: "/shown" })}${noteComment({ route: "/asked" })}`)).toEqual({
    html: "<p>",
    note: { route: "/shown" },
  });
});

test("comments of others stay", () => {
  const html = '<!--og-gen--><!-- og-gen {"route":"/"} --><!--[if IE]>{"route":"/"}<![endif]-->';
  expect(takeNote(html)).toEqual({ html, note: undefined });
});
