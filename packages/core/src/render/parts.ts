/** An element of an SVG at its root, with all that is inside of it. */
export interface Part {
  readonly svg: string;
  /** It paints nothing itself: others refer to it by these identifiers. */
  readonly defines?: readonly string[];
}

export interface Document {
  /** The opening tag of the root. */
  readonly frame: string;
  /** In painting order. */
  readonly parts: readonly Part[];
}

const TAG = /<(\/?)([A-Za-z]+)[^>]*?(\/?)>/g;
const DEFINITION = /^<(?:defs|mask|clipPath|filter|pattern|linearGradient|radialGradient)\b/;
const ID = / id="([^"]+)"/g;
const REFERENCE = /url\(#([^)"]+)\)|href="#([^"]+)"/g;

/** Takes an SVG of satori's apart. */
export function readParts(svg: string): Document {
  const start = svg.indexOf(">") + 1;
  const content = svg.slice(start, svg.lastIndexOf("</svg>"));
  const parts: Part[] = [];
  let depth = 0;
  let from = 0;
  for (const { 0: tag, 1: closing, 3: empty, index } of content.matchAll(TAG)) {
    if (closing) depth--;
    else if (!empty) depth++;
    if (depth > 0) continue;
    const part = content.slice(from, index + tag.length);
    parts.push(DEFINITION.test(part) ? { svg: part, defines: Array.from(part.matchAll(ID), ([, id = ""]) => id) } : { svg: part });
    from = index + tag.length;
  }
  const rest = content.slice(from);
  return { frame: svg.slice(0, start), parts: rest === "" ? parts : [...parts, { svg: rest }] };
}

/** An SVG of some of the parts, with the definitions that they refer to. */
export function writeParts(frame: string, painted: readonly Part[], all: readonly Part[]): string {
  const definitions = all.filter(({ defines }) => defines);
  const needed = new Set<Part>();
  const visit = ({ svg }: Part): void => {
    for (const [, url, href] of svg.matchAll(REFERENCE)) {
      for (const definition of definitions) {
        if (needed.has(definition) || !definition.defines?.includes(url ?? href ?? "")) continue;
        needed.add(definition);
        visit(definition);
      }
    }
  };
  for (const part of painted) visit(part);
  const used = definitions.filter((definition) => needed.has(definition));
  return `${frame}${[...used, ...painted].map(({ svg }) => svg).join("")}</svg>`;
}
