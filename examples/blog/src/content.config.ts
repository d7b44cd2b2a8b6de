import { defineCollection } from "astro:content";
import { file, glob } from "astro/loaders";
import { z } from "astro/zod";

const blog = defineCollection({
  loader: glob({ base: "./src/content/blog", pattern: "**/*.md" }),
  schema: ({ image }) =>
    z.object({
      title: z.string(),
      description: z.string().optional(),
      pubDate: z.coerce.date(),
      /** A name from `src/data/authors.json`. */
      author: z.string(),
      tags: z.array(z.string()).default([]),
      /** Path of a picture, relative to the post. */
      cover: image().optional(),
      coverAlt: z.string().default(""),
      /** BCP 47. */
      lang: z.string().default("en"),
      draft: z.boolean().default(false),
      /** What the card says in place of the fields above. */
      og: z.record(z.string(), z.unknown()).optional(),
    }),
});

const authors = defineCollection({
  loader: file("./src/data/authors.json"),
  schema: ({ image }) =>
    z.object({
      name: z.string(),
      /** Path of a square picture, relative to the JSON file. */
      avatar: image(),
      bio: z.string(),
    }),
});

export const collections = { blog, authors };
