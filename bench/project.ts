/** Projects for the command line: a folder of Markdown and what draws it. */
import { copyFileSync, cpSync, mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { basename, join } from "node:path";
import type { Setting } from "./engines/engine.ts";
import { postAt } from "./posts.ts";

const BIN = fileURLToPath(new URL("../packages/cli/dist/bin.js", import.meta.url));
const CORE = new URL("../packages/core/dist/index.js", import.meta.url).href;
const DESIGNS = new URL("dist/designs.js", import.meta.url).href;

/** Arguments of Node that run the command line. */
export function ogGen(...args: readonly string[]): readonly string[] {
  return [BIN, ...args];
}

/** Writes posts as Markdown, as many to a folder as a blog has in a month. */
export function writePosts(folder: string, posts: number): void {
  for (let index = 0; index < posts; index++) {
    const { title, description, author, date, category } = postAt(index);
    const month = join(folder, "content", String(2000 + Math.floor(index / 360)), String(Math.floor(index / 30) % 12));
    mkdirSync(month, { recursive: true });
    const fields = { index, title, description, author, date, category };
    const front = Object.entries(fields).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
    writeFileSync(join(month, `post-${index}.md`), `---\n${front.join("\n")}\n---\n\n${`${description}. `.repeat(30)}\n`);
  }
}

/** Writes the design as a template file, `template.mjs`, with its pictures beside it, since a page's images lie in its project. */
export function writeTemplate(folder: string, { design, assets, ownCovers }: Setting): void {
  const pictures = join(folder, "pictures");
  mkdirSync(pictures, { recursive: true });
  const copied = [assets.avatar, ...assets.covers].map((file) => {
    const copy = join(pictures, basename(file));
    copyFileSync(file, copy);
    return copy;
  });
  const code = `import { h } from ${JSON.stringify(CORE)};
import { ${design} } from ${JSON.stringify(DESIGNS)};
const [avatar, ...covers] = ${JSON.stringify(copied)};
const create = (type, props, children) => h(type, props, children);
export default ({ page }) => {
  const post = { ...page.data, author: page.author.name };
  return ${design}(post, { avatar, cover: covers[${ownCovers ? "post.index % covers.length" : 0}] }, create);
};
`;
  writeFileSync(join(folder, "template.mjs"), code);
}

/** Small pictures, where it is not the painting that is looked at. */
export function writeSmallVariant(folder: string): void {
  writeFileSync(join(folder, "og.config.json"), JSON.stringify({ variants: { og: { width: 300, height: 158 } } }));
}

let copies = 0;

/**
 * A copy of a project, in which nothing has run. Outputs are not deleted between runs: ext4 looks for a long time for room
 * where much has been deleted within the last seconds.
 */
export function freshProject(folder: string): string {
  const copy = `${folder}-${copies++}`;
  cpSync(folder, copy, { recursive: true });
  return copy;
}
