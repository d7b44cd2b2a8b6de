import leven from "leven";

/** The one of `known` from which `name` differs in two letters of five at most, if any. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((candidate) => ({
      candidate,
      distance: leven(name.toLowerCase(), candidate.toLowerCase()) / Math.min(name.length, candidate.length),
    }))
    .sort((a, b) => a.distance - b.distance);
  return best && best.distance <= 0.4 ? best.candidate : undefined;
}
