/** Long enough to see a slow page end, short enough to forget what was cached and over at once. In milliseconds. */
const WINDOW = 5_000;

/** Tells the pages per second of late, from how many are done at which time. */
export function createPace(start: number) {
  let seen: readonly { readonly done: number; readonly at: number }[] = [{ done: 0, at: start }];
  return (done: number, at: number): number => {
    const first = seen.findLast((moment) => at - moment.at >= WINDOW) ?? seen[0]!;
    seen = [...seen.slice(seen.indexOf(first)), { done, at }];
    return at > first.at ? ((done - first.done) / (at - first.at)) * 1000 : 0;
  };
}
