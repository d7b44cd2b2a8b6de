/**
 * `pnpm golden`: takes what is painted now for what should be painted. Refuses pictures that changed under the key that they
 * had: whoever has them in a cache would never see the new ones.
 */
import { existsSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { GOLDEN_LIST, paintGolden, readGolden } from "./golden.ts";
import { differences } from "./tree.ts";

const bin = fileURLToPath(new URL("../packages/cli/dist/bin.js", import.meta.url));
const now = paintGolden(bin);
const before = existsSync(GOLDEN_LIST) ? readGolden() : undefined;
const changed = before ? differences(now.files, before.files) : Object.keys(now.files);
const unnoticed = changed.filter((file) => before?.platform === now.platform && before.keys[file] === now.keys[file]);
if (unnoticed.length > 0) {
  console.error(
    `${unnoticed.length} pictures are painted otherwise, under the keys that they had. Raise PAINTER_VERSION (packages/core/src/resolve/key.ts).`,
  );
  for (const file of unnoticed) console.error(`  ${file}`);
  process.exit(1);
}
writeFileSync(GOLDEN_LIST, `${JSON.stringify(now, null, 1)}\n`);
console.log(`${changed.length} of ${Object.keys(now.files).length} pictures changed.`);
for (const file of changed) console.log(`  ${file}`);
