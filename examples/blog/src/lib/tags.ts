import type { Post } from "./posts";

export interface Tag {
  name: string;
  slug: string;
  posts: Post[];
}

/** The tags of `posts`, in alphabetical order. */
export function collectTags(posts: readonly Post[]): Tag[] {
  const tags = Map.groupBy(
    posts.flatMap((post) => post.data.tags.map((name) => ({ name, post }))),
    ({ name }) => name,
  );
  return [...tags]
    .map(([name, uses]) => ({ name, slug: tagSlug(name), posts: uses.map(({ post }) => post) }))
    .toSorted((a, b) => a.name.localeCompare(b.name, "en"));
}

export function tagUrl(name: string): string {
  return `/tags/${tagSlug(name)}/`;
}

function tagSlug(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "-");
}
