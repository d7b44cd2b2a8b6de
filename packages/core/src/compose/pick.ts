import { OgError } from "../error.ts";

/**
 * One of several names for a page, each as likely as the others: for an A/B test, or for variety.
 *
 * The page's id alone decides, so a page keeps what it was given from build to build and on every machine. The name with
 * the highest hash of id and name wins (rendezvous hashing, https://en.wikipedia.org/wiki/Rendezvous_hashing): a further
 * name takes its share evenly from the others, the pages of one that goes are shared out, and no other page moves. The
 * order of the names means nothing.
 * @throws OgError `E_OPTION` when there is no name to choose from
 */
export function pick<const Name extends string>(page: { readonly id: string }, names: readonly Name[]): Name {
  const [first, ...others] = names;
  if (first === undefined) throw new OgError("E_OPTION", "pick() was given no names to choose from.", { hint: "Give it at least one." });
  const rank = (name: string) => hash(`${page.id}\0${name}`);
  return others.reduce((best, name) => (rank(name) > rank(best) || (rank(name) === rank(best) && name > best) ? name : best), first);
}

/**
 * 32 bits of FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv) over UTF-16 code units, mixed by the end of MurmurHash3
 * (fmix32, https://github.com/aappleby/smhasher), as FNV alone leaves the high bits of like texts alike.
 */
function hash(text: string): number {
  let bits = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) bits = Math.imul(bits ^ text.charCodeAt(index), 0x01000193);
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
