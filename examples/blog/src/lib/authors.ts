import { getCollection, type CollectionEntry } from "astro:content";
import type { Post } from "./posts";

export type Author = CollectionEntry<"authors">["data"];

/** The author that a post names. */
export async function getAuthor(post: Post): Promise<Author> {
  const authors = await getCollection("authors");
  const author = authors.find(({ data }) => data.name === post.data.author);
  if (!author) throw new Error(`The post "${post.id}" is by "${post.data.author}", who is not in src/data/authors.json.`);
  return author.data;
}
