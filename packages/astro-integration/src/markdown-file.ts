/** Whether a path is of a file that Astro reads as Markdown: one that begins with front matter. */
export function isMarkdownFile(path: string): boolean {
  return /\.(?:md|mdx|mdoc|markdown|mdown|mkdn|mkd|mdwn)$/i.test(path);
}
