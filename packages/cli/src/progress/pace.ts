/** Pages that end together tell nothing of the pace; what happened long ago tells nothing of what will. In milliseconds. */
const WINDOW = 5_000;

/** Pages per second in the last seconds: what was cached is over at once and must not promise the same of the rest. */
export function createPace(start: number) {
  let seen: readonly { readonly done: number; readonly at: number }[] = [{ done: 0, at: start }];
  return (done: number, at: number): number => {
    seen = [...seen.filter((moment) => at - moment.at <= WINDOW), { done, at }];
    const first = seen[0]!;
    return at > first.at ? ((done - first.done) / (at - first.at)) * 1000 : 0;
  };
}
