import { FLAG_LIST, GROUPS, type NamedFlag } from "./flags.ts";

const WIDTH = 80;
/** Where the explanations begin. */
const COLUMN = 27;

const HEAD = `og-gen: an Open Graph image for every page, from Markdown or from built HTML

Usage
  og-gen [content] [options]      content: a folder of Markdown or MDX.
                                  Default: ./content, else ./src/content
  og-gen html <dir> [options]     dir: a built site
  og-gen templates                a picture of all templates with your theme,
                                  light and dark, in both directions:
                                  ./og-templates.png, or --out <file>
  og-gen templates list           their names, and what each is for
  og-gen templates eject <name>   copy a built-in one to og/<name>.tsx, which
                                  then replaces it; or to --out <file>

Examples
  og-gen                          ./content → ./public/og
  og-gen docs --out static/og     other folders
  og-gen html dist --inject --site https://example.com
                                  images and tags for any generator's output
  og-gen --check                  in CI: are the images up to date?
  og-gen --json | jq .failed      what happened, for programs`;

const FOOT = `These options override og.config, which overrides the defaults.

Exit codes
  0         all well
  1         a page without its card, a file that cannot be written, a warning
            with --strict, or --check found something
  2         wrong usage or configuration
  130, 143  interrupted`;

/** The text of `--help`, in lines of 80 characters at most. */
export function help(): string {
  const groups = GROUPS.map((group) => {
    const flags = FLAG_LIST.filter((flag) => flag.group === group);
    return [group, ...flags.flatMap(helpLines)].join("\n");
  });
  return [HEAD, ...groups, FOOT].join("\n\n");
}

function helpLines({ name, short, value, text }: NamedFlag): readonly string[] {
  const usage = `  ${short ? `-${short},` : "   "} --${name}${value ? ` ${value}` : ""}`;
  return wrap(text, WIDTH - COLUMN).map((line, index) => (index === 0 ? usage : "").padEnd(COLUMN) + line);
}

function wrap(text: string, width: number): readonly string[] {
  return text.split(" ").reduce<readonly string[]>((lines, word) => {
    const last = lines.at(-1);
    return last !== undefined && last.length + 1 + word.length <= width ? [...lines.slice(0, -1), `${last} ${word}`] : [...lines, word];
  }, []);
}
