import picomatch from "picomatch";

/** Whether a page's id matches globs; one with `!` before it takes away from the others. */
export function pageMatcher(match: string | readonly string[]): (id: string) => boolean {
  const globs = [match].flat().map((glob) => glob.replace(/^(!?)\//, "$1").replace(/\/$/, ""));
  const excluded = globs.filter((glob) => glob.startsWith("!")).map((glob) => glob.slice(1));
  const given = globs.filter((glob) => !glob.startsWith("!"));
  const included = given.length > 0 || excluded.length === 0 ? given : ["**"];
  const matches = picomatch(
    included.filter((glob) => glob !== ""),
    { dot: true, ignore: excluded.filter((glob) => glob !== "") },
  );
  const isHome = included.some((glob) => glob === "" || glob === "**") && !excluded.some((glob) => glob === "" || glob === "**");
  return (id) => (id === "" ? isHome : matches(id));
}
