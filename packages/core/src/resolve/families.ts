import type { FontFile, FontGroup } from "./font-file.ts";
import { readFontsource } from "./fontsource.ts";
import { weightRange } from "./instance.ts";
import type { FontsourceKind, Look } from "./look.ts";
import { familiesForCharacter, scriptFamilies } from "./scripts.ts";

const INTER = "inter";
/** Its subsets in the order of preference, as they share some punctuation. */
const INTER_SUBSETS = ["latin", "latin-ext", "vietnamese", "greek", "greek-ext", "cyrillic", "cyrillic-ext"];
/** What CSS calls a kind of font, and no family bears. */
const GENERIC =
  /^(ui-)?(sans-serif|serif|monospace|rounded)$|^(system-ui|-apple-system|blinkmacsystemfont|segoe ui|cursive|fantasy|math|inherit|initial|unset)$/;

/** The families that a project has: its own files, the bundled Inter, and what it has installed from Fontsource. */
export interface Families {
  /** The groups of a CSS list of families, then Inter's, then those of the user's other files. */
  preferred(list: string): readonly FontGroup[];
  /** The groups of the installed families for a character's script. */
  forCharacter(character: string, lang: string | undefined): readonly FontGroup[];
  /** The groups of all families for scripts that were needed so far, in the order in which a language prefers them. */
  ofScripts(lang: string | undefined): readonly FontGroup[];
  /** Whether there is a Fontsource package of this id. */
  isInstalled(id: string): boolean;
  /** The names in a CSS list that nobody knows. */
  unknown(list: string): readonly string[];
  /** The names that the user's own files have. */
  readonly own: readonly string[];
}

export function createFamilies(own: readonly FontFile[], look: Look): Families {
  const families = groupByFamily(own);
  const installed = new Map<string, readonly FontGroup[] | undefined>();
  const lists = new Map<string, readonly FontGroup[]>();

  function fromPackage(id: string, kind: FontsourceKind): readonly FontGroup[] | undefined {
    const key = `${kind} ${id}`;
    if (!installed.has(key)) {
      const folder = look.package(id, kind);
      installed.set(
        key,
        folder === undefined ? undefined : readFontsource(folder, kind, look, id === INTER ? INTER_SUBSETS : ["latin"]).groups,
      );
    }
    return installed.get(key);
  }

  function fromFontsource(id: string): readonly FontGroup[] | undefined {
    return fromPackage(id, "static") ?? fromPackage(id, "variable");
  }

  function named(name: string): readonly FontGroup[] | undefined {
    const own = families.get(name.toLowerCase());
    const id = name.toLowerCase().replaceAll(" ", "-");
    if (own || !/^[a-z0-9-]+$/.test(id)) return own;
    // The style sheets of Fontsource's variable packages call Inter "Inter Variable".
    const plain = /^(.+)-variable$/.exec(id)?.[1];
    return fromFontsource(id) ?? (plain === undefined ? undefined : (fromPackage(plain, "variable") ?? fromPackage(plain, "static")));
  }

  return {
    preferred(list) {
      const known = lists.get(list);
      if (known) return known;
      const groups = [...names(list).map(named), fromFontsource(INTER), ...families.values()].flatMap((found) => found ?? []);
      lists.set(list, [...new Set(groups)]);
      return lists.get(list) ?? [];
    },
    forCharacter: (character, lang) => familiesForCharacter(character, lang).flatMap((id) => fromFontsource(id) ?? []),
    ofScripts: (lang) => scriptFamilies(lang).flatMap((id) => installed.get(`static ${id}`) ?? installed.get(`variable ${id}`) ?? []),
    isInstalled: (id) => fromFontsource(id) !== undefined,
    own: [...new Set(own.map(({ family }) => family))],
    unknown: (list) => names(list).filter((name) => !GENERIC.test(name.toLowerCase()) && !named(name)),
  };
}

function groupByFamily(own: readonly FontFile[]): ReadonlyMap<string, readonly FontGroup[]> {
  const families = Map.groupBy(own, ({ family }) => family.toLowerCase());
  return new Map(
    [...families].map(([name, files]) => [
      name,
      groupsOf(files).map((group, index): FontGroup => ({ name: `own ${name.replace(/[^\p{L}\p{N} -]/gu, "")} ${index}`, files: group })),
    ]),
  );
}

/** Variable files first, as one of them has what several static ones have. */
function groupsOf(files: readonly FontFile[]): readonly (readonly FontFile[])[] {
  const groups: FontFile[][] = [];
  for (const file of files.toSorted((a, b) => Number(isVariable(b)) - Number(isVariable(a)))) {
    // A second file of the same weight and style has other characters: it opens another group.
    const group = groups.find((others) => !others.some((other) => isSame(other, file)));
    if (group) group.push(file);
    else groups.push([file]);
  }
  return groups;
}

function isVariable(file: FontFile): boolean {
  const [lightest, boldest] = weightRange(file);
  return lightest < boldest;
}

function isSame(a: FontFile, b: FontFile): boolean {
  const [[lightest, boldest], [from, to]] = [weightRange(a), weightRange(b)];
  return a.style === b.style && from <= boldest && lightest <= to;
}

function names(list: string): readonly string[] {
  return list
    .split(",")
    .map((name) => name.trim().replace(/^(['"])(.*)\1$/, "$2"))
    .filter((name) => name !== "");
}
