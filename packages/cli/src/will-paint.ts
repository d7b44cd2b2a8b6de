import { existsSync } from "node:fs";
import { join } from "node:path";

/** Of arguments that ask for something else than cards. */
const OTHER = /^(?:templates|-\w*[hv]\w*|--(?:help|version|dry-run|check))$/;
/** What a run leaves where the configuration says nothing else: after the first, there is seldom a card to paint. */
const LEFT = ["node_modules/.cache/og-gen", "public/og/og-manifest.json"];

/** Whether a run will probably paint cards, as far as that can be known before its arguments and its configuration are read. */
export function willPaint(argv: readonly string[], cwd: string): boolean {
  if (argv.some((argument) => OTHER.test(argument))) return false;
  return argv.includes("--force") || !LEFT.some((path) => existsSync(join(cwd, path)));
}
