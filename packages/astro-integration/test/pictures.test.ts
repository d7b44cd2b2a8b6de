import { expect, test } from "vitest";
import { withPictures } from "../src/pictures.ts";

test("front matter has the files of its pictures where it names them, but for those that lie beside it", () => {
  const data = { title: "T", cover: { src: "@assets/c.png", alt: "C" }, image: "./i.png", authors: ["Ada", { avatar: "@assets/a.png" }] };
  const files = { cover: { src: "/site/c.png" }, image: "/site/i.png", authors: { 1: { avatar: "/site/a.png" } }, gone: "/site/g.png" };
  expect(withPictures(data, files)).toEqual({
    title: "T",
    cover: { src: "/site/c.png", alt: "C" },
    image: "./i.png",
    authors: ["Ada", { avatar: "/site/a.png" }],
  });
  expect(withPictures(data, undefined)).toBe(data);
});

test("what a schema made a picture of is changed only where it is a text", () => {
  const data = { cover: 1, image: ["@assets/c.png"] };
  expect(withPictures(data, { cover: "/site/c.png", image: "/site/i.png" })).toEqual(data);
});
